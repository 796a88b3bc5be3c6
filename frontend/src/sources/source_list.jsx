// Every source of this installation, where it stands, who reads it, and what is wrong with those that are left out.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import DataTable from '../parts/data_table.jsx';
import { Failed, Nothing } from '../parts/states.jsx';
import { Line } from './fields.jsx';
import HealthLink from './health_link.jsx';

const STATES = {
  read: { title: 'read by an input', holds: (source) => source.inputs.length > 0 },
  unread: { title: 'read by no input', holds: (source) => source.enabled && source.inputs.length === 0 },
  off: { title: 'switched off', holds: (source) => !source.enabled },
  made: { title: 'made here', holds: (source) => source.made },
  unattended: { title: 'working unattended', holds: (source) => source.needs.includes('unattended') },
  unconfirmed: { title: 'with unconfirmed columns', holds: (source) => source.evidence === 'unconfirmed' },
};
const NEEDS = { consent: 'consent', key: 'a key', saved_file: 'a saved file', unattended: 'nothing' };
const EVIDENCE = { confirmed: 'confirmed', unconfirmed: 'unconfirmed', own: 'a reply read here', '': 'invented' };
const Filters = styled.div`
  display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin: 10px 0;
  input, select { min-height: 30px; padding: 3px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const PLACES = { 'default/sources.json': 'the package', 'minerva_sources.conf': 'made here' };

export default function SourceList({ held, onNew, onOpen }) {
  const kinds = Object.fromEntries(held.kinds.map((kind) => [kind.id, kind.title]));
  const [wanted, setWanted] = useState({ text: '', kind: '', country: '', state: '' });
  const set = (name) => (event) => setWanted((before) => ({ ...before, [name]: event.target.value }));
  const offered = held.sources.filter((source) => source.family !== held.demo || source.inputs.length > 0);
  const countries = Object.fromEntries(held.countries.map(({ code, name }) => [code, name]));
  const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = offered.filter((source) => (!wanted.kind || source.kind === wanted.kind) && (!wanted.country || source.country === wanted.country)
    && (!wanted.state || STATES[wanted.state].holds(source))
    && words.every((word) => `${source.title} ${source.id} ${countries[source.country] || ''} ${source.inputs.join(' ')}`.toLowerCase().includes(word)));
  const choices = (key, titles) => [...new Set(offered.map((source) => source[key]).filter(Boolean))].map((one) => [one, titles[one] || one]).sort((a, b) => a[1].localeCompare(b[1]));
  return (
    <>
      <Line>
        <Button appearance="primary" label="New source" onClick={onNew} />
        <span>A source that is made here can be read at once: no new version of the add-on, no restart.</span>
      </Line>
      {held.faults.map((fault) => (
        <Failed key={fault.words} text={`Left out: ${fault.words}`} onAgain={fault.made && fault.id ? () => onOpen(fault.id) : undefined} tone="warn" />
      ))}
      {held.notes.map((note) => <p key={note} role="status">{note}</p>)}
      <Filters role="search">
        <input type="search" size={28} aria-label="Search the sources" placeholder="Title, id, country or input" value={wanted.text} onChange={set('text')} />
        <select aria-label="Kind of record" value={wanted.kind} onChange={set('kind')}><option value="">every kind</option>{choices('kind', kinds).map(([name, title]) => <option key={name} value={name}>{title}</option>)}</select>
        <select aria-label="Country" value={wanted.country} onChange={set('country')}><option value="">every country</option>{choices('country', countries).map(([name, title]) => <option key={name} value={name}>{title}</option>)}</select>
        <select aria-label="State" value={wanted.state} onChange={set('state')}><option value="">in every state</option>{Object.entries(STATES).map(([name, { title }]) => <option key={name} value={name}>{title}</option>)}</select>
        <span role="status">{rows.length} of {offered.length} sources</span>
      </Filters>
      {offered.length > 0 && rows.length === 0 && <Nothing title="No source is like this" next={['Take a filter away, or search for another word.']} />}
      {offered.length === 0
        ? <Nothing title="There is no source yet" next={['Make one from a sample with New source.']} />
        : rows.length > 0 && (
          <DataTable
            label="Sources" rows={rows} id={(row) => row.id} onOpen={(row) => onOpen(row.id)} perPage={20}
            columns={[
              { id: 'title', title: 'Source', cell: (row) => <button type="button" className="mv-link" onClick={() => onOpen(row.id)}>{row.title}</button>, sort: (row) => row.title },
              { id: 'kind', title: 'Kind of record', cell: (row) => kinds[row.kind] || row.kind, sort: (row) => row.kind },
              { id: 'country', title: 'Country', cell: (row) => countries[row.country] || (row.family === held.demo ? 'invented' : 'of no country'), sort: (row) => row.country },
              { id: 'way', title: 'Read from', cell: (row) => [row.http && 'the web', row.file && 'files'].filter(Boolean).join(', ') },
              { id: 'needs', title: 'Needs', cell: (row) => <span title={row.needs.map((name) => held.needs[name]).join('; ')}>{row.needs.map((name) => NEEDS[name]).join(', ')}</span>, sort: (row) => row.needs.join() },
              { id: 'evidence', title: 'Columns', cell: (row) => <span title={[held.evidence_states[row.evidence], row.reference].filter(Boolean).join('. ')}>{EVIDENCE[row.evidence] ?? row.evidence}</span>, sort: (row) => row.evidence },
              { id: 'place', title: 'Stands in', cell: (row) => PLACES[row.place] || row.place, sort: (row) => row.place },
              { id: 'inputs', title: 'Inputs', cell: (row) => row.inputs.join(', ') || (row.enabled ? 'none' : 'switched off'), sort: (row) => row.inputs.length },
              { id: 'health', title: 'Health', cell: (row) => row.inputs.length > 0 && <HealthLink id={row.id} words="health" /> },
            ]}
          />
        )}
    </>
  );
}
