// Whom a case, a task or its reading is given to: the analysts of the institution, chosen from a list.
import React, { useEffect, useState } from 'react';
import { operate } from '../investigate/asking.js';
import Deed from '../parts/deed.jsx';

/** [{user, name}]: the analysts of the own institution; none while they are read or where they are not told. */
export function useColleagues() {
  const [people, setPeople] = useState([]);
  useEffect(() => {
    let alive = true;
    operate('colleagues').then(({ people: found }) => { if (alive) setPeople(found); }).catch(() => {});
    return () => { alive = false; };
  }, []);
  return people;
}

function called({ user, name }) {
  return name && name !== user ? `${user} (${name})` : user;
}

/** A choice of one of them, or of none. */
export function People({ people, value, none, onChange, ...handed }) {
  const known = value && !people.some(({ user }) => user === value) ? [...people, { user: value }] : people;
  return (
    <select {...handed} value={value} onChange={(event) => onChange(event.target.value)} style={{ font: 'inherit' }}>
      <option value="">{none}</option>
      {known.map((each) => <option key={each.user} value={each.user}>{called(each)}</option>)}
    </select>
  );
}

export function Assigning({ row, people, onClose }) {
  const [assigned, setAssigned] = useState(row.assigned);
  return (
    <Deed title="Assign the case" label="Assign" whyLabel="" onClose={onClose} run={() => operate('cases', { op: 'change', case_id: row.case_id, assigned })}>
      <p>Who works on it next. It changes nothing about who reads it.</p>
      <label htmlFor="case-assigned">Assigned to </label>
      <People id="case-assigned" people={people} value={assigned} none="nobody" onChange={setAssigned} />
    </Deed>
  );
}

export function Reading({ row, people, onClose }) {
  const [isForMembers, setForMembers] = useState(row.readers === 'members');
  const [members, setMembers] = useState(row.members);
  const others = [...new Set([...people.map(({ user }) => user), ...row.members])].filter((user) => user !== row.created_by).sort();
  const toggle = (user) => setMembers(members.includes(user) ? members.filter((each) => each !== user) : [...members, user]);
  const run = () => operate('cases', { op: 'change', case_id: row.case_id, members: isForMembers ? members : [], readers: isForMembers ? 'members' : 'institution' });
  const named = new Map(people.map((each) => [each.user, called(each)]));
  return (
    <Deed title="Who reads the case" label="Save" whyLabel="" onClose={onClose} run={run}>
      <p>Administrators and other institutions never do.</p>
      {[[false, 'Every analyst of the institution'], [true, `${row.created_by}, who opened it, and the members alone`]].map(([value, words]) => (
        <div key={words}><label><input type="radio" name="case-readers" checked={isForMembers === value} onChange={() => setForMembers(value)} /> {words}</label></div>
      ))}
      {isForMembers && (
        <fieldset style={{ margin: '8px 0 0 20px', padding: 0, border: 0 }}>
          <legend>Members</legend>
          {others.length === 0 && <p>Your institution has no other analyst.</p>}
          {others.map((user) => <div key={user}><label><input type="checkbox" checked={members.includes(user)} onChange={() => toggle(user)} /> {named.get(user) || user}</label></div>)}
        </fieldset>
      )}
    </Deed>
  );
}
