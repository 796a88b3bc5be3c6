// What is given to others, in words: the thing by its name, how far it goes, and who agreed with which reason.
import React from 'react';
import ShortId from '../parts/short_id.jsx';
import { app, viewPath } from '../place.js';

/** The entity by its name, a record by its view, where the user reads them; else the kind and the shortened id. */
export function GrantedThing({ row: { what, object_id: id }, titles, readsRecords }) {
  if (what === 'record' && readsRecords) return <a href={viewPath(app, 'investigate', { r: id })}>A record</a>;
  return titles[id] ? <a href={viewPath(app, 'investigate', { e: id })}>{titles[id]}</a> : <>{what} <ShortId id={id} /></>;
}

const FIELDS = {
  first_time: 'first seen', last_time: 'last seen', record_types: 'kinds of records', size: 'number of records', identifiers: 'contacts',
  set_aside: 'which contacts several entities hold', best: 'the contact that joins most', cities: 'towns', names: 'names', victim_identity: 'names, as of victims', perpetrator: 'names said to be of perpetrators',
  infrastructure: 'contacts and towns', statistics: 'counts and dates',
};

/** Fields or classes of them in words. */
export function fieldWords(fields) {
  return fields.map((name) => FIELDS[name] || name.replaceAll('_', ' ')).join(', ');
}

/** Who agreed, each with the reason given. */
export function Agreed({ row: { approved_by: users = [], reasons = {} } }) {
  if (users.length === 0) return 'nobody yet';
  return users.map((user) => <div key={user}>{user}{reasons[user] && `: “${reasons[user]}”`}</div>);
}
