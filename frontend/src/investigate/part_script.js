// Parts of the page that are loaded when they are first opened: each is a script of its own beside the page's.
import { createStaticURL } from '@splunk/splunk-utils/url';
import { app } from '../place.js';
import { ask } from '../rest.js';

const loading = new Map();
const STYLED = new Set(['map', 'timeline']);

/** Address of a script of this app's own parts. */
export function partAddress(file) {
  return createStaticURL(`app/${app}/pages/parts/${file}`);
}

function load(name) {
  return new Promise((resolve, reject) => {
    if (STYLED.has(name)) {
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = partAddress(`${name}.css`);
      document.head.append(style);
    }
    const script = document.createElement('script');
    script.src = partAddress(`${name}.js`);
    script.onload = () => resolve(window.minervaParts[name]);
    script.onerror = () => {
      script.remove();
      reject(new Error('This part of the page could not be loaded: try again, or reload the page.'));
    };
    document.head.append(script);
  });
}

/** Once more after a question that asks for the login where the session has ended: a script says nothing of that. */
async function loadAgain(name) {
  await ask('authentication/current-context');
  return load(name);
}

/** What the script `name` has put on `window.minervaParts`; the script is loaded once. */
export default function part(name) {
  if (!loading.has(name)) {
    loading.set(name, load(name).catch(() => loadAgain(name)).catch((problem) => {
      loading.delete(name);
      throw problem;
    }));
  }
  return loading.get(name);
}
