// Asking other institutions blindly whether one of them holds an identifier: one bit, and nobody learns who asked.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { Failed } from '../../parts/states.jsx';
import { readable } from '../../parts/palette.js';
import useAttempt from '../../parts/use_attempt.js';
import { operate } from '../asking.js';

export default function AskOthers({ identifier, hasCircumstances }) {
  const [answer, setAnswer] = useState(null);
  const { attempt, busy, error } = useAttempt();
  const go = () => attempt(async () => setAnswer(await operate('deconflict', { identifier, accept: false })));
  return (
    <div data-test="ask-others" style={{ margin: '12px 0' }}>
      <h3>Does another institution hold it?</h3>
      <p style={{ color: 'var(--mv-dim)' }}>
        Asked blindly: you learn yes or no, not who or what; they learn that it was met, not by whom. Each question counts.
      </p>
      {!hasCircumstances && <p style={{ color: 'var(--mv-warn)' }}>State purpose and case number in the head of the page first.</p>}
      {!answer && <Button label={`Ask about ${readable(identifier)}`} disabled={busy || !hasCircumstances} onClick={go} />}
      {answer && (
        <p role="status">
          <b>{answer.hit ? 'Yes: somebody who lets you ask holds it.' : 'No one who lets you ask holds it.'}</b>{' '}
          {answer.hit && 'Under Shared, Requests, you can offer your contact desk; if both sides accept, each sees the other’s. '}
          {answer.left_today} questions are left today.
        </p>
      )}
      {error && <Failed text={error} />}
    </div>
  );
}
