// Cases: what is investigated, with notes, pinned evidence, hypotheses and tasks, for the analysts of one institution.
import React, { useCallback, useEffect, useMemo, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import ExportCase, { Exported } from '../cases/export_case.jsx';
import ImportBundle from '../cases/import_bundle.jsx';
import Lead from '../cases/leads.jsx';
import { lookUp, operate, readRecords } from '../investigate/asking.js';
import { purposeWords, stated, useCircumstances } from '../investigate/circumstances.jsx';
import { entityTitle, sizeWords } from '../investigate/entity_title.js';
import { titleOf } from '../investigate/records.jsx';
import { words } from '../investigate/use_investigation.js';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import Frame from '../parts/frame.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { ago, day, moment } from '../parts/times.js';
import useAddressed from '../parts/use_addressed.js';
import { app, viewPath } from '../place.js';

const Columns = styled.div`display: grid; grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); gap: 20px; margin-top: 14px; align-items: start; @media (max-width: 1000px) { grid-template-columns: 1fr; }`;
const Entry = styled.article`
  margin-bottom: 10px; padding: 10px 14px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow-wrap: anywhere;
  p { white-space: pre-wrap; margin: 4px 0; }
`;
const Adding = styled.div`
  display: flex; gap: 8px; align-items: start; margin: 8px 0 16px;
  textarea { flex: 1; min-width: 0; padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const Dim = styled.span`color: var(--mv-dim);`;
const STANDINGS = { hypothesis: ['open', 'supported', 'rejected'], task: ['open', 'done'] };
const CASE_ID = /^c_[0-9a-f]{16}$/;

/** Entities and records by id, as far as the user may see them, for the titles of pins. */
function useTitles(items) {
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

function Pin({ item, titles }) {
  if (item.gone) return <Dim>What was pinned here is not there any more.</Dim>;
  if (item.object === 'entity') {
    return <div><a href={viewPath(app, 'investigate', { e: item.object_id, v: 'results' })}>{titles[item.object_id] || 'Reading its name …'}</a></div>;
  }
  return item.object_id.split(' ').map((id) => (
    <div key={id}><a href={viewPath(app, 'investigate', { r: id, v: 'results' })}>{titles[id] || 'Reading its title …'}</a></div>
  ));
}

/** What stood there before, the latest first, and of whom. */
function History({ steps }) {
  return (
    <details style={{ clear: 'both', paddingTop: 4 }}>
      <summary>{steps.length} earlier version{steps.length === 1 ? '' : 's'}</summary>
      {[...steps].reverse().map((step) => (
        <div key={`${step.time} ${step.by}`} style={{ margin: '6px 0' }}>
          {Object.entries(step.before).map(([name, value]) => <p key={name} dir="auto">{name === 'standing' ? `State: ${value}` : value}</p>)}
          <Dim>{step.of && `of ${step.of}, `}changed by {step.by}, {moment(step.time)}</Dim>
        </div>
      ))}
    </details>
  );
}

const NOUNS = { pin: 'piece of evidence', lead: 'lead', note: 'note', hypothesis: 'hypothesis', task: 'task' };

/** owner: who opened the case; what others wrote is removed by them or by who opened it. */
function Item({ item, titles, isOpen, owner, onChange }) {
  const [removing, setRemoving] = useState(false);
  return (
    <Entry data-test={`case-${item.what}`}>
      {item.what === 'pin' && <Pin item={item} titles={titles} />}
      {item.what === 'lead' && <Lead item={item} />}
      {item.text && item.what !== 'lead' && <p dir="auto">{item.text}</p>}
      <Dim>{item.by}, <span title={ago(item.time)}>{moment(item.time)}</span>{item.changed_by && ` · changed by ${item.changed_by}, ${day(item.changed)}`}</Dim>
      {isOpen && (
        <span style={{ float: 'right', display: 'inline-flex', gap: 10 }}>
          {STANDINGS[item.what] && (
            <select aria-label="State" value={item.standing} onChange={(event) => onChange({ op: 'change', item_id: item.item_id, standing: event.target.value })} style={{ font: 'inherit' }}>
              {STANDINGS[item.what].map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          )}
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

function Section({ title, what, items, titles, isOpen, owner, onChange, add }) {
  const [text, setText] = useState('');
  const own = items.filter((item) => item.what === what);
  return (
    <section>
      <h3 style={{ margin: '8px 0' }}>{title}{own.length > 0 && ` (${own.length})`}</h3>
      {own.length === 0 && <p><Dim>{add ? 'None yet.' : 'Nothing pinned yet: open an entity, a record or a join in Investigate and add it to this case.'}</Dim></p>}
      {own.map((item) => <Item key={item.item_id} item={item} titles={titles} isOpen={isOpen} owner={owner} onChange={onChange} />)}
      {add && isOpen && (
        <Adding>
          <textarea rows={2} aria-label={add} placeholder={add} value={text} maxLength={20000} onChange={(event) => setText(event.target.value)} />
          <Button label="Add" disabled={!/\S/.test(text)} onClick={async () => { if (await onChange({ op: 'add', what, text })) setText(''); }} />
        </Adding>
      )}
    </section>
  );
}

/** Purpose and number of a case go with the look-ups of this tab, unless others were stated in it. */
function Stated({ row, circumstances, change }) {
  useEffect(() => {
    if (row.number && !stated().case) change({ case: row.number, purpose: stated().purpose || row.purpose });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [row.number]);
  if (!row.number) return <p><Dim>The case has no number: give it one, and its look-ups and exports go with it.</Dim></p>;
  if (circumstances.case === row.number) return <p><Dim>Look-ups of this tab go with this case: {circumstances.case}, {purposeWords(circumstances.purpose || row.purpose)}.</Dim></p>;
  return <p><Dim>Look-ups of this tab go with {circumstances.case || 'no case'}.</Dim> <button type="button" className="mv-link" onClick={() => change({ case: row.number, purpose: row.purpose })}>Work on this case</button></p>;
}

function OneCase({ caseId, onBack, circumstances, change: state }) {
  const workplace = useWorkplace();
  const [held, setHeld] = useState(null);
  const [error, setError] = useState('');
  const [deed, setDeed] = useState('');
  const [told, setTold] = useState('');
  const [exported, setExported] = useState(null);
  const [purpose, setPurpose] = useState('');
  const load = useCallback(async () => {
    try {
      setHeld(await operate('case', { case_id: caseId }));
    } catch (problem) {
      setError(words(problem));
    }
  }, [caseId]);
  useEffect(() => { load(); }, [load]);
  useEffect(() => {
    document.title = held ? `${held.case.title} – Cases` : 'Cases – Minerva';
    return () => { document.title = 'Cases – Minerva'; };
  }, [held]);
  const items = held?.items || [];
  const titles = useTitles(items);
  const change = async (body, isAsked = false) => {
    setError('');
    try {
      setHeld(await operate('case_item', { case_id: caseId, ...body }));
      return true;
    } catch (problem) {
      if (isAsked) throw problem; // told where it was asked
      setError(words(problem));
      return false;
    }
  };
  const back = <p><button type="button" className="mv-link" onClick={onBack}>All cases</button></p>;
  if (!held) return <>{back}{error ? <Failed text={error} onAgain={load} /> : <Waiting what="Reading the case" />}</>;
  const { case: row } = held;
  const isOpen = row.state === 'open';
  const shared = { items, titles, isOpen, owner: row.created_by, onChange: change };
  return (
    <>
      {back}
      <h2>{row.title}</h2>
      <p style={{ marginTop: 6 }}>
        <Dim>
          {row.number && `${row.number} · `}{purposeWords(row.purpose)} · {row.state} · opened by {row.created_by}, {day(row.created)} ·
          read by {row.readers === 'members' ? `its members: ${[row.created_by, ...row.members].join(', ')}` : 'every analyst of the institution'}
          {row.assigned && ` · assigned to ${row.assigned}`}
        </Dim>
      </p>
      <Stated row={row} circumstances={circumstances} change={state} />
      <p style={{ display: 'flex', gap: 8 }}>
        {isOpen && <Button label="Edit" onClick={() => setDeed('edit')} />}
        {isOpen && <Button label="Assign" onClick={() => setDeed('assign')} />}
        {isOpen && <Button label="Readers" onClick={() => setDeed('readers')} />}
        <Button label={isOpen ? 'Close' : 'Open again'} onClick={() => setDeed('state')} />
        {isOpen && <Button label="Import" onClick={() => setDeed('import')} />}
        <Button label="Export" onClick={() => setDeed('export')} />
      </p>
      {error && <Failed text={error} />}
      {told && <p role="status" style={{ color: 'var(--mv-good)' }}>{told}</p>}
      {exported && <Exported {...exported} />}
      <Columns>
        <div>
          <Section title="Evidence" what="pin" {...shared} />
          {items.some(({ what }) => what === 'lead') && <Section title="Leads of partners" what="lead" {...shared} />}
          <Section title="Notes" what="note" add="Write a note" {...shared} />
        </div>
        <div>
          <Section title="Hypotheses" what="hypothesis" add="What may be so" {...shared} />
          <Section title="Tasks" what="task" add="What is to be done" {...shared} />
        </div>
      </Columns>
      {deed === 'edit' && (
        <Deed
          title="Edit the case" label="Save" whyLabel="" onClose={(done) => { setDeed(''); if (done) load(); }}
          fields={[{ id: 'title', label: 'What the case is called', initial: row.title, needed: true }, { id: 'number', label: 'Case number', initial: row.number }]}
          run={async ({ title, number }) => {
            await operate('cases', { op: 'change', case_id: caseId, title, number, purpose: purpose || row.purpose });
            if (stated().case === row.number) state({ case: number.trim(), purpose: purpose || row.purpose });
          }}
        >
          <label htmlFor="edit-purpose">Purpose </label>
          <select id="edit-purpose" value={purpose || row.purpose} onChange={(event) => setPurpose(event.target.value)} style={{ font: 'inherit', marginBottom: 12 }}>
            {(workplace?.purposes || [row.purpose]).map((name) => <option key={name} value={name}>{purposeWords(name)}</option>)}
          </select>
        </Deed>
      )}
      {deed === 'assign' && (
        <Deed title="Assign the case" label="Assign" whyLabel="" fields={[{ id: 'assigned', label: 'User name', initial: row.assigned, choices: [...new Set([window.$C.USERNAME, row.created_by, ...row.members, ...items.map(({ by }) => by)])] }]} onClose={(done) => { setDeed(''); if (done) load(); }} run={({ assigned }) => operate('cases', { op: 'change', case_id: caseId, assigned })}>
          <p>Who works on it next. It changes nothing about who reads it.</p>
        </Deed>
      )}
      {deed === 'readers' && (
        <Deed
          title="Who reads the case" label="Save" whyLabel="" onClose={(done) => { setDeed(''); if (done) load(); }}
          fields={[{ id: 'members', label: 'User names, with commas; nobody: every analyst of the institution', initial: row.members.join(', ') }]}
          run={({ members }) => {
            const list = members.split(',').map((name) => name.trim()).filter(Boolean);
            return operate('cases', { op: 'change', case_id: caseId, members: list, readers: list.length ? 'members' : 'institution' });
          }}
        >
          <p>Who opened it always reads it. Administrators and other institutions never do.</p>
        </Deed>
      )}
      {deed === 'import' && (
        <ImportBundle
          row={row} onClose={(answer) => {
            setDeed('');
            if (!answer) return;
            setHeld({ case: answer.case, items: answer.items });
            setTold(`${answer.added} lead${answer.added === 1 ? '' : 's'} of ${answer.import.source} taken into the case.`);
          }}
        />
      )}
      {deed === 'export' && <ExportCase row={row} onClose={(answer) => { setDeed(''); if (answer) setExported(answer); }} />}
      {deed === 'state' && (
        <Deed title={isOpen ? 'Close the case' : 'Open the case again'} label={isOpen ? 'Close' : 'Open'} whyLabel="" onClose={(done) => { setDeed(''); if (done) load(); }} run={() => operate('cases', { op: 'change', case_id: caseId, state: isOpen ? 'closed' : 'open' })}>
          <p>{isOpen ? 'Nothing in it can be changed then. A closed case is deleted five years after its last change.' : 'It can be changed again.'}</p>
        </Deed>
      )}
    </>
  );
}

function List({ onOpen }) {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  const [opening, setOpening] = useState(false);
  const load = useCallback(() => operate('cases').then(({ cases }) => setRows(cases)).catch((problem) => setError(words(problem))), []);
  useEffect(() => { load(); }, [load]);
  const open = async ({ title, number }) => onOpen((await operate('cases', { op: 'open', title, number })).opened);
  return (
    <>
      <p style={{ margin: '10px 0' }}><Button appearance="primary" label="Open a case" onClick={() => setOpening(true)} /></p>
      {error && <Failed text={error} onAgain={load} />}
      {rows === null && !error && <Waiting what="Reading your cases" />}
      {rows && rows.length === 0 && <Nothing title="No cases yet" next={['Open one here, or add an entity to a new case in Investigate.']} />}
      {rows && rows.length > 0 && (
        <DataTable
          label="Cases" rows={rows} id={(row) => row.case_id} onOpen={(row) => onOpen(row.case_id)}
          columns={[
            { id: 'title', title: 'Case', cell: (row) => <button type="button" className="mv-link" onClick={() => onOpen(row.case_id)}>{row.title}</button>, sort: (row) => row.title },
            { id: 'number', title: 'Number', cell: (row) => row.number || '–', sort: (row) => row.number },
            { id: 'purpose', title: 'Purpose', cell: (row) => purposeWords(row.purpose), sort: (row) => row.purpose },
            { id: 'state', title: 'State', cell: (row) => row.state, sort: (row) => row.state },
            { id: 'assigned', title: 'Assigned to', cell: (row) => row.assigned || '–', sort: (row) => row.assigned },
            { id: 'changed', title: 'Changed', cell: (row) => <span title={ago(row.changed)}>{day(row.changed)}</span>, sort: (row) => row.changed },
          ]}
        />
      )}
      {opening && (
        <Deed
          title="Open a case" label="Open" whyLabel="" onClose={() => setOpening(false)} run={open}
          fields={[{ id: 'title', label: 'What the case is called', needed: true }, { id: 'number', label: 'Case number' }]}
        />
      )}
    </>
  );
}

function Cases() {
  const { circumstances, change } = useCircumstances();
  const [caseId, go] = useAddressed('c', CASE_ID);
  return (
    <Frame title="Cases" help="cases">
      <main>{caseId ? <OneCase key={caseId} caseId={caseId} circumstances={circumstances} change={change} onBack={() => go('')} /> : <List onOpen={go} />}</main>
    </Frame>
  );
}

mountInView(<Cases />, 'minerva-cases');
