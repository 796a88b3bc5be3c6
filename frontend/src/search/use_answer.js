// What an endpoint says, asked again when the question changes; an older answer stays visible until the new one is there.
import { useEffect, useState } from 'react';
import { ask } from '../rest.js';

/** {answer, error}; path '' asks nothing. version: a change asks the same again. */
export default function useAnswer(path, query, version = '') {
  const [found, setFound] = useState({ answer: null, error: '' });
  const question = path ? `${path}?${new URLSearchParams(query)}` : '';
  useEffect(() => {
    if (!question) return undefined;
    const stop = new AbortController();
    // A post-process search travels in a body: addresses end in logs.
    ask(path, 'search' in query ? { form: query, signal: stop.signal } : { query, signal: stop.signal })
      // An answer that is read as its question ends must not reach the page any more.
      .then((answer) => answer !== null && !stop.signal.aborted && setFound({ answer, error: '' }))
      .catch((problem) => !stop.signal.aborted && setFound({ answer: null, error: problem.message }));
    return () => stop.abort();
  }, [question, version]); // eslint-disable-line react-hooks/exhaustive-deps
  return found;
}
