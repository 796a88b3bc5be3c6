// What is new since the last visit: what refreshes have changed since this tab's baseline, the visit before it was opened.
import '../tab_owner.js';
import { username } from '@splunk/splunk-utils/config';
import { operate } from './asking.js';

const VISIT = 'minerva visit';
const LAST = `${VISIT} of ${username}`;
const MOST = 100;
export const NO_NEWS_WORDS = 'Nothing has changed since then';

function kept(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
}

/** Since when news are told: the last visit before this tab was opened; null at the first one. */
function baseline() {
  const ofTab = kept(window.sessionStorage, VISIT);
  if (ofTab) return ofTab;
  const before = kept(window.localStorage, LAST);
  if (before) window.sessionStorage.setItem(VISIT, JSON.stringify(before));
  return before;
}

/** {cards, more, since, added}: the changed entities and the ids of records that came; since is 0 at the first visit. */
export default async function news() {
  const before = baseline();
  const { entities, refresh, left_out: more } = await operate('news', { since: before?.refresh || {}, limit: MOST });
  const visit = { refresh, time: Date.now() / 1000 };
  window.localStorage.setItem(LAST, JSON.stringify(visit));
  if (!before) window.sessionStorage.setItem(VISIT, JSON.stringify(visit));
  return { cards: entities, more, since: before?.time || 0, added: entities.flatMap((card) => card.added) };
}

/** What has become of an entity, in words. */
export function changeWords({ change, added = [] }) {
  if (change === 'new') return 'new';
  if (change === 'grown') return `grown by ${added.length} record${added.length === 1 ? '' : 's'}`;
  return change === 'other' ? 'other reasons' : '';
}
