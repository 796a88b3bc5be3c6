// Records on a map: one dot for each place, as precise as the data is and no more; records without a place are counted.
import React, { useMemo, useRef, useState } from 'react';
import styled from 'styled-components';
import DataTable from '../../parts/data_table.jsx';
import { Failed, Nothing, Partial, Waiting } from '../../parts/states.jsx';
import WatchButton from '../../watching/watch_button.jsx';
import { areaWords } from '../../watching/words.js';
import Records from '../records.jsx';
import Legend from './legend.jsx';
import { byPlace, keyOf, useDrawn, useSpots } from './use_map.js';

const Holder = styled.div`height: 460px; border: 1px solid var(--mv-line); border-radius: 6px; overflow: hidden; background: var(--mv-soft);`;
const RADIUS = { point: 6, postcode: 14, town: 22, region: 40, country: 60 };
const PRECISION = { point: 'exact place', postcode: 'postcode', town: 'town', region: 'region', country: 'country' };
const MOST = 2000;
const NOWHERE = [];

/** The spot of a record that states its own coordinates (`geo` is "latitude,longitude"), else null. */
function ownSpot({ geo = '', name, address, city }) {
  const [latitude, longitude] = geo.split(',').map(Number);
  if (!geo || Number.isNaN(latitude) || Number.isNaN(longitude)) return null;
  return { latitude, longitude, precision: 'point', label: name || address || city || geo };
}

function newWords(rows) {
  const count = rows.filter(({ isNew }) => isNew).length;
  return count ? `, ${count} of them new` : '';
}

/** {places, without}: places with their records, and how many records have none. */
function placed(rows, known) {
  const { places, without } = byPlace(rows, (row) => ownSpot(row) || known.get(keyOf(row)));
  return {
    without,
    places: places.map((place) => ({
      ...place, count: place.rows.length, radius: RADIUS[place.precision] || 6,
      isNew: place.rows.some((row) => row.isNew),
      title: `${place.label}: ${place.rows.length} record${place.rows.length === 1 ? '' : 's'}${newWords(place.rows)} (${PRECISION[place.precision]})`,
    })),
  };
}

/** What can be watched at a place: its towns and postcodes as its records write them, and a circle around it. */
function areasOf({ rows, latitude, longitude, label, precision }) {
  const towns = new Map();
  const postcodes = new Set();
  rows.forEach(({ city = '', region = '', postcode = '' }) => {
    if (city) towns.set(`${city} ${region}`, { form: 'town', city, region });
    if (postcode) postcodes.add(postcode);
  });
  return [
    ...[...towns.values()].slice(0, 5).map((area) => ({ label: `The town ${areaWords(area)}`, body: { area } })),
    ...(['region', 'country'].includes(precision) ? [] : [{ label: `A circle around ${label}`, body: { area: { form: 'circle', latitude, longitude, label: label.slice(0, 100) } } }]),
    ...[...postcodes].sort().slice(0, 30).map((postcode) => ({ label: `Postcode ${postcode}`, body: { area: { form: 'postcode', postcode } } })),
  ];
}

const COLUMNS = [
  { id: 'place', title: 'Place', cell: (row) => row.label, sort: (row) => row.label },
  { id: 'precision', title: 'Known to the', cell: (row) => PRECISION[row.precision], sort: (row) => row.precision },
  { id: 'records', title: 'Records', number: true, cell: (row) => row.count, sort: (row) => row.count },
];

export default function MapView({ rows, scheme, chosen, onSelect }) {
  const holder = useRef(null);
  const [open, setOpen] = useState('');
  const [asTable, setAsTable] = useState(false);
  const asked = useMemo(() => [...new Set(rows.filter((row) => !ownSpot(row)).map(keyOf))].filter((key) => key !== keyOf({})).slice(0, MOST), [rows]);
  const { known, error, setError, again } = useSpots(asked);
  const { places, without } = useMemo(() => (known ? placed(rows, known) : { places: NOWHERE, without: 0 }), [rows, known]);
  useDrawn(holder, asTable ? NOWHERE : places, scheme, setOpen, setError);

  if (error) return <Failed text={error} onAgain={again} />;
  if (!known) return <Waiting what="Looking the places up" />;
  if (places.length === 0) {
    return (
      <Nothing title="No record with a place that is known">
        <p>Known are coordinates that a source states, postcodes of the USA and of parts of the United Kingdom, towns (outside the USA and the United Kingdom of 15,000 people and more), and some regions; a name that several towns bear is left out. The list of records shows what they say of their place.</p>
      </Nothing>
    );
  }
  const place = places.find(({ id }) => id === open);
  return (
    <>
      <p style={{ display: 'flex', gap: 16, color: 'var(--mv-dim)' }}>
        <span>A record without coordinates lies where its postcode, town or region does.{without > 0 && ` ${without} of ${rows.length} records have no place that is known and are not drawn.`}</span>
        <button type="button" className="mv-link" style={{ marginLeft: 'auto', whiteSpace: 'nowrap' }} onClick={() => setAsTable(!asTable)}>{asTable ? 'Show as map' : 'Show as table'}</button>
      </p>
      {asked.length === MOST && <Partial>More than {MOST} different places: the first ones are drawn. Use the filters.</Partial>}
      {asTable
        ? <DataTable label="Places" columns={COLUMNS} rows={places} id={({ id }) => id} chosen={open} onOpen={({ id }) => setOpen(id)} />
        : <Holder ref={holder} data-test="map" role="group" aria-label={`Map of ${places.length} places; the table shows the same`} />}
      {!asTable && <Legend places={places} />}
      {place && (
        <>
          <h3 style={{ margin: '12px 0 6px' }}>{place.label}</h3>
          {areasOf(place).length > 0 && <WatchButton key={place.id} label="Watch this area" targets={areasOf(place)} />}
          <Records rows={place.rows} chosen={chosen} onSelect={onSelect} />
        </>
      )}
    </>
  );
}
