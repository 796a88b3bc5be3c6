// Old addresses of the pages Entity and Identifier search: both are part of Investigate, and lead there.
import { takeOver } from '../address.js';
import { ENTITY_ID, keep } from '../investigate/address.js';
import { app, viewPath } from '../place.js';

/** What the old page was opened for, by `form.<name>` or `<name>`: from its address, or handed over in this tab. */
function given(values, name) {
  return values[`form.${name}`] || values[name] || '';
}

const values = { ...Object.fromEntries(new URLSearchParams(window.location.search)), ...takeOver() };
const entity = given(values, 'entity_id');
const identifier = given(values, 'identifier');
const query = {
  ...(ENTITY_ID.test(entity) ? { e: entity, v: 'results' } : {}),
  ...(identifier ? { q: keep(identifier) } : {}), // never into the address
};
window.location.replace(viewPath(app, 'investigate', query));
