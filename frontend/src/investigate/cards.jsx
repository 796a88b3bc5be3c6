// Results as cards: how an entity is called, what of the question it holds, its reason, its time and places.
import React, { useState } from 'react';
import styled from 'styled-components';
import Chip from '../parts/chip.jsx';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';
import { ago, span } from '../parts/times.js';
import { word } from '../parts/strength.jsx';
import { readable } from '../parts/palette.js';
import { entityTitle, kindCounts, sizeWords } from './entity_title.js';
import { changeWords } from './news.js';
import { relationWords } from './related.jsx';

const Card = styled.article`
  margin-bottom: 8px; padding: 8px 12px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); cursor: pointer;
  &:hover { border-color: var(--mv-accent); }
  ${({ $chosen }) => ($chosen ? 'border-color: var(--mv-accent); box-shadow: 0 0 0 1px var(--mv-accent);' : '')}
`;
const Head = styled.div`display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline;`;
const Dim = styled.span`color: var(--mv-dim);`;
const Badge = styled.span`padding: 0 8px; border-radius: 10px; background: var(--mv-soft); font-size: 12px; line-height: 20px;`;

/** The chips of a card: what was asked for first, then others, with a count of the rest. */
function some(card) {
  const others = (card.identifiers || []).filter((name) => !card.matched.includes(name));
  return [...card.matched.filter((name) => name.includes(':')), ...others].slice(0, 6);
}

function total(card) {
  return Object.values(card.kinds || {}).reduce((sum, count) => sum + count, 0);
}

/** Whether all of the question that an entity holds is contacts that many hold: nothing says that it is who is meant. */
function isByShared(card, many) {
  return card.matched.length > 0 && card.matched.every((name) => many.has(name));
}

function sharedWords(card, many) {
  return card.matched.map((name) => `${readable(name)}: ${many.get(name)} entities hold it, it joins none of them`).join('. ');
}

const FIRST = 12;
const NONE = new Map();

/** The first cards, and the others when they are asked for: fifty in a column are read by nobody. */
export default function Cards({ cards, ...handed }) {
  const [all, setAll] = useState(false);
  const left = all ? 0 : Math.max(0, cards.length - FIRST);
  return (
    <>
      <Drawn cards={all ? cards : cards.slice(0, FIRST)} {...handed} />
      {left > 0 && <p><button type="button" className="mv-link" onClick={() => setAll(true)}>Show {left} more</button></p>}
    </>
  );
}

function Drawn({ cards, asked, many = NONE, chosen, onSelect, onOpen, onIdentifier }) {
  return cards.map((card) => {
    const chips = some(card);
    const rest = total(card) - chips.length;
    return (
      <Card
        key={card.entity_id} $chosen={chosen === card.entity_id} data-test="entity-card" data-entity={card.entity_id}
        onClick={() => onSelect(card.entity_id)}
      >
        <Head>
          <h3>
            <Way href={viewPath(app, 'investigate', { e: card.entity_id })} style={{ fontWeight: 600, fontSize: 15 }} onGo={() => onOpen(card.entity_id)}>{entityTitle(card)}</Way>
          </h3>
          {changeWords(card) && <Badge title="What has become of it since">{changeWords(card)}</Badge>}
          {isByShared(card, many) && <Badge title={sharedWords(card, many)} data-test="by-shared">only by a shared contact</Badge>}
          {card.weakest !== null && <Dim title="How strong the weakest of the joins is that hold its own records together; it says nothing of your question">inside: {word(card.weakest)}</Dim>}
          <Dim>{sizeWords(card.size, card.sources)}</Dim>
          {card.cities.length > 0 && <Dim>{card.cities.slice(0, 3).join(', ')}{card.cities.length > 3 ? ` and ${card.cities.length - 3} more` : ''}</Dim>}
          <Dim style={{ marginLeft: 'auto' }} title={ago(card.last_time)}>{span(card.first_time, card.last_time)}</Dim>
        </Head>
        <p style={{ margin: '3px 0' }}>{card.explanation}</p>
        {relationWords(card).map((text) => <p key={text} style={{ margin: '6px 0', color: 'var(--mv-dim)' }} data-test="card-related">{text}</p>)}
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div onClick={(event) => event.stopPropagation()}>
          {chips.map((name) => (
            <Chip key={name} identifier={name} chosen={asked.has(name)} onOpen={onIdentifier} note={asked.has(name) ? `You asked for ${readable(name)}` : ''} />
          ))}
          {rest > 0 && <Dim title={kindCounts(card.kinds)}>+{rest} more</Dim>}
        </div>
      </Card>
    );
  });
}
