// How strong a join is, in a word, a bar and the number: weak below .8, strong from .95 on.
import React from 'react';
import styled from 'styled-components';

const Track = styled.span`display: inline-block; width: 44px; height: 6px; border-radius: 3px; background: var(--mv-soft); overflow: hidden;`;
const Fill = styled.span`display: block; height: 100%; background: var(--mv-accent);`;
const Row = styled.span`display: inline-flex; align-items: center; gap: 6px; white-space: nowrap;`;

/** weak, fair or strong. */
export function word(strength) {
  if (strength >= 0.95) return 'strong';
  return strength >= 0.8 ? 'fair' : 'weak';
}

const MOST_SHOWN = 0.99;

/** With two digits; no reason is certain, so none is rounded up to 1.00. */
export function digits(strength) {
  return Math.min(MOST_SHOWN, strength).toFixed(2);
}

export default function Strength({ value }) {
  return (
    <Row title="How much this reason says, from 0 to 1; a lead, not a probability of guilt">
      <Track aria-hidden="true"><Fill style={{ width: `${Math.round(value * 100)}%` }} /></Track>
      {word(value)} <span style={{ color: 'var(--mv-dim)' }}>{digits(value)}</span>
    </Row>
  );
}
