// What entities are called, by id, as far as the user may see them.
import { useEffect, useState } from 'react';
import { lookUp } from '../investigate/asking.js';
import { entityTitle } from '../investigate/entity_title.js';

const MOST = 100;

export default function useTitles(ids) {
  const [titles, setTitles] = useState({});
  const wanted = [...new Set(ids)].sort().slice(0, MOST).join(' ');
  useEffect(() => {
    if (!wanted) return undefined;
    let alive = true;
    lookUp({ entities: wanted.split(' ') }).then(({ cards }) => {
      // An id that was merged away is answered with the entity that took its place, which matched it.
      if (alive) setTitles(Object.fromEntries(cards.flatMap((card) => [card.entity_id, ...card.matched].map((id) => [id, entityTitle(card)]))));
    }).catch(() => {});
    return () => { alive = false; };
  }, [wanted]);
  return titles;
}
