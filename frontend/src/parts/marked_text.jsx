// A text with every find marked; what a find is stands in the title of its mark.
import React, { useMemo } from 'react';
import styled from 'styled-components';

export const TextBox = styled.div`
  margin: 8px 0; padding: 10px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-paper);
  white-space: pre-wrap; overflow-wrap: anywhere; max-height: 340px; overflow-y: auto;
  ${({ $blur }) => ($blur ? 'filter: blur(5px);' : '')}
  mark { background: var(--mv-mark); color: inherit; padding: 0 1px; border-radius: 2px; }
`;

/** Pieces of a text, [{text, find}]: places count code points; where two finds overlap the first one shows. */
function pieces(text, finds) {
  const points = Array.from(text);
  const parts = [];
  let end = 0;
  [...finds].sort((a, b) => a.start - b.start).forEach((find) => {
    if (find.start < end || find.end > points.length) return;
    if (find.start > end) parts.push({ text: points.slice(end, find.start).join('') });
    parts.push({ text: points.slice(find.start, find.end).join(''), find });
    end = find.end;
  });
  if (end < points.length) parts.push({ text: points.slice(end).join('') });
  return parts;
}

/** finds: [{start, end, ...}]; titleOf(find) says what one is. */
export default function MarkedText({ text, finds, titleOf, blur, ...more }) {
  const parts = useMemo(() => pieces(text, finds), [text, finds]);
  return (
    // reachable, as a long text scrolls
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <TextBox $blur={blur} dir="auto" tabIndex={0} role="region" aria-label="The text" {...more}>
      {/* eslint-disable react/no-array-index-key */}
      {parts.map(({ text: part, find }, place) => (find
        ? <mark key={place} title={titleOf(find)}>{part}</mark>
        : <React.Fragment key={place}>{part}</React.Fragment>))}
      {/* eslint-enable react/no-array-index-key */}
    </TextBox>
  );
}
