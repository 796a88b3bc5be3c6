// A table that fits: headings in words, a sort by click, pages, one row chosen; cells are React nodes.
import React, { useMemo, useState } from 'react';
import styled from 'styled-components';

const Wrap = styled.div`border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow-x: auto;`;
const Grid = styled.table`
  width: 100%; border-collapse: collapse; font-size: 13px;
  th { padding: 8px 10px; border-bottom: 1px solid var(--mv-line); color: var(--mv-dim); font-weight: 600; text-align: left; vertical-align: bottom; }
  td { padding: 7px 10px; border-bottom: 1px solid var(--mv-soft); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  tbody tr:last-child td { border-bottom: 0; }
  tbody tr[aria-selected='true'] { background: var(--mv-wash); }
  tbody tr.can-open:hover { background: var(--mv-wash); cursor: pointer; }
  .number { text-align: right; white-space: nowrap; }
`;
const Pager = styled.nav`display: flex; gap: 14px; justify-content: flex-end; padding: 8px 2px; color: var(--mv-dim); button:disabled { opacity: .5; cursor: default; }`;
const Head = styled.button`padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; text-align: inherit;`;

function compared(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''));
}

/** Whether a click was meant for something inside the row that does something itself. */
function isOfItsOwn({ target, currentTarget }) {
  const control = target.closest('a, button, input, select, label, summary');
  return Boolean(control) && currentTarget.contains(control);
}

/**
 * columns: [{id, title, cell(row), sort?(row), number?, width?}]; id(row) tells rows apart; onOpen(row) by click or
 * Enter. label names the table for those who do not see it.
 */
export default function DataTable({ columns, rows, id, label, onOpen, chosen, perPage = 25, none = 'No rows.' }) {
  const [order, setOrder] = useState({ column: '', down: true });
  const [page, setPage] = useState(1);
  const sorted = useMemo(() => {
    const by = columns.find((column) => column.id === order.column)?.sort;
    if (!by) return rows;
    const factor = order.down ? -1 : 1;
    return [...rows].sort((a, b) => factor * compared(by(a), by(b)));
  }, [columns, rows, order]);
  const pages = Math.max(1, Math.ceil(sorted.length / perPage));
  const at = Math.min(page, pages);
  const shown = sorted.slice((at - 1) * perPage, at * perPage);
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <>
      <Wrap tabIndex={0} role="region" aria-label={label}>
        <Grid aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => {
                const by = order.column === column.id;
                return (
                  <th
                    key={column.id} className={column.number ? 'number' : ''} style={{ width: column.width }} scope="col"
                    aria-sort={by ? (order.down ? 'descending' : 'ascending') : undefined}
                  >
                    {column.sort
                      ? (
                        <Head type="button" onClick={() => setOrder({ column: column.id, down: by ? !order.down : true })}>
                          {column.title}{by && (order.down ? ' ↓' : ' ↑')}
                        </Head>
                      )
                      : column.title}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={id(row)} aria-selected={chosen === id(row)} className={onOpen ? 'can-open' : ''}
                onClick={onOpen && ((event) => { if (!isOfItsOwn(event)) onOpen(row); })} tabIndex={onOpen ? 0 : undefined}
                onKeyDown={onOpen && ((event) => { if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row); })}
              >
                {columns.map((column) => <td key={column.id} className={column.number ? 'number' : ''}>{column.cell(row)}</td>)}
              </tr>
            ))}
          </tbody>
        </Grid>
      </Wrap>
      {pages > 1 && (
        <Pager aria-label={`Pages of ${label}`}>
          <button type="button" className="mv-link" disabled={at === 1} onClick={() => setPage(at - 1)}>Previous</button>
          <span>Page {at} of {pages}, {sorted.length.toLocaleString('en')} rows</span>
          <button type="button" className="mv-link" disabled={at === pages} onClick={() => setPage(at + 1)}>Next</button>
        </Pager>
      )}
    </>
  );
}
