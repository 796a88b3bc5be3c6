// A deed that takes a while: what starts it rests meanwhile, and what goes wrong is told in words.
import { useState } from 'react';

/** attempt(act) awaits act() and resolves to whether it was done; say(problem) makes the sentence of what it throws. setError tells a problem of another step. */
export default function useAttempt(say = (problem) => problem.message) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const attempt = async (act) => {
    setBusy(true);
    setError('');
    try {
      await act();
      return true;
    } catch (problem) {
      setError(say(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { attempt, busy, error, setError };
}
