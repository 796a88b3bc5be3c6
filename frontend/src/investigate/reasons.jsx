// Every join of an entity, the weakest first: each leads to its two records and can be judged.
import React from 'react';
import begun from '../parts/begun.js';
import DataTable from '../parts/data_table.jsx';
import Strength from '../parts/strength.jsx';
import { day } from '../parts/times.js';

const RULES = { shared_identifier: 'Same contact', template: 'Same text', style: 'Same style', judgement: 'Judged', person: 'Same person', place: 'Same place', firm: 'Same firm' };

function ruleWords({ rule, why }) {
  if (rule === 'similar_image' && why.toLowerCase().startsWith('same image')) return 'Same image';
  return RULES[rule] || begun(rule.replaceAll('_', ' '));
}

export function joinKey(join) {
  return `${join.a} ${join.b} ${join.rule} ${join.identifier || ''}`;
}

const COLUMNS = [
  { id: 'why', title: 'Why', cell: (join) => begun(join.why), sort: (join) => join.why },
  { id: 'rule', title: 'Kind of reason', width: 130, cell: ruleWords, sort: ruleWords },
  { id: 'strength', title: 'Strength', width: 150, cell: (join) => <Strength value={join.strength} />, sort: (join) => join.strength },
  { id: 'since', title: 'Newest', width: 100, cell: (join) => <span style={{ whiteSpace: 'nowrap' }}>{day(join.time)}</span>, sort: (join) => join.time || 0 },
];

export default function Reasons({ joins, chosen, onSelect }) {
  const rows = [...joins].sort((a, b) => a.strength - b.strength);
  return (
    <DataTable
      label="Reasons of the joins" columns={COLUMNS} rows={rows} id={joinKey} chosen={chosen} onOpen={onSelect}
      none="One record alone: nothing was joined."
    />
  );
}
