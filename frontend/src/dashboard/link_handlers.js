// Drilldown handlers that Splunk Web has and the npm presets lack: linkToDashboard and linkToSearch.
import { app, viewPath } from '../place.js';

const CLICKS = /\.click$/;

/** A value as the handlers' options write it: a key of the event's payload (row.x.value), `$key$`, or fixed text. */
export function resolveValue(written, payload) {
  const key = String(written).replace(/^\$(.*)\$$/, '$1');
  if (payload[key] !== undefined) return payload[key];
  const short = key.replace(/^click\./, '');
  if (short !== key && payload[short] !== undefined) return payload[short];
  return /^(row|click)\./.test(key) ? undefined : written;
}

function mayHandle(event, options) {
  const fields = options.fields || [];
  return CLICKS.test(event.type) && (fields.length === 0 || fields.includes('any') || fields.includes(event.payload?.name));
}

/** The action that opens a view with values; the gate of links.js decides what of them its address shows. */
function linkTo(targetApp, targetView, values, newTab) {
  return Promise.resolve([{ type: 'linkTo', payload: { url: viewPath(targetApp, targetView, values), newTab: Boolean(newTab) } }]);
}

/** options: {app, dashboard, tokens: [{token, value}], newTab}; the target opens with the tokens. */
export class LinkToDashboard {
  constructor(options = {}) {
    this.options = options;
  }

  canHandle = (event) => Boolean(this.options.dashboard) && mayHandle(event, this.options);

  handle = (event) => {
    const query = {};
    for (const { token, value } of this.options.tokens || []) {
      const found = resolveValue(value, event.payload || {});
      if (found === undefined || found === null || found === '') return Promise.resolve([]);
      query[token] = String(found);
    }
    return linkTo(this.options.app || app, this.options.dashboard, query, this.options.newTab);
  };
}

/** options: {query, earliest, latest, newTab, type: auto|custom}; without a query the search page opens empty. */
export class LinkToSearch {
  constructor(options = {}) {
    this.options = options;
  }

  canHandle = (event) => mayHandle(event, this.options);

  handle = (event) => {
    const { query = '', earliest, latest, newTab } = this.options;
    const filled = query.replace(/\$([^$|]+)\$/g, (text, key) => resolveValue(key, event.payload || {}) ?? text);
    const given = { search: filled, earliest, latest };
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
    return linkTo(app, 'search', present, newTab);
  };
}
