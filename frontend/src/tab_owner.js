// What a page keeps in a tab's session storage is its user's: the browser keeps the tab's storage when they log out and
// somebody else logs in in the same tab, so whatever was kept for another user is removed before anything reads it.
// Every module that keeps something there imports this first.
import { username } from '@splunk/splunk-utils/config';

const OWNER = 'minerva tab owner';
const OURS = ['minerva ', 'understudy '];

if (username && window.sessionStorage.getItem(OWNER) !== username) {
  Object.keys(window.sessionStorage)
    .filter((name) => OURS.some((start) => name.startsWith(start)))
    .forEach((name) => window.sessionStorage.removeItem(name));
  window.sessionStorage.setItem(OWNER, username);
}
