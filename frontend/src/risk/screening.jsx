// Screening gaps of a chain: its file in, which step would have caught which outcome and the gaps of each location out.
// Staff keys can be hashed here, before anything leaves the computer.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { day } from '../parts/times.js';
import keepFile from '../parts/keep_file.js';
import useAttempt from '../parts/use_attempt.js';
import example from './example_chain.json';
import { share } from './words.js';

const REPORTS = (onOpen) => [
  { id: 'name', title: 'Chain', cell: (row) => <button type="button" className="mv-link" onClick={() => onOpen(row.screening_id)}>{row.name}</button>, sort: (row) => row.name },
  { id: 'as_of', title: 'As of', cell: (row) => row.as_of, sort: (row) => row.as_of },
  { id: 'locations', title: 'Locations', number: true, cell: (row) => row.locations, sort: (row) => row.locations },
  { id: 'staff', title: 'Staff', number: true, cell: (row) => row.staff, sort: (row) => row.staff },
  { id: 'outcomes', title: 'Known outcomes', number: true, cell: (row) => row.outcomes, sort: (row) => row.outcomes },
  { id: 'time', title: 'Made', cell: (row) => `${day(row.time)} by ${row.by}`, sort: (row) => row.time },
];
const ACTIONS = (onOnly) => [
  { id: 'step', title: 'Step', cell: (row) => <button type="button" className="mv-link" title="Show the outcomes of this step" onClick={() => onOnly({ step: row.step })}>{row.step}</button>, sort: (row) => row.step },
  { id: 'remedy', title: 'What to do', cell: (row) => row.remedy },
  { id: 'outcomes', title: 'Outcomes', number: true, cell: (row) => row.outcomes, sort: (row) => row.outcomes },
];
const CATCHES = (onOnly) => [
  { id: 'outcome', title: 'Outcome', cell: (row) => <button type="button" className="mv-link" title="Show all steps of this outcome" onClick={() => onOnly({ outcome: row.outcome })}>{row.outcome}</button>, sort: (row) => row.outcome },
  { id: 'step', title: 'Step', cell: (row) => row.step, sort: (row) => row.step },
  { id: 'failure', title: 'What became of it', cell: (row) => row.failure, sort: (row) => row.failure },
  { id: 'fact', title: 'On record', cell: (row) => `${row.fact}, for ${row.days_on_record} days` },
];
const LOCATIONS = [
  { id: 'location', title: 'Location', cell: (row) => row.label || row.location, sort: (row) => row.label || row.location },
  { id: 'staff', title: 'Staff', number: true, cell: (row) => row.staff, sort: (row) => row.staff },
  { id: 'done', title: 'Steps done in time', number: true, cell: (row) => (row.done === null ? 'none applies' : share(row.done)), sort: (row) => row.done },
  { id: 'signals', title: 'Customers’ side', cell: (row) => Object.entries(row.signals).map(([name, count]) => `${name}: ${count}`).join(', ') || 'nothing told' },
];

