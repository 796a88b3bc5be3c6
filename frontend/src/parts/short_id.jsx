// An opaque id, shortened, with the whole in its title and on the clipboard.
import React from 'react';
import CopyButton from './copy_button.jsx';

function ends(id) {
  return [id.slice(0, id.startsWith('e_') ? 6 : 4), id.slice(-4)];
}

/** `e_99dd…0716` of an id; among others that would look the same, with the place at which it differs: `821e…07c1…b529`. */
export function shortened(id, among = []) {
  if (id.length <= 14) return id;
  const [first, last] = ends(id);
  const twins = among.filter((other) => other !== id && ends(other).join() === ends(id).join());
  const places = new Set(twins.map((other) => [...id].findIndex((letter, at) => letter !== other[at])));
  const middle = [...places].sort((a, b) => a - b).slice(0, 3).map((at) => id.slice(Math.max(first.length, at - 1), at + 3));
  return [first, ...middle, last].join('…');
}

/** among: ids that stand beside it and must not look like it. */
export default function ShortId({ id, among }) {
  return (
    <span style={{ whiteSpace: 'nowrap', color: 'var(--mv-dim)', fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: 12 }}>
      <span title={id}>{shortened(id, among)}</span>{' '}
      <CopyButton text={id} label={`Copy id ${id}`} title="Copy the whole id" className="mv-link" style={{ textDecoration: 'none' }} />
    </span>
  );
}
