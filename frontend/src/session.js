// What a page does when its session has ended: a page of the app asks for the login in place and goes on where it was;
// a page of the stand-in's own leaves for the login. The form is Splunk Web's own, on the same origin.
import { getDefaultFetchInit } from '@splunk/splunk-utils/fetch';
import { createRESTURL } from '@splunk/splunk-utils/url';
import { loginPath } from './place.js';

const ACCEPTED = 'accepted';
const REFUSED = 'refused';
const OTHER = 'other';
const waiting = new Set();
let asker = null;

/** From now on show(isEnded) shows or hides the question for the login in this page; gives a way to stop that. */
export function askInPlace(show) {
  asker = show;
  return () => { asker = null; };
}

/** Resolves once the user is logged in again; rejects where the user would not. Without an asker the page leaves. */
export function loggedInAgain() {
  if (!asker) {
    window.location.assign(loginPath());
    return new Promise(() => {}); // the page is leaving
  }
  return new Promise((resolve, reject) => {
    waiting.add({ resolve, reject });
    asker(true);
  });
}

function settle(how) {
  const all = [...waiting];
  waiting.clear();
  asker?.(false);
  all.forEach(how);
}

/** Lets every request that waits fail in words; what was typed stays where it is. */
export function notNow() {
  settle(({ reject }) => reject(Object.assign(new Error('Your session has ended: log in again to go on. What you typed stays here.'), { status: 401 })));
}

/** Whose session the browser has now: accepted, refused (none) or other (somebody else's). */
async function standing() {
  const answer = await fetch(`${createRESTURL('authentication/current-context')}?output_mode=json`, getDefaultFetchInit());
  if (answer.status === 401) return REFUSED;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { entry } = await answer.json();
  return entry[0].content.username === window.$C.USERNAME ? ACCEPTED : OTHER;
}

/** Goes on if the browser has this user's session again, from whatever window; else says in words why not. */
export async function goOn() {
  const now = await standing();
  if (now === ACCEPTED) {
    settle(({ resolve }) => resolve());
    return '';
  }
  if (now === REFUSED) return 'You are not logged in yet.';
  return `Another user is logged in now. Log in as ${window.$C.USERNAME}, or reload this page to go on as the other one.`;
}

/** The value that Splunk Web's login wants back: from a field of its form, or from the facts in its page. */
function formValue(text) {
  const field = new DOMParser().parseFromString(text, 'text/html').querySelector('input[name="cval"]');
  return field?.value || /"cval"\s*:\s*"?([^",}\s]+)/.exec(text)?.[1] || '';
}

/** Logs in by Splunk Web's own form. '' if it went well, else what went wrong, in words. The password is kept nowhere. */
export async function logIn(password) {
  const [address] = loginPath().split('?');
  const form = await fetch(address, { credentials: 'same-origin', cache: 'no-store' });
  const body = new URLSearchParams({ username: window.$C.USERNAME, password, cval: formValue(await form.text()) });
  await fetch(address, { method: 'POST', credentials: 'same-origin', body, redirect: 'manual', headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  const problem = await goOn();
  return problem === 'You are not logged in yet.' ? 'The password was not accepted.' : problem;
}
