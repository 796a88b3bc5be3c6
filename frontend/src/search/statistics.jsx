// A page of a job's table. A heading sorts the whole table; a cell offers what can be done with its value.
import React, { useEffect, useState } from 'react';
import Message from '@splunk/react-ui/Message';
import Paginator from '@splunk/react-ui/Paginator';
import Table from '@splunk/react-ui/Table';
import { shownTime } from './events.jsx';
import useAnswer from './use_answer.js';
import ValueMenu from './value_menu.jsx';

const PAGE_SIZES = [20, 50, 100];
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Columns that are numbers in every row of this page that has them. */
function numeric(names, rows) {
  return new Set(names.filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || NUMBER.test(row[name]))));
}

function Cell({ name, value, actions }) {
  if (value === undefined || value === '') return null;
  if (name === '_time') return <span className="cell-time">{shownTime(value)}</span>;
  // One element around them: a cell of the table lays its children out in a line.
  return (
    <div>
      {(Array.isArray(value) ? value : [value]).map((one, place) => (
        <div key={`${place} ${one}`}><ValueMenu name={name} value={one} actions={actions} className="cell" /></div>
      ))}
    </div>
  );
}

export default function Statistics({ sid, version, total, actions }) {
  const [page, setPage] = useState(1);
  const [size, setSize] = useState(PAGE_SIZES[0]);
  const [sort, setSort] = useState(null);
  useEffect(() => {
    setPage(1);
    setSort(null);
  }, [sid]);
  const query = { count: size, offset: (page - 1) * size };
  if (sort) query.search = `| sort 0 ${sort.down ? '-' : '+'}"${sort.name}"`;
  const { answer, error } = useAnswer(`search/v2/jobs/${sid}/results_preview`, query, version);
  if (error) return <Message appearance="fill" type="error">{error}</Message>;
  if (answer === null) return null;
  const rows = answer.results;
  const names = answer.fields.map((field) => field.name).filter((name) => name === '_time' || !name.startsWith('_'));
  const right = numeric(names, rows);
  const pages = Math.ceil(total / size);
  const turn = (name) => () => {
    setPage(1);
    setSort(sort?.name === name && sort.down ? null : { name, down: sort?.name === name });
  };
  return (
    <>
      <div className="events-head">
        <label>Rows a page <select value={size} onChange={(event) => { setSize(Number(event.target.value)); setPage(1); }}>{PAGE_SIZES.map((many) => <option key={many}>{many}</option>)}</select></label>
        {pages > 1 && <Paginator current={page} totalPages={pages} onChange={(event, { page: chosen }) => setPage(chosen)} />}
      </div>
      <div className="result-table" role="region" aria-label="Statistics" tabIndex={0}>
        <Table stripeRows>
          <Table.Head>
            {names.map((name) => (
              <Table.HeadCell key={name} truncate={false} align={right.has(name) ? 'right' : 'left'} onSort={turn(name)} sortDir={sort?.name === name ? (sort.down ? 'desc' : 'asc') : 'none'}>
                {name}
              </Table.HeadCell>
            ))}
          </Table.Head>
          <Table.Body>
            {rows.map((row, place) => (
              // Rows have no identity of their own: their place in this page is the key.
              <Table.Row key={query.offset + place}>
                {names.map((name) => <Table.Cell key={name} align={right.has(name) ? 'right' : 'left'}><Cell name={name} value={row[name]} actions={actions} /></Table.Cell>)}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
    </>
  );
}
