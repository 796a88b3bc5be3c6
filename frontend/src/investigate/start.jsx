// The page before anything was asked: what is new or has grown since the last visit, and what is largest.
import React, { useEffect, useState } from 'react';
import styled from 'styled-components';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { moment } from '../parts/times.js';
import { operate } from './asking.js';
import Cards from './cards.jsx';
import { words } from './use_investigation.js';
import Alerts from '../watching/alerts.jsx';
import Watched from '../watching/watched.jsx';

const Two = styled.div`display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin-top: 20px; @media (max-width: 1000px) { grid-template-columns: 1fr; }`;
const VISIT = 'minerva visit';
const LARGEST = { sort: '-size', limit: 6 };
const NEWEST = { sort: '-last_time', limit: 6, min_size: 2 };

function kept(storage) {
  try {
    return JSON.parse(storage.getItem(VISIT));
  } catch {
    return null;
  }
}

/** Since when news are told: the last visit before this tab was opened; null at the first one. */
function baseline() {
  const ofTab = kept(window.sessionStorage);
  if (ofTab) return ofTab;
  const before = kept(window.localStorage);
  if (before) window.sessionStorage.setItem(VISIT, JSON.stringify(before));
  return before;
}

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

async function newest() {
  return plain(await operate('list', NEWEST));
}

async function news() {
  const before = baseline();
  const { entities, refresh, left_out: more } = await operate('news', { since: before?.refresh || {}, limit: 20 });
  const visit = { refresh, time: Date.now() / 1000 };
  window.localStorage.setItem(VISIT, JSON.stringify(visit));
  if (!before) {
    window.sessionStorage.setItem(VISIT, JSON.stringify(visit));
    return newest();
  }
  return { cards: entities, more, since: before.time };
}

function Column({ title, note, state, none, onOpen, onIdentifier }) {
  return (
    <section>
      <h2>{title}</h2>
      <p style={{ color: 'var(--mv-dim)' }}>{note}</p>
      {state.name === 'waiting' && <Waiting what="Reading entities" />}
      {state.name === 'failed' && <Failed text={state.error} onAgain={state.again} />}
      {state.more > 0 && <Partial>{state.more} more have changed; the newest are shown.</Partial>}
      {state.name === 'done' && (state.cards.length === 0
        ? none : <Cards cards={state.cards} asked={new Set()} chosen="" onSelect={onOpen} onOpen={onOpen} onIdentifier={onIdentifier} />)}
    </section>
  );
}

const NO_ENTITIES = <Nothing title="No entities yet" next={['They appear when records of a source have been read and linked, which takes some minutes after the first input.']} />;
const NO_NEWS = <Nothing title="Nothing has changed" next={['New records appear here as they are linked, every five minutes.', 'Ask for a number, a name or a text above.']} />;

export default function Start({ onOpen, onIdentifier }) {
  const fresh = useCards(news);
  const large = useCards(largest);
  const shared = { onOpen, onIdentifier };
  return (
    <>
    <Two>
      {fresh.since
        ? <Column title="New since your last visit" note={`Entities that are new, have grown or hold for other reasons since ${moment(fresh.since)}.`} state={fresh} none={NO_NEWS} {...shared} />
        : <Column title="Newest" note="Entities with the newest records." state={fresh} none={NO_ENTITIES} {...shared} />}
      <Column title="Largest" note="Entities of most records." state={large} none={NO_ENTITIES} {...shared} />
    </Two>
    <Alerts {...shared} />
    <Watched {...shared} />
    </>
  );
}
