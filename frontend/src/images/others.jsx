// What banks say that other institutions share with the analyst's own, and the one bit that is asked for by itself.
import React, { useState } from 'react';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import { Failed } from '../parts/states.jsx';
import { heldElsewhere } from './asking.js';
import { tierWords } from './words.js';

const COLUMNS = [
  { id: 'tier', title: 'What it says', width: 240, cell: (row) => <strong>{tierWords(row)}</strong>, sort: (row) => row.distance },
  { id: 'institution', title: 'Institution', cell: (row) => row.institution, sort: (row) => row.institution },
  { id: 'bank', title: 'Bank', cell: (row) => [row.bank, row.label].filter(Boolean).join(': ') || 'not told at this level' },
  { id: 'level', title: 'Level', width: 70, cell: (row) => row.level },
];

/** shared: matches in banks of others, nearest first; hashes: those of the picture. */
export default function Others({ shared, hashes }) {
  const [told, setTold] = useState('');
  const [error, setError] = useState('');
  const ask = async () => {
    setError('');
    try {
      setTold(await heldElsewhere(hashes)
        ? 'Another institution holds the same picture. Ask by deconfliction or your group who it is.'
        : 'No institution that lets yours ask holds the same picture.');
    } catch (problem) {
      setError(words(problem));
    }
  };
  return (
    <>
      {shared.length > 0 && (
        <>
          <h2 style={{ margin: '14px 0 8px' }}>In banks that others share ({shared.length})</h2>
          <DataTable label="Shared matches" columns={COLUMNS} rows={shared} id={(row) => `${row.institution} ${row.distance} ${row.bank || ''} ${row.label || ''}`} />
        </>
      )}
      <p style={{ marginTop: 10 }}>
        <button type="button" className="mv-link" onClick={ask}>Ask whether another institution holds it</button>{' '}
        <span role="status">{told}</span>
      </p>
      {error && <Failed text={error} onAgain={ask} />}
    </>
  );
}
