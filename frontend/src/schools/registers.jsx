// Takes the schools of the institution's own records, source by source, into the list: registers of any country.
import React, { useEffect, useState } from 'react';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import { Failed } from '../parts/states.jsx';
import { registers, takeRegister } from './asking.js';

export default function Registers({ onTaken }) {
  const [sources, setSources] = useState(null);
  const [state, setState] = useState({});
  const [error, setError] = useState('');
  useEffect(() => { registers().then(setSources).catch((problem) => setError(words(problem))); }, []);
  const take = async (source) => {
    setError('');
    setState({ source, working: true, taken: 0 });
    try {
      const taken = await takeRegister(source, (count) => setState({ source, working: true, taken: count }));
      setState({ source, taken });
      onTaken();
    } catch (problem) {
      setState({});
      setError(words(problem));
    }
  };
  const told = ({ source }) => (state.source !== source ? '' : `${state.taken.toLocaleString('en')} schools taken${state.working ? ' so far' : ''}`);
  return (
    <section style={{ margin: '14px 0' }}>
      <h2 style={{ margin: '0 0 4px', fontSize: 15 }}>Registers among your records</h2>
      <p style={{ color: 'var(--mv-dim)' }}>Each source whose records are schools. Take those that list schools themselves; inspections and censuses name the same schools once more. Taking one again renews it, and what is known of uniforms stays.</p>
      {error && <Failed text={error} />}
      {sources?.length === 0 && <p>Your records hold no schools: an input with a source of schools brings them.</p>}
      {sources?.length > 0 && (
        <DataTable
          label="Registers" rows={sources} id={({ source }) => source}
          columns={[
            { id: 'source', title: 'Source', cell: (row) => <span title={row.source}>{row.source.replaceAll('_', ' ')}</span>, sort: (row) => row.source },
            { id: 'records', title: 'Records', number: true, cell: (row) => row.records.toLocaleString('en'), sort: (row) => row.records },
            { id: 'take', title: '', cell: (row) => <button type="button" className="mv-link" disabled={Boolean(state.working)} onClick={() => take(row.source)}>Take its schools</button> },
            { id: 'told', title: '', cell: (row) => <span role="status">{told(row)}</span> },
          ]}
        />
      )}
    </section>
  );
}
