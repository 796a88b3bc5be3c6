// A view of Investigate as a case keeps it, and the way back to it. What was typed is kept as a text of the case; in the
// address stands a key to it, as when it is typed.
import { keep } from '../investigate/address.js';
import { NONE } from '../investigate/filters.jsx';
import { keepFilters } from '../investigate/use_filters.js';
import { app, viewPath } from '../place.js';

/** {address, asked, filters} of the page as it stands. */
export function viewNow(typed, filters) {
  const query = new URLSearchParams(window.location.search);
  const asked = query.has('q') ? typed : '';
  query.delete('q');
  return { address: `${query}` || 'v=results', asked, filters };
}

/** The address of a view as it was saved; its text and filters stay in this tab, which hands them on. */
export function addressOf({ address, asked, filters }) {
  const query = Object.fromEntries(new URLSearchParams(address));
  const key = asked ? keep(asked) : '';
  keepFilters(`${key} ${query.e || ''}`, { ...NONE, ...filters });
  return viewPath(app, 'investigate', { ...(key ? { q: key } : {}), ...query });
}
