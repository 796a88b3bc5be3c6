// What the institution watches: identifiers, entities and areas, each with its note, its end, and a way to change or stop it.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import Chip from '../parts/chip.jsx';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import { Failed } from '../parts/states.jsx';
import { ago, day } from '../parts/times.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';
import UntilField from './until_field.jsx';
import useTitles from './use_titles.js';
import { dateOf, endOf, watchedWords } from './words.js';

/** The part of a body that names an item. */
function named(item) {
  return item.watch_id ? { watch_id: item.watch_id } : { identifier: item.identifier };
}

function What({ item, titles, onIdentifier, onOpen }) {
  if (item.identifier || item.watched) return <Chip identifier={item.identifier || item.watched} onOpen={onIdentifier} />;
  if (item.kind === 'entity' && titles[item.entity_id]) {
    return <Way href={viewPath(app, 'investigate', { e: item.entity_id })} onGo={() => onOpen(item.entity_id)}>{titles[item.entity_id]}</Way>;
  }
  return watchedWords(item, titles);
}

function stateWords(item) {
  if (item.state === 'removed') return `taken off by ${item.ended_by}, ${day(item.ended_time)}${item.ended_why ? `: “${item.ended_why}”` : ''}`;
  if (item.state === 'ended') return `ended ${day(item.until - 1)}: it raises no alert any more`;
  return item.until ? `until ${day(item.until - 1)}` : 'until it is taken off';
}

/** Who keeps an item, and what each who keeps it too said of it. */
function keptBy({ added_by: first, also = [] }) {
  return [first, ...also.map(({ by, note, until }) => `also ${by}${note ? `: “${note}”` : ''}${until ? `, until ${day(until - 1)}` : ''}`)].join('; ');
}

function Change({ item, onClose }) {
  const [until, setUntil] = useState(dateOf((item.own_until ?? item.until) ? (item.own_until ?? item.until) - 1 : 0));
  const run = ({ note }) => operate('watchlist', { op: 'change', ...named(item), note, until: endOf(until) });
  return (
    <Deed title="Change the item" label="Save" whyLabel="" fields={[{ id: 'note', label: 'Note', initial: item.note, needed: true }]} run={run} onClose={onClose}>
      <UntilField value={until} onChange={setUntil} />
    </Deed>
  );
}

export default function Watched({ onIdentifier, onOpen }) {
  const [rows, setRows] = useState([]);
  const [error, setError] = useState('');
  const [deed, setDeed] = useState(null);
  const [past, setPast] = useState(false);
  const load = useCallback(async () => {
    try {
      setRows((await operate('watchlist', { op: 'list', ended: true })).watchlist);
      setError('');
    } catch (problem) {
      setError(words(problem));
    }
  }, []);
  useEffect(() => { load(); }, [load]);
  const titles = useTitles(rows.filter(({ kind }) => kind === 'entity').map(({ entity_id: id }) => id));
  const live = rows.filter(({ state }) => state !== 'removed');
  const removed = rows.filter(({ state }) => state === 'removed');
  const close = (done) => {
    setDeed(null);
    if (done) load();
  };
  return (
    <section style={{ marginTop: 24 }} data-test="watched">
      <h2>Watched</h2>
      <p style={{ color: 'var(--mv-dim)' }}>New records of these raise alerts. Who put an item there, and administrators, change it and take it off. What others keep too stays on the list for them.</p>
      {error && <Failed text={error} onAgain={load} />}
      <DataTable
        label="Watched" rows={past ? rows : live} id={(row) => row.watch_id || row.identifier} none="Nothing is watched: open an entity, an identifier or a place on the map and choose Watch."
        columns={[
          { id: 'what', title: 'What', cell: (row) => <What item={row} titles={titles} onIdentifier={onIdentifier} onOpen={onOpen} />, sort: (row) => watchedWords(row, titles) },
          { id: 'kind', title: 'Kind', cell: (row) => row.kind, sort: (row) => row.kind },
          { id: 'note', title: 'Note', cell: (row) => row.note, sort: (row) => row.note },
          { id: 'by', title: 'By', cell: keptBy, sort: (row) => row.added_by },
          { id: 'since', title: 'Since', cell: (row) => <span title={ago(row.added_time)}>{day(row.added_time)}</span>, sort: (row) => row.added_time },
          { id: 'until', title: 'State', cell: stateWords, sort: (row) => row.until || Infinity },
          {
            id: 'do', title: '', width: 170, cell: (row) => row.state !== 'removed' && (row.may_change
              ? (
                <span style={{ display: 'flex', gap: 6 }}>
                  <Button label="Change" onClick={() => setDeed({ kind: 'change', item: row })} />
                  <Button label="Take off" onClick={() => setDeed({ kind: 'remove', item: row })} />
                </span>
              )
              : <span data-test="who-may" style={{ color: 'var(--mv-dim)' }}>{row.added_by} or an administrator may change it</span>),
          },
        ]}
      />
      {removed.length > 0 && (
        <p><button type="button" className="mv-link" onClick={() => setPast(!past)}>{past ? 'Hide what was taken off' : `Show ${removed.length} taken off the list`}</button></p>
      )}
      {deed?.kind === 'change' && <Change item={deed.item} onClose={close} />}
      {deed?.kind === 'remove' && (
        <Deed
          title="Take it off the watch list" label="Take off" destructive onClose={close}
          run={({ why }) => operate('watchlist', { op: 'remove', ...named(deed.item), why })}
        >
          <p>{watchedWords(deed.item, titles)} raises no alert from now on. Alerts that came stay.</p>
        </Deed>
      )}
    </section>
  );
}
