// One search job at a time: created, followed to its end, cancelled when the page asks or the next one starts.
import { useCallback, useEffect, useRef, useState } from 'react';
import SearchJob from '@splunk/search-job';
import { app } from '../place.js';

const IDLE = { state: 'idle', job: null, content: null, error: '' };

function messageOf(error) {
  const found = (error?.messages || error?.response?.messages || []).map((message) => message.text).filter(Boolean);
  return found.join(' ') || error?.message || String(error);
}

/** [status, run, cancel]; status is {state: idle|running|done|failed, job, content, error}. */
export default function useSearch() {
  const [status, setStatus] = useState(IDLE);
  const current = useRef(null);
  const stop = useCallback(() => {
    current.current?.subscription.unsubscribe();
    current.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const run = useCallback(({ search, earliest, latest }) => {
    stop();
    const job = SearchJob.create({ search, earliest_time: earliest, latest_time: latest }, { app });
    setStatus({ ...IDLE, state: 'running', job });
    const subscription = job.getProgress().subscribe({
      next: ({ content }) => setStatus({
        state: content.isFailed ? 'failed' : content.isDone ? 'done' : 'running', job, content, error: '',
      }),
      error: (problem) => setStatus({ state: 'failed', job: null, content: null, error: messageOf(problem) }),
    });
    current.current = { job, subscription };
  }, [stop]);

  const cancel = useCallback(() => {
    current.current?.job.cancel().subscribe({ error: () => {} });
    stop();
    setStatus({ ...IDLE, error: 'The search was cancelled.' });
  }, [stop]);

  return [status, run, cancel];
}
