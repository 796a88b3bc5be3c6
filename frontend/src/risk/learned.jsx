// The learned model beside the points: a sentence of what each is, and every feature's part where one is active.
import React from 'react';
import DataTable from '../parts/data_table.jsx';
import { share } from './words.js';

const COLUMNS = [
  { id: 'words', title: 'Feature', cell: (row) => <>{row.words} <span style={{ color: 'var(--mv-dim)' }}>{row.feature}</span></>, sort: (row) => row.words },
  { id: 'value', title: 'Value', number: true, width: 110, cell: (row) => (row.value === null ? 'missing' : row.value), sort: (row) => row.value },
  { id: 'log_odds', title: 'Adds (log-odds)', number: true, width: 140, cell: (row) => row.log_odds.toFixed(3), sort: (row) => row.log_odds },
];

export default function Learned({ held }) {
  const { learned } = held;
  return (
    <>
      <h3 style={{ marginTop: 16 }}>Two models side by side</h3>
      <p>{held.points_are} Here: <strong>{held.score}</strong> points.</p>
      <p data-test="learned">
        {held.learned_is}{' '}
        {learned
          ? <>Here: <strong>{share(learned.chance)}</strong>, log-odds {learned.log_odds.toFixed(3)} = {learned.base.toFixed(3)} of a business of which nothing is known, and the parts below.</>
          : 'None is active: an administrator activates one that was trained on labels of your own institution.'}
      </p>
      {learned && (
        <>
          <p role="note">{learned.statement}</p>
          <DataTable label="Parts of the learned model" rows={learned.parts} id={(row) => row.feature} columns={COLUMNS} />
        </>
      )}
    </>
  );
}
