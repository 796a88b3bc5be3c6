// What stands in a case: evidence, notes, hypotheses and tasks, each with who and when, its earlier versions and its doing.
import React, { useEffect, useMemo, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import { investigate } from '../investigate/address.js';
import { lookUp, readRecords, readTexts } from '../investigate/asking.js';
import { entityTitle, sizeWords } from '../investigate/entity_title.js';
import { titleOf } from '../investigate/records.jsx';
import Chip from '../parts/chip.jsx';
import Deed from '../parts/deed.jsx';
import { ago, day, moment } from '../parts/times.js';
import { app, viewPath } from '../place.js';
import Lead from './leads.jsx';
import { People } from './people.jsx';
import { addressOf } from './saved_view.js';

const Entry = styled.article`
  margin-bottom: 10px; padding: 10px 14px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow-wrap: anywhere;
  p { white-space: pre-wrap; margin: 4px 0; }
`;
const Writing = styled.div`
  margin: 8px 0 16px;
  textarea { box-sizing: border-box; width: 100%; }
  textarea, select, input { padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const Line = styled.div`display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; margin-top: 6px;`;
const Dim = styled.span`color: var(--mv-dim);`;
const STANDINGS = { hypothesis: ['open', 'supported', 'rejected'], task: ['open', 'done'] };
const NOUNS = { pin: 'piece of evidence', lead: 'lead', note: 'note', hypothesis: 'hypothesis', task: 'task', view: 'saved view' };
const NONE = [];

/** Entities and records by id, as far as the user may see them, for the titles of pins. */
export function useTitles(items) {
  const [titles, setTitles] = useState({});
  const ids = useMemo(() => {
    const pins = items.filter(({ what, gone }) => what === 'pin' && !gone);
    return {
      entities: pins.filter(({ object }) => object === 'entity').map(({ object_id: id }) => id),
      records: pins.filter(({ object }) => object !== 'entity').flatMap(({ object_id: id }) => id.split(' ')),
    };
  }, [items]);
  const wanted = JSON.stringify(ids);
  useEffect(() => {
    let alive = true;
    const { entities, records } = JSON.parse(wanted);
    Promise.all([
      entities.length ? lookUp({ entities }) : { cards: [] }, records.length ? readRecords(records) : [],
    ]).then(([{ cards }, rows]) => {
      if (!alive) return;
      setTitles({
        ...Object.fromEntries(cards.map((card) => [card.entity_id, `${entityTitle(card)} (${sizeWords(card.size, card.sources)})`])),
        ...Object.fromEntries(rows.map((row) => [row.record_id, titleOf(row)])),
      });
    }).catch(() => {});
    return () => { alive = false; };
  }, [wanted]);
  return titles;
}

/** What people wrote in a case, read once: [{identifier, raw}]. */
export function useContacts(items) {
  const [contacts, setContacts] = useState(NONE);
  const text = items.filter(({ what }) => what !== 'lead').map((item) => item.text).filter(Boolean).join('\n\n');
  useEffect(() => {
    let alive = true;
    (text ? readTexts(text) : Promise.resolve(NONE)).then((found) => { if (alive) setContacts(found); }).catch(() => {});
    return () => { alive = false; };
  }, [text]);
  return contacts;
}

function Pin({ item, titles }) {
  if (item.gone) return <Dim>What was pinned here is not there any more.</Dim>;
  if (item.object === 'entity') {
    return <div><a href={viewPath(app, 'investigate', { e: item.object_id, v: 'results' })}>{titles[item.object_id] || 'Reading its name …'}</a></div>;
  }
  return item.object_id.split(' ').map((id) => (
    <div key={id}><a href={viewPath(app, 'investigate', { r: id, v: 'results' })}>{titles[id] || 'Reading its title …'}</a></div>
  ));
}

const CHANGED = { standing: 'State', assigned: 'For', due: 'Due' };

/** What stood there before, the latest first, and of whom. */
function History({ steps }) {
  return (
    <details style={{ clear: 'both', paddingTop: 4 }}>
      <summary>{steps.length} earlier version{steps.length === 1 ? '' : 's'}</summary>
      {[...steps].reverse().map((step) => (
        <div key={`${step.time} ${step.by}`} style={{ margin: '6px 0' }}>
          {Object.entries(step.before).map(([name, value]) => <p key={name} dir="auto">{CHANGED[name] ? `${CHANGED[name]}: ${value || 'nobody or nothing said'}` : value}</p>)}
          <Dim>{step.of && `of ${step.of}, `}changed by {step.by}, {moment(step.time)}</Dim>
        </div>
      ))}
    </details>
  );
}

function dueWords({ due, standing }) {
  if (!due) return '';
  const seconds = Date.parse(`${due}T00:00:00Z`) / 1000;
  const isLate = standing === 'open' && Date.now() / 1000 >= seconds + 86_400;
  return `${isLate ? 'was due' : 'due'} ${day(seconds)}`;
}

/** A text with its task's person and day, written anew or changed. onSave(body) gives whether it was taken. */
function Write({ what, add, item = {}, people, onSave, onClose }) {
  const [text, setText] = useState(item.text || '');
  const [assigned, setAssigned] = useState(item.assigned || '');
  const [due, setDue] = useState(item.due || '');
  const save = async () => {
    const taken = await onSave({ text, ...(what === 'task' ? { assigned, due } : {}) });
    if (!taken) return;
    if (onClose) onClose();
    else {
      setText('');
      setAssigned('');
      setDue('');
    }
  };
  return (
    <Writing>
      <textarea rows={2} aria-label={add} placeholder={add} value={text} maxLength={20000} onChange={(event) => setText(event.target.value)} />
      <Line>
        {what === 'task' && (
          <>
            <label>For <People aria-label="Who does it" people={people} value={assigned} none="nobody yet" onChange={setAssigned} /></label>
            <label>by <input type="date" aria-label="By which day" value={due} onChange={(event) => setDue(event.target.value)} /></label>
          </>
        )}
        <Button label={onClose ? 'Save' : 'Add'} disabled={!/\S/.test(text)} onClick={save} />
        {onClose && <Button label="Cancel" onClick={onClose} />}
      </Line>
    </Writing>
  );
}

/** A saved view by its name, and what was asked in it; emptied by an erasure, it leads nowhere. */
function View({ item }) {
  if (!item.address) return <p dir="auto">{item.text}</p>;
  return (
    <div>
      <button type="button" className="mv-link" dir="auto" onClick={() => window.location.assign(addressOf(item))}>{item.text}</button>
      {item.asked && <p dir="auto"><Dim>Asked: {item.asked.length > 200 ? `${item.asked.slice(0, 199)}…` : item.asked}</Dim></p>}
    </div>
  );
}

/** owner: who opened the case; what others wrote is removed by them or by who opened it. */
function Item({ item, titles, contacts, people, isOpen, owner, onChange }) {
  const [removing, setRemoving] = useState(false);
  const [editing, setEditing] = useState(false);
  const named = item.text && item.what !== 'lead' ? contacts.filter(({ raw }) => item.text.includes(raw)) : NONE;
  return (
    <Entry data-test={`case-${item.what}`}>
      {item.what === 'pin' && <Pin item={item} titles={titles} />}
      {item.what === 'lead' && <Lead item={item} />}
      {item.what === 'view' && !editing && <View item={item} />}
      {editing
        ? <Write what={item.what} add="Change the text" item={item} people={people} onSave={(body) => onChange({ op: 'change', item_id: item.item_id, ...body })} onClose={() => setEditing(false)} />
        : item.text && !['lead', 'view'].includes(item.what) && <p dir="auto">{item.text}</p>}
      {named.length > 0 && <div>{[...new Set(named.map(({ identifier }) => identifier))].map((name) => <Chip key={name} identifier={name} onOpen={investigate} />)}</div>}
      {item.what === 'task' && (item.assigned || item.due) && <p><b>{[item.assigned && `for ${item.assigned}`, dueWords(item)].filter(Boolean).join(', ')}</b></p>}
      <Dim>{item.by}, <span title={ago(item.time)}>{moment(item.time)}</span>{item.changed_by && ` · changed by ${item.changed_by}, ${day(item.changed)}`}</Dim>
      {isOpen && (
        <span style={{ float: 'right', display: 'inline-flex', gap: 10 }}>
          {STANDINGS[item.what] && (
            <select aria-label="State" value={item.standing} onChange={(event) => onChange({ op: 'change', item_id: item.item_id, standing: event.target.value })} style={{ font: 'inherit' }}>
              {STANDINGS[item.what].map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          )}
          {item.what !== 'lead' && !editing && <button type="button" className="mv-link" onClick={() => setEditing(true)}>Edit</button>}
          {[item.by, owner].includes(window.$C.USERNAME) && <button type="button" className="mv-link" onClick={() => setRemoving(true)}>Remove</button>}
        </span>
      )}
      {item.history && <History steps={item.history} />}
      {removing && (
        <Deed
          title={`Remove the ${NOUNS[item.what] || item.what}?`} label="Remove" whyLabel="" destructive onClose={() => setRemoving(false)}
          run={() => onChange({ op: 'remove', item_id: item.item_id }, true)}
        >
          <p>It leaves the case for every reader, and cannot be brought back. {item.what === 'pin' && 'What is pinned stays where it is.'}</p>
        </Deed>
      )}
    </Entry>
  );
}

export default function Section({ title, what, items, add, ...shared }) {
  const own = items.filter((item) => item.what === what);
  return (
    <section>
      <h3 style={{ margin: '8px 0' }}>{title}{own.length > 0 && ` (${own.length})`}</h3>
      {own.length === 0 && <p><Dim>{add ? 'None yet.' : 'Nothing pinned yet: open an entity, a record or a join in Investigate and add it to this case.'}</Dim></p>}
      {own.map((item) => <Item key={item.item_id} item={item} {...shared} />)}
      {add && shared.isOpen && <Write what={what} add={add} people={shared.people} onSave={(body) => shared.onChange({ op: 'add', what, ...body })} />}
    </section>
  );
}
