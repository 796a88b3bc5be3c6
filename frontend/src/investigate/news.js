// What is new: since the last visit, which this browser remembers, or in the last days, which the server knows by itself.
import '../tab_owner.js';
import { username } from '@splunk/splunk-utils/config';
import { day, moment } from '../parts/times.js';
import { operate } from './asking.js';

const VISIT = 'minerva visit';
const LAST = `${VISIT} of ${username}`;
const MOST = 100;
export const NO_NEWS_WORDS = 'Nothing has changed since then';
/** Since when: by the name that an address holds. */
export const SPANS = { visit: { title: 'Since my last visit' }, week: { title: 'Last 7 days', days: 7 }, month: { title: 'Last 30 days', days: 30 } };

function kept(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
}

/** The last visit before this tab was opened; null at the first one in this browser. */
function baseline() {
  const ofTab = kept(window.sessionStorage, VISIT);
  if (ofTab) return ofTab;
  const before = kept(window.localStorage, LAST);
  if (before) window.sessionStorage.setItem(VISIT, JSON.stringify(before));
  return before;
}

/** What is asked for where nobody has chosen: a first visit has none before it. */
export function usualSpan() {
  const before = baseline();
  return before && !before.isFirst ? 'visit' : 'week';
}

/** Remembers this visit, for the next one. */
function remember(refresh) {
  const visit = { refresh, time: Date.now() / 1000 };
  window.localStorage.setItem(LAST, JSON.stringify(visit));
  if (!kept(window.sessionStorage, VISIT)) window.sessionStorage.setItem(VISIT, JSON.stringify({ ...visit, isFirst: true }));
}

/**
 * {cards, more, uncounted, note, added}: the changed entities after the first `offset`, how many follow (`uncounted`: and
 * more), since when in words, and the ids of records that came.
 */
export default async function news(span, offset = 0) {
  const before = baseline();
  const { days } = SPANS[span];
  const { entities, refresh, left_out: more, uncounted, from } = await operate('news', {
    limit: MOST, offset, ...(days ? { days } : { since: before?.refresh || {} }),
  });
  remember(refresh);
  return { cards: entities, more, uncounted, note: sinceWords(days, from, before?.time), added: entities.flatMap((card) => card.added) };
}

function sinceWords(days, from, visit) {
  if (!days) return visit ? `Since ${moment(visit)}.` : 'This is the first visit in this browser.';
  const late = from > Date.now() / 1000 - (days - 1) * 86400;
  return late ? `Since ${moment(from)}: changes before that were not noted by time.` : `Since ${day(from)}, by when records were linked here, not by when they were posted.`;
}

/** What has become of an entity, in words. */
export function changeWords({ change, added = [] }) {
  if (change === 'new') return 'new';
  if (change === 'grown') return `grown by ${added.length} record${added.length === 1 ? '' : 's'}`;
  return change === 'other' ? 'other reasons' : '';
}
