// A question before something leaves or is undone: what will happen, why it is done, and the case it is done for.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Modal from '@splunk/react-ui/Modal';
import Text from '@splunk/react-ui/Text';
import TextArea from '@splunk/react-ui/TextArea';
import { Failed } from './states.jsx';

/**
 * run({why, ...values}) does it and may throw; children say what will happen. fields: [{id, label, initial?, needed?}]
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
        {fields.map((field) => (
          <ControlGroup key={field.id} label={field.label} labelPosition="top">
            <Text
              value={values[field.id]} type={field.type || 'text'} autoComplete="off" inputId={`deed-${field.id}`}
              onChange={(event, { value }) => setValues((before) => ({ ...before, [field.id]: value }))}
            />
          </ControlGroup>
        ))}
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
