// Leads that a partner's bundle brought into a case, each with its source and marking; their contacts lead on.
import React from 'react';
import Contacts from '../parts/contacts.jsx';
import { readable } from '../parts/palette.js';

export function markWords(marking) {
  return `marked TLP:${marking}`;
}

export function leadTitle({ names = [], identifiers = [], text = '', schema }) {
  return names[0] || (identifiers[0] && readable(identifiers[0])) || text.slice(0, 80) || schema;
}

/** What a lead is called in its bundle, in words. */
export function schemaWords(schema) {
  return schema === 'grouping' ? 'entity' : schema.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

export default function Lead({ item }) {
  return (
    <>
      <b>{leadTitle(item)}</b>
      <div>
        {schemaWords(item.schema)} from <b>{item.source}</b>, {markWords(item.marking)}
        {item.records > 0 && `, ${item.records} record${item.records === 1 ? '' : 's'} behind it`}
        {item.version > 1 && `, version ${item.version} under the same id`}
        {item.is_genuine ? ', signed by it' : ', not signed: anybody can have made it under this name'}
        {item.expires && `, deleted on ${item.expires.slice(0, 10)}`}
      </div>
      {item.names.length > 1 && <div>Also called {item.names.slice(1).join(', ')}</div>}
      {item.places.length > 0 && <div>{item.places.join(', ')}</div>}
      <div style={{ margin: '6px 0' }}><Contacts identifiers={item.identifiers} aside={item.set_aside} /></div>
      {item.text && (item.text.length > 300
        ? <details><summary>What it says</summary><p dir="auto">{item.text}</p></details>
        : <p dir="auto">{item.text}</p>)}
      {item.statement && <div style={{ color: 'var(--mv-dim)' }}>What may be done with it: {item.statement}</div>}
    </>
  );
}
