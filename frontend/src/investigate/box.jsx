// The one box: any identifier as people write it, a name, an address, a messy text or a pasted list; and how it was read.
import React, { useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import Chip from '../parts/chip.jsx';
import { shortened } from '../parts/short_id.jsx';

const Row = styled.form`display: flex; gap: 8px; align-items: flex-start;`;
const Input = styled.textarea`
  flex: 1; min-width: 0; min-height: 40px; max-height: 220px; padding: 9px 12px; border: 1px solid #808893; border-radius: 6px;
  background: var(--mv-paper); color: var(--mv-ink); font: inherit; font-size: 15px; resize: vertical;
  &::placeholder { color: var(--mv-dim); opacity: 1; }
`;
const Go = styled.button`
  height: 40px; padding: 0 18px; border: 0; border-radius: 6px; background: #4a3fa8; color: #fff; font: inherit; font-weight: 600; cursor: pointer;
  &:disabled { opacity: .5; cursor: default; }
`;
const Understood = styled.div`display: flex; flex-wrap: wrap; align-items: baseline; min-height: 32px; margin-top: 8px;`;
const Label = styled.span`margin-right: 8px; color: var(--mv-dim);`;
const MOST_CHIPS = 24;
export const MOST_CHARACTERS = 1_000_000;

export function tooLongWords(text) {
  return `The text has ${text.length.toLocaleString('en')} characters; ${MOST_CHARACTERS.toLocaleString('en')} can be read at once. Cut it into parts.`;
}

const NAMES = /\p{Lu}[\p{L}'’-]+(?:[ \t]+(?:of|the|de|and|&|\p{Lu}[\p{L}'’-]+)){0,3}[ \t]+\p{Lu}[\p{L}'’-]+/gu;
const STREETS = /\b\d{1,6}[ \t]+(?:[NSEW]\.?[ \t]+)?\p{L}[\p{L}.'’-]+(?:[ \t]+\p{L}[\p{L}.'’-]+){0,2}[ \t]+(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Pl|Place|Hwy|Highway)\b/giu;
const MOST_OFFERED = 6;

/** What in a text looks like names and addresses: no reader finds these in running text, a person may look each up. */
export function offered(text) {
  const found = [...text.matchAll(STREETS), ...text.replace(STREETS, '.').matchAll(NAMES)].map(([one]) => one.trim());
  return [...new Set(found)].slice(0, MOST_OFFERED);
}

/** Says that names and addresses of a messy text were not looked up, and offers what looks like some. */
function Unread({ text, onRun }) {
  if (!/\p{L}{3,}\s+\p{L}{3,}/u.test(text)) return null;
  const parts = offered(text);
  return (
    <p data-test="unread" style={{ margin: '6px 0 0', color: 'var(--mv-dim)' }}>
      Names and addresses in the text were not looked up.
      {parts.length > 0 ? ' Look one up: ' : ' Put one alone into the box to look it up.'}
      {parts.map((part, at) => <React.Fragment key={part}>{at > 0 && ' · '}<button type="button" className="mv-link" onClick={() => onRun(part, { from: text })}>{part}</button></React.Fragment>)}
    </p>
  );
}

function Chips({ understood, off, onToggle }) {
  const [all, setAll] = useState(false);
  const { identifiers, entities, records, names } = understood;
  const used = identifiers.filter(({ identifier }) => !off.has(identifier));
  const out = identifiers.filter(({ identifier }) => off.has(identifier));
  const shown = all ? used : used.slice(0, MOST_CHIPS);
  return (
    <Understood data-test="understood">
      <Label>Understood as</Label>
      {[...entities, ...records].map((id) => <Label key={id} title={id}>{shortened(id)}</Label>)}
      {names && <Label>the name or address “{names}”: nothing else was read in it</Label>}
      {shown.map(({ identifier, why, doubtful }) => (
        <Chip key={identifier} identifier={identifier} note={why} doubtful={doubtful} onRemove={onToggle} />
      ))}
      {used.length > shown.length && (
        <button type="button" className="mv-link" onClick={() => setAll(true)}>{used.length - shown.length} more</button>
      )}
      {out.length > 0 && <Label style={{ marginLeft: 8 }}>left out, click to use:</Label>}
      {out.map(({ identifier, why }) => <Chip key={identifier} identifier={identifier} note={why} doubtful isSwitch onOpen={onToggle} />)}
    </Understood>
  );
}

/** before: the text of which a part is looked up now, to go back to. */
export default function Box({ typed, onRun, found, off, onToggle, before }) {
  const [text, setText] = useState(typed);
  const input = useRef(null);
  useEffect(() => setText(typed), [typed]);
  useEffect(() => {
    const focus = (event) => {
      const busy = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey;
      if (event.key !== '/' || busy) return;
      event.preventDefault();
      input.current.focus();
      input.current.select();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  const tooLong = text.length > MOST_CHARACTERS;
  const go = (event) => {
    event?.preventDefault();
    if (!tooLong) onRun(text);
  };
  const keyDown = (event) => {
    if (event.key === 'Enter' && !event.shiftKey) go(event);
  };
  const pasted = (event) => {
    const added = event.clipboardData.getData('text');
    if (text.trim() !== '' || added.trim() === '' || added.length > MOST_CHARACTERS) return;
    event.preventDefault();
    setText(added);
    onRun(added);
  };
  return (
    <div role="search">
      <Row onSubmit={go}>
        <Input
          ref={input} value={text} rows={text.includes('\n') ? Math.min(8, text.split('\n').length) : 1} spellCheck={false}
          autoComplete="off" aria-label="What to investigate: a number, a name, an address, a text or a list"
          placeholder="Paste a number, a name, an address, a whole ad, or a list"
          onChange={(event) => setText(event.target.value)} onKeyDown={keyDown} onPaste={pasted}
        />
        <Go type="submit" disabled={text.trim() === '' || tooLong}>Investigate</Go>
      </Row>
      {tooLong && (
        <p role="alert" style={{ color: 'var(--mv-bad)', marginTop: 8 }}>
          {tooLongWords(text)}
        </p>
      )}
      {before && <p style={{ margin: '6px 0 0' }}><button type="button" className="mv-link" onClick={() => onRun(before)}>Back to the whole text that it stood in</button></p>}
      {found.understood && <Chips understood={found.understood} off={off} onToggle={onToggle} />}
      {found.understood && !found.understood.names && found.understood.identifiers.length > 0 && <Unread text={typed} onRun={onRun} />}
    </div>
  );
}
