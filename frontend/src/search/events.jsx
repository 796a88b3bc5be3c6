// A page of events: time and text, opening to every field with what can be done with its values.
import React, { useEffect, useState } from 'react';
import Message from '@splunk/react-ui/Message';
import Paginator from '@splunk/react-ui/Paginator';
import useAnswer from './use_answer.js';
import ValueMenu from './value_menu.jsx';

const PAGE_SIZE = 20;
const LONG = 1200;
const FORMS = ['List', 'Raw', 'Table'];

const listed = (value) => (Array.isArray(value) ? value : [value ?? '']).map(String);
export const shownTime = (value) => String(value ?? '').replace('T', ' ').replace('.000', '').replace('+00:00', '');

function Raw({ text }) {
  const [whole, setWhole] = useState(false);
  const cut = text.length > LONG && !whole;
  return (
    <span className="raw">
      {cut ? text.slice(0, LONG) : text}
      {cut && <button type="button" className="value-link" onClick={() => setWhole(true)}> … show all {text.length.toLocaleString('en-US')} characters</button>}
    </span>
  );
}

function EventFields({ row, selected, onToggle, actions }) {
  const names = Object.keys(row).filter((name) => !name.startsWith('_')).sort();
  return (
    <table className="event-fields">
      <thead><tr><th scope="col">Selected</th><th scope="col">Field</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <td><input type="checkbox" aria-label={`Select ${name}`} checked={selected.includes(name)} onChange={() => onToggle(name)} /></td>
            <th scope="row">{name}</th>
            <td>{listed(row[name]).map((value, place) => <div key={`${place} ${value}`}><ValueMenu name={name} value={value} actions={actions} /></div>)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ row, form, selected, onToggle, actions }) {
  const [open, setOpen] = useState(false);
  const text = row._raw === undefined
    ? Object.entries(row).filter(([name]) => !name.startsWith('_')).map(([name, value]) => `${name}=${listed(value).join(', ')}`).join(' ')
    : listed(row._raw)[0];
  const columns = form === 'Table' ? selected : [];
  return (
    <>
      <tr>
        <td className="event-toggle">
          <button type="button" aria-expanded={open} aria-label="All fields of this event" onClick={() => setOpen(!open)}>{open ? '▾' : '▸'}</button>
        </td>
        {form !== 'Raw' && <td className="event-time">{shownTime(row._time)}</td>}
        {form !== 'Table' && (
          <td>
            <Raw text={text} />
            {form === 'List' && (
              <div className="event-selected">
                {selected.filter((name) => row[name] !== undefined).map((name) => (
                  <span key={name}>{name} = {listed(row[name]).map((value) => <ValueMenu key={value} name={name} value={value} actions={actions} />)}</span>
                ))}
              </div>
            )}
          </td>
        )}
        {columns.map((name) => (
          <td key={name}>{listed(row[name]).map((value) => value && <div key={value}><ValueMenu name={name} value={value} actions={actions} /></div>)}</td>
        ))}
      </tr>
      {open && (
        <tr>
          <td />
          <td colSpan={form === 'Table' ? columns.length + 1 : 2}><EventFields row={row} selected={selected} onToggle={onToggle} actions={actions} /></td>
        </tr>
      )}
    </>
  );
}

/** span: {earliest, latest} of the timeline's selection, or null; onPage is told of nothing: pages live here. */
export default function Events({ sid, version, total, span, selected, onToggle, actions }) {
  const [page, setPage] = useState(1);
  const [form, setForm] = useState('List');
  useEffect(() => setPage(1), [sid, span]);
  const query = { count: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  if (span) query.search = `| where _time>=${span.earliest} AND _time<${span.latest}`;
  const { answer, error } = useAnswer(`search/v2/jobs/${sid}/events`, query, version);
  if (error) return <Message appearance="fill" type="error">{error}</Message>;
  if (answer === null) return null;
  const found = answer.post_process_count ?? total;
  const pages = Math.ceil(found / PAGE_SIZE);
  const columns = form === 'Table' ? selected : [];
  return (
    <div className="events">
      <div className="events-head">
        <label>Show as <select value={form} onChange={(event) => setForm(event.target.value)}>{FORMS.map((name) => <option key={name}>{name}</option>)}</select></label>
        {pages > 1 && <Paginator current={page} totalPages={pages} onChange={(event, { page: chosen }) => setPage(chosen)} />}
      </div>
      <div className="result-table" role="region" aria-label="Events" tabIndex={0}>
        <table className="event-table">
          <thead>
            <tr>
              <th scope="col"><span className="visually-hidden">Fields</span></th>
              {form !== 'Raw' && <th scope="col">Time</th>}
              {form !== 'Table' && <th scope="col">Event</th>}
              {columns.map((name) => <th scope="col" key={name}>{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {answer.results.map((row, place) => (
              // Events have no identity of their own: job, span and place are the key.
              <EventRow key={`${sid} ${span?.earliest || ''} ${query.offset + place}`} row={row} form={form} selected={selected} onToggle={onToggle} actions={actions} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
