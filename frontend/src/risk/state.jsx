// The state of a score in words, with a mark beside the color.
import React from 'react';
import styled from 'styled-components';
import { TONES } from './words.js';

const Text = styled.span`color: var(--mv-${({ $tone }) => $tone}); font-weight: 600; white-space: nowrap;`;
const MARKS = { 'look first': '▲', 'look at': '△', 'nothing seen': '·' };

/** score: points; a score that some signs make, below the line of "look at", is not called "nothing seen". */
export default function State({ state, score = 0 }) {
  const words = state === 'nothing seen' && score > 0 ? 'few signs' : state;
  return <Text $tone={TONES[state] || 'dim'}><span aria-hidden="true">{MARKS[state]} </span>{words}</Text>;
}
