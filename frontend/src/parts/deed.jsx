// A question before something leaves or is undone: what will happen, why it is done, and the case it is done for.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Modal from '@splunk/react-ui/Modal';
import Text from '@splunk/react-ui/Text';
import TextArea from '@splunk/react-ui/TextArea';
import { Failed } from './states.jsx';

/** A field with what may be chosen for it; other words can be typed. choices: texts, or pairs of a value and its words. */
function Choosing({ field, value, onChange }) {
  return (
    <ControlGroup label={field.label} labelPosition="top">
      <div>
        <input
          id={`deed-${field.id}`} list={`deed-${field.id}-choices`} value={value} maxLength={field.most || 200} autoComplete="off" aria-label={field.label}
          onChange={(event) => onChange(event.target.value)}
          style={{ boxSizing: 'border-box', width: '100%', padding: '6px 8px', border: '1px solid #808893', borderRadius: 4, background: 'var(--mv-paper, #fff)', color: 'inherit', font: 'inherit' }}
        />
        <datalist id={`deed-${field.id}-choices`}>{field.choices.map((choice) => { const [name, words] = [].concat(choice); return <option key={name} value={name}>{words || name}</option>; })}</datalist>
      </div>
    </ControlGroup>
  );
}

/**
 * run({why, ...values}) does it and may throw; children say what will happen. fields: [{id, label, initial?, needed?, choices?}]
 * besides the reason; whyLabel '' asks for none.
 */
export default function Deed({ title, children, run, onClose, label, whyLabel = 'Why', fields = [], destructive }) {
  const [why, setWhy] = useState('');
  const [values, setValues] = useState(Object.fromEntries(fields.map((field) => [field.id, field.initial || ''])));
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const complete = (whyLabel === '' || /\w/.test(why)) && fields.every((field) => !field.needed || values[field.id].trim());
  const go = async () => {
    setBusy(true);
    setError('');
    try {
      await run({ why: why.trim(), ...values });
      onClose(true);
    } catch (problem) {
      setError(problem.message);
      setBusy(false);
    }
  };
  return (
    <Modal open onRequestClose={() => onClose(false)} style={{ width: 520 }}>
      <Modal.Header title={title} onRequestClose={() => onClose(false)} />
      <Modal.Body>
        {children}
        {fields.map((field) => (field.choices ? (
          <Choosing key={field.id} field={field} value={values[field.id]} onChange={(value) => setValues((before) => ({ ...before, [field.id]: value }))} />
        ) : (
          <ControlGroup key={field.id} label={field.label} labelPosition="top">
            <Text
              value={values[field.id]} type={field.type || 'text'} autoComplete="off" inputId={`deed-${field.id}`}
              onChange={(event, { value }) => setValues((before) => ({ ...before, [field.id]: value }))}
            />
          </ControlGroup>
        )))}
        {whyLabel !== '' && (
          <ControlGroup label={whyLabel} labelPosition="top" help="Others will read it.">
            <TextArea value={why} rowsMin={2} maxLength={500} inputId="deed-why" onChange={(event, { value }) => setWhy(value)} />
          </ControlGroup>
        )}
        {error && <Failed text={error} />}
      </Modal.Body>
      <Modal.Footer>
        <Button label="Cancel" onClick={() => onClose(false)} />
        <Button appearance={destructive ? 'destructive' : 'primary'} label={label} disabled={busy || !complete} onClick={go} />
      </Modal.Footer>
    </Modal>
  );
}
