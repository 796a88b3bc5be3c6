// The fields of the events found: the selected ones, those that a fifth of the events have, and the rest on demand.
// A field opens to its most frequent values; a value narrows the search.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Dropdown from '@splunk/react-ui/Dropdown';
import useAnswer from './use_answer.js';

const number = new Intl.NumberFormat('en-US');
const SAMPLE = 10_000;
const INTERESTING = 0.2;
const HIDDEN = /^(?:_|date_|linecount$|punct$|splunk_server|timeendpos$|timestartpos$|eventtype$)/;

function FieldValues({ name, facts, events, selected, onToggle, actions }) {
  const report = (text) => () => actions.report(`${text} ${/\W/.test(name) ? `"${name}"` : name}`);
  return (
    <div className="field-values">
      <div className="field-values-head">
        <strong>{name}</strong>
        <span>{number.format(facts.distinct_count)} values, in {((100 * facts.count) / events).toFixed(0)} % of the events</span>
        <label><input type="checkbox" checked={selected} onChange={() => onToggle(name)} /> Selected</label>
      </div>
      <div className="field-reports">
        <Button appearance="subtle" label="Top values" onClick={report('top limit=20')} />
        <Button appearance="subtle" label="Top values by time" onClick={report('timechart count by')} />
        <Button appearance="subtle" label="Rare values" onClick={report('rare limit=20')} />
        <Button appearance="subtle" label="Events with this field" onClick={() => actions.add(name, '*')} />
      </div>
      <table>
        <thead><tr><th scope="col">Value</th><th scope="col">Count</th><th scope="col">%</th></tr></thead>
        <tbody>
          {facts.modes.map(({ value, count }) => (
            <tr key={value}>
              <td>
                <button type="button" className="value-link" title={`Add ${name}="${value}" to the search`} onClick={() => actions.add(name, value)}>
                  {value === '' ? '(empty)' : value}
                </button>
              </td>
              <td>{number.format(count)}</td>
              <td>{((100 * count) / events).toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldList({ title, names, fields, events, selected, onToggle, actions }) {
  if (names.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <Dropdown
              toggle={(
                <button type="button" className="field-name">
                  <span>{name}</span><span className="field-count">{number.format(fields[name].distinct_count)}</span>
                </button>
              )}
            >
              <FieldValues name={name} facts={fields[name]} events={events} selected={selected.includes(name)} onToggle={onToggle} actions={actions} />
            </Dropdown>
          </li>
        ))}
      </ul>
    </>
  );
}

/** selected: field names; onToggle(name) changes that; actions: {add(name, value), report(text)}. */
export default function FieldsBar({ sid, version, total, selected, onToggle, actions }) {
  const { answer, error } = useAnswer(`search/jobs/${sid}/summary`, { top_count: 10 }, version);
  const [all, setAll] = useState(false);
  if (error) return <aside className="fields-bar" aria-label="Fields"><p>{error}</p></aside>;
  if (answer === null) return <aside className="fields-bar" aria-label="Fields" />;
  const { fields, event_count: events } = answer;
  const names = Object.keys(fields).filter((name) => !HIDDEN.test(name) || selected.includes(name)).sort();
  const others = names.filter((name) => !selected.includes(name));
  const interesting = others.filter((name) => fields[name].count >= INTERESTING * events);
  const rare = others.filter((name) => fields[name].count < INTERESTING * events);
  const shared = { fields, events, selected, onToggle, actions };
  return (
    <aside className="fields-bar" aria-label="Fields">
      <FieldList title="Selected fields" names={selected.filter((name) => fields[name])} {...shared} />
      <FieldList title="Interesting fields" names={interesting} {...shared} />
      {all && <FieldList title="Other fields" names={rare} {...shared} />}
      {rare.length > 0 && (
        <Button appearance="subtle" label={all ? 'Fewer fields' : `${rare.length} more ${rare.length === 1 ? 'field' : 'fields'}`} onClick={() => setAll(!all)} />
      )}
      {total > SAMPLE && <p>Counts are of the first {number.format(SAMPLE)} events.</p>}
    </aside>
  );
}
