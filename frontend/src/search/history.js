// The searches of this tab and this session, newest first. They stay in session storage: never in an address, and gone
// with the tab; a new login begins a new list.
import '../tab_owner.js';
import { getCSRFToken } from '@splunk/splunk-utils/config';

const KEPT = 50;
const NAME = 'understudy searches';

const session = () => String(getCSRFToken?.() || '').slice(0, 16);

/** List of {search, earliest, latest, at}, at in epoch milliseconds. */
export function readHistory() {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(NAME) || '{}');
    return kept.session === session() ? kept.searches : [];
  } catch {
    return [];
  }
}

/** Puts a search in front; the same search with the same range is kept once. */
export function remember({ search, earliest, latest }) {
  const others = readHistory().filter((one) => one.search !== search || one.earliest !== earliest || one.latest !== latest);
  const searches = [{ search, earliest, latest, at: Date.now() }, ...others].slice(0, KEPT);
  window.sessionStorage.setItem(NAME, JSON.stringify({ session: session(), searches }));
}
