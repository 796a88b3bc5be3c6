// One business: its score with every sign, the records behind each, what is missing, its history, and what people found.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import AddToCase from '../investigate/add_to_case.jsx';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import { Failed, Waiting } from '../parts/states.jsx';
import { day } from '../parts/times.js';
import { readable } from '../parts/palette.js';
import ValueWay from '../parts/value_way.jsx';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';
import Learned from './learned.jsx';
import State from './state.jsx';
import { NOTE, OUTCOMES, SIGN_STATES, share } from './words.js';

const Facts = styled.dl`
  display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 12px 0;
  dt { color: var(--mv-dim); } dd { margin: 0; }
`;
const Sign = styled.article`
  margin-bottom: 8px; padding: 10px 14px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow-wrap: anywhere;
  p { margin: 4px 0 0; }
`;
const Dim = styled.span`color: var(--mv-dim);`;

const FIRST = 5;

/** Links to the records behind a sign: the first ones, and the others when they are asked for. */
function Records({ ids, entity }) {
  const [all, setAll] = useState(ids.length <= FIRST);
  return (
    <p>
      Records: {(all ? ids : ids.slice(0, FIRST)).map((id, at) => (
        <span key={id}>{at > 0 && ', '}<a href={viewPath(app, 'investigate', entity ? { e: entity, r: id } : { r: id })}>record {at + 1}</a></span>
      ))}
      {!all && <> <button type="button" className="mv-link" onClick={() => setAll(true)}>and {ids.length - FIRST} more</button></>}
    </p>
  );
}

function Holding({ sign, entity }) {
  return (
    <Sign data-test="reason">
      <strong>+{sign.points}</strong> {sign.statement}
      {sign.words && <p>{sign.words}</p>}
      {sign.records.length > 0 && <Records ids={sign.records} entity={entity} />}
      <p><Dim>{sign.strength} evidence; source: {sign.source} ({sign.seen}). It misleads: {sign.false_positives}</Dim></p>
    </Sign>
  );
}

const OTHER = [
  { id: 'statement', title: 'Sign', cell: (row) => row.statement },
  { id: 'state', title: 'State', cell: (row) => SIGN_STATES[row.state] + (row.state === 'waits' ? `: ${row.words}` : ''), sort: (row) => row.state },
  { id: 'of', title: 'Points if it held', number: true, cell: (row) => row.of, sort: (row) => row.of },
];
const HISTORY = [
  { id: 'date', title: 'Day', width: 110, cell: (row) => row.date || '–', sort: (row) => row.date },
  { id: 'what', title: 'What', width: 110, cell: (row) => row.what, sort: (row) => row.what },
  { id: 'text', title: 'As records say', cell: (row) => (row.record_id ? <a className="mv-link" href={viewPath(app, 'investigate', { r: row.record_id })}>{row.text}</a> : row.text) },
];

const DEEDS = {
  confirmed: { label: 'Confirmed', title: 'An investigation has shown it' },
  cleared: { label: 'Cleared', title: 'An investigation has shown nothing of the kind' },
  open: { label: 'Take the label back', title: 'It is not known after all' },
};

/** A closing hour as a clock shows it. */
function clock(hour) {
  return hour >= 48 ? 'round the clock' : `${Math.floor(hour) % 24}:${String(Math.round((hour % 1) * 60)).padStart(2, '0')}`;
}

function againstWords({ what, own, usual }) {
  return what === 'closing hour' ? `open until ${clock(own)} where ${clock(usual)} is usual` : `${what} ${own} where ${usual} is usual`;
}

function placeWords({ address, city, region, postcode }) {
  return [address, city, region, postcode].filter(Boolean).join(', ');
}

/** What it shares, and the others; a phone is read as everywhere. */
function Shares({ shares, onOther }) {
  return (
    <ul data-test="shares">
      {shares.map((share) => (
        <li key={`${share.by} ${share.value}`}>
          {share.by === 'owner' ? <>An owner of the name <ValueWay value={share.value} /></> : `${readable(`${share.by}:${share.value}`)} (${share.by})`}: {share.with.map((other, at) => (
            <span key={other.establishment_id}>{at > 0 && ', '}<Way href={viewPath(app, 'business_risk', { b: other.establishment_id })} onGo={() => onOther(other.establishment_id)}>{other.name || 'without a name'}, {other.city}</Way> ({other.score} points)</span>
          ))}
        </li>
      ))}
    </ul>
  );
}

