// An opaque id, shortened, with the whole in its title and on the clipboard.
import React, { useState } from 'react';
import { copied } from './chip.jsx';
import CopySign from './copy_sign.jsx';

/** `e_99dd…0716` of an id. */
export function shortened(id) {
  return id.length > 14 ? `${id.slice(0, id.startsWith('e_') ? 6 : 4)}…${id.slice(-4)}` : id;
}

export default function ShortId({ id }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    setDone(await copied(id));
    window.setTimeout(() => setDone(false), 1500);
  };
  return (
    <span style={{ whiteSpace: 'nowrap', color: 'var(--mv-dim)', fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: 12 }}>
      <span title={id}>{shortened(id)}</span>{' '}
      <button type="button" className="mv-link" style={{ textDecoration: 'none' }} onClick={copy} aria-label={`Copy id ${id}`} title="Copy the whole id">
        <CopySign done={done} />
      </button>
    </span>
  );
}
