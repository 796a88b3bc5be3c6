// A trade as a whole: regions and years side by side, and premises that share a phone or an owner.
import React, { useCallback, useEffect, useState } from 'react';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import { Failed, Waiting } from '../parts/states.jsx';
import { share } from './words.js';

const REGIONS = (onRegion) => [
  { id: 'region', title: 'Region', cell: (row) => (row.region ? <button type="button" className="mv-link" title="Show the work list of this region" onClick={() => onRegion(row.region)}>{row.region}</button> : 'not told'), sort: (row) => row.region },
  { id: 'businesses', title: 'Businesses', number: true, cell: (row) => row.businesses, sort: (row) => row.businesses },
  { id: 'look_first', title: 'To look at first', number: true, cell: (row) => row.look_first, sort: (row) => row.look_first },
  { id: 'share', title: 'Share, and its band', number: true, cell: (row) => `${share(row.share)} (${share(row.low)} to ${share(row.high)})`, sort: (row) => row.share },
  { id: 'missing', title: 'Missing', number: true, cell: (row) => share(row.missing), sort: (row) => row.missing },
  { id: 'few', title: 'Doubt', cell: (row) => (row.few ? 'too few to compare' : ''), sort: (row) => row.few },
];
const YEARS = [
  { id: 'year', title: 'Year', cell: (row) => row.year, sort: (row) => row.year },
  { id: 'region', title: 'Region', cell: (row) => row.region || 'not told', sort: (row) => row.region },
  ...[['began', 'Licenses issued'], ['ended', 'Ended'], ['closed', 'of them by an authority'], ['renamed', 'Renamed'], ['cases', 'Cases']]
    .map(([id, title]) => ({ id, title, number: true, cell: (row) => row[id], sort: (row) => row[id] })),
];
const CLUSTERS = (onCluster) => [
  { id: 'businesses', title: 'Businesses', cell: (row) => <button type="button" className="mv-link" onClick={() => onCluster(row.cluster)}>{row.businesses} at {row.places} places</button>, sort: (row) => row.businesses },
  { id: 'look_first', title: 'To look at first', number: true, cell: (row) => row.look_first, sort: (row) => row.look_first },
  { id: 'score', title: 'Highest score', number: true, cell: (row) => row.score, sort: (row) => row.score },
  { id: 'by', title: 'They share', cell: (row) => row.by.map((kind) => (kind === 'owner' ? 'an owner’s name' : `a ${kind}`)).join(', ') },
  { id: 'regions', title: 'Regions', cell: (row) => row.regions.join(', ') },
];

export default function Comparison({ sector, onCluster, onRegion }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const [isOpen, setOpen] = useState(false);
  const load = useCallback(() => {
    setError('');
    return operate('risk_compare', { sector }).then(setFound).catch((problem) => setError(words(problem)));
  }, [sector]);
  useEffect(() => { if (isOpen) load(); }, [isOpen, load]);
  return (
    <details style={{ margin: '6px 0 12px' }} data-test="comparison" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Compare regions and years, and premises that belong together</summary>
      {error && <Failed text={error} onAgain={load} />}
      {isOpen && !found && !error && <Waiting what="Comparing" />}
      {found && (
        <>
          <p role="note">Data follow attention: a region that inspects more finds more. Compare what is missing, too; a difference within the bands is none.</p>
          <h3>Regions</h3>
          <DataTable label="Regions" rows={found.regions} id={(row) => row.region} columns={REGIONS(onRegion)} none="No business of this trade is scored." />
          <h3 style={{ marginTop: 12 }}>Years, as registers tell them</h3>
          <DataTable label="Years" rows={found.years} id={(row) => `${row.year} ${row.region}`} columns={YEARS} perPage={10} none="No record tells a year." />
          <h3 style={{ marginTop: 12 }}>Premises that belong together</h3>
          <p>They share a phone, another contact or an owner’s name. It changes no score: two people may bear one name, and a number may have been passed on.</p>
          <DataTable label="Clusters" rows={found.clusters} id={(row) => row.cluster} columns={CLUSTERS(onCluster)} perPage={10} none="No premises of this trade share a phone or an owner." />
        </>
      )}
    </details>
  );
}
