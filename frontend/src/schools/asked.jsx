// Questions that the institution asked before, each with what was found for it.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import ShortId from '../parts/short_id.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { moment } from '../parts/times.js';
import { askedBefore, askedOnce, removeQuestion } from './asking.js';
import Found from './found.jsx';

/** `Oak Hill School: right (nora)`; a school that is held no more by its id. */
function saidOf({ verdicts = [], names }) {
  return verdicts.map(({ by, verdict, school_id: id }) => `${(names || {})[id] || id}: ${verdict} (${by})`).join('; ');
}

export default function Asked() {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  const [shown, setShown] = useState(null);
  const [leaving, setLeaving] = useState(null);
  const read = useCallback(async () => {
    setError('');
    try {
      const { queries, names } = await askedBefore();
      setRows(queries.map((row) => ({ ...row, names })));
    } catch (problem) {
      setError(words(problem));
    }
  }, []);
  useEffect(() => { read(); }, [read]);
  const open = async (row) => {
    try {
      setShown(await askedOnce(row.query_id));
    } catch (problem) {
      setError(words(problem));
    }
  };
  if (error) return <Failed text={error} onAgain={read} />;
  if (rows === null) return <Waiting what="Reading what was asked" />;
  if (rows.length === 0) return <Nothing title="Nothing was asked yet" next={['Describe a uniform under Find.']} />;
  return (
    <>
      <DataTable
        label="Asked before" rows={rows} id={(row) => row.query_id} chosen={shown?.query.query_id} onOpen={open}
        columns={[
          { id: 'when', title: 'When', width: 150, cell: (row) => moment(row.time), sort: (row) => row.time },
          { id: 'by', title: 'By', width: 90, cell: (row) => row.by, sort: (row) => row.by },
          { id: 'described', title: 'Described', cell: (row) => <button type="button" className="mv-link" onClick={(event) => { event.stopPropagation(); open(row); }}>{row.described || 'no words'}</button> },
          { id: 'given', title: 'Given', cell: (row) => (row.given || []).join(', ') },
          { id: 'said', title: 'Said', cell: saidOf },
          { id: 'id', title: 'Id', cell: (row) => <ShortId id={row.query_id} /> },
          { id: 'do', title: '', cell: (row) => <Button label="Remove" onClick={() => setLeaving(row)} /> },
        ]}
      />
      {shown && <h2 ref={(heading) => heading?.scrollIntoView({ block: 'start', behavior: 'smooth' })} style={{ margin: '14px 0 8px' }}>What was found for “{shown.query.described || 'crops alone'}”</h2>}
      {shown && <Found answer={shown} onJudged={(answer) => { setShown(answer); read(); }} />}
      {leaving && (
        <Deed
          title="Remove the question" label="Remove" destructive whyLabel="" run={() => removeQuestion(leaving.query_id)}
          onClose={(done) => { setLeaving(null); if (done) { setShown(null); read(); } }}
        >
          <p>Its words, the schools that were found and what people said of them are gone for everybody in your institution.</p>
        </Deed>
      )}
    </>
  );
}
