// Asks splunkd's REST as the browser's session; what splunkd says of an error is the error's text.
import { createRESTURL } from '@splunk/splunk-utils/url';
import { getDefaultFetchInit } from '@splunk/splunk-utils/fetch';
import { app, loginPath } from './place.js';

/** Address of an endpoint in this app, over the objects of everybody whom the session may see. */
export function restUrl(path, query = {}) {
  const text = new URLSearchParams(query).toString();
  return `${createRESTURL(path, { app, owner: '-' })}${text ? `?${text}` : ''}`;
}

/**
 * JSON of an endpoint, null for "not yet" (204). form: values of a POST; without it a GET. Values of lists repeat.
 * Throws Error with splunkd's own message and `status`. Without a session the page leaves for the login.
 */
export async function ask(path, { query = {}, form, signal } = {}) {
  const init = getDefaultFetchInit();
  const headers = { ...init.headers, 'Content-Type': 'application/x-www-form-urlencoded' };
  const post = form && { method: 'POST', headers, body: new URLSearchParams({ output_mode: 'json', ...form }) };
  const response = await fetch(restUrl(path, form ? {} : { output_mode: 'json', ...query }), { ...init, ...post, signal });
  if (response.status === 401) {
    window.location.assign(loginPath());
    return new Promise(() => {}); // the page is leaving
  }
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const { messages = [] } = await response.json().catch(() => ({}));
  const text = messages.map((message) => message.text).join(' ');
  throw Object.assign(new Error(text || `HTTP ${response.status}`), { status: response.status });
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
  const init = getDefaultFetchInit();
  const headers = { ...init.headers, 'Content-Type': 'application/json' };
  // Asked for, as splunkd refuses in XML else.
  const address = restUrl(path, { output_mode: 'json' });
  const response = await fetch(address, { ...init, method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status === 401) {
    window.location.assign(loginPath());
    return new Promise(() => {}); // the page is leaving
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const text = answer.error || (answer.messages || []).map((message) => message.text).join(' ');
  throw Object.assign(new Error(text || `HTTP ${response.status}`), { status: response.status });
}
