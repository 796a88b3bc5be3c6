// What maps of the pages share: where towns and postcodes lie, rows by place, and the map itself, loaded when it is drawn.
import { useEffect, useRef, useState } from 'react';
import { operate } from '../asking.js';
import part, { partAddress } from '../part_script.js';
import { words } from '../use_investigation.js';

/** The place of a row as the gazetteer is asked for it, as one text. */
export function keyOf({ city, region, postcode, country }) {
  return JSON.stringify([city || '', region || '', postcode || '', country || '']);
}

/** {known, error, setError, again}: the spot of each key that the gazetteer knows, null until it has answered; again() asks anew. */
export function useSpots(keys) {
  const [known, setKnown] = useState(null);
  const [error, setError] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let alive = true;
    setError('');
    const asked = keys.map((key) => {
      const [city, region, postcode, country] = JSON.parse(key);
      return { city, region, postcode, country };
    });
    (asked.length ? operate('places', { places: asked }) : Promise.resolve({ places: [] })).then(({ places }) => {
      if (alive) setKnown(new Map(places.map((spot, at) => [keys[at], spot]).filter(([, spot]) => spot)));
    }).catch((problem) => { if (alive) setError(words(problem)); });
    return () => { alive = false; };
  }, [keys, turn]);
  return { known, error, setError, again: () => { setKnown(null); setTurn(turn + 1); } };
}

/** {places, without}: rows by their spot as spotOf(row) gives it, and how many have none. */
export function byPlace(rows, spotOf) {
  const places = new Map();
  let without = 0;
  rows.forEach((row) => {
    const spot = spotOf(row);
    if (!spot) {
      without += 1;
      return;
    }
    const id = `${spot.latitude} ${spot.longitude}`;
    if (!places.has(id)) places.set(id, { id, ...spot, rows: [] });
    places.get(id).rows.push(row);
  });
  return { without, places: [...places.values()] };
}

const NO_LINES = [];

/**
 * Draws places, and lines between some, into the element of a ref for as long as there are some; onError(words) where that
 * fails. Other lines are drawn into the same map, which stays where it was moved to.
 */
export function useDrawn(holder, places, scheme, onSelect, onError, lines = NO_LINES) {
  const drawn = useRef(null);
  const latest = useRef(lines);
  useEffect(() => {
    if (places.length === 0) return undefined;
    let alive = true;
    part('map').then((map) => {
      if (alive && holder.current) drawn.current = map.draw(holder.current, places, { scheme, workerUrl: partAddress('map_worker.js'), onSelect, lines: latest.current });
    }).catch((problem) => { if (alive) onError(problem.message); });
    return () => {
      alive = false;
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [places, scheme, onSelect, onError]);
  useEffect(() => {
    latest.current = lines;
    drawn.current?.setLines(lines);
  }, [lines]);
}
