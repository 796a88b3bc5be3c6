// What a bank is: asked when it is opened, and changed later. Kind and class stay as they were opened.
import React, { useRef, useState } from 'react';
import { operate } from '../investigate/asking.js';
import Deed from '../parts/deed.jsx';
import { levelWords } from '../parts/levels.js';
import { Choice } from './add_to_bank.jsx';
import { CEILINGS, CLASSES, SHORT_TIERS, WHATS } from './words.js';

const DEFAULTS = { what: 'known', field_class: 'victim_identity', level: 'L0', same: 31, likely: 50, possible: 70 };

/** bank: the one to change, or none to open one; onClose(its id or ''). */
export default function BankForm({ bank, onClose }) {
  const [values, setValues] = useState({ ...DEFAULTS, ...bank });
  const done = useRef('');
  const [until, setUntil] = useState(bank?.until ? new Date(bank.until * 1000).toISOString().slice(0, 10) : '');
  const set = (name) => (event) => setValues((before) => ({ ...before, [name]: event.target.value }));
  const setClass = (event) => setValues((before) => ({ ...before, field_class: event.target.value, level: 'L0' }));
  const run = async ({ name, note }) => {
    const bits = Object.fromEntries(Object.keys(SHORT_TIERS).map((tier) => [tier, Number(values[tier])]));
    const given = { name, note, level: values.level, ...bits, until: until ? Date.parse(`${until}T23:59:59Z`) / 1000 : 0 };
    const { opened } = bank
      ? await operate('image_banks', { op: 'change', bank_id: bank.bank_id, ...given })
      : await operate('image_banks', { op: 'open', what: values.what, field_class: values.field_class, ...given });
    done.current = opened || bank.bank_id;
  };
  const levels = Array.from({ length: CEILINGS[values.field_class] + 1 }, (each, place) => `L${place}`);
  return (
    <Deed
      title={bank ? 'Change the bank' : 'Open a bank'} label={bank ? 'Save' : 'Open'} whyLabel="" run={run} onClose={() => onClose(done.current)}
      fields={[{ id: 'name', label: 'Name', needed: true, initial: bank?.name }, { id: 'note', label: 'Note: where its hashes come from', initial: bank?.note }]}
    >
      {!bank && (
        <>
          <Choice>
            <label htmlFor="bank-what">Kind</label>
            <select id="bank-what" value={values.what} onChange={set('what')}>{Object.entries(WHATS).map(([name, title]) => <option key={name} value={name}>{title}</option>)}</select>
          </Choice>
          <Choice>
            <label htmlFor="bank-class">Whose pictures, and so who reads it</label>
            <select id="bank-class" value={values.field_class} onChange={setClass}>{Object.entries(CLASSES).map(([name, title]) => <option key={name} value={name}>{title}</option>)}</select>
          </Choice>
        </>
      )}
      <Choice>
        <label htmlFor="bank-level">Highest level at which it may ever be shared</label>
        <select id="bank-level" value={values.level} onChange={set('level')}>{levels.map((name) => <option key={name} value={name}>{levelWords(name)}</option>)}</select>
      </Choice>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>
        {Object.entries(SHORT_TIERS).map(([name, title]) => (
          <Choice key={name}>
            <label htmlFor={`bank-${name}`}>{title}: most bits that differ</label>
            <input id={`bank-${name}`} type="number" min={0} max={70} value={values[name]} onChange={set(name)} style={{ width: 110 }} />
          </Choice>
        ))}
        <Choice>
          <label htmlFor="bank-until">Last day</label>
          <input id="bank-until" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </Choice>
      </div>
    </Deed>
  );
}
