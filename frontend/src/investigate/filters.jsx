// What of the found records is shown: time, kinds of records, sources, places, institutions and markings; counts say what
// each would leave.
import React from 'react';
import styled from 'styled-components';
import { levelWords } from '../parts/levels.js';
import { typeWords } from './records.jsx';
import { NONE } from './use_filters.js';

const Group = styled.fieldset`
  margin: 0 0 14px; padding: 0; border: 0;
  legend { padding: 0; margin-bottom: 4px; font-weight: 600; }
  label { display: flex; gap: 6px; align-items: baseline; padding: 1px 0; overflow-wrap: anywhere; }
  label span:last-child { margin-left: auto; color: var(--mv-dim); overflow-wrap: normal; }
  input[type='date'] { width: 100%; padding: 4px 6px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const FACETS = [
  { key: 'record_type', title: 'Kinds', words: typeWords },
  { key: 'source', title: 'Sources', words: (name) => name.replaceAll('_', ' ') },
  { key: 'city', title: 'Places', words: (name) => name || 'no place' },
  { key: 'tenant_id', title: 'Institutions', words: (name, labels) => labels.get(name) || name },
  { key: 'marking', title: 'Markings', of: markOf, words: levelWords },
];

/** How far a record may go, as its source is marked: L0 to L6. */
export function markOf(row) {
  return row.marking?.level || 'L0';
}

const valueOf = (facet, row) => (facet.of ? facet.of(row) : row[facet.key] || '');

/** Rows that a set of filters lets through. */
export function filtered(rows, filters) {
  const since = filters.since ? Date.parse(`${filters.since}T00:00:00Z`) / 1000 : -Infinity;
  const until = filters.until ? Date.parse(`${filters.until}T00:00:00Z`) / 1000 + 86_400 : Infinity;
  return rows.filter((row) => row.time >= since && row.time < until
    && FACETS.every((facet) => filters[facet.key].length === 0 || filters[facet.key].includes(valueOf(facet, row))));
}

function counted(rows, facet) {
  const counts = new Map();
  rows.forEach((row) => counts.set(valueOf(facet, row), (counts.get(valueOf(facet, row)) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12);
}

/** labels: id of an institution -> what people call it. */
export default function Filters({ rows, filters, labels, onChange }) {
  const set = (change, way) => onChange({ ...filters, ...change }, way);
  const toggle = (key, value) => {
    const held = filters[key];
    set({ [key]: held.includes(value) ? held.filter((each) => each !== value) : [...held, value] });
  };
  const active = JSON.stringify(filters) !== JSON.stringify(NONE);
  return (
    <div data-test="filters">
      <Group>
        <legend>Time</legend>
        <label htmlFor="filter-since">From</label>
        <input id="filter-since" type="date" value={filters.since} onChange={(event) => set({ since: event.target.value }, 'passing')} />
        <label htmlFor="filter-until">To</label>
        <input id="filter-until" type="date" value={filters.until} onChange={(event) => set({ until: event.target.value }, 'passing')} />
      </Group>
      {FACETS.map((facet) => (
        <Group key={facet.key}>
          <legend>{facet.title}</legend>
          {counted(rows, facet).map(([value, count]) => (
            <label key={value}>
              <input type="checkbox" checked={filters[facet.key].includes(value)} onChange={() => toggle(facet.key, value)} />
              <span>{facet.words(value, labels)}</span><span>{count}</span>
            </label>
          ))}
        </Group>
      ))}
      {active && <button type="button" className="mv-link" onClick={() => onChange(NONE)}>Show all</button>}
    </div>
  );
}
