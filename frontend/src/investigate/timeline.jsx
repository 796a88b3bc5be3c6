// Records along time, a lane for each place, source or kind; dots of one moment stand above each other.
import React, { useEffect, useMemo, useRef, useState } from 'react';
import styled from 'styled-components';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { readable } from '../parts/palette.js';
import { day } from '../parts/times.js';
import { operate } from './asking.js';
import part from './part_script.js';
import { titleOf, typeWords } from './records.jsx';

const Holder = styled.div`
  border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); min-height: 200px;
  .vis-timeline, .vis-panel, .vis-labelset .vis-label, .vis-foreground .vis-group, .vis-time-axis .vis-grid.vis-minor, .vis-time-axis .vis-grid.vis-major { border-color: var(--mv-line); }
  .vis-labelset .vis-label, .vis-time-axis .vis-text { color: var(--mv-ink); }
  .vis-item.vis-dot.mv-new { border-color: var(--mv-warn); background: var(--mv-warn); border-width: 6px; border-radius: 6px; }
  .vis-item.mv-alert, .vis-item.mv-alert.vis-selected { border-color: var(--mv-warn); background: var(--mv-paper); color: var(--mv-warn); cursor: pointer; }
  .vis-item.vis-dot { border-color: var(--mv-accent); background: var(--mv-accent); }
`;
const Bar = styled.div`display: flex; gap: 8px; align-items: center; margin-bottom: 8px;`;
/** What a record says of its town, as one text. */
const townKey = ({ city, region, country }) => JSON.stringify([city || '', region || '', country || '']);
const MOST_TOWNS = 2000;
const NO_TOWNS = new Map();
const LANES = {
  city: { title: 'Place', words: (row, towns) => towns.get(townKey(row)) || row.city || 'No place' },
  source: { title: 'Source', words: (row) => row.source.replaceAll('_', ' ') },
  record_type: { title: 'Kind', words: (row) => typeWords(row.record_type) },
};

/** Alerts of what is watched that are about the records shown: of a record, of its entity, or of a contact in it. */
function useFlags(rows, entityIds) {
  const [alerts, setAlerts] = useState([]);
  useEffect(() => {
    let alive = true;
    operate('alerts', { limit: 1000 }).then((found) => { if (alive) setAlerts(found.alerts); }).catch(() => {}); // not everybody reads alerts
    return () => { alive = false; };
  }, []);
  return useMemo(() => {
    const entities = new Set(entityIds);
    return alerts.flatMap((row) => {
      const about = new Set(row.record_ids || []);
      const held = rows.find(({ record_id: id, evidence = [] }) => about.has(id) || (row.identifier && evidence.some(({ identifier }) => identifier === row.identifier)));
      if (!held && !entities.has(row.entity_id)) return [];
      const what = row.identifier ? readable(row.identifier) : row.label || 'this entity';
      const count = row.records ? `, ${row.records} record${row.records === 1 ? '' : 's'}` : '';
      return [{ id: `alert ${row.alert_id}`, time: row.time, title: `Alert of ${day(row.time)}: ${what}${count}${row.note ? `. ${row.note}` : ''}`, row: held }];
    });
  }, [alerts, rows, entityIds]);
}

/** What the towns of records are called where all are of one holder, as the page Movement counts them; none until it is known. */
function useTowns(rows) {
  const [towns, setTowns] = useState(NO_TOWNS);
  useEffect(() => {
    let alive = true;
    const keys = [...new Set(rows.filter(({ city }) => city).map(townKey))].slice(0, MOST_TOWNS);
    const places = keys.map((key) => { const [city, region, country] = JSON.parse(key); return { city, region, country }; });
    if (places.length) {
      operate('places', { places }).then((found) => {
        if (alive) setTowns(new Map(keys.map((key, at) => [key, found.towns[at]])));
      }).catch(() => {}); // the lanes are then called as the records write the towns
    }
    return () => { alive = false; };
  }, [rows]);
  return towns;
}

export default function Timeline({ rows, entityIds, chosen, onSelect }) {
  const place = useRef(null);
  const drawn = useRef(null);
  const [lane, setLane] = useState('city');
  const [state, setState] = useState({ name: 'waiting', error: '' });
  const [turn, setTurn] = useState(0);
  const dated = useMemo(() => rows.filter(({ time }) => time > 0), [rows]);
  const flags = useFlags(dated, entityIds);
  const towns = useTowns(dated);
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    let alive = true;
    part('timeline').then((timeline) => {
      if (!alive || !place.current) return;
      setState({ name: 'done', error: '' });
      const items = dated.map((row) => ({
        id: row.record_id, lane: LANES[lane].words(row, towns), time: row.time, title: `${row.isNew ? 'New. ' : ''}${titleOf(row)}`, isNew: row.isNew,
      }));
      drawn.current = timeline.draw(place.current, items, flags, (id) => select.current(flags.find((flag) => flag.id === id)?.row || dated.find((row) => row.record_id === id)));
    }).catch((problem) => { if (alive) setState({ name: 'failed', error: problem.message }); });
    return () => {
      alive = false;
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [dated, flags, lane, turn, towns]);
  useEffect(() => { drawn.current?.choose(chosen); }, [chosen, state]);

  if (dated.length === 0) return <Nothing title="No record with a time" next={['Show all: take the filters off.']} />;
  return (
    <>
      <Bar>
        <label htmlFor="timeline-lane">A lane for each</label>
        <select id="timeline-lane" value={lane} onChange={(event) => setLane(event.target.value)} style={{ font: 'inherit' }}>
          {Object.entries(LANES).map(([name, { title }]) => <option key={name} value={name}>{title.toLowerCase()}</option>)}
        </select>
        {dated.some(({ isNew }) => isNew) && <span style={{ color: 'var(--mv-warn)' }}>large dots: came since then</span>}
        {flags.length > 0 && <span data-test="flags"><span style={{ color: 'var(--mv-warn)' }}>⚑</span> {flags.length} alert{flags.length === 1 ? '' : 's'} of what is watched</span>}
        {dated.length < rows.length && <span style={{ color: 'var(--mv-dim)' }}>{rows.length - dated.length} records without a time are left out</span>}
      </Bar>
      {state.name === 'failed' && <Failed text={state.error} onAgain={() => { setState({ name: 'waiting', error: '' }); setTurn(turn + 1); }} />}
      {state.name === 'waiting' && <Waiting what="Opening the timeline" />}
      <Holder ref={place} role="group" aria-label={`Timeline of ${dated.length} records; the list of records shows the same`} data-test="timeline" />
    </>
  );
}
