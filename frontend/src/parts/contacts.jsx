// The contacts of a lead: those that several entities hold stand apart, since they are no mark of it.
import React from 'react';
import { investigate } from '../investigate/address.js';
import Chip from './chip.jsx';

const MOST = 40;

export default function Contacts({ identifiers = [], aside = [] }) {
  const chip = (name) => <Chip key={name} identifier={name} onOpen={investigate} doubtful={aside.includes(name)} />;
  const [own, shared] = [identifiers.filter((name) => !aside.includes(name)), identifiers.filter((name) => aside.includes(name))];
  return (
    <>
      <div>{own.slice(0, MOST).map(chip)}</div>
      {shared.length > 0 && (
        <div data-test="set-aside">
          <p style={{ margin: '4px 0', color: 'var(--mv-dim)' }}>Set aside: several entities hold them, so they join none and are no mark of this one:</p>
          {shared.slice(0, MOST).map(chip)}
        </div>
      )}
    </>
  );
}
