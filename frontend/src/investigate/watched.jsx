// What the institution watches: each entry with its note, who put it there, and a way to stop.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Chip from '../parts/chip.jsx';
import DataTable from '../parts/data_table.jsx';
import { Failed } from '../parts/states.jsx';
import { ago, day } from '../parts/times.js';
import { operate } from './asking.js';
import { words } from './use_investigation.js';

export default function Watched({ onIdentifier }) {
  const [rows, setRows] = useState([]);
  const [error, setError] = useState('');
  const ask = useCallback(async (body) => {
    try {
      setRows((await operate('watchlist', body)).watchlist);
      setError('');
    } catch (problem) {
      setError(words(problem));
    }
  }, []);
  useEffect(() => { ask({ op: 'list' }); }, [ask]);
  return (
    <section style={{ marginTop: 24 }}>
      <h2>Watched</h2>
      <p style={{ color: 'var(--mv-dim)' }}>A record that holds one of these raises an alert. Who put an entry there, and administrators, can stop it.</p>
      {error && <Failed text={error} onAgain={() => ask({ op: 'list' })} />}
      <DataTable
        label="Watched" rows={rows} id={(row) => row.identifier} none="Nothing is watched: open an entity and choose Watch."
        columns={[
          { id: 'what', title: 'What', cell: (row) => <Chip identifier={row.identifier} onOpen={onIdentifier} />, sort: (row) => row.identifier },
          { id: 'note', title: 'Note', cell: (row) => row.note, sort: (row) => row.note },
          { id: 'by', title: 'By', cell: (row) => row.added_by, sort: (row) => row.added_by },
          { id: 'since', title: 'Since', cell: (row) => <span title={ago(row.added_time)}>{day(row.added_time)}</span>, sort: (row) => row.added_time },
          { id: 'stop', title: '', cell: (row) => <Button label="Stop" onClick={() => ask({ op: 'remove', identifier: row.identifier })} /> },
        ]}
      />
    </section>
  );
}
