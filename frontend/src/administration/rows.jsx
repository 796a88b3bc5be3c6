// A table of rows with a sentence in place of an empty one, and what a panel shows while it waits or was refused.
import React from 'react';
import Heading from '@splunk/react-ui/Heading';
import Message from '@splunk/react-ui/Message';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';
import DataTable from '../parts/data_table.jsx';

/** columns: [{title, value(row), align?, width?}]; id(row) tells rows apart. */
export function Rows({ columns, rows, id, none }) {
  return (
    <DataTable
      label={columns.map(({ title }) => title).join(', ')} rows={rows} id={id} none={none} perPage={100}
      columns={columns.map(({ title, value, align, width }) => ({ id: title, title, cell: value, number: align === 'right', width }))}
    />
  );
}

export function Refusal({ text }) {
  return text ? <Message appearance="fill" type="error">{text}</Message> : null;
}

export const SPACED = { margin: '20px 0' };

/** A titled part of a page, filled from one answer: a spinner before it comes, the refusal if it does not. */
export function Part({ title, asked, children, note }) {
  return (
    <section style={SPACED}>
      <Heading level={3}>{title}</Heading>
      {note && <p>{note}</p>}
      <Refusal text={asked.error} />
      {asked.answer === null ? !asked.error && <WaitSpinner size="medium" /> : children(asked.answer)}
    </section>
  );
}
