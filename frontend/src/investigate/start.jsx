// The page before anything was asked: what is largest and newest of the own institutions, and what the box takes.
import React, { useEffect, useState } from 'react';
import styled from 'styled-components';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { operate } from './asking.js';
import Cards from './cards.jsx';
import { words } from './use_investigation.js';

const Two = styled.div`display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin-top: 20px; @media (max-width: 1000px) { grid-template-columns: 1fr; }`;
const LISTS = [
  { title: 'Newest', note: 'Entities with the newest records.', body: { sort: '-last_time', limit: 6, min_size: 2 } },
  { title: 'Largest', note: 'Entities of most records.', body: { sort: '-size', limit: 6 } },
];

function List({ title, note, body, onOpen, onIdentifier }) {
  const [state, setState] = useState({ name: 'waiting', cards: [], error: '' });
  useEffect(() => {
    let alive = true;
    operate('list', body).then(({ entities }) => {
      if (alive) setState({ name: 'done', cards: entities.map((row) => ({ ...row, matched: [], weakest: null })), error: '' });
    }).catch((problem) => { if (alive) setState({ name: 'failed', cards: [], error: words(problem) }); });
    return () => { alive = false; };
  }, [body]);
  return (
    <section>
      <h2>{title}</h2>
      <p style={{ color: 'var(--mv-dim)' }}>{note}</p>
      {state.name === 'waiting' && <Waiting what="Reading entities" />}
      {state.name === 'failed' && <Failed text={state.error} />}
      {state.name === 'done' && (state.cards.length === 0
        ? <Nothing title="No entities yet" next={['They appear when records of a source have been read and linked, which takes some minutes after the first input.']} />
        : <Cards cards={state.cards} asked={new Set()} chosen="" onSelect={onOpen} onOpen={onOpen} onIdentifier={onIdentifier} />)}
    </section>
  );
}

export default function Start({ onOpen, onIdentifier }) {
  return (
    <Two>
      {LISTS.map((list) => <List key={list.title} {...list} onOpen={onOpen} onIdentifier={onIdentifier} />)}
    </Two>
  );
}
