// Filters of what is shown, kept in this tab for each question and entity: a reload and "back" bring them again.
import '../tab_owner.js';
import { useCallback, useEffect, useState } from 'react';
import { NONE } from './filters.jsx';

const KEPT = 'minerva filters ';
const MOST_KEPT = 40;

function read(scope) {
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
  if (JSON.stringify(filters) === JSON.stringify(NONE)) window.sessionStorage.removeItem(KEPT + scope);
  else window.sessionStorage.setItem(KEPT + scope, JSON.stringify(filters));
}

/** [filters, setFilters] of a scope: opaque keys of the question and the entity. */
export default function useFilters(scope) {
  const [held, setHeld] = useState(() => ({ scope, filters: read(scope) }));
  useEffect(() => { setHeld((before) => (before.scope === scope ? before : { scope, filters: read(scope) })); }, [scope]);
  const change = useCallback((filters) => {
    keepFilters(scope, filters);
    setHeld({ scope, filters });
  }, [scope]);
  return [held.scope === scope ? held.filters : read(scope), change];
}
