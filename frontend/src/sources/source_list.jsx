// Every source of this installation, where it stands, who reads it, and what is wrong with those that are left out.
import React from 'react';
import Button from '@splunk/react-ui/Button';
import DataTable from '../parts/data_table.jsx';
import { Failed, Nothing } from '../parts/states.jsx';
import { Line } from './fields.jsx';

const PLACES = { 'default/sources.json': 'the package', 'minerva_sources.conf': 'made here' };

export default function SourceList({ held, onNew, onOpen }) {
  const kinds = Object.fromEntries(held.kinds.map((kind) => [kind.id, kind.title]));
  const rows = held.sources.filter((source) => source.family !== held.demo || source.inputs.length > 0);
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
      {rows.length === 0
        ? <Nothing title="There is no source yet" next={['Make one from a sample with New source.']} />
        : (
          <DataTable
            label="Sources" rows={rows} id={(row) => row.id} onOpen={(row) => onOpen(row.id)} perPage={20}
            columns={[
              { id: 'title', title: 'Source', cell: (row) => <button type="button" className="mv-link" onClick={() => onOpen(row.id)}>{row.title}</button>, sort: (row) => row.title },
              { id: 'kind', title: 'Kind of record', cell: (row) => kinds[row.kind] || row.kind, sort: (row) => row.kind },
              { id: 'country', title: 'Country', cell: (row) => row.country || 'invented', sort: (row) => row.country },
              { id: 'way', title: 'Read from', cell: (row) => [row.http && 'the web', row.file && 'files'].filter(Boolean).join(', ') },
              { id: 'place', title: 'Stands in', cell: (row) => PLACES[row.place] || row.place, sort: (row) => row.place },
              { id: 'inputs', title: 'Inputs', cell: (row) => row.inputs.join(', ') || (row.enabled ? 'none' : 'switched off'), sort: (row) => row.inputs.length },
            ]}
          />
        )}
    </>
  );
}
