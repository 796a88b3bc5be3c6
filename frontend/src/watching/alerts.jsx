// Alerts of what is watched, newest first; each leads on to what it is about.
import React, { useEffect, useState } from 'react';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import Chip from '../parts/chip.jsx';
import DataTable from '../parts/data_table.jsx';
import { Failed } from '../parts/states.jsx';
import { ago, moment } from '../parts/times.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';
import useTitles from './use_titles.js';

const MOST = 50;

function told(count) {
  return `${count ?? 'some'} record${count === 1 ? '' : 's'}`;
}

function What({ row, titles, onIdentifier, onOpen }) {
  if (row.identifier) return <><Chip identifier={row.identifier} onOpen={onIdentifier} /> is in {told(row.records)}</>;
  if (row.alert === 'risk_rose') {
    return <>risk of <a href={viewPath(app, 'business_risk', { b: row.establishment_id })}>{row.label || 'a business'}</a> rose</>;
  }
  if (row.alert === 'risk_first_scoring') return <>businesses were <a href={viewPath(app, 'business_risk', {})}>scored for the first time</a></>;
  const name = titles[row.entity_id];
  const entity = name
    ? <Way href={viewPath(app, 'investigate', { e: row.entity_id })} onGo={() => onOpen(row.entity_id)}>{name}</Way>
    : 'an entity that is not there any more';
  return row.alert === 'watched_area'
    ? <>{told(row.records)} in {row.label}, of {entity}</>
    : <>{entity} grew by {told(row.records)}</>;
}

export default function Alerts({ onIdentifier, onOpen }) {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  useEffect(() => {
    operate('alerts', { limit: MOST }).then(({ alerts }) => setRows(alerts)).catch((problem) => setError(words(problem)));
  }, []);
  const titles = useTitles((rows || []).filter((row) => row.entity_id).map((row) => row.entity_id));
  if (error) return <Failed text={error} />;
  if (!rows) return null;
  return (
    <section style={{ marginTop: 24 }} data-test="alerts">
      <h2>Alerts</h2>
      <p style={{ color: 'var(--mv-dim)' }}>What came of what is watched: the newest {MOST}, kept 90 days.</p>
      <DataTable
        label="Alerts" rows={rows} id={(row) => row.alert_id} perPage={8} none="No alert has come."
        columns={[
          { id: 'time', title: 'When', width: 150, cell: (row) => <span title={ago(row.time)}>{moment(row.time)}</span>, sort: (row) => row.time },
          { id: 'what', title: 'What came', cell: (row) => <What row={row} titles={titles} onIdentifier={onIdentifier} onOpen={onOpen} /> },
          {
            id: 'records', title: 'Records', cell: (row) => (row.identifier
              ? <button type="button" className="mv-link" onClick={() => onIdentifier(row.identifier)}>who holds it</button>
              : (row.record_ids || []).slice(0, 3).map((id, at) => (
                <span key={id}>{at > 0 && ', '}<a href={viewPath(app, 'investigate', { e: row.entity_id, r: id })}>record {at + 1}</a></span>
              ))),
          },
          { id: 'note', title: 'Note', cell: (row) => row.note, sort: (row) => row.note },
        ]}
      />
    </section>
  );
}
