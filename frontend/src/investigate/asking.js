// What the page asks of the app's handlers. What people type stands in bodies alone, never in an address or a search.
import { KINDS, parted } from '../parts/palette.js';
import { post, searched } from '../rest.js';

const ENTITIES = 'minerva/app/v1/entities';
const TEXT = 'minerva/app/v1/text';
/** Confidence is how often finds of a way were right. Below this 28 of 87 counted finds were wrong, from here to .86 3 of 81: to leave out
    more would lose a right find for each wrong one many times over (docs/identifiers.md, Evidence and confidence). */
const DOUBTFUL = 0.7;
const SHORT = 300;
const ENTITY_ID = /^e_[0-9a-f]{16}$/;
const RECORD_ID = /^[0-9a-f]{32}$/;
const PER_SEARCH = 400;
const TRUSTED = 'signed by Minerva';
const OLD_WAY = 'signed the old way';
let stated = {};
let known = Promise.resolve();

/** What goes with everything that is asked from now on: {purpose?, case?, legal_basis?, tenant_id?}. */
export function state(circumstances) {
  stated = circumstances;
}

/** What is asked waits for a promise: until a new tab has heard what the others state. */
export function waitFor(promise) {
  known = promise;
}

/** The handler's answer to one operation. */
export async function operate(operation, body = {}) {
  await known;
  return post(`${ENTITIES}/${operation}`, { ...stated, ...body });
}

/** null where the handler says that there is none for this user. */
async function orNone(asked) {
  try {
    return await asked;
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

/**
 * What a typed or pasted text means: {entities, records, identifiers}, identifiers as [{identifier, why, doubtful}].
 * A text that is an id stands for itself; a short one is also read as a value typed by somebody of this institution.
 */
export async function understand(text) {
  const words = text.trim().split(/[\s,;]+/);
  const entities = words.filter((word) => ENTITY_ID.test(word));
  const records = words.filter((word) => RECORD_ID.test(word));
  if (entities.length + records.length === words.length) return { entities, records, identifiers: [] };
  const short = text.trim().length <= SHORT && !text.trim().includes('\n');
  const [read, typed] = await Promise.all([
    post(TEXT, { text }),
    short ? orNone(operate('reading', { text: text.trim() })) : null,
  ]);
  const found = new Map();
  (typed?.readings || []).forEach(({ identifier, how }) => found.set(identifier, { identifier, why: how, doubtful: false }));
  read.identifiers.forEach(({ identifier, why, confidence, raw }) => {
    if (!found.has(identifier)) {
      found.set(identifier, { identifier, why: `${why} Written as “${raw}”.`, doubtful: confidence < DOUBTFUL });
    }
  });
  const isIdentifier = words.length === 1 && KINDS[parted(words[0]).kind] && parted(words[0]).value;
  if (found.size === 0 && isIdentifier) { // the look-up says what is wrong with it
    found.set(words[0], { identifier: words[0], why: 'As a program writes it.', doubtful: false });
  }
  return { entities, records, identifiers: [...found.values()] };
}

/** What was written by people of this institution, read for identifiers: [{identifier, raw}]; doubtful ones are left out. */
export async function readTexts(text) {
  const { identifiers } = await post(TEXT, { text });
  return identifiers.filter(({ confidence }) => confidence >= DOUBTFUL);
}

/**
 * Entities that hold any of the identifiers, records or ids: {cards: [{...row, matched}], asked, leftOut, linkedUntil}; most
 * matches first. linkedUntil: when the newest record was stored that linking has read.
 */
export async function lookUp({ entities = [], records = [], identifiers = [], names = '' }) {
  const { entities: rows, asked, left_out: leftOut, linked_until: linkedUntil } = await operate('investigate', {
    entity_ids: entities, record_ids: records, identifiers, ...(names ? { names } : {}),
  });
  return { cards: rows, asked, leftOut, linkedUntil };
}

const MOST_COUNTED = 300;

/** Identifier -> how many entities hold it, of the first 300; empty where the user may not ask. */
export async function heldBy(identifiers) {
  if (identifiers.length === 0) return new Map();
  const found = await operate('investigate', { identifiers: identifiers.slice(0, MOST_COUNTED), only: 'asked' }).catch(() => ({ asked: [] }));
  return new Map(found.asked.map(({ value, entities }) => [value, entities]));
}

/** The whole document of an entity and the judgements on its records; null where there is none for this user. */
export async function wholeEntity(entityId) {
  const found = await orNone(operate('resolve', { entity_id: entityId, limit: 1 }));
  if (!found) return null;
  const document = found.entities[0];
  // Times stand once for each record, in the order of their ids.
  const times = new Map([...document.records].sort().map((id, place) => [id, document.record_times?.[place] || 0]));
  const joins = (document.joins || []).map((join) => ({ ...join, time: Math.max(times.get(join.a) || 0, times.get(join.b) || 0) }));
  return { ...document, joins, judgements: found.judgements };
}

/** Nodes and edges around an entity. */
export function surroundings(entityId, { depth = 1, limit = 300, kinds = [] } = {}) {
  return operate('neighborhood', { entity_id: entityId, depth, limit, kinds });
}

/**
 * Records by id, as the user may read them: [{record_id, time, read, source, index, trusted, others, ...the record's own keys}].
 * `read`: when it was stored; `trusted`: Minerva's own inputs signed it; `partly`: they signed it before texts were covered;
 * `others` counts events of other content under the same id.
 */
export async function readRecords(ids) {
  const wanted = [...new Set(ids)];
  const rows = [];
  for (let at = 0; at < wanted.length; at += PER_SEARCH) {
    const list = wanted.slice(at, at + PER_SEARCH).map((id) => `"${id}"`).join(', ');
    // eslint-disable-next-line no-await-in-loop
    rows.push(...await searched(`search \`minerva_records\` minerva_record_id IN (${list}) | minervatrust | fields _time _indextime _raw source index trust`));
  }
  const found = new Map();
  rows.map(recordOf).filter(Boolean).sort((a, b) => rank(b) - rank(a)).forEach((record) => {
    const held = found.get(record.record_id);
    if (!held) found.set(record.record_id, record);
    else if (held.raw !== record.raw) held.others += 1;
  });
  return [...found.values()].sort((a, b) => b.time - a.time);
}

const rank = (record) => (record.trusted ? 2 : Number(record.partly));

function recordOf(row) {
  try {
    const { key, ...rest } = JSON.parse(row._raw);
    // What the source says; the time of an event is, of a register's row, when it was read.
    const seconds = Date.parse(rest.observed_time) / 1000 || Date.parse(row._time) / 1000 || Number(row._time) || 0;
    return { ...key, ...rest, time: seconds, read: Number(row._indextime) || 0, source: row.source, index: row.index, raw: row._raw, trusted: row.trust === TRUSTED, partly: String(row.trust).startsWith(OLD_WAY), others: 0 };
  } catch {
    return null; // a record that is no JSON is counted as not given
  }
}
