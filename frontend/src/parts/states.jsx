// What a view shows while it has nothing to show: it waits, found nothing, was refused, failed or holds a part only.
import React, { useEffect, useState } from 'react';
import styled from 'styled-components';
import begun from './begun.js';

const Box = styled.div`
  padding: 20px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper);
  ${({ $tone }) => ($tone ? `border-left: 4px solid var(--mv-${$tone});` : '')}
`;
const Bar = styled.div`height: 12px; margin: 10px 0; border-radius: 4px; background: var(--mv-soft);`;
const List = styled.ul`margin: 8px 0 0; padding-left: 20px;`;

/** A skeleton at once; what is being asked after 2 s; a way to stop after 10 s. */
export function Waiting({ what, onCancel }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <Box aria-busy="true" data-test="waiting">
      <Bar style={{ width: '40%' }} /><Bar style={{ width: '90%' }} /><Bar style={{ width: '75%' }} />
      <p role="status" style={{ color: 'var(--mv-dim)' }}>{seconds >= 2 ? `${what} …` : '\u00a0'}</p>
      {seconds >= 10 && onCancel && <button type="button" className="mv-link" onClick={onCancel}>Stop waiting</button>}
    </Box>
  );
}

/** title says what was not found, lines what can be done next (React nodes). */
export function Nothing({ title, children, next = [] }) {
  return (
    <Box role="status" data-test="nothing">
      <h3>{title}</h3>
      {children}
      {next.length > 0 && (
        <List>
          {/* eslint-disable-next-line react/no-array-index-key */}
          {next.map((line, place) => <li key={place}>{line}</li>)}
        </List>
      )}
    </Box>
  );
}

/** One sentence on what went wrong, and again; what was typed stays where it is. */
export function Failed({ text, onAgain, tone = 'bad' }) {
  return (
    <Box role="alert" $tone={tone} data-test="failed">
      <p>{begun(String(text))}</p>
      {onAgain && <button type="button" className="mv-link" onClick={onAgain}>Try again</button>}
    </Box>
  );
}

/** How many of how many, and why. */
export function Partial({ children }) {
  return <p role="status" data-test="partial" style={{ color: 'var(--mv-warn)' }}>{children}</p>;
}
