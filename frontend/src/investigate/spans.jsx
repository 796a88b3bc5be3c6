// Since when news are told: a choice that stands above them wherever they are shown.
import React from 'react';
import styled from 'styled-components';
import { SPANS } from './news.js';

const Row = styled.div`
  display: inline-flex; margin: 4px 0 8px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden;
  button { padding: 3px 10px; border: 0; border-right: 1px solid var(--mv-line); background: none; color: var(--mv-ink); font: inherit; cursor: pointer; }
  button:last-child { border-right: 0; }
  button[aria-pressed='true'] { background: var(--mv-wash); font-weight: 600; }
`;

export default function Spans({ chosen, onChoose }) {
  return (
    <Row role="group" aria-label="Since when">
      {Object.entries(SPANS).map(([name, { title }]) => (
        <button key={name} type="button" aria-pressed={chosen === name} onClick={() => onChoose(name)}>{title}</button>
      ))}
    </Row>
  );
}
