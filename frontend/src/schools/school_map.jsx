// Where the schools that were found lie: a dot each, as precise as its row is; those without a place are counted.
import React, { useContext, useMemo, useRef } from 'react';
import styled from 'styled-components';
import Legend from '../investigate/map/legend.jsx';
import { keyOf, useDrawn, useSpots } from '../investigate/map/use_map.js';
import { SchemeContext } from '../parts/scheme.js';
import { Failed } from '../parts/states.jsx';

const Holder = styled.div`height: 420px; max-width: 1000px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;

/** Its own coordinates, or null. */
function ownSpot({ latitude, longitude }) {
  return latitude !== undefined && longitude !== undefined ? { latitude, longitude, precision: 'point' } : null;
}

/** A school's town or county, as the gazetteer is asked for it. */
function townOf({ place, county, country }) {
  return keyOf({ city: place, region: county, country });
}

/** Places of the schools that have one, with the numbers of their cards. */
function placed(found, known) {
  return found.map(({ school }, at) => {
    const spot = ownSpot(school) || known.get(townOf(school));
    return spot && {
      id: school.school_id, precision: spot.precision, longitude: spot.longitude, latitude: spot.latitude, count: 1, number: at + 1,
      title: `${at + 1}. ${school.name}`, radius: spot.precision === 'point' ? 6 : 20, size: 26,
    };
  }).filter(Boolean);
}

const NOWHERE = [];

function showCard(id) {
  document.getElementById(`school-${id}`)?.scrollIntoView({ behavior: 'smooth' });
}

export default function SchoolMap({ found }) {
  const scheme = useContext(SchemeContext);
  const holder = useRef(null);
  const asked = useMemo(() => [...new Set(found.map(({ school }) => school).filter((school) => !ownSpot(school)).map(townOf))], [found]);
  const { known, error, setError } = useSpots(asked);
  const places = useMemo(() => (known ? placed(found, known) : NOWHERE), [found, known]);
  useDrawn(holder, places, scheme, showCard, setError);
  const without = known ? found.length - places.length : 0;
  if (error) return <Failed text={error} />;
  return (
    <>
      <p style={{ color: 'var(--mv-dim)', margin: '6px 0' }}>
        Numbers are those of the cards; one with + stands for several schools.{without > 0 && ` ${without} of ${found.length} have no place that is known and are not drawn.`}
      </p>
      <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${found.length - without} schools; the cards name their places`} />
      <Legend places={places} />
    </>
  );
}
