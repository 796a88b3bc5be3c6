// What the job says about itself: progress or counts, and every message of splunkd, read out when it changes.
import React from 'react';
import Message from '@splunk/react-ui/Message';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';

const TYPES = { FATAL: 'error', ERROR: 'error', WARN: 'warning', INFO: 'info' };
const number = new Intl.NumberFormat('en-US');

/** One line of counts; splunkd may send numbers as text. */
function counts(content) {
  const rows = Number(content.resultCount);
  const parts = [`${number.format(rows)} ${rows === 1 ? 'result' : 'results'}`];
  if (Number(content.scanCount) > 0) parts.push(`${number.format(Number(content.scanCount))} events scanned`);
  parts.push(`${Number(content.runDuration || 0).toFixed(2)} s`);
  return parts.join(' · ');
}

export default function JobReport({ status }) {
  const { state, content, error } = status;
  const messages = (content?.messages || []).filter((message) => TYPES[message.type]);
  return (
    <div className="job-report" aria-live="polite">
      {state === 'running' && (
        <span className="job-line"><WaitSpinner size="small" /> Searching {Math.round(100 * Number(content?.doneProgress || 0))} %</span>
      )}
      {state === 'done' && <span className="job-line" data-test="job-counts">{counts(content)}</span>}
      {error && <Message appearance="fill" type={state === 'failed' ? 'error' : 'info'}>{error}</Message>}
      {state === 'failed' && !error && messages.length === 0 && <Message appearance="fill" type="error">The search failed.</Message>}
      {messages.map((message) => (
        <Message key={`${message.type} ${message.text}`} appearance="fill" type={TYPES[message.type]}>{message.text}</Message>
      ))}
    </div>
  );
}
