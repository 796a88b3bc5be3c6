// One search job at a time: created or found again, followed to its end, steered; the next one cancels it.
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../rest.js';
import { runnable, typed } from './spl_text.js';

const IDLE = { state: 'idle', sid: '', content: null, owner: '', error: '', asked: null };
// splunkd ends a job that nobody has asked for in so many seconds: a closed page leaves nothing running.
const AUTO_CANCEL = 60;
const GONE = 'The job of this address is gone: its time to live is over, or it is not yours.';

function stateOf(content) {
  if (content.isFailed) return 'failed';
  if (content.isDone) return 'done';
  return content.isPaused ? 'paused' : 'running';
}

const wait = (milliseconds) => new Promise((resolve) => { window.setTimeout(resolve, milliseconds); });

/** What a job was asked, in the page's terms. */
function askedOf(content) {
  const { search = content.search, earliest_time: earliest = '', latest_time: latest = '' } = content.request || {};
  return { search: typed(search), earliest: earliest || '0', latest };
}

/**
 * {status, run, open, control}; status is {state: idle|running|paused|done|failed, sid, content, owner, error, asked}.
 * run({search, earliest, latest}); open(sid) shows a job that exists; control(action): pause, unpause, finalize, cancel.
 */
export default function useSearch() {
  const [status, setStatus] = useState(IDLE);
  const current = useRef({ sid: '' });

  const follow = useCallback(async (mine, known) => {
    let pause = 60;
    let asked = known;
    while (current.current === mine) {
      const entry = (await ask(`search/jobs/${encodeURIComponent(mine.sid)}`)).entry[0];
      if (current.current !== mine) return;
      const state = stateOf(entry.content);
      asked ||= askedOf(entry.content);
      mine.ended = state === 'done' || state === 'failed';
      setStatus({ state, sid: mine.sid, content: entry.content, owner: entry.acl.owner, error: '', asked });
      if (mine.ended) return;
      await wait(pause);
      pause = Math.min(1000, pause * 1.6);
    }
  }, []);

  const begin = useCallback(async (start, asked) => {
    const before = current.current;
    const mine = { sid: '', ended: false };
    current.current = mine;
    if (before.sid && !before.ended) ask(`search/jobs/${before.sid}/control`, { form: { action: 'cancel' } }).catch(() => {});
    setStatus({ ...IDLE, state: 'running', asked });
    try {
      mine.sid = await start();
      await follow(mine, asked);
    } catch (problem) {
      if (current.current !== mine) return;
      mine.ended = true;
      const gone = problem.status === 404;
      setStatus({ ...IDLE, asked, state: gone ? 'idle' : 'failed', error: gone ? GONE : problem.message });
    }
  }, [follow]);

  const run = useCallback((asked) => begin(async () => {
    const form = {
      search: runnable(asked.search), earliest_time: asked.earliest, latest_time: asked.latest, auto_cancel: AUTO_CANCEL,
    };
    return (await ask('search/jobs', { form })).sid;
  }, asked), [begin]);

  const open = useCallback((sid) => begin(async () => sid, null), [begin]);

  const control = useCallback(async (action) => {
    const mine = current.current;
    if (action === 'cancel') {
      current.current = { sid: '' };
      setStatus((before) => ({ ...IDLE, asked: before.asked, error: 'The search was cancelled.' }));
    }
    await ask(`search/jobs/${mine.sid}/control`, { form: { action } }).catch(() => {});
  }, []);

  useEffect(() => () => { current.current = { sid: '' }; }, []);
  return { status, run, open, control };
}
