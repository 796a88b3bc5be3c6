// Two joined records side by side: what agrees, what contradicts, and what only one of them says.
import React from 'react';
import styled from 'styled-components';
import begun from '../../parts/begun.js';
import Chip from '../../parts/chip.jsx';
import { moment } from '../../parts/times.js';
import { gist, typeWords } from '../records.jsx';

const Grid = styled.table`
  width: 100%; margin: 8px 0 14px; border: 1px solid var(--mv-line); border-radius: 6px; border-collapse: collapse; background: var(--mv-paper); table-layout: fixed; font-size: 13px;
  th, td { padding: 6px 10px; border-bottom: 1px solid var(--mv-soft); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  thead th { font-weight: 600; } tbody th { color: var(--mv-dim); font-weight: 400; }
  th:first-child { width: 104px; } th:last-child, td:last-child { width: 104px; }
`;
const Word = styled.span`color: var(--mv-${({ $tone }) => $tone}); font-weight: 600;`;
const AGREES = 'agrees';
const AGAINST = 'contradicts';
const TONES = { [AGREES]: 'good', [AGAINST]: 'bad', differs: 'dim' };
/** Fields of both records. In those that say where and who a difference speaks against the join; in the others it may mean nothing. */
const FIELDS = { name: 'Name', address: 'Address', city: 'Town', region: 'Region', postcode: 'Postcode', country: 'Country', title: 'Title' };
const WEIGH = new Set(['name', 'address', 'city', 'region', 'postcode', 'country']);
const DAY = 86_400;

function folded(value) {
  return String(value).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function held(record) {
  return [...new Set((record.evidence || []).map(({ identifier }) => identifier))];
}

/** [{label, a, b, verdict}]: what both say, what one says alone. verdict: agrees, contradicts, differs or ''. */
export function compared(a, b) {
  const own = Object.keys(a.attributes || {}).filter((key) => b.attributes?.[key]);
  const rows = [
    ...Object.entries(FIELDS).map(([key, label]) => ({ key, label, a: a[key], b: b[key] })),
    ...own.map((key) => ({ key, label: begun(key.replaceAll('_', ' ')), a: a.attributes?.[key], b: b.attributes?.[key] })),
  ].filter((row) => row.a || row.b);
  return rows.map(({ key, label, a: first, b: second }) => {
    const [left, right] = [[].concat(first || []).join(', '), [].concat(second || []).join(', ')];
    const verdict = !left || !right ? '' : folded(left) === folded(right) ? AGREES : WEIGH.has(key) ? AGAINST : 'differs';
    return { label, a: left, b: right, verdict };
  });
}

function apart(seconds) {
  const days = Math.round(seconds / DAY);
  return days === 0 ? 'the same day' : `${days.toLocaleString('en')} day${days === 1 ? '' : 's'} apart`;
}

/** What speaks against the join, in words; '' where nothing does. */
function againstWords(rows, onlyA, onlyB, both) {
  const fields = rows.filter(({ verdict }) => verdict === AGAINST).map(({ label, a, b }) => `another ${label.toLowerCase()} (${a} / ${b})`);
  const contacts = both.length > 0 || onlyA.length === 0 || onlyB.length === 0 ? [] : ['no contact is in both'];
  return [...fields, ...contacts].join('; ');
}

export default function Compare({ join, records, onRecord }) {
  const [a, b] = [join.a, join.b].map((id) => records.find((record) => record.record_id === id));
  if (!a || !b) return null;
  const rows = compared(a, b);
  const [first, second] = [held(a), held(b)];
  const both = first.filter((name) => second.includes(name));
  const [onlyA, onlyB] = [first.filter((name) => !both.includes(name)), second.filter((name) => !both.includes(name))];
  const against = againstWords(rows, onlyA, onlyB, both);
  const chips = (names) => (names.length ? names.slice(0, 12).map((name) => <Chip key={name} identifier={name} />) : '–');
  return (
    <section data-test="compare" aria-label="The two records side by side">
      <Grid>
        <thead>
          <tr>
            <th scope="col">Side by side</th>
            {[a, b].map((record) => <th key={record.record_id} scope="col"><button type="button" className="mv-link" onClick={() => onRecord(record.record_id)}>{gist(record)}</button></th>)}
            <th scope="col">In words</th>
          </tr>
        </thead>
        <tbody>
          <tr><th scope="row">Kind, source</th>{[a, b].map((record) => <td key={record.record_id}>{typeWords(record.record_type)}, {record.source.replaceAll('_', ' ')}</td>)}<td>{a.source === b.source ? 'one source' : 'two sources'}</td></tr>
          <tr><th scope="row">Seen</th>{[a, b].map((record) => <td key={record.record_id}>{moment(record.time)}</td>)}<td>{a.time && b.time ? apart(Math.abs(a.time - b.time)) : ''}</td></tr>
          {both.length > 0 && <tr><th scope="row">In both</th><td colSpan={2}>{chips(both)}</td><td><Word $tone="good">{AGREES}</Word></td></tr>}
          {(onlyA.length > 0 || onlyB.length > 0) && <tr><th scope="row">In one alone</th><td>{chips(onlyA)}</td><td>{chips(onlyB)}</td><td /></tr>}
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th><td dir="auto">{row.a || '–'}</td><td dir="auto">{row.b || '–'}</td>
              <td>{row.verdict && <Word $tone={TONES[row.verdict]}>{row.verdict}</Word>}</td>
            </tr>
          ))}
        </tbody>
      </Grid>
      <p data-test="against"><b>What speaks against it:</b> {against || 'nothing of what both records say'}.</p>
    </section>
  );
}
