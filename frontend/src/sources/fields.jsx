// Fields of the workbench: a label above what is typed or chosen, a line of help below.
import React, { useId } from 'react';
import styled from 'styled-components';

const Box = styled.div`
  display: flex; flex-direction: column; gap: 3px; min-width: 0;
  label { font-weight: 600; font-size: 13px; }
  small { color: var(--mv-dim); font-size: 12px; }
  input:not([type='checkbox']), select, textarea { width: 100%; min-height: 32px; padding: 5px 8px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
  textarea { font-family: ui-monospace, monospace; font-size: 12px; resize: vertical; }
`;
export const Form = styled.div`display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 12px 16px; margin: 8px 0;`;
export const Section = styled.section`margin: 14px 0; padding: 14px 16px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper);`;
export const Line = styled.div`display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 10px 0;`;

export function Field({ label, value, onChange, help, type = 'text', ...more }) {
  const id = useId();
  return (
    <Box>
      <label htmlFor={id}>{label}</label>
      <input id={id} type={type} value={value ?? ''} autoComplete="off" spellCheck="false" onChange={(event) => onChange(event.target.value)} {...more} />
      {help && <small>{help}</small>}
    </Box>
  );
}

export function Area({ label, value, onChange, help, rows = 6 }) {
  const id = useId();
  return (
    <Box>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={rows} value={value} spellCheck="false" onChange={(event) => onChange(event.target.value)} />
      {help && <small>{help}</small>}
    </Box>
  );
}

/** choices: [[value, words]]. */
export function Choose({ label, value, onChange, choices, help, hidden }) {
  const id = useId();
  return (
    <Box>
      {!hidden && <label htmlFor={id}>{label}</label>}
      <select id={id} aria-label={hidden ? label : undefined} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
        {choices.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
      {help && <small>{help}</small>}
    </Box>
  );
}

/** A table with one key changed; what is empty leaves it. */
export function withKey(table, key, value, type) {
  const { [key]: _, ...rest } = table || {};
  const kept = type === 'number' ? Number.parseInt(value, 10) : value;
  return value === '' || Number.isNaN(kept) ? rest : { ...rest, [key]: kept };
}
