// The line under the search: how far the job is, its counts, what steers it, its export; and what it said.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Dropdown from '@splunk/react-ui/Dropdown';
import Message from '@splunk/react-ui/Message';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';
import { restUrl } from '../rest.js';
import SearchError, { placeOf } from './error_place.jsx';
import JobFacts from './job_facts.jsx';

const TYPES = { FATAL: 'error', ERROR: 'error', WARN: 'warning', INFO: 'info' };
const number = new Intl.NumberFormat('en-US');

/** One line of counts; splunkd may send numbers as text. */
function counts(content, isTable) {
  const rows = Number(content.resultPreviewCount ?? content.resultCount);
  const what = isTable ? 'result' : 'event';
  const parts = [`${number.format(rows)} ${what}${rows === 1 ? '' : 's'}`];
  if (isTable && Number(content.scanCount) > 0) parts.push(`${number.format(Number(content.scanCount))} events scanned`);
  parts.push(`${Number(content.runDuration || 0).toFixed(2)} s`);
  return parts.join(' · ');
}

function Export({ sid, isTable }) {
  const modes = [['csv', 'CSV', 'csv'], ['json', 'JSON, one row a line', 'json'], ['xml', 'XML', 'xml']];
  if (!isTable) modes.push(['raw', 'Raw events', 'txt']);
  return (
    <Dropdown toggle={<Button appearance="secondary" label="Export" isMenu />}>
      <ul className="export-list">
        {modes.map(([mode, label, suffix]) => (
          <li key={mode}>
            <a href={restUrl(`search/v2/jobs/${sid}/results/export`, { output_mode: mode })} download={`search_${sid}.${suffix}`}>{label}</a>
          </li>
        ))}
      </ul>
    </Dropdown>
  );
}

export default function JobReport({ status, isTable, control, onShow }) {
  const [facts, setFacts] = useState(false);
  const { state, content, error, sid, asked } = status;
  const running = state === 'running' || state === 'paused';
  const messages = (content?.messages || []).filter((message) => TYPES[message.type]);
  const show = (text, type) => (placeOf(text, asked?.search || '').line
    ? <SearchError key={text} message={text} search={asked.search} onShow={onShow} />
    : <Message key={text} appearance="fill" type={type}>{text}</Message>);
  return (
    <div className="job-report">
      <div className="job-bar">
        <span className="job-line" aria-live="polite">
          {state === 'running' && <WaitSpinner size="small" />}
          {running && <span>{state === 'paused' ? 'Paused' : 'Searching'}{content ? ` · ${counts(content, isTable)}` : ''}</span>}
          {state === 'done' && <span data-test="job-counts">{content.isFinalized ? 'Finalized: ' : ''}{counts(content, isTable)}</span>}
        </span>
        {sid && (
          <span className="job-buttons">
            {state === 'running' && <Button appearance="secondary" label="Pause" onClick={() => control('pause')} />}
            {state === 'paused' && <Button appearance="secondary" label="Resume" onClick={() => control('unpause')} />}
            {running && <Button appearance="secondary" label="Finalize" title="Stop and keep what was found" onClick={() => control('finalize')} />}
            {running && <Button appearance="secondary" label="Cancel" onClick={() => control('cancel')} />}
            {content && <Button appearance="secondary" label="Job" aria-expanded={facts} onClick={() => setFacts(!facts)} />}
            {state === 'done' && <Export sid={sid} isTable={isTable} />}
          </span>
        )}
      </div>
      {facts && content && <JobFacts status={status} control={control} />}
      {error && show(error, state === 'failed' ? 'error' : 'info')}
      {state === 'failed' && !error && messages.length === 0 && <Message appearance="fill" type="error">The search failed.</Message>}
      {messages.map((message) => show(message.text, TYPES[message.type]))}
    </div>
  );
}
