// One bank: its list, what an import took in and refused, hashes taken out again, and the end of the bank.
import React, { useCallback, useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import ShortId from '../parts/short_id.jsx';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { day } from '../parts/times.js';
import { Choice } from './add_to_bank.jsx';
import { MOST_LIST } from './asking.js';
import BankForm from './bank_form.jsx';
import { CLASSES, TIERS, WHATS, precisionWords } from './words.js';

const SHOWN = 1000;
const KINDS = { pdq: 'PDQ', md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' };

function Import({ bank, onClose }) {
  const input = useRef(null);
  const [text, setText] = useState('');
  const answer = useRef(null);
  const read = async (file) => {
    if (!file) return;
    if (file.size > MOST_LIST) throw new Error('The list is longer than 16 million characters: import it in parts.');
    setText(await file.text());
  };
  const [problem, setProblem] = useState('');
  const run = async () => {
    if (!text.trim()) throw new Error('Choose a file, or paste the list.');
    answer.current = await operate('image_hashes', { op: 'add', bank_id: bank.bank_id, list: text });
  };
  return (
    <Deed title={`Import hashes into ${bank.name}`} label="Import" whyLabel="" run={run} onClose={() => onClose(answer.current)}>
      <p>JSON or CSV in the fields of NCMEC, StopNCII or ThreatExchange exports, or one hash a line. What a list says was withdrawn leaves the bank.</p>
      <p>
        <Button label="Choose a file" onClick={() => input.current.click()} />
        <input ref={input} type="file" accept=".csv,.json,.txt,.tsv" aria-label="List of hashes" data-test="list-file" style={{ display: 'none' }} onChange={(event) => { setProblem(''); read(event.target.files[0]).catch((each) => setProblem(each.message)); }} />
      </p>
      {problem && <Failed text={problem} />}
      <Choice>
        <label htmlFor="bank-list">The list</label>
        <textarea id="bank-list" rows={8} style={{ width: '100%', fontFamily: 'ui-monospace, monospace' }} spellCheck={false} value={text.length > 20_000 ? `${text.slice(0, 20_000)}\n…` : text} readOnly={text.length > 20_000} onChange={(event) => setText(event.target.value)} />
      </Choice>
    </Deed>
  );
}

function Outcome({ answer }) {
  const { added, held, withdrawn, refused, rows } = answer;
  return (
    <div role="status" data-test="import-outcome" style={{ margin: '8px 0' }}>
      <p>{added.toLocaleString('en')} added, {held.toLocaleString('en')} held already, {withdrawn.toLocaleString('en')} withdrawn, {refused.toLocaleString('en')} refused.</p>
      {refused > 0 && (
        <details>
          <summary>{rows.length < refused ? `The first ${rows.length} refused rows` : 'The refused rows'}</summary>
          {rows.map(({ row, why }) => <div key={row}>Row {row}: {why}</div>)}
        </details>
      )}
    </div>
  );
}

export default function OneBank({ bank, precision, onBack, onChange }) {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  const [deed, setDeed] = useState('');
  const [outcome, setOutcome] = useState(null);
  const [leaving, setLeaving] = useState(null);
  const load = useCallback(() => {
    setError('');
    return operate('image_hashes', { bank_id: bank.bank_id, limit: SHOWN }).then(({ hashes }) => setRows(hashes)).catch((problem) => setError(words(problem)));
  }, [bank.bank_id]);
  useEffect(() => { load(); }, [load]);
  return (
    <>
      <p><button type="button" className="mv-link" onClick={onBack}>All banks</button></p>
      <h2>{bank.name}</h2>
      <p style={{ color: 'var(--mv-dim)', marginTop: 6 }}>
        {bank.note && `${bank.note} · `}{WHATS[bank.what]} · {CLASSES[bank.field_class]} · level {bank.level} · opened by {bank.created_by}, {day(bank.created)}{bank.until ? ` · until ${day(bank.until)}` : ''}
      </p>
      <p>{Object.entries(TIERS).map(([name, title]) => `${title}: up to ${bank[name]} bits, ${precisionWords(precision?.[name === 'possible' ? 'possible: look' : name]).replace('–', 'not judged yet')}`).join(' · ')}</p>
      <p style={{ display: 'flex', gap: 8 }}>
        <Button appearance="primary" label="Import a list" onClick={() => setDeed('import')} />
        <Button label="Change" onClick={() => setDeed('change')} />
        <Button label="Remove" onClick={() => setDeed('remove')} />
      </p>
      {outcome && <Outcome answer={outcome} />}
      {error && <Failed text={error} onAgain={load} />}
      {rows === null && !error && <Waiting what="Reading the bank" />}
      {rows?.length === 0 && <Nothing title="The bank is empty" next={['Import a list of hashes.', 'Look a picture up and add its hashes.']} />}
      {rows?.length > 0 && bank.hashes > rows.length && <Partial>The newest {rows.length.toLocaleString('en')} of {bank.hashes.toLocaleString('en')} hashes are shown.</Partial>}
      {rows?.length > 0 && (
        <DataTable
          label={`Hashes of ${bank.name}`} rows={rows} id={(row) => row.entry_id}
          columns={[
            { id: 'label', title: 'Listed as', cell: (row) => row.label || '–', sort: (row) => row.label || '' },
            { id: 'ref', title: 'Their number', width: 140, cell: (row) => row.ref || '–', sort: (row) => row.ref || '' },
            { id: 'kinds', title: 'Hashes', width: 260, cell: (row) => Object.entries(KINDS).filter(([kind]) => row[kind]).map(([kind, title]) => <div key={kind}>{title} <ShortId id={row[kind]} /></div>) },
            { id: 'quality', title: 'Quality', number: true, width: 80, cell: (row) => row.quality ?? '–', sort: (row) => row.quality ?? -1 },
            { id: 'added', title: 'Added', width: 180, cell: (row) => <>{day(row.added)}<div style={{ color: 'var(--mv-dim)' }}>{row.added_by}</div></>, sort: (row) => row.added },
            { id: 'remove', title: 'Remove', width: 90, cell: (row) => <button type="button" className="mv-link" onClick={() => setLeaving(row)}>Remove</button> },
          ]}
        />
      )}
      {deed === 'import' && <Import bank={bank} onClose={(answer) => { setDeed(''); if (answer) { setOutcome(answer); load(); onChange(); } }} />}
      {deed === 'change' && <BankForm bank={bank} onClose={(id) => { setDeed(''); if (id) onChange(); }} />}
      {leaving && (
        <Deed
          title="Remove the hash from the bank?" label="Remove" whyLabel="" destructive onClose={(done) => { setLeaving(null); if (done) { load(); onChange(); } }}
          run={() => operate('image_hashes', { op: 'remove', bank_id: bank.bank_id, entry_ids: [leaving.entry_id] })}
        >
          <p>{leaving.label || 'It'} is not found any more. What people said of its matches stays counted.</p>
        </Deed>
      )}
      {deed === 'remove' && (
        <Deed title={`Remove ${bank.name}?`} label="Remove" whyLabel="" destructive onClose={(done) => { setDeed(''); if (done) onBack(); }} run={() => operate('image_banks', { op: 'remove', bank_id: bank.bank_id })}>
          <p>Its {bank.hashes.toLocaleString('en')} hashes and what people said of their matches are deleted, and cannot be brought back.</p>
        </Deed>
      )}
    </>
  );
}
