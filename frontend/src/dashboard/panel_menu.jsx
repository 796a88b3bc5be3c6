// The buttons of a panel: open its search, export its rows, run it again. Shown when the pointer or the focus is on it.
import React from 'react';
import { restUrl } from '../rest.js';
import { getDefaultFetchInit } from '@splunk/splunk-utils/fetch';
import { handOver } from '../address.js';
import keepFile from '../parts/keep_file.js';
import { app, viewPath } from '../place.js';
import { rangeOf } from './panel_range.js';

/** Runs a search and returns its rows as CSV; the search travels in the body. Throws Error with splunkd's message. */
async function rowsAsCsv({ query, earliest, latest }) {
  const init = getDefaultFetchInit();
  const headers = { ...init.headers, 'Content-Type': 'application/x-www-form-urlencoded' };
  const search = /^\s*\|/.test(query) ? query : `search ${query}`;
  const body = new URLSearchParams({ search, earliest_time: earliest, latest_time: latest, output_mode: 'csv' });
  const response = await fetch(restUrl('search/v2/jobs/export'), { ...init, method: 'POST', headers, body });
  const blob = await response.blob();
  if (!response.ok) throw new Error((await blob.text()).replace(/<[^>]*>/g, ' ').trim());
  return blob;
}

/** dashboardApi, itemId, itemDefinition come from dashboard-core; onProblem(text) says what went wrong. */
export default function PanelMenu({ dashboardApi, itemId, itemDefinition, type, onProblem }) {
  const source = itemDefinition?.dataSources?.primary;
  if (type === 'input' || !source) return null;
  const asked = () => {
    const { query, queryParameters } = dashboardApi.getCompleteSearchQueryAndParameters(source);
    return { query, ...rangeOf(dashboardApi.getDefinition(), source, queryParameters) };
  };
  const title = itemDefinition.title || itemId;
  const open = () => {
    const { query, earliest, latest } = asked();
    const path = viewPath(app, 'search');
    handOver(path, Object.fromEntries(Object.entries({ search: query, earliest, latest }).filter(([, value]) => value)));
    window.location.assign(path);
  };
  const exportRows = () => rowsAsCsv(asked())
    .then((blob) => keepFile(`${title.replace(/\W+/g, '_').toLowerCase()}.csv`, blob))
    .catch((problem) => onProblem(`"${title}" was not exported: ${problem.message}`));
  return (
    <span className="panel-menu">
      <button type="button" aria-label={`Open the search of ${title}`} onClick={open}>Search</button>
      <button type="button" aria-label={`Export the rows of ${title} as CSV`} onClick={exportRows}>CSV</button>
      <button type="button" aria-label={`Run ${title} again`} onClick={() => dashboardApi.refreshVisualization(itemId)}>Refresh</button>
    </span>
  );
}
