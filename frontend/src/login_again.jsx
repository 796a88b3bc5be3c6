// Asks for the login in place when the session has ended: what was typed stays, and the refused request is repeated.
import React, { useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';
import { Failed } from './parts/states.jsx';
import { loginPath } from './place.js';
import { UNREACHABLE } from './rest.js';
import { askInPlace, goOn, logIn, notNow } from './session.js';

export default function LoginAgain() {
  const [ended, setEnded] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef(null);
  useEffect(() => askInPlace((isEnded) => { setError(''); setEnded(isEnded); }), []);
  if (!ended) return null;
  const go = async (does) => {
    setBusy(true);
    setError('');
    try {
      setError(await does());
    } catch {
      setError(UNREACHABLE);
    }
    setBusy(false);
  };
  const send = (event) => {
    event.preventDefault();
    const password = field.current.value;
    field.current.value = '';
    go(() => logIn(password));
  };
  return (
    <Modal open onRequestClose={notNow} style={{ width: 460 }}>
      <form onSubmit={send}>
        <Modal.Header title="Your session has ended" onRequestClose={notNow} />
        <Modal.Body>
          <p>Log in again as <b>{window.$C.USERNAME}</b>. What you typed stays, and what you asked for is asked again.</p>
          <label htmlFor="login-again" style={{ display: 'block', marginBottom: 4, fontWeight: 600 }}>Password</label>
          <input
            ref={field} id="login-again" type="password" autoComplete="current-password" required autoFocus
            style={{ width: '100%', boxSizing: 'border-box', padding: '6px 8px', border: '1px solid #808893', borderRadius: 4, background: 'var(--mv-paper, #fff)', color: 'inherit', font: 'inherit' }}
          />
          {error && <Failed text={error} />}
          <p style={{ marginTop: 12 }}>
            No password of Splunk’s own? <a href={loginPath()} target="_blank" rel="noreferrer">Log in in another tab</a>, then{' '}
            <button type="button" className="mv-link" disabled={busy} onClick={() => go(goOn)}>go on here</button>.
          </p>
        </Modal.Body>
        <Modal.Footer>
          <Button label="Not now" onClick={notNow} />
          <Button appearance="primary" type="submit" label="Log in" disabled={busy} />
        </Modal.Footer>
      </form>
    </Modal>
  );
}