export default function OneScore({ id, onBack, onOther }) {
  const [held, setHeld] = useState(null);
  const [error, setError] = useState('');
  const [doing, setDoing] = useState('');
  const load = useCallback(() => operate('risk_score', { establishment_id: id }).then(setHeld).catch((problem) => setError(words(problem))), [id]);
  useEffect(() => { load(); }, [load]);
  useEffect(() => {
    const before = document.title;
    if (held) document.title = `${held.name || 'A business'} – Business risk`;
    return () => { document.title = before; };
  }, [held]);
  if (error) return <><Button appearance="subtle" label="All businesses" onClick={onBack} /><Failed text={error} onAgain={() => { setError(''); load(); }} /></>;
  if (!held) return <Waiting what="Reading the score" />;
  const holds = held.signs.filter((sign) => sign.state === 'holds').sort((a, b) => b.points - a.points);
  const entity = held.entity_ids[0];
  const label = async ({ why }) => {
    await operate('risk_label', { establishment_id: id, outcome: doing, why });
    await load();
  };
  return (
    <>
      <p style={{ display: 'flex', gap: 8, margin: '10px 0' }}>
        <Button appearance="subtle" label="All businesses" onClick={onBack} />
        {entity && <Button appearance="default" label="Add to a case" onClick={() => setDoing('case')} />}
        {entity && <a className="mv-link" style={{ alignSelf: 'center' }} href={viewPath(app, 'investigate', { e: entity })}>Open its entity</a>}
        {Object.keys(DEEDS).filter((name) => name !== held.outcome && (name !== 'open' || held.outcome)).map((name) => (
          <Button key={name} appearance="default" label={DEEDS[name].label} onClick={() => setDoing(name)} />
        ))}
      </p>
      <h2>{(/^\+\d+$/.test(held.name) ? readable(`phone:${held.name}`) : held.name) || 'A business without a name'}</h2>
      <p>
        {entity
          ? <a className="mv-link" title="Its records on the map" href={viewPath(app, 'investigate', { e: entity, v: 'map' })}>{placeWords(held)}</a>
          : placeWords(held)}
      </p>
      <Facts data-test="facts">
        <dt>Score</dt><dd><strong>{held.score}</strong> points, <State state={held.state} score={held.score} />{held.before !== null && held.before !== held.score && ` (${held.before} before)`}</dd>
        <dt>What is missing</dt><dd>{share(held.missing)} of the points of this trade could not be looked at; were all of them to hold, it would have {held.most}. Confidence, which is how much of the trade’s signs could be looked at and not how likely it is true: {held.confidence}.</dd>
        <dt>States</dt><dd>look at from {held.look_at} points, look first from {held.look_first}</dd>
        <dt>Base rate</dt><dd>{held.base_rate}</dd>
        <dt>Found out</dt><dd>{OUTCOMES[held.outcome]}</dd>
        <dt>Rests on</dt><dd>{entity ? <a className="mv-link" href={viewPath(app, 'investigate', { e: entity, v: 'records' })}>{held.records} records</a> : `${held.records} records`}, scored {day(held.run)}</dd>
        {held.against.length > 0 && <><dt>Beside its town</dt><dd data-test="against">{held.against.map(againstWords).join('; ')}</dd></>}
        {held.problems.length > 0 && <><dt>Cannot be</dt><dd>{held.problems.join('; ')}</dd></>}
      </Facts>
      <p role="note">{NOTE}</p>
      <h3>Reasons: {holds.map((sign) => sign.points).join(' + ') || 'none'}{holds.length > 1 && ` = ${held.score}`}</h3>
      {holds.map((sign) => <Holding key={sign.id} sign={sign} entity={entity} />)}
      {held.shares.length > 0 && <><h3>Shares with other premises</h3><Shares shares={held.shares} onOther={onOther} /></>}
      <Learned held={held} />
      <h3>What else is looked at</h3>
      <DataTable label="Other signs" rows={held.signs.filter((sign) => sign.state !== 'holds')} id={(row) => row.id} columns={OTHER} />
      <h3 style={{ marginTop: 16 }}>History</h3>
      <DataTable label="History" rows={held.history.map((event, at) => ({ ...event, at }))} id={(row) => row.at} columns={HISTORY} none="Records say nothing of its history." />
      {doing === 'case' && <AddToCase object="entity" objectId={entity} title={held.name} onClose={() => setDoing('')} />}
      {DEEDS[doing] && (
        <Deed title={DEEDS[doing].title} label={DEEDS[doing].label} onClose={() => setDoing('')} run={label}>
          <p>It stands here with your name, changes no score, and is what a model of your own could learn from.</p>
        </Deed>
      )}
    </>
  );
}
