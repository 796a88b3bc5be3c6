// Movement: entities with records in several towns; one of them on the map, with its rounds and where it may be next.
import React, { useCallback, useContext, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { ENTITY_ID } from '../investigate/address.js';
import { InstitutionChoice, stated } from '../investigate/circumstances.jsx';
import { entityTitle } from '../investigate/entity_title.js';
import { words } from '../investigate/use_investigation.js';
import { mountInView } from '../mount.jsx';
import { movementOf, movers } from '../movement/asking.js';
import MovementMap, { spotKey } from '../movement/movement_map.jsx';
import { chanceWords, forecastWords } from '../movement/words.js';
import DataTable from '../parts/data_table.jsx';
import Frame from '../parts/frame.jsx';
import { SchemeContext } from '../parts/scheme.js';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { day, span } from '../parts/times.js';
import useAddressed from '../parts/use_addressed.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';

const NOTE = 'A lead, not a verdict: a next town is a share of chance and no prediction of a person. Plan nothing on it alone.';
const LIST = (onOpen) => [
  { id: 'about', title: 'Entity', cell: (row) => <Way href={viewPath(app, 'movement', { e: row.entity_id })} onGo={() => onOpen(row.entity_id)}>{entityTitle(row)}</Way>, sort: (row) => entityTitle(row) },
  { id: 'towns', title: 'Towns', number: true, width: 80, cell: (row) => row.towns, sort: (row) => row.towns },
  { id: 'where', title: 'Among them', cell: (row) => row.cities.slice(0, 4).join(', ') },
  { id: 'size', title: 'Records', number: true, width: 90, cell: (row) => row.size, sort: (row) => row.size },
  { id: 'time', title: 'From, to', width: 220, cell: (row) => span(row.first_time, row.last_time), sort: (row) => row.last_time },
];
const NEXT = (moves) => [
  { id: 'town', title: 'Town', cell: (row) => row.town, sort: (row) => row.town },
  { id: 'words', title: 'In words', cell: (row) => row.likelihood },
  { id: 'share', title: 'Chance, and its band', number: true, width: 160, cell: (row) => chanceWords(row, moves), sort: (row) => row.share },
  { id: 'why', title: 'Because', cell: (row) => row.why },
];
const ROUNDS = [
  { id: 'towns', title: 'Round', cell: (row) => row.towns.join(' → ') },
  { id: 'rounds', title: 'Times', number: true, width: 80, cell: (row) => row.rounds, sort: (row) => row.rounds },
  { id: 'days', title: 'Days, on average', number: true, width: 140, cell: (row) => row.days, sort: (row) => row.days },
];
const LEGS = (entity) => [
  { id: 'arrived', title: 'Arrived', width: 110, cell: (row) => (row.record ? <a href={viewPath(app, 'investigate', { e: entity, r: row.record })}>{day(row.arrived)}</a> : day(row.arrived)), sort: (row) => row.arrived },
  { id: 'from', title: 'From', cell: (row) => row.origin, sort: (row) => row.origin },
  { id: 'to', title: 'To', cell: (row) => row.target, sort: (row) => row.target },
  { id: 'days', title: 'Days', number: true, width: 80, cell: (row) => row.days, sort: (row) => row.days },
  { id: 'km', title: 'Kilometers', number: true, width: 100, cell: (row) => (row.km === null ? 'not known' : row.km), sort: (row) => row.km },
  { id: 'doubt', title: 'Doubt', cell: (row) => row.doubt, sort: (row) => row.doubt },
];

/** {found, error, again}: what a question gives, anew when it changes. */
function useFound(question) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const again = useCallback(() => {
    let alive = true;
    setError('');
    setFound(null);
    question().then((answer) => { if (alive) setFound(answer); }).catch((problem) => { if (alive) setError(words(problem)); });
    return () => { alive = false; };
  }, [question]);
  useEffect(() => again(), [again]);
  return { found, error, again };
}

const TENANT = /^[a-z][a-z0-9_]*$/; // it becomes part of a search
const moversOfChosen = () => movers(TENANT.test(stated().tenant_id) ? stated().tenant_id : '');

function Movers({ onOpen }) {
  const { found, error, again } = useFound(moversOfChosen);
  if (error) return <Failed text={error} onAgain={again} />;
  if (!found) return <Waiting what="Looking for entities in several towns" />;
  if (found.length === 0) return <Nothing title="No entity has records in three towns or more" next={['Of any entity, Investigate shows the map of its records.']} />;
  return (
    <>
      <p>Choose an entity to see where its records were, in order of time.</p>
      <DataTable label="Entities in several towns" rows={found} id={(row) => row.entity_id} columns={LIST(onOpen)} onOpen={(row) => onOpen(row.entity_id)} />
    </>
  );
}

function Movement({ entity, onBack }) {
  const scheme = useContext(SchemeContext);
  const question = useCallback(() => movementOf(entity), [entity]);
  const { found, error, again } = useFound(question);
  const [town, setTown] = useState('');
  if (error) return <Failed text={error} onAgain={again} />;
  if (!found) return <Waiting what="Reading the records of the entity" />;
  const chosen = found.visits.find(({ spot }) => spot && spotKey(spot) === town)?.town;
  const legs = [...found.legs].reverse().filter((leg) => !chosen || leg.origin === chosen || leg.target === chosen);
  return (
    <>
      <p style={{ display: 'flex', gap: 14, alignItems: 'center' }}>
        <Button appearance="subtle" label="All entities" onClick={onBack} />
        <a href={viewPath(app, 'investigate', { e: entity })}>Open the entity in Investigate</a>
      </p>
      <p role="note">{NOTE}</p>
      <div data-test="forecast">{forecastWords(found).map((line) => <p key={line}>{line}</p>)}</div>
      {found.unread > 0 && (
        <p role="alert">
          This route is not whole: {found.unread.toLocaleString('en')} of its {found.size.toLocaleString('en')} records were not read. A search reads
          10,000 of them at most, and none that is not signed or has left the index.
        </p>
      )}
      {found.leftOut > 0 && <p>{found.leftOut} of its records name no town or no time and are left out.</p>}
      {found.visits.length > 0 && <MovementMap movement={found} scheme={scheme} onTown={setTown} />}
      <h3 style={{ margin: '12px 0 6px' }}>Where it may be next</h3>
      <DataTable label="Where it may be next" rows={found.next} id={(row) => row.town} columns={NEXT(found.steps)} none="No town can be named." />
      <h3 style={{ margin: '12px 0 6px' }}>Rounds made twice or more</h3>
      <DataTable label="Rounds" rows={found.circuits} id={(row) => row.towns.join('|')} columns={ROUNDS} none="No round of three towns was made twice." />
      <h3 style={{ margin: '12px 0 6px' }}>From town to town, newest first{chosen && `, from or to ${chosen}`}</h3>
      {chosen && <p><button type="button" className="mv-link" onClick={() => setTown('')}>Show all legs</button></p>}
      <DataTable label="Legs" rows={legs.map((leg, at) => ({ ...leg, at }))} id={(row) => row.at} columns={LEGS(entity)} none="No movement: records of one town, or of none." />
    </>
  );
}

function MovementPage() {
  const [entity, go] = useAddressed('e', ENTITY_ID);
  return (
    <Frame title="Movement" help="movement">
      <InstitutionChoice />
      <main>{entity ? <Movement key={entity} entity={entity} onBack={() => go('')} /> : <Movers onOpen={go} />}</main>
    </Frame>
  );
}

mountInView(<MovementPage />, 'minerva-movement');
