// Scores on a map: one dot for each place, colored by the highest state there, as wide as the place is known.
import React, { useCallback, useMemo, useRef } from 'react';
import styled from 'styled-components';
import Legend from '../investigate/map/legend.jsx';
import { byPlace, keyOf, useDrawn, useSpots } from '../investigate/map/use_map.js';
import { Failed, Waiting } from '../parts/states.jsx';
import { STATES, STATE_TITLES } from './words.js';

const Holder = styled.div`height: 340px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;
const RADIUS = { point: 7, postcode: 12, town: 18, region: 34, country: 50 };

function own({ latitude, longitude }) {
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude, precision: 'point' } : null;
}

function counted(rows) {
  return STATES.map((state) => [state, rows.filter((row) => row.state === state).length])
    .filter(([, count]) => count).map(([state, count]) => `${count} ${STATE_TITLES[state] || state}`).join(', ');
}

export default function RiskMap({ rows, scheme, onPlace }) {
  const holder = useRef(null);
  const asked = useMemo(() => [...new Set(rows.filter((row) => !own(row)).map(keyOf))], [rows]);
  const { known, error, setError } = useSpots(asked);
  const { places, without } = useMemo(() => {
    const found = byPlace(known ? rows : [], (row) => own(row) || known.get(keyOf(row)));
    return {
      without: found.without,
      places: found.places.map((place) => ({
        ...place, count: place.rows.length, radius: RADIUS[place.precision] || 7, isNew: place.rows.some((row) => row.state === 'look first'),
        title: `${place.label || place.rows[0].city}: ${counted(place.rows)}`,
      })),
    };
  }, [rows, known]);
  const select = useCallback((id) => onPlace(places.find((place) => place.id === id)), [places, onPlace]);
  useDrawn(holder, places, scheme, select, setError);
  if (error) return <Failed text={error} />;
  if (!known) return <Waiting what="Looking the places up" />;
  if (places.length === 0) return null;
  return (
    <>
      <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${places.length} places; the list below shows the same`} />
      <Legend places={places} />
      <p style={{ color: 'var(--mv-dim)', margin: '4px 0 14px' }}>
        A place with a ring has a business to look at first. Choose one to see its businesses.
        {without > 0 && ` ${without} of ${rows.length} have no place that is known and are not drawn.`}
      </p>
    </>
  );
}
