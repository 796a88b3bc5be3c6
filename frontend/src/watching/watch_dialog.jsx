// Puts something on the watch list from where it stands: an identifier, an entity or an area, with a note and a last day.
import React, { useState } from 'react';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import Deed from '../parts/deed.jsx';
import UntilField from './until_field.jsx';
import { endOf } from './words.js';

const Choice = styled.div`
  margin: 0 0 12px;
  label { display: block; margin-bottom: 4px; font-weight: 600; }
  select, input { max-width: 100%; padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper, #fff); color: inherit; font: inherit; }
`;
const ALERTS = {
  identifier: 'An alert comes when a record holds it: at once if one does already, and again with each new one.',
  entity_id: 'An alert comes when the entity grows: with each new record, and when another entity turns out to be the same.',
  area: 'An alert comes with each new record that says it lies there. What lies there already is not told.',
};

/** targets: [{label, body}], body with one of identifier, entity_id and area; onClose(sentence or ''). */
export default function WatchDialog({ targets, onClose }) {
  const [place, setPlace] = useState(0);
  const [until, setUntil] = useState('');
  const [radius, setRadius] = useState('25');
  const { body } = targets[place];
  const kind = Object.keys(ALERTS).find((name) => name in body);
  const isCircle = body.area?.form === 'circle';
  const run = async ({ why }) => {
    const area = isCircle ? { area: { ...body.area, radius_km: Number(radius) || 0 } } : {};
    await operate('watchlist', { op: 'add', ...body, ...area, note: why, until: endOf(until) });
  };
  return (
    <Deed title="Put on the watch list" label="Watch" whyLabel="Note" run={run} onClose={(done) => onClose(done ? 'On the watch list.' : '')}>
      <Choice>
        <label htmlFor="watch-which">What to watch</label>
        <select id="watch-which" value={place} onChange={(event) => setPlace(Number(event.target.value))}>
          {/* eslint-disable-next-line react/no-array-index-key */}
          {targets.map(({ label }, at) => <option key={at} value={at}>{label}</option>)}
        </select>
      </Choice>
      {isCircle && (
        <Choice>
          <label htmlFor="watch-radius">Kilometers around it</label>
          <input id="watch-radius" type="number" min={1} max={500} value={radius} onChange={(event) => setRadius(event.target.value)} />
        </Choice>
      )}
      <p>{ALERTS[kind]}</p>
      <UntilField value={until} onChange={setUntil} />
    </Deed>
  );
}
