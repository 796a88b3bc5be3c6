// The state of a score in words, with a mark beside the color.
import React from 'react';
import styled from 'styled-components';
import { TONES } from './words.js';

const Text = styled.span`color: var(--mv-${({ $tone }) => $tone}); font-weight: 600; white-space: nowrap;`;
const MARKS = { 'look first': '▲', 'look at': '△', 'nothing seen': '·' };

export default function State({ state }) {
  return <Text $tone={TONES[state] || 'dim'}><span aria-hidden="true">{MARKS[state]} </span>{state}</Text>;
}
