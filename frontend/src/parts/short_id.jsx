// An opaque id, shortened, with the whole in its title and on the clipboard.
import React from 'react';
import CopyButton from './copy_button.jsx';

/** `e_99dd…0716` of an id. */
export function shortened(id) {
  return id.length > 14 ? `${id.slice(0, id.startsWith('e_') ? 6 : 4)}…${id.slice(-4)}` : id;
}

export default function ShortId({ id }) {
  return (
    <span style={{ whiteSpace: 'nowrap', color: 'var(--mv-dim)', fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: 12 }}>
      <span title={id}>{shortened(id)}</span>{' '}
      <CopyButton text={id} label={`Copy id ${id}`} title="Copy the whole id" className="mv-link" style={{ textDecoration: 'none' }} />
    </span>
  );
}
