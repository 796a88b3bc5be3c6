// A table of rows with a sentence in place of an empty one, and what a panel shows while it waits or was refused.
import React from 'react';
import Heading from '@splunk/react-ui/Heading';
import Message from '@splunk/react-ui/Message';
import Table from '@splunk/react-ui/Table';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';

/** columns: [{title, value(row), align?}]; id(row) tells rows apart. */
export function Rows({ columns, rows, id, none }) {
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <Table stripeRows>
      <Table.Head>
        {columns.map(({ title, align }) => <Table.HeadCell key={title} align={align}>{title}</Table.HeadCell>)}
      </Table.Head>
      <Table.Body>
        {rows.map((row) => (
          <Table.Row key={id(row)}>
            {columns.map(({ title, value, align }) => <Table.Cell key={title} align={align}>{value(row)}</Table.Cell>)}
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
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
