// Saving, earlier versions, export, and the input that reads the source, with the progress of its first run.
import React, { useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { words } from '../administration/asking.js';
import { bytesOf } from '../parts/base64.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import keepFile from '../parts/keep_file.js';
import { Failed } from '../parts/states.jsx';
import { ago, moment } from '../parts/times.js';
import useAttempt from '../parts/use_attempt.js';
import { work } from './asking.js';
import { Choose, Field, Form, Line, Section } from './fields.jsx';

export function SavePart({ draft, onSave, onRestore, onCopy, onRemoved, busy, error }) {
  const [removing, setRemoving] = useState(false);
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState('');
  const carry = async () => {
    try {
      const { name, content } = await work('export', { id: draft.document.id });
      keepFile(name, new Blob([bytesOf(content)], { type: 'application/zip' }));
    } catch (problem) {
      setWrong(words(problem));
    }
  };
  return (
    <Section aria-label="Save">
      <h2>5. Save</h2>
      <Form><Field label="What changed" value={note} onChange={setNote} help="Stands in the list of versions; may be empty." /></Form>
      <Line>
        {draft.editable
          ? <Button appearance="primary" label={draft.version ? `Save version ${draft.version + 1}` : 'Save the source'} disabled={busy} onClick={() => onSave(note)} />
          : <Button appearance="primary" label="Make a copy of it" onClick={onCopy} />}
        {draft.version > 0 && <Button label="Export as a folder" onClick={carry} />}
        {draft.version > 0 && draft.editable && <Button appearance="destructive" label="Remove the source" onClick={() => setRemoving(true)} />}
        {draft.version > 0 && <span role="status" data-test="saved">Version {draft.version} is saved.</span>}
      </Line>
      {removing && (
        <Deed
          title={`Remove ${draft.document.title || draft.document.id}?`} label="Remove it" whyLabel="" destructive
          run={() => work('remove', { id: draft.document.id })} onClose={(done) => { setRemoving(false); if (done) onRemoved(); }}
        >
          <p>The source and its {draft.versions.length === 1 ? 'version' : `${draft.versions.length} versions`} are deleted; records that it brought stay. An input that reads it has to be deleted first{draft.inputs.length > 0 ? `: ${draft.inputs.map((input) => input.name).join(', ')}, on the page Inputs` : ''}. Export it as a folder to keep it.</p>
        </Deed>
      )}
      {(error || wrong) && <Failed text={error || wrong} />}
      {draft.versions.length > 0 && (
        <DataTable
          label="Versions" rows={draft.versions} id={(row) => row.version} perPage={10}
          columns={[
            { id: 'version', title: 'Version', cell: (row) => row.version },
            { id: 'at', title: 'Saved', cell: (row) => <span title={ago(row.saved_at)}>{moment(row.saved_at)}</span> },
            { id: 'by', title: 'By', cell: (row) => row.saved_by },
            { id: 'note', title: 'What changed', cell: (row) => row.note || '–' },
            { id: 'do', title: '', cell: (row) => row.version !== draft.version && <Button label="Bring back" onClick={() => onRestore(row.version)} /> },
          ]}
        />
      )}
    </Section>
  );
}

const ENDED = { run_done: 'The run is done', run_failed: 'The run failed', input_failed: 'The input failed' };

function Progress({ input, id }) {
  const [held, setHeld] = useState(null);
  const [error, setError] = useState('');
  useEffect(() => {
    let alive = true;
    const ask = () => work('progress', { ...input, id })
      .then((answer) => alive && (setHeld(answer), setError('')), (problem) => alive && setError(words(problem)));
    ask();
    const timer = window.setInterval(ask, 3000);
    return () => { alive = false; window.clearInterval(timer); };
  }, [input, id]);
  if (error) return <Failed text={error} />;
  const last = held?.runs?.[0];
  return (
    <div role="status" data-test="progress">
      <p><b>{last ? ENDED[last.event] : held?.counts ? 'The first run is under way' : 'The input is made; its first run has not begun'}</b></p>
      {held?.counts && <p>{held.counts.stored} records sent, {held.counts.refused} rows refused so far.</p>}
      {last && <p>{last.event === 'run_done' ? `${last.read} rows read, ${last.emitted} records stored, ${last.duplicates} known before, ${last.refused} refused${last.failed && last.failed !== 'none' ? `; ended early: ${last.failed}` : ''}.` : last.reason}</p>}
    </div>
  );
}

export function SchedulePart({ held, draft, onScheduled }) {
  const way = draft.document.file ? 'file' : 'http';
  const [form, setForm] = useState({ name: '', tenant_id: held.tenants[0]?.id || '', index: held.tenants[0]?.index || '', interval: '300', path: '', account: '' });
  const { attempt, busy, error } = useAttempt(words);
  const [made, setMade] = useState(null);
  const put = (more) => setForm({ ...form, ...more });
  const go = () => attempt(async () => {
    setMade(await work('schedule', { ...form, name: form.name || `${form.tenant_id}_${draft.document.id}`.replace(/\W/g, '_'), id: draft.document.id, transport: way }));
    onScheduled();
  });
  const shown = made || draft.inputs[0];
  return (
    <Section aria-label="Schedule">
      <h2>6. Schedule and first run</h2>
      {draft.version === 0 && draft.editable ? <p>Save the source first.</p> : (
        <>
          <Form>
            {held.tenants.length > 0
              ? <Choose label="Institution" value={form.tenant_id} onChange={(id) => put({ tenant_id: id, index: held.tenants.find((item) => item.id === id).index })} choices={held.tenants.map((item) => [item.id, item.label])} />
              : <Field label="Tenant" value={form.tenant_id} onChange={(tenant_id) => put({ tenant_id })} help="The institution whose records these are." />}
            <Field label="Index" value={form.index} onChange={(index) => put({ index })} help="The institution's index." />
            <Field label="Seconds between two runs" type="number" min="10" value={form.interval} onChange={(interval) => put({ interval })} />
            <Field label="Name of the input" value={form.name} onChange={(name) => put({ name })} help="Empty: institution and id." />
            {way === 'file' && <Field label="Folder" value={form.path} onChange={(path) => put({ path })} help="Absolute path on the machine that runs the inputs." />}
            {way === 'http' && <Choose label="Account" value={form.account} onChange={(account) => put({ account })} choices={[['', 'none'], ...held.accounts.map((name) => [name, name])]} />}
          </Form>
          <Line><Button appearance="primary" label={busy ? 'Making the input …' : 'Make the input'} disabled={busy} onClick={go} /></Line>
          {error && <Failed text={error} />}
          {shown && <Progress input={{ kind: shown.kind, name: shown.name }} id={draft.document.id} />}
        </>
      )}
    </Section>
  );
}
