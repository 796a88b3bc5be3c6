// What the circles of a map mean: one line for each class of precision that is drawn, with how many places it has.
import React from 'react';

const MEANINGS = {
  point: 'exact place: coordinates that the source states',
  postcode: 'postcode: the middle of its area',
  town: 'town: the circle is around its center, no address',
  region: 'region: its middle, no town is known',
  country: 'country: the middle of its towns',
};

/** places: [{precision}] as drawn. */
export default function Legend({ places }) {
  const classes = Object.keys(MEANINGS).map((name) => [name, places.filter(({ precision }) => precision === name).length]).filter(([, count]) => count);
  return (
    <ul aria-label="What the circles mean" data-test="map-legend" style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 18px', margin: '6px 0', padding: 0, listStyle: 'none', color: 'var(--mv-dim)', fontSize: 13 }}>
      {classes.map(([name, count]) => (
        <li key={name} style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
          <svg width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r={{ point: 3, postcode: 5, town: 7 }[name] || 9} fill="var(--mv-accent)" fillOpacity={name === 'point' ? 1 : 0.35} stroke="var(--mv-accent)" /></svg>
          {MEANINGS[name]} ({count})
        </li>
      ))}
    </ul>
  );
}
