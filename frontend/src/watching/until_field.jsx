// The day on which something ends; empty for never.
import React from 'react';
import styled from 'styled-components';

const Field = styled.div`
  margin: 0 0 14px;
  label { display: block; margin-bottom: 4px; font-weight: 600; }
  input { padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper, #fff); color: inherit; font: inherit; }
`;

export default function UntilField({ value, onChange }) {
  return (
    <Field>
      <label htmlFor="watch-until">Last day (empty: until it is taken off the list)</label>
      <input id="watch-until" type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
