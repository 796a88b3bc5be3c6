// Parts of the page that are loaded when they are first opened: each is a script of its own beside the page's.
import { createStaticURL } from '@splunk/splunk-utils/url';
import { app } from '../place.js';

const loading = new Map();

/** What the script `name` has put on `window.minervaParts`; the script is loaded once. */
export default function part(name) {
  if (!loading.has(name)) {
    loading.set(name, new Promise((resolve, reject) => {
      const folder = `app/${app}/pages/parts`;
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = createStaticURL(`${folder}/${name}.css`);
      const script = document.createElement('script');
      script.src = createStaticURL(`${folder}/${name}.js`);
      script.onload = () => resolve(window.minervaParts[name]);
      script.onerror = () => {
        loading.delete(name);
        reject(new Error('This part of the page could not be loaded: try again, or reload the page.'));
      };
      document.head.append(style, script);
    }));
  }
  return loading.get(name);
}
