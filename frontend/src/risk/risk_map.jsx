// Scores on a map: one dot for each place, colored by the highest state there, as wide as the place is known.
import React, { useEffect, useMemo, useRef, useState } from 'react';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import part, { partAddress } from '../investigate/part_script.js';
import { words } from '../investigate/use_investigation.js';
import { Failed, Waiting } from '../parts/states.jsx';
import { STATES } from './words.js';

const Holder = styled.div`height: 340px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;
const RADIUS = { point: 7, postcode: 12, town: 18, region: 34, country: 50 };

function own({ latitude, longitude }) {
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude, precision: 'point' } : null;
}

function keyOf({ city, region, postcode }) {
  return JSON.stringify([city || '', region || '', postcode || '']);
}

function counted(rows) {
  return STATES.map((state) => [state, rows.filter((row) => row.state === state).length])
    .filter(([, count]) => count).map(([state, count]) => `${count} ${state}`).join(', ');
}

export default function RiskMap({ rows, scheme, onPlace }) {
  const holder = useRef(null);
  const [known, setKnown] = useState(null);
  const [error, setError] = useState('');
  const asked = useMemo(() => [...new Set(rows.filter((row) => !own(row)).map(keyOf))], [rows]);
  useEffect(() => {
    let alive = true;
    const places = asked.map((key) => {
      const [city, region, postcode] = JSON.parse(key);
      return { city, region, postcode, country: '' };
    });
    (places.length ? operate('places', { places }) : Promise.resolve({ places: [] }))
      .then((found) => { if (alive) setKnown(new Map(found.places.map((spot, at) => [asked[at], spot]).filter(([, spot]) => spot))); })
      .catch((problem) => { if (alive) setError(words(problem)); });
    return () => { alive = false; };
  }, [asked]);
  const { places, without } = useMemo(() => {
    const found = new Map();
    let none = 0;
    (known ? rows : []).forEach((row) => {
      const spot = own(row) || known.get(keyOf(row));
      if (!spot) {
        none += 1;
        return;
      }
      const id = `${spot.latitude} ${spot.longitude}`;
      if (!found.has(id)) found.set(id, { id, ...spot, rows: [] });
      found.get(id).rows.push(row);
    });
    const made = [...found.values()].map((place) => ({
      ...place, count: place.rows.length, radius: RADIUS[place.precision] || 7, isNew: place.rows.some((row) => row.state === 'look first'),
      title: `${place.label || place.rows[0].city}: ${counted(place.rows)}`,
    }));
    return { places: made, without: none };
  }, [rows, known]);
  useEffect(() => {
    if (!known || places.length === 0) return undefined;
    let drawn = null;
    let alive = true;
    part('map').then((map) => {
      if (alive && holder.current) drawn = map.draw(holder.current, places, { scheme, workerUrl: partAddress('map_worker.js'), onSelect: (id) => onPlace(places.find((place) => place.id === id)) });
    }).catch((problem) => { if (alive) setError(problem.message); });
    return () => {
      alive = false;
      drawn?.destroy();
    };
  }, [places, scheme, known, onPlace]);
  if (error) return <Failed text={error} />;
  if (!known) return <Waiting what="Looking the places up" />;
  if (places.length === 0) return null;
  return (
    <>
      <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${places.length} places; the list below shows the same`} />
      <p style={{ color: 'var(--mv-dim)', margin: '4px 0 14px' }}>
        A place with a ring has a business to look at first; a circle is as wide as the place is known. Choose one to see its businesses.
        {without > 0 && ` ${without} of ${rows.length} have no place that is known and are not drawn.`}
      </p>
    </>
  );
}
