// Pinning what is in hand to a case: one that is open, or a new one.
import React, { useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';
import styled from 'styled-components';
import { Failed, Waiting } from '../parts/states.jsx';
import useAttempt from '../parts/use_attempt.js';
import { app, viewPath } from '../place.js';
import { operate } from './asking.js';
import { purposeWords, stated } from './circumstances.jsx';
import useWorkplace from './use_workplace.js';

const Form = styled.div`
  * { box-sizing: border-box; }
  label { display: block; margin: 10px 0 4px; font-weight: 600; }
  select, input, textarea { width: 100%; padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper, #fff); color: inherit; font: inherit; }
`;
const NEW = 'new';

/** note: words that are written into the case in place of a pin; view: {address, asked, filters} that is saved in it. onClose(told) with a sentence of what was done, or nothing. */
export default function AddToCase({ object, objectId, note: words = '', view = null, title, onClose }) {
  const [cases, setCases] = useState(null);
  const [chosen, setChosen] = useState(NEW);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [number, setNumber] = useState(stated().case || '');
  const [purpose, setPurpose] = useState(stated().purpose || 'investigation');
  const workplace = useWorkplace();
  const { attempt, busy, error, setError } = useAttempt();
  useEffect(() => {
    operate('cases').then(({ cases: rows }) => {
      const open = rows.filter(({ state }) => state === 'open');
      setCases(open);
      setChosen((open.find(({ number }) => number && number === stated().case) || open[0])?.case_id || NEW);
    }).catch((problem) => setError(problem.message));
  }, []);
  /** A view is named, and of a join it is said why it was pinned: it says nothing by itself. */
  const needsWords = Boolean(view) || object === 'join';
  const add = () => attempt(async () => {
    const caseId = chosen !== NEW ? chosen : (await operate('cases', {
      op: 'open', title: name.trim(), number: number.trim(), purpose,
    })).opened;
    const { case: held } = await operate('case_item', {
      case_id: caseId, ...(view && { what: 'view', text: note, ...view }),
      ...(words && { what: 'note', text: [words, note].filter(Boolean).join('\n') }), ...(object && { what: 'pin', object, object_id: objectId, text: note }),
    });
    onClose(<>Added to the case <a href={viewPath(app, 'cases', { c: caseId })}>{held.title}</a>.</>);
  });
  return (
    <Modal open onRequestClose={() => onClose('')} style={{ width: 480 }}>
      <Modal.Header title={`Add ${title} to a case`} onRequestClose={() => onClose('')} />
      <Modal.Body>
        {cases === null && !error && <Waiting what="Reading your cases" />}
        {cases !== null && (
          <Form>
            <label htmlFor="case-which">Case</label>
            <select id="case-which" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {cases.map((each) => <option key={each.case_id} value={each.case_id}>{each.number ? `${each.number}: ` : ''}{each.title}</option>)}
              <option value={NEW}>A new case</option>
            </select>
            {chosen === NEW && (
              <>
                <label htmlFor="case-title">What the case is called</label>
                <input id="case-title" value={name} maxLength={200} autoComplete="off" onChange={(event) => setName(event.target.value)} />
                <label htmlFor="case-number">Its number</label>
                <input id="case-number" value={number} maxLength={100} autoComplete="off" onChange={(event) => setNumber(event.target.value)} />
                <label htmlFor="case-purpose">Its purpose</label>
                <select id="case-purpose" value={purpose} onChange={(event) => setPurpose(event.target.value)}>
                  {(workplace?.purposes || [purpose]).map((each) => <option key={each} value={each}>{purposeWords(each)}</option>)}
                </select>
              </>
            )}
            <label htmlFor="case-note">{view ? 'What it shows' : `Why it matters${needsWords ? ' (needed)' : ''}`}</label>
            <textarea id="case-note" rows={3} maxLength={20000} value={note} onChange={(event) => setNote(event.target.value)} />
          </Form>
        )}
        {error && <Failed text={error} />}
      </Modal.Body>
      <Modal.Footer>
        <Button label="Cancel" onClick={() => onClose('')} />
        <Button appearance="primary" label="Add" disabled={busy || cases === null || (chosen === NEW && !/\S/.test(name)) || (needsWords && !/\S/.test(note))} onClick={add} />
      </Modal.Footer>
    </Modal>
  );
}
