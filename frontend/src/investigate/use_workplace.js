// Where the user works: institutions, groups, purposes. Asked again until the server answers, as the page stands on it.
import { useEffect, useState } from 'react';
import { operate } from './asking.js';

const AGAIN = 5_000;
const NONE = { institutions: [], groups: [], purposes: [], field_classes: {} };

/** null while it is asked; without any institution where the user may not ask. */
export default function useWorkplace() {
  const [workplace, setWorkplace] = useState(null);
  useEffect(() => {
    let timer = 0;
    let alive = true;
    const read = () => operate('workplace').then((found) => { if (alive) setWorkplace(found); }).catch((problem) => {
      if (!alive) return;
      if (problem.status === 0 || problem.status === 401) timer = window.setTimeout(read, AGAIN);
      else setWorkplace(NONE);
    });
    read();
    return () => {
      alive = false;
      window.clearTimeout(timer);
    };
  }, []);
  return workplace;
}
