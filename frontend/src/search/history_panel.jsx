// The searches of this tab, and the user's jobs that splunkd still holds: to fill in again, or to open with their results.
import React, { useState } from 'react';
import { readHistory } from './history.js';
import { typed } from './spl_text.js';
import { shownTime } from './events.jsx';
import useAnswer from './use_answer.js';

const MOST_JOBS = 20;

function Searches({ searches, onPick }) {
  if (searches.length === 0) return <p>No searches in this tab yet.</p>;
  return (
    <ul>
      {searches.map((one) => (
        <li key={`${one.search} ${one.earliest} ${one.latest}`}>
          <button type="button" className="value-link history-search" onClick={() => onPick(one)}>{one.search}</button>
          <span>{new Date(one.at).toISOString().slice(11, 16)} UTC</span>
        </li>
      ))}
    </ul>
  );
}

function Jobs({ onOpen }) {
  const { answer, error } = useAnswer('search/jobs', { count: MOST_JOBS });
  if (error) return <p>{error}</p>;
  const jobs = (answer?.entry || []).filter((entry) => (
    entry.acl.owner === window.$C.USERNAME && !entry.content.isFailed && !entry.content.label // panels label theirs
  ));
  if (answer && jobs.length === 0) return <p>No job of yours is held.</p>;
  return (
    <ul>
      {jobs.map(({ content, published }) => (
        <li key={content.sid}>
          <button type="button" className="value-link history-search" onClick={() => onOpen(content.sid)}>{typed(content.search)}</button>
          <span>{content.isDone ? `${Number(content.resultCount).toLocaleString('en-US')} ${Number(content.resultCount) === 1 ? 'result' : 'results'}` : 'running'}, {shownTime(published).slice(11, 16)} UTC</span>
        </li>
      ))}
    </ul>
  );
}

export default function HistoryPanel({ count, onPick, onOpen }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Search history</summary>
      {open && (
        <div className="history-lists">
          <section><h2>Searches of this tab</h2><Searches key={count} searches={readHistory()} onPick={onPick} /></section>
          <section><h2>Jobs still held</h2><Jobs key={count} onOpen={onOpen} /></section>
        </div>
      )}
    </details>
  );
}
