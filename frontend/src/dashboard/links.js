// The one gate of every link of a dashboard: http and https alone, and to another host only after a question.
// Links to pages of this server carry what an address may hold; other values are handed over in this tab.
import { handOver, split } from '../address.js';

const ALLOWED = ['http:', 'https:'];

/** {own, href, path, values, problem} of a link as the dashboard wrote it. */
export function readLink(text) {
  let url;
  try {
    url = new URL(text, window.location.href);
  } catch {
    return { problem: 'This drilldown has no address that can be opened.' };
  }
  if (!ALLOWED.includes(url.protocol)) {
    return { problem: `This drilldown's address begins with "${url.protocol}": only http and https are opened.` };
  }
  return {
    own: url.origin === window.location.origin,
    href: url.href,
    host: url.host,
    path: url.pathname,
    values: Object.fromEntries(url.searchParams),
    problem: '',
  };
}

/** Opens a path of this server; a new tab gets a copy of this tab's session storage, and so what is handed over. */
function openOwn({ path, values }, newTab) {
  const { open, closed } = split(values);
  handOver(path, closed);
  const query = new URLSearchParams(open).toString();
  const address = query ? `${path}?${query}` : path;
  if (!newTab) window.location.assign(address);
  else window.open(address, '_blank');
}

/**
 * A dashboard plugin that takes every link. onProblem(text) says why one is not opened; onQuestion(link) asks before
 * another host is opened.
 */
export function linkGate({ onProblem, onQuestion }) {
  return {
    onLinkToUrl: (event) => {
      event.preventDefault();
      const { url, newTab } = event;
      const link = readLink(url);
      if (link.problem) onProblem(link.problem);
      else if (link.own) openOwn(link, newTab);
      else onQuestion(link);
    },
  };
}
