// Where the schools that were found lie: a dot each, as precise as its row is; those without a place are counted.
import React, { useContext, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import { useDrawn } from '../investigate/map/use_map.js';
import { SchemeContext } from '../parts/scheme.js';
import { Failed } from '../parts/states.jsx';

const Holder = styled.div`height: 420px; max-width: 1000px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;

/** Spots in the order of the schools: its own coordinates, else its town or county, else null. */
async function spotsOf(schools) {
  const asked = schools.map(({ latitude, longitude, place = '', county = '', country = '' }) => (
    latitude !== undefined && longitude !== undefined ? null : { city: place, region: county, postcode: '', country }
  ));
  const unknown = asked.filter(Boolean);
  const { places } = unknown.length ? await operate('places', { places: unknown }) : { places: [] };
  let next = 0;
  return schools.map((school, at) => {
    if (asked[at] === null) return { latitude: school.latitude, longitude: school.longitude, precision: 'point' };
    next += 1;
    return places[next - 1];
  });
}

const NOWHERE = [];

function showCard(id) {
  document.getElementById(`school-${id}`)?.scrollIntoView({ behavior: 'smooth' });
}

export default function SchoolMap({ found }) {
  const scheme = useContext(SchemeContext);
  const holder = useRef(null);
  const [places, setPlaces] = useState(null);
  const [error, setError] = useState('');
  useEffect(() => {
    let alive = true;
    setError('');
    spotsOf(found.map(({ school }) => school)).then((spots) => {
      // The likeliest is drawn last, above the others.
      const known = spots.map((spot, at) => spot && {
        id: found[at].school.school_id, longitude: spot.longitude, latitude: spot.latitude, count: at + 1,
        title: `${at + 1}. ${found[at].school.name}`, radius: spot.precision === 'point' ? 6 : 20, size: 26,
      }).filter(Boolean).reverse();
      if (alive) setPlaces(known);
    }).catch((problem) => { if (alive) setError(words(problem)); });
    return () => { alive = false; };
  }, [found]);
  useDrawn(holder, places || NOWHERE, scheme, showCard, setError);
  const without = places ? found.length - places.length : 0;
  if (error) return <Failed text={error} />;
  return (
    <>
      <p style={{ color: 'var(--mv-dim)', margin: '6px 0' }}>
        Numbers are those of the cards.{without > 0 && ` ${without} of ${found.length} have no place that is known and are not drawn.`}
      </p>
      <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${found.length - without} schools; the cards name their places`} />
    </>
  );
}