async function hashed(chain) {
  const salt = crypto.getRandomValues(new Uint8Array(16)).join();
  const known = new Map();
  const one = async (key) => {
    const text = String(key).toLowerCase().trim();
    if (!known.has(text)) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt} ${text}`));
      known.set(text, Array.from(new Uint8Array(digest).slice(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
    return known.get(text);
  };
  const made = { ...chain };
  for (const list of ['staff', 'results', 'outcomes']) {
    if (Array.isArray(chain[list])) {
      made[list] = [];
      for (const row of chain[list]) made[list].push(row && row.staff !== undefined ? { ...row, staff: await one(row.staff) } : row);
    }
  }
  return made;
}

function print(report) {
  const page = window.open('', '_blank');
  if (page) {
    page.document.write(report);
    page.document.close();
  }
}

function Report({ report: held, onBack, onGone }) {
  const [asking, setAsking] = useState(false);
  const [only, setOnly] = useState(null); // {step} or {outcome} that the outcomes are narrowed to
  const { figures } = held;
  const few = figures.few || [];
  const caught = new Set(figures.outcomes.map(({ outcome }) => outcome)).size;
  return (
    <>
      <p style={{ display: 'flex', gap: 8 }}>
        <Button appearance="subtle" label="All reports" onClick={onBack} />
        <Button label="Open the report to print" onClick={() => print(held.report)} />
        <Button label="Take it away" onClick={() => setAsking(true)} />
      </p>
      <h2>{held.name}, as of {held.as_of}</h2>
      <p data-test="screening">Steps of screening could have caught {caught} of {held.outcomes} known outcomes; no step could have caught {figures.uncatchable.length}.{held.left_out > 0 && ` ${held.left_out} rows could not be read and were left out.`}</p>
      <h3>What to do first</h3>
      <DataTable label="What to do" rows={figures.actions} id={(row) => `${row.step} ${row.remedy}`} columns={ACTIONS(setOnly)} none="No step could have caught a known outcome." />
      <h3>Which step would have caught what{only && `: ${only.step ? `the step “${only.step}”` : `the outcome “${only.outcome}”`}`}</h3>
      {only && <p><button type="button" className="mv-link" onClick={() => setOnly(null)}>Show all steps and outcomes</button></p>}
      <DataTable label="Outcomes" rows={figures.outcomes.map((row, at) => ({ ...row, at })).filter((row) => !only || row.step === only.step || row.outcome === only.outcome)} id={(row) => row.at} columns={CATCHES(setOnly)} none="No outcome was given, or no step looks for what was on record." />
      <h3>Gaps of each location</h3>
      <DataTable label="Locations" rows={figures.locations} id={(row) => row.location} columns={LOCATIONS} none="No location has five staff or more." />
      {few.length > 0 && <p data-test="few">{few.length} {few.length === 1 ? 'location has' : 'locations have'} fewer than five staff and {few.length === 1 ? 'is' : 'are'} not described, since the numbers would point at one person: {few.slice(0, 20).join(', ')}{few.length > 20 && ` and ${few.length - 20} more`}.</p>}
      {figures.left_out.length > 0 && <details><summary>Rows that were left out</summary><ul>{figures.left_out.slice(0, 100).map((line) => <li key={line}>{line}</li>)}</ul></details>}
      {asking && <Deed title="Take this report away" label="Take it away" whyLabel="" destructive onClose={(done) => { setAsking(false); if (done) onGone(); }} run={() => operate('screening', { op: 'remove', screening_id: held.screening_id })}><p>It is deleted for all of your institution.</p></Deed>}
    </>
  );
}

export default function Screening({ onBack }) {
  useEffect(() => {
    const before = document.title;
    document.title = 'Screening gaps – Minerva';
    return () => { document.title = before; };
  }, []);
  const [kept, setKept] = useState(null);
  const [open, setOpen] = useState(null);
  const { attempt, busy, error, setError } = useAttempt(words);
  const [hash, setHash] = useState(Boolean(window.crypto?.subtle));
  const load = useCallback(() => operate('screening', { op: 'list' }).then(({ screenings }) => setKept(screenings)).catch((problem) => setError(words(problem))), []);
  useEffect(() => { load(); }, [load]);
  const look = (id) => attempt(async () => setOpen((await operate('screening', { op: 'get', screening_id: id })).screening));
  const take = (file) => file && attempt(async () => {
    let chain;
    try {
      chain = JSON.parse(await file.text());
    } catch {
      throw new Error('The file is no JSON: the example shows its shape, and Help what each part holds.');
    }
    const made = await operate('screening', { op: 'add', chain: hash ? await hashed(chain) : chain });
    setOpen(made.screening);
    await load();
  });
  if (open) return <Report report={open} onBack={() => setOpen(null)} onGone={() => { setOpen(null); load(); }} />;
  return (
    <>
      <p><button type="button" className="mv-link" onClick={onBack}>Back to business risk</button></p>
      <p role="note">It is about steps and places, not about people: it scores nobody. What you give is read once and not kept; the report holds no key of a person and is deleted after a year.</p>
      {error && <Failed text={error} />}
      <p>
        No file yet? <button type="button" className="mv-link" onClick={() => keepFile('example_chain.json', new Blob([JSON.stringify(example, null, 1)], { type: 'application/json' }))}>Download an example</button> of an
        invented chain, put your own rows in place of its rows, and choose it below. Help, above, says what each part holds.
      </p>
      <p>
        <label htmlFor="screening-file">File of the chain (JSON: policy, locations, staff, results, outcomes) </label>
        <input id="screening-file" type="file" accept="application/json,.json" disabled={busy} onChange={(event) => take(event.target.files[0])} />
      </p>
      <p>
        <label htmlFor="screening-hash">
          <input id="screening-hash" type="checkbox" checked={hash} disabled={!window.crypto?.subtle} onChange={(event) => setHash(event.target.checked)} /> Hash the keys of staff on this computer before they are sent
        </label>
        {!window.crypto?.subtle && ' (this browser can do so only over HTTPS)'}
      </p>
      {!kept && !error && <Waiting what="Reading the reports" />}
      {kept && (kept.length === 0
        ? <Nothing title="No report yet" next={['Choose the file of a chain above: it says which steps of its screening have gaps, location by location.']} />
        : <DataTable label="Reports" rows={kept} id={(row) => row.screening_id} columns={REPORTS(look)} onOpen={(row) => look(row.screening_id)} />)}
    </>
  );
}
