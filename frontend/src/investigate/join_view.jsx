// Why two records stand together, and the user's own word on it: the same, not the same, unsure.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import Deed from '../parts/deed.jsx';
import Strength from '../parts/strength.jsx';
import { moment } from '../parts/times.js';
import AddToCase from './add_to_case.jsx';
import { operate } from './asking.js';
import { gist } from './records.jsx';

const Pair = styled.div`display: grid; grid-template-columns: 1fr; gap: 6px; margin: 8px 0;`;
const Side = styled.div`padding: 8px 10px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-paper);`;
const Buttons = styled.div`display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0;`;
const VERDICTS = {
  same: { label: 'Same', said: 'the same', does: 'They stay together, whatever else the records say, until this is taken back.' },
  not_same: { label: 'Not the same', said: 'not the same', does: 'They are kept apart. Records that only this join held leave with them.' },
  unsure: { label: 'Unsure', said: 'unsure', does: 'The join stays, marked as doubtful for others.' },
};

function title(record, id) {
  return record ? gist(record) : `Record ${id.slice(0, 8)}`;
}

/** What stands of a judgement, and since when it counts. */
export function Judged({ judgement, onTakeBack }) {
  return (
    <p data-test="judged">
      Judged <b>{VERDICTS[judgement.verdict]?.said || judgement.verdict}</b> by {judgement.by}, {moment(judgement.time)}
      {judgement.why && <>: “{judgement.why}”</>}. It takes effect at the next refresh.{' '}
      <button type="button" className="mv-link" onClick={onTakeBack}>Take it back</button>
    </p>
  );
}

export default function JoinView({ join, records, judgements, onRecord, onChanged, onBack, mayJudge }) {
  const [asking, setAsking] = useState('');
  const [pinning, setPinning] = useState(false);
  const [told, setTold] = useState('');
  const byId = new Map(records.map((record) => [record.record_id, record]));
  const judgement = judgements.find(({ a, b }) => (a === join.a && b === join.b) || (a === join.b && b === join.a));
  const judge = async ({ why }) => {
    const op = asking === 'take_back' ? { op: 'take_back' } : { op: 'add', verdict: asking };
    await operate('judgements', { ...op, a: join.a, b: join.b, why });
    onChanged();
  };
  return (
    <div data-test="join-view">
      <p><button type="button" className="mv-link" onClick={onBack}>Back to the entity</button></p>
      <h2>Why these two stand together</h2>
      <p style={{ marginTop: 8 }}>{join.why.charAt(0).toUpperCase() + join.why.slice(1)}.</p>
      <Strength value={join.strength} />
      <Pair>
        {[join.a, join.b].map((id) => (
          <Side key={id}>
            <button type="button" className="mv-link" onClick={() => onRecord(id)}>{title(byId.get(id), id)}</button>
            {byId.get(id) && <div style={{ color: 'var(--mv-dim)' }}>{byId.get(id).source.replaceAll('_', ' ')} · {moment(byId.get(id).time)}</div>}
          </Side>
        ))}
      </Pair>
      {judgement
        ? <Judged judgement={judgement} onTakeBack={() => setAsking('take_back')} />
        : mayJudge && (
          <Buttons>
            {Object.entries(VERDICTS).map(([verdict, { label }]) => <Button key={verdict} label={label} onClick={() => setAsking(verdict)} />)}
          </Buttons>
        )}
      {mayJudge && <p><button type="button" className="mv-link" onClick={() => setPinning(true)}>Add this join to a case</button></p>}
      {told && <p role="status" style={{ color: 'var(--mv-good)' }}>{told}</p>}
      {pinning && (
        <AddToCase object="join" objectId={`${join.a} ${join.b}`} title="the join" onClose={(done) => { setPinning(false); setTold(done); }} />
      )}
      {asking && (
        <Deed
          title={asking === 'take_back' ? 'Take the judgement back' : `Judge: ${VERDICTS[asking].said}`}
          label={asking === 'take_back' ? 'Take back' : 'Judge'} run={judge} onClose={() => setAsking('')}
        >
          <p>{asking === 'take_back' ? 'The records are linked again by what they hold.' : VERDICTS[asking].does}</p>
          <p>It takes effect at the next refresh, for everybody of your institution, and can be taken back.</p>
        </Deed>
      )}
    </div>
  );
}
