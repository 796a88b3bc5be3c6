// An entity's movement on the offline map: towns with their visits, legs, circuits, and where it may be next.
import React, { useMemo, useRef, useState } from 'react';
import styled from 'styled-components';
import { useDrawn } from '../investigate/map/use_map.js';
import { Failed } from '../parts/states.jsx';
import { chanceWords } from './words.js';

const Holder = styled.div`height: 460px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;
const Choices = styled.div`display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 6px 0; color: var(--mv-dim);`;
const LAYERS = [
  ['legs', 'Legs, an arrow in their direction'], ['doubt', 'Legs that nobody can have traveled (dotted)'], ['circuit', 'Rounds made twice or more'],
  ['next', 'Where it may be next (dashed, towns with a ring)'],
];

/** The id of a town on the map. */
export const spotKey = ({ latitude, longitude }) => `${latitude} ${longitude}`;

/** Towns that have a spot, each once: {id, longitude, latitude, count, title, radius, isNew}. */
export function townsOf({ visits, next, steps }) {
  const towns = new Map();
  visits.filter((each) => each.spot).forEach((each) => {
    const id = spotKey(each.spot);
    const town = towns.get(id) || { id, ...each.spot, label: each.town, count: 0, radius: 22 };
    towns.set(id, { ...town, count: town.count + 1 });
  });
  const likely = new Map(next.filter((each) => each.spot).map((each) => [spotKey(each.spot), each]));
  return [...towns.values()].map((town) => {
    const found = likely.get(town.id);
    const visited = `${town.label}: visited ${town.count === 1 ? 'once' : `${town.count} times`}`;
    return { ...town, isNew: Boolean(found), title: found ? `${visited}; may be next: ${found.likelihood}, ${chanceWords(found, steps)}` : visited };
  });
}

/** Lines between spots that are known: {from, to, kind, weight}; legs of the same two towns in one direction are one line. */
export function linesOf({ visits, legs, circuits, next }, shown) {
  const drawn = new Map();
  const add = (from, to, kind, weight) => {
    if (!from || !to || spotKey(from) === spotKey(to)) return;
    const id = `${kind} ${spotKey(from)} ${spotKey(to)}`;
    drawn.set(id, { from, to, kind, weight: (drawn.get(id)?.weight || 0) + weight });
  };
  legs.forEach((leg) => add(leg.from, leg.to, leg.doubt ? 'doubt' : 'legs', 1));
  circuits.forEach(({ points, rounds }) => points.forEach((point, at) => add(point, points[(at + 1) % points.length], 'circuit', rounds)));
  const here = visits[visits.length - 1]?.spot;
  next.forEach(({ spot, share }) => add(here, spot, 'next', share * 5));
  return [...drawn.values()].filter(({ kind }) => shown.has(kind));
}

export default function MovementMap({ movement, scheme, onTown }) {
  const holder = useRef(null);
  const [off, setOff] = useState([]);
  const [error, setError] = useState('');
  const places = useMemo(() => townsOf(movement), [movement]);
  const lines = useMemo(() => linesOf(movement, new Set(LAYERS.map(([id]) => id).filter((id) => !off.includes(id)))), [movement, off]);
  useDrawn(holder, places, scheme, onTown, setError, lines);
  const undrawn = movement.visits.filter((each) => !each.spot);
  const namesOf = (rows) => [...new Set(rows.map((each) => each.town))];
  const several = namesOf(undrawn.filter((each) => each.several));
  const without = namesOf(undrawn.filter((each) => !each.several));
  if (error) return <Failed text={error} />;
  if (places.length === 0) return <p>No town of these records is one that the gazetteer knows and can tell from others of its name, so there is no map. The tables hold what records say.</p>;
  return (
    <>
      <Choices role="group" aria-label="What the map shows">
        {LAYERS.map(([id, title]) => (
          <label key={id} htmlFor={`layer-${id}`}>
            <input id={`layer-${id}`} type="checkbox" checked={!off.includes(id)} onChange={() => setOff(off.includes(id) ? off.filter((each) => each !== id) : [...off, id])} /> {title}
          </label>
        ))}
      </Choices>
      <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${places.length} towns; the tables below show the same`} />
      <p style={{ color: 'var(--mv-dim)' }}>
        The number is how often a town was visited. A line joins two towns; it is no road that anybody took.
        {several.length > 0 && ` Not drawn, since several towns bear the name and no record says which: ${several.slice(0, 5).map((town) => town.split(':')[0]).join('; ')}.`}
        {without.length > 0 && ` Not drawn, since the gazetteer does not know ${without.length === 1 ? 'it' : 'them'}: ${without.slice(0, 5).join('; ')}${without.length > 5 ? ` and ${without.length - 5} more` : ''}.`}
      </p>
    </>
  );
}
