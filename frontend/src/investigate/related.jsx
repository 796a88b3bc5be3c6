// What an entity is to others that are not one with it: same site, one name elsewhere, one phone, a building that many
// share.
import React from 'react';
import begun from '../parts/begun.js';
import { readable } from '../parts/palette.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';

/** Rules of the graph's edges that join nothing, in words. */
export const RELATIONS = new Map([['same_site', 'same site'], ['same_name', 'same name, other address'], ['predecessor', 'predecessor'], ['successor', 'successor'], ['one_contact', 'one contact'], ['namesake', 'same name and street name, other town']]);

const BEFORE_OTHER = new Map([['predecessor', 'of'], ['successor', 'of'], ['one contact', 'with']]);

/** `Shared building held by 16 names or more`, or "". */
export function buildingWords(building) {
  return building ? `Shared building held by ${building.names} names or more` : '';
}

/** `same site as Elm Tree Playgroup, and 2 more`, one for each kind; the building behind them. */
export function relationWords({ related = [], shared_building: building }) {
  const kinds = new Map();
  related.forEach((each) => kinds.set(each.kind, [...(kinds.get(each.kind) || []), each.name]));
  const words = [...kinds].map(([kind, names]) => `${kind} ${BEFORE_OTHER.get(kind) || 'as'} ${names[0]}${names.length > 1 ? `, and ${names.length - 1} more` : ''}`);
  return [...words.map(begun), buildingWords(building)].filter(Boolean);
}

/** The part of the inspector that lists them, each with its reason; nothing where there is none. */
export default function Related({ document, onEntity }) {
  const { related = [], related_left_out: more = 0, shared_building: building } = document;
  if (related.length === 0 && !building) return null;
  return (
    <section data-test="related">
      <h3 style={{ margin: '12px 0 6px' }}>Not one with it, but related</h3>
      {building && <p>{buildingWords(building)}: {building.address}. An address that so many share joins nobody by itself.</p>}
      <ul style={{ margin: 0, padding: 0 }}>
        {related.map((each) => (
          <li key={`${each.kind} ${each.entity_id}`} style={{ listStyle: 'none', marginBottom: 8 }}>
            {begun(each.kind)}{BEFORE_OTHER.has(each.kind) ? ` ${BEFORE_OTHER.get(each.kind)}` : ''}:{' '}
            <Way href={viewPath(app, 'investigate', { e: each.entity_id })} onGo={() => onEntity(each.entity_id)}>{each.name.includes(':') ? readable(each.name) : each.name}</Way>
            {each.why && <div style={{ color: 'var(--mv-dim)' }}>{each.why}</div>}
          </li>
        ))}
      </ul>
      {more > 0 && <p style={{ color: 'var(--mv-dim)' }}>and {more} more</p>}
    </section>
  );
}
