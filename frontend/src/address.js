// What may stand in a page's address: opaque ids of entities and records, ids of search jobs and sources, times, the tab.
// Addresses end in histories, logs and mails, so everything else (identifiers, searches) goes from page to page in this
// tab's session storage.
import './tab_owner.js';

const SHELL = new Set(['tab', 'hideFilters', 'hideEdit', 'theme']);
const ENTITY_ID = /^e_[0-9a-f]{16}$/;
const RECORD_ID = /^[0-9a-f]{32}$/;
const JOB_ID = /^\d+\.\d+$/;
const TIME_NAME = /(?:^|\.)(?:earliest|latest)$/;
const TIME = /^[-+@:.0-9A-Za-z]{0,40}$/;
const SOURCE_NAME = /^(?:form\.)?source$/;
const SOURCE_ID = /^[a-z0-9_]{1,64}$/;
const HANDED = 'understudy handover';

/** Whether a value may be seen in an address. */
export function isOpen(name, value) {
  if (SHELL.has(name) || ENTITY_ID.test(value) || RECORD_ID.test(value)) return true;
  if (SOURCE_NAME.test(name)) return SOURCE_ID.test(value);
  return name === 'sid' ? JOB_ID.test(value) : TIME_NAME.test(name) && TIME.test(value);
}

/** {open, closed}: the entries of {name: value} that an address may hold, and the others. */
export function split(values) {
  const entries = Object.entries(values);
  return {
    open: Object.fromEntries(entries.filter(([name, value]) => isOpen(name, value))),
    closed: Object.fromEntries(entries.filter(([name, value]) => !isOpen(name, value))),
  };
}

/** Keeps values for the next page at that path; the address never sees them. */
export function handOver(path, values) {
  if (Object.keys(values).length === 0) window.sessionStorage.removeItem(HANDED);
  else window.sessionStorage.setItem(HANDED, JSON.stringify({ path, values }));
}

/** Values handed over to this page, once; {} if none. */
export function takeOver() {
  const text = window.sessionStorage.getItem(HANDED);
  if (text === null) return {};
  const { path, values } = JSON.parse(text);
  if (path !== window.location.pathname) return {};
  window.sessionStorage.removeItem(HANDED);
  return values;
}

/** {values, refused}: the address's open values by name, and the names it should not have held; cleans the address. */
export function readAddress() {
  const { open, closed } = split(Object.fromEntries(new URLSearchParams(window.location.search)));
  const refused = Object.keys(closed);
  if (refused.length) {
    const query = new URLSearchParams(open).toString();
    window.history.replaceState(window.history.state, '', window.location.pathname + (query ? `?${query}` : ''));
  }
  return { values: Object.fromEntries(Object.entries(open).filter(([name]) => !SHELL.has(name))), refused };
}
