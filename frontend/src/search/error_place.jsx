// An error of a search with the place it names: the line, underlined where reading stopped, and a way to get there.
import React from 'react';
import Button from '@splunk/react-ui/Button';
import Message from '@splunk/react-ui/Message';
import { isGenerating } from './spl_text.js';

const PLACE = /\s*\(line (\d+), column (\d+), at '[\s\S]*'\)$/;
const ADDED = 'search '.length;

/** {text, line, column}: the sentence without its place, and the place in the typed text, from 1; 0 if none is named. */
export function placeOf(message, search) {
  const found = PLACE.exec(message);
  if (found === null) return { text: message, line: 0, column: 0 };
  const [line, column] = [Number(found[1]), Number(found[2])];
  const shift = line === 1 && !isGenerating(search) ? ADDED : 0;
  return { text: message.replace(PLACE, ''), line, column: Math.max(1, column - shift) };
}

/** Where the text of a place stands in the whole search, as [start, end]. */
function range(search, line, column) {
  const before = search.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const start = Math.min(before + column - 1, search.length);
  const length = /^(?:"[^"]*"?|[\w.:{}*-]+|.)/.exec(search.slice(start))?.[0].length || 0;
  return [start, start + length];
}

export default function SearchError({ message, search, onShow }) {
  const { text, line, column } = placeOf(message, search);
  if (!line) return <Message appearance="fill" type="error">{text}</Message>;
  const [start, end] = range(search, line, column);
  const from = search.lastIndexOf('\n', start - 1) + 1;
  const rest = search.indexOf('\n', end);
  const last = rest < 0 ? search.length : rest;
  return (
    <Message appearance="fill" type="error">
      <span data-test="error-text">{text}</span>
      <pre className="error-line" aria-label={`Line ${line}, column ${column}`}>
        {search.slice(from, start)}
        <mark>{search.slice(start, end) || '\u00a0'}</mark>
        {search.slice(end, last)}
      </pre>
      <span className="error-place">Line {line}, column {column}.</span>
      <Button appearance="subtle" label="Show in the search" onClick={() => onShow(start, end)} />
    </Message>
  );
}
