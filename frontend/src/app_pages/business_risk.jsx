// Business risk: the trades, a map, and the work list of one trade with reasons; one business with every sign.
import React, { useCallback, useContext, useEffect, useState } from 'react';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import { InstitutionChoice, useCircumstances } from '../investigate/circumstances.jsx';
import { words } from '../investigate/use_investigation.js';
import { mountInView } from '../mount.jsx';
import DataTable from '../parts/data_table.jsx';
import Frame from '../parts/frame.jsx';
import { readable } from '../parts/palette.js';
import { SchemeContext } from '../parts/scheme.js';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import useAddressed from '../parts/use_addressed.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';
import Comparison from '../risk/comparison.jsx';
import ExportList from '../risk/export_list.jsx';
import Models from '../risk/models.jsx';
import OneScore from '../risk/one_score.jsx';
import RiskMap from '../risk/risk_map.jsx';
import Screening from '../risk/screening.jsx';
import State from '../risk/state.jsx';
import { NOTE, OUTCOMES, STATES, STATE_TITLES, share } from '../risk/words.js';

const ID = /^b_[0-9a-f]{16}$/;
const TRADE = /^[a-z]{1,20}$/;
/** The trade with most to look at first, of equals that with most to look at, then with most businesses. */
function mostToLookAt(sectors) {
  const order = [...sectors].sort((a, b) => b.look_first - a.look_first || b.look_at - a.look_at || b.businesses - a.businesses);
  return order[0].sector;
}
/** Filters that an address may hold: words of places, and ids. What is written in digits stays out of it. */
const PLACE_WORDS = /^\p{L}[\p{L} .'-]{0,39}$/u;
const STATE = new RegExp(`^(?:${STATES.join('|')})$`);
const MOST = 1000;
const Filters = styled.div`
  display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; margin: 10px 0;
  span { white-space: nowrap; }
  select { padding: 4px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
`;
const Reasons = styled.ul`margin: 0; padding-left: 16px;`;

function sectorWords({ title, businesses, look_first: first, signs, waits }) {
  const told = businesses ? `${businesses} scored, ${first} to look at first` : 'none scored';
  return `${title} (${told}; ${waits} of ${signs} signs wait for data)`;
}

function columns(onOpen, onCluster) {
  return [
    { id: 'score', title: 'Score', number: true, width: 70, cell: (row) => row.score, sort: (row) => row.score },
    { id: 'state', title: 'State', width: 110, cell: (row) => <State state={row.state} score={row.score} />, sort: (row) => STATES.indexOf(row.state) },
    { id: 'name', title: 'Business', cell: (row) => <Way href={viewPath(app, 'business_risk', { b: row.establishment_id })} onGo={() => onOpen(row.establishment_id)}>{(row.name ? (/^\+\d+$/.test(row.name) ? readable(`phone:${row.name}`) : row.name) : 'without a name')}</Way>, sort: (row) => row.name },
    { id: 'place', title: 'Place', cell: (row) => [row.address, row.city, row.region].filter(Boolean).join(', '), sort: (row) => `${row.region} ${row.city}` },
    {
      id: 'reasons', title: 'Reasons', width: '40%', cell: (row) => (row.reasons.length === 0 ? 'No sign holds.' : (
        <Reasons>{row.reasons.map((reason) => <li key={reason.id}>+{reason.points} {reason.statement}</li>)}</Reasons>
      )),
    },
    {
      id: 'cluster', title: 'Belongs together', width: 120, sort: (row) => row.cluster?.businesses || 0,
      cell: (row) => (row.cluster ? <button type="button" className="mv-link" onClick={() => onCluster(row.cluster.cluster)}>with {row.cluster.businesses - 1} more</button> : '–'),
    },
    { id: 'missing', title: 'Missing', number: true, width: 80, cell: (row) => share(row.missing), sort: (row) => row.missing },
    { id: 'outcome', title: 'Found out', width: 120, cell: (row) => OUTCOMES[row.outcome], sort: (row) => row.outcome },
  ];
}

function WorkList({ onOpen }) {
  const scheme = useContext(SchemeContext);
  const [trade, setTrade] = useAddressed('trade', TRADE);
  const [most, setMost] = useState('');
  const sector = trade || most;
  const [state, setState] = useAddressed('state', STATE);
  const [region, setRegion] = useAddressed('region', PLACE_WORDS);
  const [cluster, setCluster] = useAddressed('cluster', ID);
  const [place, setPlace] = useState(null);
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const load = useCallback(() => {
    setError('');
    setPlace(null);
    if (!sector) { // none was asked for: the counts of all say which is opened
      return operate('risk_scores', { limit: 1 }).then(({ sectors }) => setMost(mostToLookAt(sectors))).catch((problem) => setError(words(problem)));
    }
    return operate('risk_scores', { sector, state, region, cluster, limit: MOST }).then(setFound).catch((problem) => setError(words(problem)));
  }, [sector, state, region, cluster]);
  useEffect(() => { load(); }, [load]);
  const onPlace = useCallback((chosen) => setPlace(chosen || null), []);
  if (error) return <Failed text={error} onAgain={load} />;
  if (!found) return <Waiting what="Reading the scores" />;
  const chosen = found.sectors.find((each) => each.sector === sector);
  const rows = place ? place.rows : found.scores;
  return (
    <>
      <p role="note">{NOTE}</p>
      <Filters>
        <span>
          <label htmlFor="risk-sector">Trade </label>
          <select id="risk-sector" value={sector} onChange={(event) => { setTrade(event.target.value); setRegion('', true); setCluster('', true); }}>
            {found.sectors.map((each) => <option key={each.sector} value={each.sector}>{sectorWords(each)}</option>)}
          </select>
        </span>
        <span>
          <label htmlFor="risk-state">State </label>
          <select id="risk-state" value={state} onChange={(event) => setState(event.target.value)}>
            <option value="">all</option>
            {STATES.map((each) => <option key={each} value={each}>{STATE_TITLES[each] || each}</option>)}
          </select>
        </span>
        <span>
          <label htmlFor="risk-region">Region </label>
          <select id="risk-region" value={region} onChange={(event) => setRegion(event.target.value)}>
            <option value="">all</option>
            {found.regions.filter((each) => each.region).map((each) => (
              <option key={each.region} value={each.region}>{each.region}: {each.look_first} of {each.businesses} to look at first</option>
            ))}
          </select>
        </span>
      </Filters>
      {chosen && <p style={{ color: 'var(--mv-dim)' }}>Base rate: {chosen.base_rate} {chosen.labelled > 0 && `Of ${chosen.labelled} that your people looked into, ${chosen.confirmed} were confirmed.`}</p>}
      <Comparison key={`of ${sector}`} sector={sector} onCluster={setCluster} onRegion={setRegion} />
      {cluster && <p>Businesses that share a phone or an owner. <button type="button" className="mv-link" onClick={() => setCluster('')}>Show all businesses</button></p>}
      <Models key={sector} sector={sector} labelled={chosen?.labelled} />
      {found.scores.length === 0
        ? (
          <Nothing title="No business of this trade is scored" next={['Scores are made once a night, from records of your institution that are linked.', 'Choose another trade, state or region.']}>
            {chosen && chosen.waits === chosen.signs && <p>Every sign of this trade waits for data that no source gives yet: nothing is known, which is not the same as nothing to see.</p>}
          </Nothing>
        )
        : (
          <>
            <RiskMap rows={found.scores} scheme={scheme} onPlace={onPlace} />
            <ExportList asked={{ sector, state, region, cluster }} count={found.found} />
            {found.found > found.scores.length && <Partial>The {found.scores.length} highest of {found.found}: choose a region.</Partial>}
            {place && <p>{place.title}. <button type="button" className="mv-link" onClick={() => setPlace(null)}>Show all places</button></p>}
            <DataTable label="Work list" rows={rows} id={(row) => row.establishment_id} columns={columns(onOpen, setCluster)} onOpen={(row) => onOpen(row.establishment_id)} />
          </>
        )}
    </>
  );
}

function BusinessRisk() {
  useCircumstances();
  const [id, go] = useAddressed('b', ID);
  const [part, show] = useAddressed('part', /^screening$/);
  return (
    <Frame title={!id && part ? 'Screening gaps' : 'Business risk'} help={!id && part ? 'screening' : 'business_risk'}>
      <InstitutionChoice />
      <main>
        {id && <OneScore key={id} id={id} onBack={() => go('')} onOther={go} />}
        {!id && part && <Screening onBack={() => show('')} />}
        {!id && !part && (
          <>
            <p style={{ margin: 0 }}><button type="button" className="mv-link" onClick={() => show('screening')}>Screening gaps of a chain</button></p>
            <WorkList onOpen={go} />
          </>
        )}
      </main>
    </Frame>
  );
}

mountInView(<BusinessRisk />, 'minerva-business-risk');
