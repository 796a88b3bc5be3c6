// What has become of one record: when it was published and read, judgements on it, how it and its entity were shared.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import begun from '../parts/begun.js';
import { levelWords } from '../parts/levels.js';
import recipientWords from '../parts/recipients.js';
import { Failed, Waiting } from '../parts/states.jsx';
import { ago, moment } from '../parts/times.js';
import { operate } from './asking.js';
import { said } from './joins/judging.jsx';
import { words } from './use_investigation.js';

const MOST_CHANGES = 1000;

/** Steps of the judgements that name the record: [{time, by, text, why, other}], `other` the record it was compared with. */
function judged(judgements, id) {
  return judgements.filter(({ a, b }) => a === id || b === id).flatMap((row) => [...row.history, row].map(({ time, by, verdict, why }) => ({
    time, by, why, text: begun(`${said(verdict)} with another record`), other: row.a === id ? row.b : row.a,
  })));
}

const CHANGES = { released: 'shared' };

function changeWords({ change, what, level, to }) {
  const whose = what === 'record' ? 'The record' : 'Its entity';
  if (change === 'marked') return level ? `${whose} was marked ${levelWords(level)}` : `${whose} was marked`;
  return `${whose} was ${CHANGES[change] || change.replaceAll('_', ' ')}${to ? ` with ${recipientWords(to).replace(/^The /, 'the ')}` : ''}`;
}

async function historyOf(record, entityId) {
  const tenant = record.tenant_id ? { tenant_id: record.tenant_id } : {};
  const [judgements, changes] = await Promise.all([
    entityId ? operate('judgements', { op: 'history', entity_id: entityId, ...tenant }).then((found) => found.judgements) : [],
    operate('distribution', { limit: MOST_CHANGES, ...tenant }).then((found) => found.changes),
  ]);
  return [
    { time: record.time, text: 'Published or last seen, as the source says' },
    ...(record.read ? [{ time: record.read, text: 'Read by Minerva and stored' }] : []),
    ...judged(judgements, record.record_id),
    ...changes.filter(({ object_id: id }) => id && (id === record.record_id || id === entityId))
      .map((row) => ({ time: row.time, by: row.by, why: row.why, text: changeWords(row) })),
  ].sort((a, b) => b.time - a.time);
}

export default function RecordHistory({ record, entityId, onRecord }) {
  const [state, setState] = useState({ name: 'idle' });
  const load = () => {
    setState({ name: 'waiting' });
    historyOf(record, entityId).then((steps) => setState({ name: 'done', steps })).catch((problem) => setState({ name: 'failed', error: words(problem) }));
  };
  if (state.name === 'idle') return <p><Button label="History of this record" onClick={load} /></p>;
  if (state.name === 'waiting') return <Waiting what="Reading its history" />;
  if (state.name === 'failed') return <Failed text={state.error} onAgain={load} />;
  return (
    <>
      <h3 style={{ margin: '12px 0 6px' }}>History</h3>
      <ul style={{ margin: '0 0 8px', paddingLeft: 18 }} data-test="record-history">
        {state.steps.map((step) => (
          <li key={`${step.time} ${step.text} ${step.other || ''}`}>
            <span title={ago(step.time)} style={{ color: 'var(--mv-dim)' }}>{moment(step.time)}</span> {step.text}
            {step.by && `, by ${step.by}`}{step.why && `: “${step.why}”`}
            {step.other && <>{' '}<button type="button" className="mv-link" onClick={() => onRecord(step.other)}>The other record</button></>}
          </li>
        ))}
      </ul>
    </>
  );
}
