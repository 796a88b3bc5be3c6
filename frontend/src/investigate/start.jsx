// The page before anything was asked: what is new or has grown, since when one chooses, and what is largest.
import React, { useCallback, useEffect, useState } from 'react';
import styled from 'styled-components';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { app, viewPath } from '../place.js';
import { operate } from './asking.js';
import Cards from './cards.jsx';
import news, { usualSpan } from './news.js';
import Spans from './spans.jsx';
import { words } from './use_investigation.js';
import Alerts from '../watching/alerts.jsx';
import Watched from '../watching/watched.jsx';

const Two = styled.div`display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin-top: 20px; @media (max-width: 1000px) { grid-template-columns: 1fr; }`;
const MOST_CARDS = 20;
const WAYS = { timeline: 'On the timeline', map: 'On the map', records: 'As a list of records', graph: 'As a graph' };
const LARGEST = { sort: '-size', limit: 6 };

/** Asks with ask() when first drawn; {name, cards, more, error, again}. */
function useCards(ask) {
  const [state, setState] = useState({ name: 'waiting', cards: [], more: 0, error: '' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let alive = true;
    setState({ name: 'waiting', cards: [], more: 0, error: '' });
    ask().then((found) => { if (alive) setState({ name: 'done', error: '', ...found }); })
      .catch((problem) => { if (alive) setState({ name: 'failed', cards: [], more: 0, error: words(problem) }); });
    return () => { alive = false; };
  }, [ask, turn]);
  return { ...state, again: () => setTurn((before) => before + 1) };
}

function plain({ entities }) {
  return { cards: entities.map((row) => ({ ...row, matched: [], weakest: null })), more: 0 };
}

async function largest() {
  return plain(await operate('list', LARGEST));
}

function Column({ title, note, above, state, none, onOpen, onIdentifier, onViews }) {
  return (
    <section>
      <h2>{title}</h2>
      {above}
      <p style={{ color: 'var(--mv-dim)' }}>{note}</p>
      {state.name === 'waiting' && <Waiting what="Reading entities" />}
      {state.name === 'failed' && <Failed text={state.error} onAgain={state.again} />}
      {onViews && state.cards.length > 0 && (
        <p style={{ display: 'flex', gap: 14 }}>
          {Object.entries(WAYS).map(([view, words]) => <button key={view} type="button" className="mv-link" onClick={() => onViews(view)}>{words}</button>)}
        </p>
      )}
      {(state.more > 0 || state.cards.length > MOST_CARDS) && <Partial>{(state.more + Math.max(0, state.cards.length - MOST_CARDS)).toLocaleString('en')} more have changed; the newest are shown. {onViews && <button type="button" className="mv-link" onClick={() => onViews('results')}>Show them all</button>}</Partial>}
      {state.name === 'done' && (state.cards.length === 0
        ? none : <Cards cards={state.cards.slice(0, MOST_CARDS)} asked={new Set()} chosen="" onSelect={onOpen} onOpen={onOpen} onIdentifier={onIdentifier} />)}
    </section>
  );
}

const NO_ENTITIES = <Nothing title="No entities yet" next={['They appear when records of a source have been read and linked, which takes some minutes after the first input.', <>Where your institution collects nothing itself: what others share with it stands under <a href={viewPath(app, 'shared')}>Shared</a>.</>]} />;
const NO_NEWS = <Nothing title="Nothing has changed" next={['New records appear here as they are linked, every five minutes.', 'Ask for a number, a name or a text above.']} />;

export default function Start({ onOpen, onIdentifier, onNews }) {
  const [span, setSpan] = useState(usualSpan);
  const changed = useCards(useCallback(() => news(span), [span]));
  const large = useCards(largest);
  const shared = { onOpen, onIdentifier };
  return (
    <>
    <Two>
      <Column
        title="New" note={`Entities that are new, have grown or hold for other reasons. ${changed.note || ''}`} above={<Spans chosen={span} onChoose={setSpan} />}
        state={changed} none={large.name === 'done' && large.cards.length === 0 ? NO_ENTITIES : NO_NEWS} onViews={(view) => onNews(span, view)} {...shared}
      />
      <Column title="Largest" note="Entities of most records." state={large} none={NO_ENTITIES} {...shared} />
    </Two>
    <Alerts {...shared} />
    <Watched {...shared} />
    </>
  );
}
