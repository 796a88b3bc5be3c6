// What the page of movement asks: searches of the app's own macros, over all time. No text of a user stands in one.
import { searched } from '../rest.js';

const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []);
const number = (value) => (value === undefined || value === null || value === '' ? null : Number(value));

/** Entities with records in three towns or more, of one institution where one is chosen: [{entity_id, names, cities, identifiers, towns, size, first_time, last_time}]. */
export async function movers(tenant) {
  const found = await searched(tenant ? `| \`minerva_movers(${tenant})\`` : '| `minerva_movers`');
  return found.map((row) => ({
    ...row, names: listed(row.names), cities: listed(row.cities), identifiers: listed(row.identifiers),
    towns: Number(row.towns), size: Number(row.size), first_time: number(row.first_time), last_time: number(row.last_time),
  }));
}

function spot(row, before = '') {
  const [latitude, longitude] = [number(row[`${before}latitude`]), number(row[`${before}longitude`])];
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

const seconds = (text) => Date.parse(text) / 1000 || 0;

function leg(row) {
  return {
    origin: row.origin, target: row.target, from: spot(row, 'origin_'), to: spot(row, 'target_'), arrived: seconds(row.arrived),
    days: Number(row.days), km: number(row.km), doubt: row.doubt || '', record: listed(row.record_ids)[1],
  };
}

function circuit(row) {
  const points = listed(row.points).map((text) => {
    const [latitude, longitude] = text.split(',').map(Number);
    return { latitude, longitude };
  });
  return { towns: listed(row.towns), points, rounds: Number(row.rounds), days: Number(row.days) };
}

function next(row) {
  return {
    town: row.town, spot: spot(row), share: Number(row.share), band: { low: Number(row.share_low), high: Number(row.share_high) }, likelihood: row.likelihood, elsewhere: Number(row.elsewhere), after: row.after,
    why: row.why, days: number(row.days), low: number(row.days_low), high: number(row.days_high),
  };
}

/** {visits, legs, circuits, next, why, steps, leftOut, size, unread} of an entity; `why` where no next town is named, `unread` how
    many of its records (`size`) the search did not give. */
export async function movementOf(entityId) {
  const found = await searched(`search \`minerva_movement(${entityId})\``);
  const of = (part) => found.filter((row) => row.part === part);
  const [first] = of('next');
  const visits = of('visits').map((row) => ({ town: row.town, spot: spot(row), several: ['1', 'True', 'true'].includes(String(row.several)), first: seconds(row.first), last: seconds(row.last), records: Number(row.records) }));
  const leftOut = Number(first?.left_out || 0);
  const size = Number(of('entity')[0]?.size || 0);
  const read = visits.reduce((sum, { records }) => sum + records, leftOut);
  return {
    visits, leftOut, size, unread: Math.max(0, size - read),
    legs: of('legs').map(leg), circuits: of('circuits').map(circuit), next: of('next').filter((row) => row.town).map(next),
    why: first?.town ? '' : first?.why || '', steps: Number(first?.steps || 0),
  };
}
