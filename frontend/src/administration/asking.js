// Asks the app's handler about the own institution. What is asked stands in bodies alone, never in an address.
import { useCallback, useEffect, useRef, useState } from 'react';
import { post } from '../rest.js';

const HANDLER = 'minerva/app/v1/entities';

/** The handler's answer to one operation. */
export function administer(operation, body = {}) {
  return post(`${HANDLER}/${operation}`, body);
}

/** {answer, error, again}: the answer to an operation without choices, asked when the panel opens and by `again`. */
export function useAnswer(operation) {
  const [state, setState] = useState({ answer: null, error: '' });
  const alive = useRef(true);
  const again = useCallback(async () => {
    try {
      const answer = await administer(operation);
      if (alive.current) setState({ answer, error: '' });
    } catch (problem) {
      if (alive.current) setState({ answer: null, error: words(problem) });
    }
  }, [operation]);
  useEffect(() => {
    alive.current = true;
    again();
    return () => { alive.current = false; };
  }, [again]);
  return { ...state, again };
}

/** What a person reads of a refusal. Absent and forbidden are one answer, so both are named. */
export function words(problem) {
  if (problem.status === 404) return 'Not found, or not for you to see or change.';
  return problem.message;
}
