// A link from a value to who holds it: here by a click, in a tab of its own by a middle click, the menu or Ctrl. Its address
// is made when it is asked for, with a key in place of the value.
import React from 'react';
import { addressFor, investigate } from '../investigate/address.js';
import { app, viewPath } from '../place.js';
import { isPlain } from './way.jsx';

/** What makes an element such a link; onOpen(value) shows it here. */
export function linked(value, onOpen) {
  const address = (event) => { event.currentTarget.href = addressFor(value); };
  return {
    as: 'a', href: viewPath(app, 'investigate'),
    onPointerDown: (event) => { if (!isPlain(event)) address(event); },
    onKeyDown: (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) address(event); },
    onClick: (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      onOpen(value);
    },
  };
}

/** A town, a name: what Investigate finds by its words. */
export default function ValueWay({ value, onOpen = investigate, ...handed }) {
  const { as: Link, ...way } = linked(value, onOpen);
  return <Link className="mv-link" {...handed} {...way}>{value}</Link>;
}

/** Several of them, with commas. */
export function ValueWays({ values, onOpen }) {
  return values.map((value, at) => <React.Fragment key={value}>{at > 0 && ', '}<ValueWay value={value} onOpen={onOpen} title="Who has records of it" /></React.Fragment>);
}
