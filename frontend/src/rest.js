// Asks splunkd's REST as the browser's session; what splunkd says of an error is the error's text.
import { createRESTURL } from '@splunk/splunk-utils/url';
import { getDefaultFetchInit } from '@splunk/splunk-utils/fetch';
import { app } from './place.js';
import { loggedInAgain } from './session.js';

export const UNREACHABLE = 'The server does not answer. What you typed stays here: try again in a moment.';
const GATEWAY = [502, 503, 504];

/** Address of an endpoint in this app, over the objects of everybody whom the session may see. */
export function restUrl(path, query = {}) {
  const text = new URLSearchParams(query).toString();
  return `${createRESTURL(path, { app, owner: '-' })}${text ? `?${text}` : ''}`;
}

/**
 * The answer to a request; where the session has ended, to the same request once more after the login. A server that
 * does not answer is an Error in words with status 0: whether it took the request is not known, so it is not repeated.
 */
async function answered(address, more) {
  const init = getDefaultFetchInit(); // read each time: a login gives another form key
  let response;
  try {
    response = await fetch(address, { ...init, ...more, headers: { ...init.headers, ...more.headers } });
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    throw Object.assign(new Error(UNREACHABLE), { status: 0 });
  }
  if (GATEWAY.includes(response.status) && !/json/.test(response.headers.get('Content-Type') || '')) {
    throw Object.assign(new Error(UNREACHABLE), { status: 0 });
  }
  if (response.status !== 401) return response;
  await loggedInAgain();
  return answered(address, more);
}

function refusal(response, { error, messages = [] }) {
  const text = error || messages.map((message) => message.text).join(' ');
  return Object.assign(new Error(text || `HTTP ${response.status}`), { status: response.status });
}

/**
 * JSON of an endpoint, null for "not yet" (204). form: values of a POST; without it a GET. Values of lists repeat.
 * Throws Error with splunkd's own message and `status`.
 */
export async function ask(path, { query = {}, form, signal } = {}) {
  const sent = form && {
    method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ output_mode: 'json', ...form }),
  };
  const response = await answered(restUrl(path, form ? {} : { output_mode: 'json', ...query }), { ...sent, signal });
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  throw refusal(response, await response.json().catch(() => ({})));
}

/** Rows of a search over all time, which this answers once it has ended. */
export async function searched(search) {
  return (await ask('search/jobs', { form: { search, exec_mode: 'oneshot', count: 0, earliest_time: '0' } }))?.results || [];
}

/** Entries of a collection or entity below data/ui and the like. */
export async function readEntries(path, query = {}) {
  return (await ask(path, { query }))?.entry || [];
}

/**
 * JSON that an endpoint of the app answers to a JSON body. The body is the only place for what a user types: it stands
 * in no address. Throws Error with the endpoint's own words, or splunkd's, and `status`.
 */
export async function post(path, body) {
  // The mode is asked for, as splunkd refuses in XML else.
  const response = await answered(restUrl(path, { output_mode: 'json' }), {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw refusal(response, answer);
}
