// Which thing a page shows, as its address says: it can be bookmarked, and the back button leaves it.
import { useEffect, useState } from 'react';

/** [id, go]: the value of the address's key where it has the form of an id, else ''; go('') shows all of them again. */
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
  const go = (next) => {
    window.history.pushState({}, '', next ? `?${key}=${next}` : window.location.pathname);
    setId(next);
  };
  return [id, go];
}
