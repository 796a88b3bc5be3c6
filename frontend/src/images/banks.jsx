// Banks of hashes: what they hold, their thresholds and how often their matches were true; opening one, and its list.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { day } from '../parts/times.js';
import BankForm from './bank_form.jsx';
import OneBank from './one_bank.jsx';
import { CLASSES, WHATS, precisionWords } from './words.js';

export default function Banks() {
  const [banks, setBanks] = useState(null);
  const [precision, setPrecision] = useState({});
  const [error, setError] = useState('');
  const [opening, setOpening] = useState(false);
  const [chosen, setChosen] = useState('');
  const load = useCallback(async () => {
    setError('');
    try {
      const [{ banks: found }, { banks: counted }] = await Promise.all([operate('image_banks'), operate('image_feedback')]);
      setPrecision(Object.fromEntries(counted.map((each) => [each.bank_id, each.precision])));
      setBanks(found);
    } catch (problem) {
      setError(words(problem));
    }
  }, []);
  useEffect(() => { load(); }, [load]);
  const bank = banks?.find(({ bank_id: id }) => id === chosen);
  if (bank) return <OneBank bank={bank} precision={precision[chosen]} onBack={() => { setChosen(''); load(); }} onChange={load} />;
  const counts = (row, tier) => precisionWords(precision[row.bank_id]?.[tier]);
  const within = (row, key, tier) => <>≤ {row[key]}<div style={{ color: 'var(--mv-dim)' }}>{counts(row, tier)}</div></>;
  return (
    <>
      <p style={{ margin: '10px 0' }}><Button appearance="primary" label="Open a bank" onClick={() => setOpening(true)} /></p>
      {error && <Failed text={error} onAgain={load} />}
      {banks === null && !error && <Waiting what="Reading your banks" />}
      {banks && banks.length === 0 && <Nothing title="No banks yet" next={['Open one here, then import a list of hashes.', 'Or look a picture up and add its hashes to a bank.']} />}
      {banks && banks.length > 0 && (
        <>
          <DataTable
            label="Banks" rows={banks} id={(row) => row.bank_id} onOpen={(row) => setChosen(row.bank_id)}
            columns={[
              { id: 'name', title: 'Bank', cell: (row) => <><button type="button" className="mv-link" onClick={() => setChosen(row.bank_id)}>{row.name}</button>{row.note && <div style={{ color: 'var(--mv-dim)' }}>{row.note}</div>}</>, sort: (row) => row.name },
              { id: 'what', title: 'Kind', width: 150, cell: (row) => WHATS[row.what], sort: (row) => WHATS[row.what] },
              { id: 'class', title: 'Class and readers', width: 170, cell: (row) => CLASSES[row.field_class], sort: (row) => row.field_class },
              { id: 'level', title: 'Level', width: 60, cell: (row) => row.level, sort: (row) => row.level },
              { id: 'hashes', title: 'Hashes', number: true, width: 80, cell: (row) => row.hashes.toLocaleString('en'), sort: (row) => row.hashes },
              { id: 'same', title: 'Same', width: 120, cell: (row) => within(row, 'same', 'same') },
              { id: 'likely', title: 'Likely', width: 120, cell: (row) => within(row, 'likely', 'likely') },
              { id: 'possible', title: 'Possible: look', width: 120, cell: (row) => within(row, 'possible', 'possible: look') },
              { id: 'until', title: 'Ends', width: 100, cell: (row) => (row.until ? day(row.until) : '–'), sort: (row) => row.until },
            ]}
          />
          <p style={{ marginTop: 8, color: 'var(--mv-dim)' }}>Thresholds are bits of 256 that may differ. Below them stands how many matches of that tier people called true.</p>
        </>
      )}
      {opening && <BankForm onClose={(id) => { setOpening(false); if (id) load().then(() => setChosen(id)); }} />}
    </>
  );
}
