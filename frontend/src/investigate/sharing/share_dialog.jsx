// Sharing an entity: to whom, how far, which kinds of facts; a preview of who will see what; then the proposal.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';
import styled from 'styled-components';
import { fieldWords } from '../../administration/given.jsx';
import recipientWords from '../../parts/recipients.js';
import LEVELS from '../../parts/levels.js';
import { Failed } from '../../parts/states.jsx';
import { day } from '../../parts/times.js';
import useAttempt from '../../parts/use_attempt.js';
import { operate } from '../asking.js';

const Form = styled.div`
  * { box-sizing: border-box; }
  display: grid; grid-template-columns: max-content 1fr; gap: 10px 14px; align-items: start;
  select, input[type='number'], textarea { padding: 4px 6px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper); color: var(--mv-ink); font: inherit; max-width: 100%; }
  textarea { width: 100%; }
  label.choice { display: flex; gap: 6px; }
`;
const CLASSES = {
  infrastructure: { title: 'Contacts and towns', note: 'phones, addresses, user names, places' },
  statistics: { title: 'Counts and dates', note: 'how many records, of what kind, since when' },
  perpetrator: { title: 'Names said to be of perpetrators', note: 'only where the names were marked so' },
  victim_identity: { title: 'Names, as of victims', note: 'never readable by others; blind match at most' },
};
const REASONS = {
  nothing_of_this_class: 'it holds none',
  field_class_ceiling: 'this kind never goes so far',
  above_marking: 'it is marked lower',
};

function Preview({ preview, level, onMark }) {
  const markedLower = preview.refused.some(({ reason }) => reason === 'above_marking');
  return (
    <div data-test="share-preview">
      <h3 style={{ margin: '14px 0 6px' }}>Who will see what</h3>
      {preview.refused.length > 0 && (
        <Failed text={`Not like this: ${preview.refused.map(({ field_class: name, reason }) => `${CLASSES[name]?.title || name} (${REASONS[reason] || reason.replaceAll('_', ' ')})`).join(', ')}.`} />
      )}
      {markedLower && <p style={{ marginTop: 8 }}><Button label={`Mark it up to ${level}`} onClick={onMark} /> Your reason goes into its marking; what is not marked so stays with your institution.</p>}
      {preview.refused.length === 0 && preview.recipients.length === 0 && <p>Nobody would see any of it.</p>}
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {preview.recipients.map((row) => (
          <li key={row.tenant_id}>
            <b>{row.label}</b>: {row.sees.length > 0 ? `sees ${fieldWords(row.sees)}` : 'sees nothing'}
            {row.matches.length > 0 && '; a blind match is told'}{row.copy !== 'none' && '; a copy lies in its index until a recall masks it'}
          </li>
        ))}
      </ul>
      {preview.refused.length === 0 && (
        <p style={{ marginTop: 8 }}>
          {preview.needs_approvals === 0 ? 'No second person has to agree.' : `${preview.needs_approvals} more of your institution ${preview.needs_approvals === 1 ? 'has' : 'have'} to agree, under Administration, Approvals.`}
        </p>
      )}
    </div>
  );
}

/** object: {entity_id} or {record_id}; workplace as the handler gives it; onClose(told) with a sentence of what was done. */
export default function ShareDialog({ object, title, workplace, hasCircumstances, onClose }) {
  const [terms, setTerms] = useState({ to: workplace.groups[0]?.group_id || '*community', level: 'L4', fields: ['infrastructure', 'statistics'], days: 90 });
  const [why, setWhy] = useState('');
  const [preview, setPreview] = useState(null);
  const { attempt, busy, error } = useAttempt();
  const set = (change) => {
    setTerms({ ...terms, ...change });
    setPreview(null);
  };
  const look = () => attempt(async () => setPreview((await operate('preview', { ...object, ...terms })).preview));
  const mark = () => attempt(async () => {
    await operate('mark', { ...object, level: terms.level, why: why || 'to be shared' });
    setPreview((await operate('preview', { ...object, ...terms })).preview);
  });
  const propose = () => attempt(async () => {
    const { proposal } = await operate('propose', { ...object, ...terms, why });
    if (preview.needs_approvals > 0) {
      onClose(`Proposed. ${preview.needs_approvals} more of your institution must agree until ${day(proposal.expires)}; then release it under Shared.`);
      return;
    }
    const { grant } = await operate('release', { proposal_id: proposal.proposal_id });
    onClose(`Shared until ${day(grant?.expires)}. It can be recalled under Shared.`);
  });
  const ready = preview && preview.refused.length === 0 && preview.recipients.length > 0 && /\w/.test(why);
  return (
    <Modal open onRequestClose={() => onClose('')} style={{ width: 640 }}>
      <Modal.Header title={`Share ${title}`} onRequestClose={() => onClose('')} />
      <Modal.Body>
        {!hasCircumstances && <Failed tone="warn" text="State purpose and case number in the head of the page first: they go with whatever is shared." />}
        <Form style={{ marginTop: 12 }}>
          <label htmlFor="share-to">With</label>
          <select id="share-to" value={terms.to} onChange={(event) => set({ to: event.target.value })}>
            {workplace.groups.map(({ group_id: id, members }) => <option key={id} value={id}>{recipientWords(id, [{ group_id: id, members }])}</option>)}
            <option value="*community">the whole community</option>
          </select>
          <label htmlFor="share-level">How far</label>
          <select id="share-level" value={terms.level} onChange={(event) => set({ level: event.target.value })}>
            {Object.entries(LEVELS).filter(([level]) => level !== 'L0' && level !== 'L6').map(([level, words]) => <option key={level} value={level}>{words}</option>)}
          </select>
          <span>What</span>
          <div>
            {Object.entries(CLASSES).filter(([name]) => name in workplace.field_classes).map(([name, { title: words, note }]) => (
              <label key={name} className="choice" htmlFor={`share-${name}`}>
                <input
                  id={`share-${name}`} type="checkbox" checked={terms.fields.includes(name)}
                  onChange={() => set({ fields: terms.fields.includes(name) ? terms.fields.filter((each) => each !== name) : [...terms.fields, name] })}
                />
                <span>{words} <span style={{ color: 'var(--mv-dim)' }}>({note})</span></span>
              </label>
            ))}
          </div>
          <label htmlFor="share-days">For days</label>
          <input id="share-days" type="number" min={1} max={365} value={terms.days} onChange={(event) => set({ days: Number(event.target.value) })} />
          <label htmlFor="share-why">Why</label>
          <textarea id="share-why" rows={2} maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />
        </Form>
        {preview && <Preview preview={preview} level={terms.level} onMark={mark} />}
        {error && <Failed text={error} />}
      </Modal.Body>
      <Modal.Footer>
        <Button label="Cancel" onClick={() => onClose('')} />
        <Button label="Preview" disabled={busy || !hasCircumstances || terms.fields.length === 0} onClick={look} />
        <Button appearance="primary" label={preview?.needs_approvals > 0 ? 'Propose' : 'Share'} disabled={busy || !ready} onClick={propose} />
      </Modal.Footer>
    </Modal>
  );
}
