// What is given to others, in words: the thing by its name, how far it goes, and who agreed with which reason.
import React from 'react';
import { LEVELS } from '../investigate/sharing/share_dialog.jsx';
import ShortId from '../parts/short_id.jsx';
import { app, viewPath } from '../place.js';

/** The entity by its name, a record by its view, where the user reads them; else the kind and the shortened id. */
export function GrantedThing({ row: { what, object_id: id }, titles, readsRecords }) {
  if (what === 'record' && readsRecords) return <a href={viewPath(app, 'investigate', { r: id })}>A record</a>;
  return titles[id] ? <a href={viewPath(app, 'investigate', { e: id })}>{titles[id]}</a> : <>{what} <ShortId id={id} /></>;
}

export function levelWords(level) {
  if (level === undefined) return '–';
  const key = String(level).startsWith('L') ? String(level) : `L${level}`;
  return LEVELS[key] || key;
}

/** Who agreed, each with the reason given. */
export function Agreed({ row: { approved_by: users = [], reasons = {} } }) {
  if (users.length === 0) return 'nobody yet';
  return users.map((user) => <div key={user}>{user}{reasons[user] && `: “${reasons[user]}”`}</div>);
}
