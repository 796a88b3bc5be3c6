// One identifier wherever it stands: its kind by sign and color, its value as people read it, a way on and a copy.
import React from 'react';
import styled from 'styled-components';
import CopyButton from './copy_button.jsx';
import { kindOf, parted, readable } from './palette.js';
import { linked } from './value_way.jsx';

const Box = styled.span`
  display: inline-flex; align-items: center; max-width: 100%; margin: 0 6px 6px 0; border: 1px solid var(--mv-line);
  border-radius: 12px; background: var(--mv-paper); color: var(--mv-ink); font-size: 13px; line-height: 22px;
  ${({ $doubtful }) => ($doubtful ? 'border-style: dashed;' : '')}
  ${({ $chosen }) => ($chosen ? 'border-color: var(--mv-accent); box-shadow: 0 0 0 1px var(--mv-accent);' : '')}
`;
const Part = styled.button`
  && { display: inline-flex; align-items: center; gap: 6px; min-width: 0; margin: 0; padding: 0 8px; border: 0; background: none; color: inherit; font: inherit; text-decoration: none; }
  cursor: ${({ disabled }) => (disabled ? 'default' : 'pointer')};
  &&:hover:not(:disabled) { text-decoration: underline; }
`;
const Small = styled(Part)`&& { padding: 0 8px 0 2px; color: var(--mv-dim); }`;
const Value = styled.span`overflow: hidden; text-overflow: ellipsis; white-space: nowrap;`;

/** onOpen(identifier) leads on, or with isSwitch does something in place; onRemove(identifier) takes the chip away; note says more in its title. */
export default function Chip({ identifier, onOpen, onRemove, isSwitch, doubtful, chosen, note, count }) {
  const { kind, value } = parted(identifier);
  const { title, sign } = kindOf(kind);
  const shown = readable(identifier);
  const way = onOpen && !isSwitch ? linked(identifier, onOpen) : { type: 'button', disabled: !onOpen, onClick: onOpen && (() => onOpen(identifier)) };
  return (
    <Box $doubtful={doubtful} $chosen={chosen} data-test="chip" data-identifier={identifier}>
      <Part {...way} title={`${title}: ${shown.includes('…') ? value : shown}${doubtful ? ' (doubtful)' : ''}${note ? `. ${note}` : ''}`}>
        <span aria-hidden="true" className={`mv-kind-${kind}`} style={{ color: `var(--mv-kind-${kind}, var(--mv-dim))` }}>{sign}</span>
        <Value>{shown}</Value>
        {count > 1 && <span style={{ color: 'var(--mv-dim)' }}>×{count}</span>}
      </Part>
      <CopyButton as={Small} text={value} label={`Copy ${title} ${shown}`} />
      {onRemove && (
        <Small type="button" onClick={() => onRemove(identifier)} aria-label={`Leave out ${shown}`} title="Leave out">×</Small>
      )}
    </Box>
  );
}
