// Reads splunkd's REST as the browser's session, with the messages of splunkd as the error text.
import { createRESTURL } from '@splunk/splunk-utils/url';
import { getDefaultFetchInit } from '@splunk/splunk-utils/fetch';
import { app, loginPath } from './place.js';

/**
 * Entries of a collection or entity below data/ui and the like; throws Error with splunkd's own message.
 * Without a session the page leaves for the login.
 */
export async function readEntries(path, query = {}) {
  const url = `${createRESTURL(path, { app, owner: '-' })}?${new URLSearchParams({ output_mode: 'json', ...query })}`;
  const response = await fetch(url, getDefaultFetchInit());
  if (response.status === 401) {
    window.location.assign(loginPath());
    return new Promise(() => {}); // the page is leaving
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error((body.messages || []).map((message) => message.text).join(' ') || `HTTP ${response.status}`);
  }
  return body.entry || [];
}
