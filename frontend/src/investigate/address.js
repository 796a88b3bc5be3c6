// What the page's address holds: opaque ids, the view and a key to what was typed, which stays in this tab's storage.
// A bookmark of an entity works everywhere; a bookmark of a typed text works in the tab that typed it.
import '../tab_owner.js';
import { app, viewPath } from '../place.js';
import { SPANS } from './news.js';
import { answerTabs, askTabs } from './other_tabs.js';
import { filterParams, readFilters, scopeOf } from './use_filters.js';

export const ENTITY_ID = /^e_[0-9a-f]{16}$/;
const RECORD_ID = /^[0-9a-f]{32}$/;
const JOIN = /^[0-9a-f]{32}\.[0-9a-f]{32}\.\d{1,4}$/;
const KEY = /^[0-9a-f]{12}$/;
const KEPT = 'minerva typed ';
const MOST_KEPT = 40;
const CHANNEL = 'minerva typed';
answerTabs(CHANNEL, (key) => window.sessionStorage.getItem(KEPT + key));

/**
 * {entity, record, join, view, isWide, typed, news} of the address as it is now. join: both records and which of their
 * joins; isWide: the graph shows entities that share a contact too.
 */
export function readAddress(views) {
  const query = new URLSearchParams(window.location.search);
  const [entity, record, join, view, key] = ['e', 'r', 'j', 'v', 'q'].map((name) => query.get(name) || '');
  return {
    entity: ENTITY_ID.test(entity) ? entity : '',
    record: RECORD_ID.test(record) ? record : '',
    join: JOIN.test(join) ? join : '',
    isWide: query.get('w') === '1',
    view: views.includes(view) ? view : views[0],
    news: SPANS[query.get('n')] ? query.get('n') : query.get('n') && 'visit',
    key: KEY.test(key) ? key : '',
    typed: KEY.test(key) ? window.sessionStorage.getItem(KEPT + key) : null,
  };
}

/** The text of a key that this tab does not hold, from the tab that it was opened from; null where none holds it. */
export async function heardTyped(key) {
  const [text = null] = await askTabs(CHANNEL, { key, patience: 400, most: 1 });
  if (text !== null) keep(text, key);
  return text;
}

/** Keeps a typed text in this tab and gives its key. */
export function keep(text, known = '') {
  const key = known || Array.from(window.crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const kept = Object.keys(window.sessionStorage).filter((name) => name.startsWith(KEPT));
  kept.slice(0, Math.max(0, kept.length - MOST_KEPT)).forEach((name) => window.sessionStorage.removeItem(name));
  try {
    window.sessionStorage.setItem(KEPT + key, text);
  } catch {
    return ''; // too long for the browser: the page works on, only "back" does not bring it again
  }
  return key;
}

/** Writes the address, with the filters of what it is about; `replace` changes the entry of the history in place of adding one. */
export function writeAddress({ entity, record, join, view, key, news, isWide }, replace = false) {
  const query = new URLSearchParams();
  if (news) query.set('n', news);
  if (key) query.set('q', key);
  if (entity) query.set('e', entity);
  if (record) query.set('r', record);
  if (join) query.set('j', join);
  if (isWide) query.set('w', '1');
  if (view) query.set('v', view);
  filterParams(readFilters(scopeOf({ key, entity, news }))).forEach(([name, value]) => query.append(name, value));
  const address = `${window.location.pathname}?${query}`;
  if (address === window.location.pathname + window.location.search) return;
  window.history[replace ? 'replaceState' : 'pushState']({}, '', address);
}

/** The address of Investigate for a value, for a tab of its own: what is typed stays in this tab, which hands it on. */
export function addressFor(value) {
  return viewPath(app, 'investigate', { q: keep(value) });
}

/** Opens Investigate for a value, from another page: the value goes by this tab's storage, never in the address. */
export function investigate(value) {
  window.location.assign(addressFor(value));
}
