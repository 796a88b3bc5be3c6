// The schools that were found: a card each with its reasons, the likeliest first, and what is said of it.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import { words } from '../investigate/use_investigation.js';
import { Failed, Nothing } from '../parts/states.jsx';
import { judge } from './asking.js';

const Card = styled.article`
  display: flex; gap: 14px; max-width: 1000px; margin-bottom: 10px; padding: 12px 14px; border: 1px solid var(--mv-line); border-radius: 6px;
  background: var(--mv-paper);
  h3 { margin-bottom: 2px; }
`;
const Emblems = styled.div`
  display: flex; gap: 6px; flex: none; align-items: flex-start;
  figure { margin: 0; width: 76px; text-align: center; font-size: 11px; color: var(--mv-dim); }
  img { width: 72px; height: 72px; object-fit: contain; border: 1px solid var(--mv-line); background: #ffffff; }
`;
const Reasons = styled.ul`
  display: flex; flex-wrap: wrap; gap: 4px 6px; margin: 6px 0 0; padding: 0; list-style: none;
  li { padding: 1px 8px; border-radius: 10px; background: var(--mv-soft); font-size: 13px; }
  li[data-against='true'] { background: none; border: 1px dashed var(--mv-line); color: var(--mv-dim); }
`;
const SIGNALS = { words: 'words', crest: 'crest', tie: 'tie', garment: 'garment', photo: 'photo', legible: 'words read on it' };
const VERDICTS = { right: 'Right', wrong: 'Wrong', unsure: 'Unsure' };

/** "likely" from a half on, "possible" from a twentieth, else "weak": what the share of confidence means. */
export function confidenceWord(confidence) {
  if (confidence >= 0.5) return 'likely';
  return confidence >= 0.05 ? 'possible' : 'weak';
}

/** The share in words; an estimate is never shown as certain, nor as out of the question. */
export function confidenceShare(confidence) {
  if (confidence > 0.95) return 'over 95 %';
  return confidence < 0.01 ? 'under 1 %' : `${Math.round(confidence * 100)} %`;
}

function isAgainst(reason) {
  return reason.includes(', not ') || reason.startsWith('said ') || reason === 'has no tie' || reason === 'has a tie';
}

function placeOf({ address, place, county, country }) {
  const told = address && place && address.includes(place) ? [address, county, country] : [address, place, county, country];
  return [...new Set(told.filter(Boolean))].join(', ');
}

function Verdict({ queryId, schoolId, verdicts, onJudged }) {
  const [error, setError] = useState('');
  const said = verdicts.filter((each) => each.school_id === schoolId);
  const say = async (verdict) => {
    setError('');
    try {
      onJudged(await judge(queryId, schoolId, verdict));
    } catch (problem) {
      setError(words(problem));
    }
  };
  return (
    <div style={{ marginTop: 8 }}>
      {said.map(({ by, verdict }) => <p key={by} style={{ color: 'var(--mv-dim)' }}>{by}: {VERDICTS[verdict].toLowerCase()}</p>)}
      <span style={{ display: 'flex', gap: 6 }}>
        {Object.entries(VERDICTS).map(([verdict, title]) => <Button key={verdict} size="small" label={title} onClick={() => say(verdict)} />)}
      </span>
      {error && <Failed text={error} />}
    </div>
  );
}

function School({ rank, found, crest, query, onJudged }) {
  const { school, confidence, signals } = found;
  const reasons = signals.flatMap(({ signal, reasons: list }) => (list.length ? list : [`${SIGNALS[signal] || signal} alike`]));
  return (
    <Card data-test="school" id={`school-${school.school_id}`}>
      {found.emblem && (
        <Emblems>
          {crest && <figure><img src={crest} alt="The crest that is asked about" /><figcaption>asked</figcaption></figure>}
          <figure><img src={`data:image/png;base64,${found.emblem}`} alt={`Crest of ${school.name}`} /><figcaption>its own</figcaption></figure>
        </Emblems>
      )}
      <div style={{ flex: 1 }}>
        <h3>{rank}. {school.name || school.school_id}</h3>
        <p style={{ color: 'var(--mv-dim)' }}>{[placeOf(school), school.phase, school.status].filter(Boolean).join(' · ')}</p>
        <p>
          <b>{confidenceWord(confidence)}</b> · estimated {confidenceShare(confidence)} of the schools held · by {signals.map(({ signal }) => SIGNALS[signal] || signal).join(', ')}
          {school.website && <> · <a href={school.website} target="_blank" rel="noreferrer noopener">its website</a></>}
        </p>
        <Reasons aria-label="Reasons">
          {reasons.map((reason) => <li key={reason} data-against={isAgainst(reason)}>{reason}</li>)}
        </Reasons>
        <Verdict queryId={query.query_id} schoolId={school.school_id} verdicts={query.verdicts || []} onJudged={onJudged} />
      </div>
    </Card>
  );
}

/** answer: {query, found, searched?}; crest: the crop that was asked about, if it is at hand. */
export default function Found({ answer, crest, onJudged }) {
  const { query, found, searched } = answer;
  if (found.length === 0) {
    return (
      <Nothing
        title={searched === 0 ? 'Your institution holds no schools yet' : 'No school fits'}
        next={searched === 0 ? ['An analyst or a program of your institution adds those of a register: see Schools held.'] : ['Say less: leave out what is doubtful.', 'Say colors and what is on the crest in other words.']}
      />
    );
  }
  return found.map((each, place) => (
    <School key={each.school.school_id} rank={place + 1} found={each} crest={crest} query={query} onJudged={onJudged} />
  ));
}
