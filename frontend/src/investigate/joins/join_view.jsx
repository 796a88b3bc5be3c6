// Why two records stand together, and the user's own word on it: the same, not the same, unsure.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import begun from '../../parts/begun.js';
import { readableText } from '../../parts/palette.js';
import Strength from '../../parts/strength.jsx';
import { moment } from '../../parts/times.js';
import AddToCase from '../add_to_case.jsx';
import { JudgeDeed, Judged, VERDICTS } from './judging.jsx';
import { gist } from '../records.jsx';

const Pair = styled.div`display: grid; grid-template-columns: 1fr; gap: 6px; margin: 8px 0;`;
const Side = styled.div`padding: 8px 10px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-paper);`;
const Buttons = styled.div`display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0;`;

function title(record, id) {
  return record ? gist(record) : `Record ${id.slice(0, 8)}`;
}

export default function JoinView({ join, records, judgements, onRecord, onChanged, onBack, mayJudge }) {
  const [asking, setAsking] = useState('');
  const [pinning, setPinning] = useState(false);
  const [told, setTold] = useState('');
  const byId = new Map(records.map((record) => [record.record_id, record]));
  const judgement = judgements.find(({ a, b }) => (a === join.a && b === join.b) || (a === join.b && b === join.a));
  return (
    <div data-test="join-view">
      <p><button type="button" className="mv-link" onClick={onBack}>Back to the entity</button></p>
      <h2>Why these two stand together</h2>
      <p style={{ marginTop: 8 }}>{readableText(begun(join.why))}.</p>
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
        ? <Judged judgement={judgement} onTakeBack={mayJudge ? () => setAsking('taken_back') : null} />
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
      {asking && <JudgeDeed pair={join} verdict={asking} onClose={() => setAsking('')} onDone={onChanged} />}
    </div>
  );
}
