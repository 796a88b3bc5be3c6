// A view of Investigate as a case keeps it, and the way back to it. What was typed is kept as a text of the case; in the
// address stands a key to it, as when it is typed.
import { keep } from '../investigate/address.js';
import { filterParams, keepFilters, NONE, scopeOf, withoutFilters } from '../investigate/use_filters.js';
import { app, viewPath } from '../place.js';

/** {address, asked, filters} of the page as it stands. */
export function viewNow(typed, filters) {
  const query = withoutFilters(new URLSearchParams(window.location.search));
  const asked = query.has('q') ? typed : '';
  query.delete('q');
  return { address: `${query}` || 'v=results', asked, filters };
}

/** The address of a view as it was saved; its text and filters stay in this tab, which hands them on. */
export function addressOf({ address, asked, filters }) {
  const query = new URLSearchParams(address);
  const key = asked ? keep(asked) : '';
  if (key) query.set('q', key);
  const kept = { ...NONE, ...filters };
  keepFilters(scopeOf({ key, entity: query.get('e') || '', news: query.get('n') || '' }), kept);
  filterParams(kept).forEach(([name, value]) => query.append(name, value));
  return `${viewPath(app, 'investigate')}?${query}`;
}
