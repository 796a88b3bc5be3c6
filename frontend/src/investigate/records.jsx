// The records of what is shown, as a list; one chosen record stands in the inspector.
import React from 'react';
import DataTable from '../parts/data_table.jsx';
import { RECORD_KINDS } from '../parts/record_kinds.js';
import { ago, day } from '../parts/times.js';

/** A record's type in words. */
export function typeWords(type) {
  return RECORD_KINDS[type]?.title || type;
}

/** What a record is about, in a line. */
export function gist(record) {
  const text = record.title || record.name || record.text || record.url || 'Without a title';
  return text.length > 110 ? `${text.slice(0, 109)}…` : text;
}

/** The same with the kind of record before it. */
export function titleOf(record) {
  return `${typeWords(record.record_type)}: ${gist(record)}`;
}

const COLUMNS = [
  { id: 'seen', title: 'Seen', width: 104, cell: (row) => <span style={{ whiteSpace: 'nowrap' }} title={ago(row.time)}>{day(row.time)}{row.isNew && <b title="Came since then"> new</b>}</span>, sort: (row) => row.time },
  { id: 'type', title: 'Kind', width: 76, cell: (row) => typeWords(row.record_type), sort: (row) => row.record_type },
  { id: 'what', title: 'What', cell: gist, sort: gist },
  { id: 'place', title: 'Place', width: 110, cell: (row) => [row.city, row.region].filter(Boolean).join(', ') || '–', sort: (row) => row.city || '' },
  { id: 'source', title: 'Source', width: 120, cell: (row) => row.source.replaceAll('_', ' '), sort: (row) => row.source },
];

/** Rows with `isNew` on those that came since. */
export function marked(rows, added) {
  const ids = new Set(added);
  return ids.size === 0 ? rows : rows.map((row) => (ids.has(row.record_id) ? { ...row, isNew: true } : row));
}

export default function Records({ rows, chosen, onSelect }) {
  return (
    <DataTable
      label="Records" columns={COLUMNS} rows={rows} id={(row) => row.record_id} chosen={chosen}
      onOpen={(row) => onSelect(row)} none="No records."
    />
  );
}
