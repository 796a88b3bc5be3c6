// Every fact of the source as it will be saved, for what the form has no field for; it is checked as any other.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { Failed } from '../parts/states.jsx';
import { Area, Line, Section } from './fields.jsx';

export default function FactsPart({ document, onApply }) {
  const [text, setText] = useState(null);
  const [wrong, setWrong] = useState('');
  const apply = () => {
    try {
      const read = JSON.parse(text);
      if (!read || typeof read !== 'object' || Array.isArray(read)) throw new Error('An object of keys is expected.');
      onApply(read);
      setText(null);
      setWrong('');
    } catch (problem) {
      setWrong(problem.message);
    }
  };
  return (
    <Section aria-label="All facts">
      <details onToggle={(event) => setText(event.currentTarget.open ? JSON.stringify(document, null, 2) : null)}>
        <summary>All facts of the source as JSON</summary>
        <p>What the form has no field for is written here; the documentation of sources names every key. Choices of columns go before what stands here about the same columns.</p>
        {text !== null && <Area label="Facts" value={text} onChange={setText} rows={18} />}
        {wrong && <Failed text={wrong} />}
        <Line><Button label="Take these facts" disabled={text === null} onClick={apply} /></Line>
      </details>
    </Section>
  );
}
