// What records are called, by id, as far as the user may see them.
import { useEffect, useMemo, useState } from 'react';
import { readRecords } from './asking.js';

const NONE = new Map();

/** Record id -> titleOf(record); empty until they are read. The same titleOf each time. */
export default function useRecordTitles(ids, titleOf) {
  const [titles, setTitles] = useState(NONE);
  const wanted = useMemo(() => [...new Set(ids)].join(' '), [ids]);
  useEffect(() => {
    if (!wanted) return undefined;
    let alive = true;
    readRecords(wanted.split(' ')).then((rows) => {
      if (alive) setTitles(new Map(rows.map((row) => [row.record_id, titleOf(row)])));
    }).catch(() => {}); // the caller's own words stand in their place
    return () => { alive = false; };
  }, [wanted, titleOf]);
  return titles;
}
