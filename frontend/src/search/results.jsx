// A page of a job's results: events as time and raw text, everything else as a table; 50 rows a page from the server.
import React, { useEffect, useState } from 'react';
import Message from '@splunk/react-ui/Message';
import Paginator from '@splunk/react-ui/Paginator';
import Table from '@splunk/react-ui/Table';

const PAGE_SIZE = 50;

/** Columns shown: of events the time, the raw text and where it came from; else all but internal fields. */
export function visibleFields(fields, rows) {
  const names = fields.map((field) => field.name || field);
  if (names.includes('_raw') && rows.some((row) => row._raw !== undefined)) {
    return ['_time', '_raw', 'source', 'sourcetype'].filter((name) => names.includes(name));
  }
  return names.filter((name) => name === '_time' || !name.startsWith('_'));
}

function cellText(name, value) {
  if (value === undefined || value === null) return '';
  if (name === '_time') return String(value).replace('T', ' ').replace(/\.\d+/, '');
  return Array.isArray(value) ? value.join('\n') : String(value);
}

const heading = (name) => ({ _time: 'Time', _raw: 'Event' }[name] || name);

export default function Results({ job, total }) {
  const [page, setPage] = useState(1);
  const [result, setResult] = useState(null);
  const [error, setError] = useState('');
  useEffect(() => setPage(1), [job]);
  useEffect(() => {
    setError('');
    const subscription = job.getResults({ count: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }).subscribe({
      next: setResult,
      error: (problem) => setError(problem.message),
    });
    return () => subscription.unsubscribe();
  }, [job, page]);
  if (error) return <Message appearance="fill" type="error">{error}</Message>;
  if (result === null) return null;
  const rows = result.results || [];
  if (rows.length === 0) return <p>No results in this time range.</p>;
  const names = visibleFields(result.fields || [], rows);
  const pages = Math.ceil(total / PAGE_SIZE);
  return (
    <>
      <div className="result-table">
        <Table stripeRows>
          <Table.Head>{names.map((name) => <Table.HeadCell key={name}>{heading(name)}</Table.HeadCell>)}</Table.Head>
          <Table.Body>
            {rows.map((row, place) => (
              // Rows have no identity of their own: their place in this page is the key.
              <Table.Row key={(page - 1) * PAGE_SIZE + place}>
                {names.map((name) => (
                  <Table.Cell key={name}><span className={name === '_raw' ? 'raw' : 'cell'}>{cellText(name, row[name])}</span></Table.Cell>
                ))}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
      {pages > 1 && <Paginator current={page} totalPages={pages} onChange={(event, { page: chosen }) => setPage(chosen)} />}
    </>
  );
}
