// How an entity is called: its name, else its strongest identifier in words. Never its id.
import { kindOf, parted, readable } from '../parts/palette.js';

const ORDER = ['phone', 'email', 'username', 'url', 'domain'];
const CALL_NOBODY = new Set(['image', 'image_crop', 'image_frame', 'sketch', 'geo', 'style', 'differs']);
const calls = (identifier) => Boolean(identifier) && !CALL_NOBODY.has(parted(identifier).kind);

function rank(identifier) {
  const place = ORDER.indexOf(parted(identifier).kind);
  return place < 0 ? ORDER.length : place;
}

/** The identifier that most joins share: one that many entities hold joins none of them, and would call all the same. */
function mostJoined(joins) {
  const counts = new Map();
  joins.forEach(({ identifier }) => calls(identifier) && counts.set(identifier, (counts.get(identifier) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

/** Title of an entity's row or document. */
export function entityTitle({ names = [], identifiers = [], record_types: types = {}, best = '', joins = [] }) {
  if (names.length > 0) return names[0];
  const name = (calls(best) && best) || mostJoined(joins) || identifiers.filter(calls).sort((a, b) => rank(a) - rank(b))[0];
  if (name) return readable(name);
  const [type] = Object.keys(types);
  return type ? `Unnamed ${type.replaceAll('_', ' ')}` : 'Unnamed';
}

/** `phone 15, e-mail 5`. */
export function kindCounts(kinds = {}) {
  return Object.entries(kinds).sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kindOf(kind).title.toLowerCase()} ${count}`).join(', ');
}

/** `3 records of 2 sources`. */
export function sizeWords(size, sources = {}) {
  const count = Object.keys(sources).length;
  return `${size.toLocaleString('en')} record${size === 1 ? '' : 's'} of ${count} source${count === 1 ? '' : 's'}`;
}
