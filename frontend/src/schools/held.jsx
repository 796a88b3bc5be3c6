// How many schools the institution holds, and of how many the uniform is known.
import React, { useEffect, useState } from 'react';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import AddPictures from './add_pictures.jsx';
import { heldSchools } from './asking.js';
import Registers from './registers.jsx';

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });

/** The name of a country from its two letters; what is no such code is shown as it is. */
function countryWords(code) {
  try {
    return COUNTRIES.of(code);
  } catch {
    return code;
  }
}

export default function Held() {
  const [held, setHeld] = useState(null);
  const [error, setError] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setError('');
    heldSchools().then(setHeld).catch((problem) => setError(words(problem)));
  }, [turn]);
  if (error) return <Failed text={error} onAgain={() => setTurn(turn + 1)} />;
  if (held === null) return <Waiting what="Counting schools" />;
  return (
    <>
      {held.schools === 0 ? (
        <Nothing title="Your institution holds no schools yet"><p>Take the schools of a register among your records, or add schools with their pictures, here. Programs add rows too: the page on schools in the documentation says how.</p></Nothing>
      ) : <Counted held={held} />}
      <Registers onTaken={() => setTurn((before) => before + 1)} />
      <AddPictures onAdded={() => setTurn((before) => before + 1)} />
    </>
  );
}

function Counted({ held }) {
  const countries = Object.entries(held.countries).map(([country, schools]) => ({ country, schools }));
  return (
    <>
      <p style={{ margin: '8px 0' }}>
        {held.schools.toLocaleString('en')} schools, {held.with_uniform.toLocaleString('en')} of them with something known of the uniform. The others are found by name, place and phase alone.
      </p>
      <DataTable
        label="Schools held" rows={countries} id={({ country }) => country}
        columns={[
          { id: 'country', title: 'Country', cell: (row) => countryWords(row.country), sort: (row) => countryWords(row.country) },
          { id: 'schools', title: 'Schools', number: true, cell: (row) => row.schools.toLocaleString('en'), sort: (row) => row.schools },
        ]}
      />
    </>
  );
}
