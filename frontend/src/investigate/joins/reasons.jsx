// Every join of an entity, the weakest first: each leads to its two records and can be judged.
import React, { useMemo } from 'react';
import begun from '../../parts/begun.js';
import DataTable from '../../parts/data_table.jsx';
import { readableText } from '../../parts/palette.js';
import Strength from '../../parts/strength.jsx';
import { day } from '../../parts/times.js';
import { gist } from '../records.jsx';
import useRecordTitles from '../use_record_titles.js';

const RULES = { shared_identifier: 'Same contact', template: 'Same text', style: 'Same style', judgement: 'Judged', person: 'Same person', place: 'Same place', firm: 'Same firm', name_address: 'Name and address', name_city: 'Name and town', similar_text: 'Like text', similar_image: 'Like image', similar_username: 'Like user name' };

function ruleWords({ rule, why }) {
  if (rule === 'similar_image' && why.toLowerCase().startsWith('same image')) return 'Same image';
  return RULES[rule] || begun(rule.replaceAll('_', ' '));
}

export function joinKey(join) {
  return `${join.a} ${join.b} ${join.rule} ${join.identifier || ''}`;
}

const MOST_TITLES = 400;

const columns = (titles) => [
  { id: 'why', title: 'Why', cell: (join) => readableText(begun(join.why)), sort: (join) => join.why },
  { id: 'records', title: 'Records', width: '34%', cell: ({ a, b }) => [a, b].map((id) => <div key={id}>{titles.get(id) || '…'}</div>) },
  { id: 'rule', title: 'Kind of reason', width: 130, cell: ruleWords, sort: ruleWords },
  { id: 'strength', title: 'Strength', width: 150, cell: (join) => <Strength value={join.strength} />, sort: (join) => join.strength },
  { id: 'since', title: 'Newest', width: 100, cell: (join) => <span style={{ whiteSpace: 'nowrap' }}>{day(join.time)}</span>, sort: (join) => join.time || 0 },
];

export default function Reasons({ joins, chosen, onSelect }) {
  const ids = useMemo(() => [...new Set(joins.flatMap(({ a, b }) => [a, b]))].slice(0, MOST_TITLES), [joins]);
  const titles = useRecordTitles(ids, gist);
  const rows = [...joins].sort((a, b) => a.strength - b.strength);
  return (
    <DataTable
      label="Reasons of the joins" columns={columns(titles)} rows={rows} id={joinKey} chosen={chosen} onOpen={onSelect}
      none="One record alone: nothing was joined."
    />
  );
}
