// The columns of the sample: examples, how often filled, what each seems to be; a person chooses what becomes of it.
import React from 'react';
import styled from 'styled-components';
import DataTable from '../parts/data_table.jsx';
import { Partial } from '../parts/states.jsx';
import { Section } from './fields.jsx';

const Select = styled.select`
  width: 100%; min-width: 190px; min-height: 30px; padding: 3px 6px; border: 1px solid var(--mv-line); border-radius: 4px;
  background: var(--mv-paper); color: var(--mv-ink); font: inherit;
`;
const WORDS = {
  phone: 'phone', email: 'e-mail', url: 'web address', username: 'username', name: 'name', title: 'title', text: 'text',
  address: 'address', postcode: 'postcode', city: 'city', region: 'region', country: 'country', date: 'date',
  latitude: 'latitude', longitude: 'longitude', amount: 'amount', key: 'key', number: 'number', status: 'status',
  license_number: 'license number', company_number: 'company number',
};

const Told = styled.label`
  display: block; margin-top: 4px; font-size: 12px; color: var(--mv-dim);
  input { width: 100%; min-height: 28px; padding: 2px 6px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const DATES = ['iso', '%m/%d/%Y', '%d/%m/%Y', '%d.%m.%Y', '%Y%m%d', '%d %B %Y', '%B %d, %Y', '%d-%b-%Y', '%Y-%m-%dT%H:%M:%S', 'epoch', 'epoch_ms'];
const NEEDED = { platform: 'Platform', register: 'Name of the register' };

/** What the chosen target has to be told: how its dates are written, whose number or user name it is. */
function Needed({ choice, needs, register, onChange }) {
  if (needs === 'formats') {
    return (
      <Told>
        How its dates are written
        <input
          aria-label={`How the dates of ${choice.column} are written`} list="mv-date-forms" placeholder="iso" spellCheck="false"
          defaultValue={(choice.formats || []).join('; ')} key={(choice.formats || []).join('; ')}
          onBlur={(event) => onChange({ ...choice, formats: event.target.value.split(';').map((form) => form.trim()).filter(Boolean) })}
        />
      </Told>
    );
  }
  if (!NEEDED[needs]) return null;
  return <Told>{NEEDED[needs]}<input aria-label={`${NEEDED[needs]} of ${choice.column}`} value={choice.label || ''} placeholder={needs === 'register' ? register : ''} spellCheck="false" onChange={(event) => onChange({ ...choice, label: event.target.value })} /></Told>;
}

function Targets({ choice, own, targets, onChange }) {
  const groups = [...new Set(targets.map((item) => item.group))];
  return (
    <Select aria-label={`What becomes of ${choice.column}`} value={choice.target} onChange={(event) => onChange({ ...choice, target: event.target.value })}>
      {groups.map((group) => {
        const options = targets.filter((item) => item.group === group).map((item) => <option key={item.target} value={item.target}>{item.title}</option>);
        return group === '' ? options : <optgroup key={group} label={group}>{options}</optgroup>;
      })}
      {own && <option value={own}>Own fact of this source</option>}
    </Select>
  );
}

export default function ColumnsPart({ sample, choices, targets, register, onChange }) {
  const absent = sample.rows === undefined ? 'no sample read yet' : 'not in this sample';
  const columns = Object.fromEntries(sample.columns.map((column) => [column.name, column]));
  const rows = choices.map((choice) => ({ ...choice, choice, held: columns[choice.column] }));
  const put = (changed) => onChange(choices.map((choice) => (choice.column === changed.column ? changed : choice)));
  const needs = Object.fromEntries(targets.map((item) => [item.target, item.needs]));
  const chosen = ({ choice, held }) => (
    <>
      <Targets choice={choice} own={held?.own} targets={targets} onChange={(changed) => put({ ...changed, formats: changed.formats || held?.guess.forms })} />
      <Needed choice={choice} needs={needs[choice.target]} register={register} onChange={put} />
    </>
  );
  const keys = choices.filter((choice) => choice.key || choice.target === 'key');
  return (
    <Section aria-label="Columns">
      <h2>2. Columns</h2>
      <p>What a column seems to be is a guess from its heading and values; what becomes of it is your choice. What is left out is not stored. Dates are written as <code>iso</code> or in letters such as <code>%d/%m/%Y</code>; several are separated by “;”.</p>
      {sample.missing.length > 0 && <Partial>{sample.missing.length} columns of the map are not in this sample: {sample.missing.join(', ')}.</Partial>}
      {keys.length === 0 && <Partial>No column tells rows apart yet: mark at least one as key.</Partial>}
      <datalist id="mv-date-forms">{DATES.map((form) => <option key={form} value={form} />)}</datalist>
      <DataTable
        label="Columns" rows={rows} id={(row) => row.column} perPage={60}
        columns={[
          { id: 'column', title: 'Column', cell: (row) => <><b>{row.column}{row.new ? ' (new)' : ''}</b>{row.held?.several && <div>several in a row</div>}</>, width: '16%' },
          { id: 'examples', title: 'Examples', cell: (row) => (row.held ? row.held.examples.slice(0, 3).join(' · ') : absent), width: '27%' },
          { id: 'filled', title: 'Filled', number: true, cell: (row) => (row.held ? `${Math.round(row.held.rate * 100)} %` : '–') },
          {
            id: 'guess', title: 'Seems to be', width: '17%',
            cell: (row) => (row.held?.guess.kind ? <span title={`By ${row.held.guess.why}.`}>{WORDS[row.held.guess.kind] || row.held.guess.kind}{row.held.guess.sure ? '' : ', perhaps'}{row.held.guess.forms.length > 0 ? ` (${row.held.guess.forms.join(', ')})` : ''}</span> : 'nothing known'),
          },
          { id: 'target', title: 'Becomes', cell: chosen, width: '24%' },
          { id: 'key', title: 'Key', cell: (row) => <input type="checkbox" aria-label={`${row.column} is part of the key`} checked={Boolean(row.key) || row.target === 'key'} onChange={(event) => put({ ...row.choice, key: event.target.checked, ...(row.target === 'key' && !event.target.checked ? { target: 'ignore' } : {}) })} /> },
        ]}
      />
    </Section>
  );
}
