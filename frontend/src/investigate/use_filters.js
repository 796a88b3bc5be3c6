// Filters of what is shown, for each question and entity: days, kinds, sources, institutions and markings stand in the
// address, which a reload, "back" and a bookmark bring again. A place is as a record writes it, so that it may hold
// anything: it stays in this tab, as do names that have no form of an id.
import '../tab_owner.js';
import { useCallback, useEffect, useState } from 'react';

export const NONE = { since: '', until: '', record_type: [], source: [], city: [], tenant_id: [], marking: [] };
const KEPT = 'minerva filters ';
const MOST_KEPT = 40;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;
/** By what names an address holds filters, and in what form. */
const ADDRESSED = {
  since: { name: 'fs', form: DAY }, until: { name: 'fu', form: DAY }, record_type: { name: 'ft', form: NAME },
  source: { name: 'fo', form: NAME }, tenant_id: { name: 'fi', form: NAME }, marking: { name: 'fm', form: /^L[0-6]$/ },
};
/** Says in an address that there are filters which the tab alone knows. */
const OF_TAB = 'fk';

const isActive = (filters) => JSON.stringify(filters) !== JSON.stringify(NONE);
const valuesOf = (filters, key) => [].concat(filters[key]).filter(Boolean);

/** What filters of one question or entity are kept under: opaque keys. */
export function scopeOf({ key = '', entity = '', news = '' }) {
  return `${key} ${entity} ${entity ? '' : news}`;
}

export function readFilters(scope) {
  try {
    return { ...NONE, ...JSON.parse(window.sessionStorage.getItem(KEPT + scope)) };
  } catch {
    return NONE;
  }
}

/** Keeps filters for a scope, also for one that is opened next. */
export function keepFilters(scope, filters) {
  const kept = Object.keys(window.sessionStorage).filter((name) => name.startsWith(KEPT));
  kept.slice(0, Math.max(0, kept.length - MOST_KEPT)).forEach((name) => window.sessionStorage.removeItem(name));
  if (isActive(filters)) window.sessionStorage.setItem(KEPT + scope, JSON.stringify(filters));
  else window.sessionStorage.removeItem(KEPT + scope);
}

/** [name, value] of each filter that an address may hold. */
export function filterParams(filters) {
  const pairs = Object.entries(ADDRESSED).flatMap(([key, { name, form }]) => valuesOf(filters, key).filter((value) => form.test(value)).map((value) => [name, value]));
  const all = Object.keys(NONE).reduce((sum, key) => sum + valuesOf(filters, key).length, 0);
  return pairs.length < all ? [...pairs, [OF_TAB, '1']] : pairs;
}

/** Takes every filter out of a query of an address. */
export function withoutFilters(query) {
  [...Object.values(ADDRESSED).map(({ name }) => name), OF_TAB].forEach((name) => query.delete(name));
  return query;
}

/** Keeps for the scope of the address what the address says; what the tab alone knows stays where the address says so. */
function takeAddress() {
  const query = new URLSearchParams(window.location.search);
  const scope = scopeOf({ key: query.get('q') || '', entity: query.get('e') || '', news: query.get('n') || '' });
  const known = query.has(OF_TAB) ? readFilters(scope) : NONE;
  const said = Object.entries(ADDRESSED).map(([key, { name, form }]) => {
    const values = query.getAll(name).filter((value) => form.test(value));
    if (!Array.isArray(NONE[key])) return [key, values[0] || ''];
    return [key, [...new Set([...values, ...known[key].filter((value) => !form.test(value))])]];
  });
  keepFilters(scope, { ...known, ...Object.fromEntries(said) });
}

/** Writes filters into the address; isPassing makes no step of the history. */
function writeFilters(filters, isPassing) {
  const query = withoutFilters(new URLSearchParams(window.location.search));
  filterParams(filters).forEach(([name, value]) => query.append(name, value));
  window.history[isPassing ? 'replaceState' : 'pushState']({}, '', `${window.location.pathname}?${query}`);
}

/** [filters, setFilters] of a scope: setFilters(filters, way), way one of step, passing and unwritten. */
export default function useFilters(scope) {
  const [held, setHeld] = useState(() => {
    takeAddress();
    return { scope, filters: readFilters(scope) };
  });
  useEffect(() => { setHeld((before) => (before.scope === scope ? before : { scope, filters: readFilters(scope) })); }, [scope]);
  useEffect(() => {
    const follow = () => {
      takeAddress();
      setHeld((before) => ({ scope: before.scope, filters: readFilters(before.scope) }));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const change = useCallback((filters, way = 'step') => {
    keepFilters(scope, filters);
    setHeld({ scope, filters });
    if (way !== 'unwritten') writeFilters(filters, way === 'passing');
  }, [scope]);
  return [held.scope === scope ? held.filters : readFilters(scope), change];
}
