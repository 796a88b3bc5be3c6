// Which thing a page shows, as its address says: it can be bookmarked, and the back button leaves it.
import { useEffect, useState } from 'react';

/**
 * [id, go]: the value of the address's key where it has the form of an id, else ''; go('') shows all of them again.
 * go(id, true) makes no step of the history, as arrow keys that pass from tab to tab.
 */
export default function useAddressed(key, form) {
  const read = () => {
    const id = new URLSearchParams(window.location.search).get(key) || '';
    return form.test(id) ? id : '';
  };
  const [id, setId] = useState(read);
  useEffect(() => {
    const follow = () => setId(read());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = (next, isPassing = false) => {
    const query = new URLSearchParams(window.location.search);
    if ((query.get(key) || '') !== next) { // one click that is heard twice is one step back
      if (next) query.set(key, next);
      else query.delete(key);
      window.history[isPassing ? 'replaceState' : 'pushState']({}, '', window.location.pathname + (String(query) && `?${query}`));
    }
    setId(next);
  };
  return [id, go];
}
