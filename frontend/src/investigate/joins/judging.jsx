// What people decided about two records: what it would change, whether the links follow it yet, and what was said before.
import React, { useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Deed from '../../parts/deed.jsx';
import { Failed, Partial, Waiting } from '../../parts/states.jsx';
import { moment } from '../../parts/times.js';
import { operate } from '../asking.js';
import { entityTitle } from '../entity_title.js';
import { words } from '../use_investigation.js';

export const VERDICTS = {
  same: { label: 'Same', said: 'the same', does: 'They stay together, whatever else the records say, until this is taken back.' },
  not_same: { label: 'Not the same', said: 'not the same', does: 'They are kept apart, whatever they share.' },
  unsure: { label: 'Unsure', said: 'unsure', does: 'The join stays, marked as doubtful for others.' },
};
const TAKEN_BACK = 'taken_back';

/** A verdict as a history tells it. */
export function said(verdict) {
  return verdict === TAKEN_BACK ? 'taken back' : `judged ${VERDICTS[verdict]?.said || verdict}`;
}

function records(count) {
  return `${count} record${count === 1 ? '' : 's'}`;
}

/** Sentences on {splits, merges, moved} of a preview: which entities split or merge, and into how many records each. */
export function foretold({ splits, merges, moved, entities }) {
  const called = (id) => (entities[id] ? entityTitle({ entity_id: id, names: [], identifiers: [], ...entities[id] }) : 'a new entity');
  const total = (parts) => parts.reduce((sum, part) => sum + part.size, 0);
  const told = [
    ...splits.map(({ entity_id: id, into }) => `${called(id)}: its ${records(total(into))} become ${into.map(({ size }) => size).join(' + ')}, as ${into.map((part) => (part.entity_id === id ? 'itself' : called(part.entity_id))).join(' and ')}.`),
    ...merges.map(({ entity_id: id, of }) => `${of.map((part) => `${called(part.entity_id)} (${part.size})`).join(' and ')} become one entity of ${records(total(of))}, ${called(id)}.`),
  ];
  if (told.length > 0) return told;
  return [moved > 0 ? `${records(moved)} come to stand in another entity.` : 'No record moves: the entities stay as they are.'];
}

/** What a verdict on two records would change, asked of the linking itself. */
export function Foretold({ a, b, verdict }) {
  const [state, setState] = useState({ name: 'waiting' });
  useEffect(() => {
    let alive = true;
    operate('judgement_preview', { a, b, verdict })
      .then((told) => { if (alive) setState({ name: 'done', told }); })
      .catch((problem) => { if (alive) setState({ name: 'failed', error: words(problem) }); });
    return () => { alive = false; };
  }, [a, b, verdict]);
  if (state.name === 'waiting') return <Waiting what="Working out what would change" />;
  if (state.name === 'failed') return <Failed text={state.error} />;
  const { told } = state;
  if (told.contradiction) return <Partial>It cannot stand beside other judgements: {told.contradiction}. Take one of them back first.</Partial>;
  if (!told.known) return <Partial>What it changes cannot be told beforehand: {told.why_unknown}.</Partial>;
  return (
    <div data-test="foretold">
      {foretold(told).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {told.waiting > 0 && <p style={{ color: 'var(--mv-dim)' }}>{told.waiting} other judgement{told.waiting === 1 ? '' : 's'} on these records wait for the same refresh and {told.waiting === 1 ? 'is' : 'are'} counted in.</p>}
    </div>
  );
}

/** Asks for a verdict with its reason, after saying what it changes. pair: {a, b}. */
export function JudgeDeed({ pair, verdict, onClose, onDone }) {
  const isBack = verdict === TAKEN_BACK;
  const run = async ({ why }) => {
    await operate('judgements', { ...(isBack ? { op: 'take_back' } : { op: 'add', verdict }), a: pair.a, b: pair.b, why });
    onDone();
  };
  return (
    <Deed title={isBack ? 'Take the judgement back' : `Judge: ${VERDICTS[verdict].said}`} label={isBack ? 'Take back' : 'Judge'} run={run} onClose={onClose}>
      <p>{isBack ? 'The records are linked again by what they hold.' : VERDICTS[verdict].does}</p>
      <Foretold a={pair.a} b={pair.b} verdict={verdict} />
      <p>It takes effect at the next refresh, for everybody of your institution, and can be taken back. New records that come until then are not foreseen.</p>
    </Deed>
  );
}

/** What stands of a judgement, and whether the links follow it yet. */
export function Judged({ judgement, onTakeBack }) {
  return (
    <p data-test="judged">
      Judged <b>{VERDICTS[judgement.verdict]?.said || judgement.verdict}</b> by {judgement.by}, {moment(judgement.time)}
      {judgement.why && <>: “{judgement.why}”</>}. {judgement.in_effect ? 'The links follow it.' : 'It takes effect at the next refresh.'}{' '}
      {onTakeBack && <button type="button" className="mv-link" onClick={onTakeBack}>Take it back</button>}
    </p>
  );
}

function Past({ row, onTakeBack }) {
  const steps = [...row.history, row].reverse();
  const stands = row.verdict !== TAKEN_BACK;
  return (
    <li style={{ margin: '0 0 10px', listStyle: 'none' }} data-test="judgement">
      {steps.map((step, place) => (
        <div key={`${step.time} ${step.verdict} ${steps.length - place}`} style={place > 0 ? { color: 'var(--mv-dim)' } : undefined}>
          {said(step.verdict)} by {step.by}, {moment(step.time)}{step.why && `: “${step.why}”`}
        </div>
      ))}
      <div>
        {row.in_effect ? 'The links follow it.' : 'It takes effect at the next refresh.'}{' '}
        {stands && onTakeBack && <button type="button" className="mv-link" onClick={() => onTakeBack(row)}>Take it back</button>}
      </div>
    </li>
  );
}

/** Every judgement on an entity's records, those taken back too. */
export default function Judgements({ entityId, count, mayJudge, onChanged }) {
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  const [back, setBack] = useState(null);
  const load = () => operate('judgements', { op: 'history', entity_id: entityId })
    .then((found) => { setRows(found.judgements); setError(''); }).catch((problem) => setError(words(problem)));
  if (rows === null) {
    return (
      <p>
        {error ? <Failed text={error} onAgain={load} /> : <Button label={count > 0 ? `Judgements (${count}) and their history` : 'History of judgements'} onClick={load} />}
      </p>
    );
  }
  return (
    <>
      <h3 style={{ margin: '12px 0 6px' }}>Judgements</h3>
      {rows.length === 0 && <p>Nobody has judged these records.</p>}
      <ul style={{ margin: 0, padding: 0 }}>
        {rows.map((row) => <Past key={`${row.a} ${row.b}`} row={row} onTakeBack={mayJudge ? setBack : null} />)}
      </ul>
      {back && <JudgeDeed pair={back} verdict={TAKEN_BACK} onClose={() => setBack(null)} onDone={() => { load(); onChanged(); }} />}
    </>
  );
}
