// Purpose and case of the work, in the head of the page: they go with every look-up and stand in the audit.
import '../tab_owner.js';
import React, { useEffect, useState } from 'react';
import styled from 'styled-components';
import { state, waitFor } from './asking.js';
import { answerTabs, askTabs } from './other_tabs.js';
import useWorkplace from './use_workplace.js';

const KEPT = 'minerva circumstances'; // in the tab, and of the channel between tabs
const Bar = styled.div`
  display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; margin-bottom: 10px; color: var(--mv-dim); font-size: 13px;
  select, input { padding: 3px 6px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; }
  label { display: inline-flex; gap: 6px; align-items: center; }
`;

/** What this tab has stated: {purpose?, case?, legal_basis?, tenant_id?}. */
export function stated() {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

/** Answers new tabs with what this one states and when it was looked at; gives a function that ends it. */
function tell() {
  let seen = document.hidden ? 0 : Date.now();
  const look = () => { if (!document.hidden) seen = Date.now(); };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  const quiet = answerTabs(KEPT, () => {
    const given = stated();
    return Object.keys(given).length > 0 ? { given, seen } : null;
  });
  return () => {
    quiet();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
  };
}

/** What the tab that was looked at last states, null where no other one answers. */
async function heard() {
  const answers = await askTabs(KEPT, { patience: 150 });
  return answers.sort((a, b) => b.seen - a.seen)[0]?.given || null;
}

// A tab that was just opened goes on with what the one before it states, before it asks anything.
const told = window.sessionStorage.getItem(KEPT) === null ? heard() : Promise.resolve(null);
waitFor(told.then((found) => { if (found) state(found); }));

/** {circumstances, change}: what is stated, for all that the page asks from now on. */
export function useCircumstances() {
  const [circumstances, setCircumstances] = useState(() => {
    const before = stated();
    state(before);
    return before;
  });
  useEffect(() => {
    let alive = true;
    told.then((found) => { if (found && alive) setCircumstances((now) => (Object.keys(now).length > 0 ? now : found)); });
    const quiet = tell();
    return () => { alive = false; quiet(); };
  }, []);
  const [first, setFirst] = useState(true);
  useEffect(() => {
    if (first) { // nothing was stated in this tab yet: it may still hear from others
      setFirst(false);
      return;
    }
    const given = Object.fromEntries(Object.entries(circumstances).filter(([, value]) => value));
    state(given);
    window.sessionStorage.setItem(KEPT, JSON.stringify(given));
  }, [circumstances]); // eslint-disable-line react-hooks/exhaustive-deps
  const change = (more) => setCircumstances((before) => {
    const next = { ...before, ...more };
    state(Object.fromEntries(Object.entries(next).filter(([, value]) => value))); // before anything asks again
    return next;
  });
  return { circumstances, change };
}

/** `threat to life` of `threat_to_life`. */
export function purposeWords(name) {
  return name.replaceAll('_', ' ');
}

/** Where the user works. Who belongs to several institutions reads all of them and says for which one something is done. */
export function Institution({ circumstances, workplace }) {
  const institutions = workplace?.institutions || [];
  const chosen = circumstances.tenant_id || '';
  const choose = (id) => {
    const { tenant_id: before, ...rest } = stated();
    window.sessionStorage.setItem(KEPT, JSON.stringify(id ? { ...rest, tenant_id: id } : rest));
    window.location.reload(); // everything on the page was asked for the one before
  };
  const isGone = Boolean(workplace && chosen && !institutions.some(({ tenant_id: id }) => id === chosen));
  useEffect(() => { if (isGone) choose(''); }, [isGone]);
  if (!workplace) return null;
  if (institutions.length < 2) return <span>{institutions[0]?.label || 'No institution'}</span>;
  return (
    <label>
      For
      <select aria-label="For" value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">all my institutions, to read</option>
        {institutions.map(({ tenant_id: id, label }) => <option key={id} value={id}>{label}</option>)}
      </select>
    </label>
  );
}

/** The choice alone, for pages without the bar: nothing for who belongs to one institution. */
export function InstitutionChoice() {
  const workplace = useWorkplace();
  if (!workplace || workplace.institutions.length < 2) return null;
  return <Bar><Institution circumstances={stated()} workplace={workplace} /></Bar>;
}

export default function CircumstancesBar({ circumstances, change, workplace }) {
  const needsBasis = workplace?.institutions.some((each) => each.needs_legal_basis);
  return (
    <Bar data-test="circumstances">
      <Institution circumstances={circumstances} workplace={workplace} />
      <label>
        Purpose
        <select value={circumstances.purpose || ''} onChange={(event) => change({ purpose: event.target.value })}>
          <option value="">not stated</option>
          {(workplace?.purposes || []).map((name) => <option key={name} value={name}>{purposeWords(name)}</option>)}
        </select>
      </label>
      <label>
        Case number
        <input value={circumstances.case || ''} maxLength={100} size={14} autoComplete="off" onChange={(event) => change({ case: event.target.value })} />
      </label>
      {needsBasis && (
        <label>
          Legal basis
          <input value={circumstances.legal_basis || ''} maxLength={100} size={14} autoComplete="off" onChange={(event) => change({ legal_basis: event.target.value })} />
        </label>
      )}
      <span>They stand in the audit with every question, and are needed for what is shared.</span>
    </Bar>
  );
}
