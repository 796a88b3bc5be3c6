// Taking a partner's bundle into a case: choose files, see what they hold and what is refused, say who sent them, take them.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import { stated } from '../investigate/circumstances.jsx';
import { words } from '../investigate/use_investigation.js';
import { fileInBase64 } from '../parts/base64.js';
import { Failed, Partial, Waiting } from '../parts/states.jsx';
import { leadTitle, markWords, schemaWords } from './leads.jsx';

const MOST_BYTES = 10 * 1024 * 1024;
const FORMS = { stix: 'STIX 2.1 bundle', misp: 'MISP event', ftm: 'FollowTheMoney entities', csv: 'tables (CSV)', xlsx: 'workbook (XLSX)' };
const STATES = { new: 'new', held: 'in the case already', changed: 'another version, beside what came before' };
const Form = styled.div`
  * { box-sizing: border-box; }
  label.field { display: block; margin: 12px 0 4px; font-weight: 600; }
  input[type='text'], input[type='file'] { width: 100%; padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper, #fff); color: inherit; font: inherit; }
  ul { max-height: 220px; margin: 6px 0; padding: 0; overflow-y: auto; list-style: none; }
  li { padding: 4px 0; overflow-wrap: anywhere; }
`;

async function encoded(file) {
  return { name: file.name, base64: await fileInBase64(file) };
}

function Found({ told, left, onLeft, isMeant, onMeant }) {
  const { import: about, leads, refused, refused_count: count } = told;
  const toggle = (ref) => {
    const next = new Set(left);
    if (!next.delete(ref)) next.add(ref);
    onLeft(next);
  };
  return (
    <div data-test="import-preview">
      <p style={{ marginTop: 10 }}>
        {FORMS[about.form] || about.form}{about.says_source && <> of <b>{about.says_source}</b></>}, {markWords(about.marking)}{!about.is_marked && ' (it is not marked: the strictest counts)'}.{' '}
        {about.is_complete ? 'Every file is the one that its manifest names: it is complete.' : 'No manifest came with it: nothing shows that it is complete.'}{' '}
        {about.is_genuine ? `It is genuine: ${about.says_source} made it here and signed it.` : 'It is not signed by an institution of this installation: anybody can have made it, under any name.'}
      </p>
      {!about.is_for_us && (
        <div role="alert" data-test="not-for-us" style={{ margin: '8px 0', padding: '8px 12px', border: '1px solid var(--mv-bad)', borderRadius: 4 }}>
          <p style={{ margin: 0 }}><b>It is not for your institution.</b> It says that it is for “{about.recipient}”; yours is “{about.institution}”. Ask who gave it to you before you take anything of it.</p>
          <label><input type="checkbox" checked={isMeant} onChange={(event) => onMeant(event.target.checked)} /> Its owner has said that my institution may have it</label>
        </div>
      )}
      {about.statement && <p>What may be done with it: {about.statement}</p>}
      {about.expires && <p>It is to be deleted by {about.expires.slice(0, 10)}, and is deleted here then.</p>}
      <p><b>{leads.length} accepted</b>{leads.length > 0 && ', as leads of the case; they become no records or entities of yours:'}</p>
      <ul aria-label="Accepted" tabIndex={0}>
        {leads.map((lead) => (
          <li key={lead.ref}>
            <label>
              <input type="checkbox" checked={lead.state !== 'held' && !left.has(lead.ref)} disabled={lead.state === 'held'} onChange={() => toggle(lead.ref)} />{' '}
              {leadTitle(lead)} · {schemaWords(lead.schema)} · {STATES[lead.state]}
              {lead.entities.length > 0 && ` · ${lead.entities.length === 20 ? '20 or more' : lead.entities.length} of your entities hold${lead.entities.length === 1 ? 's' : ''} a contact of it`}
              {lead.unread > 0 && ` · ${lead.unread} of its identifiers cannot be read`}
            </label>
          </li>
        ))}
      </ul>
      {count > 0 && (
        <>
          <Partial>{count} refused:</Partial>
          <ul aria-label="Refused" tabIndex={0}>
            {/* eslint-disable-next-line react/no-array-index-key */}
            {refused.map(({ ref, reason }, at) => <li key={at}>{ref}: {reason}</li>)}
          </ul>
        </>
      )}
    </div>
  );
}

/** row: the case, whose purpose and number count for the import; onClose(answer or null): what the handler answered. */
export default function ImportBundle({ row, onClose }) {
  const [files, setFiles] = useState([]);
  const [told, setTold] = useState(null);
  const [source, setSource] = useState('');
  const [left, setLeft] = useState(new Set());
  const [isMeant, setMeant] = useState(false);
  const [state, setState] = useState({ busy: false, error: '' });
  const ask = async (body) => {
    setState({ busy: true, error: '' });
    try {
      const own = row.number ? { purpose: row.purpose, case: row.number } : {};
      const answer = await operate('case_import', { case_id: row.case_id, ...own, ...body });
      setState({ busy: false, error: '' });
      return answer;
    } catch (problem) {
      setState({ busy: false, error: words(problem) });
      return null;
    }
  };
  const choose = async (list) => {
    setTold(null);
    setMeant(false);
    setLeft(new Set());
    if (list.length === 0) return;
    if ([...list].reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) {
      setState({ busy: false, error: 'The files have more than 10 MB together: ask for a part of it.' });
      return;
    }
    const read = await Promise.all([...list].map(encoded));
    setFiles(read);
    const answer = await ask({ op: 'preview', files: read });
    if (!answer) return;
    setTold(answer);
    setSource(answer.import.says_source);
  };
  const chosen = told ? told.leads.filter((lead) => lead.state !== 'held' && !left.has(lead.ref)) : [];
  const take = async () => {
    const answer = await ask({ op: 'add', files, source: source.trim(), is_meant: isMeant, refs: chosen.map(({ ref }) => ref) });
    if (answer) onClose(answer);
  };
  return (
    <Modal open onRequestClose={() => onClose(null)} style={{ width: 640 }}>
      <Modal.Header title="Import a partner’s bundle" onRequestClose={() => onClose(null)} />
      <Modal.Body>
        <Form>
          <p>A STIX 2.1 bundle, a MISP event, FollowTheMoney entities as JSON lines, CSV, XLSX, or a zip that Minerva exported; with its manifest if there is one.</p>
          {!row.number && !stated().case && <Failed text="The case has no number yet: give it one (Edit). What is imported is held against the people whom your institution protects, under a purpose and a case number." />}
          <label className="field" htmlFor="import-files">Files</label>
          <input id="import-files" type="file" multiple onChange={(event) => choose(event.target.files)} />
          {state.busy && <Waiting what="Reading the bundle" />}
          {state.error && <Failed text={state.error} />}
          {told && <Found told={told} left={left} onLeft={setLeft} isMeant={isMeant} onMeant={setMeant} />}
          {told && (
            <>
              <label className="field" htmlFor="import-source">Who it came from</label>
              <input id="import-source" type="text" value={source} maxLength={200} autoComplete="off" onChange={(event) => setSource(event.target.value)} />
            </>
          )}
        </Form>
      </Modal.Body>
      <Modal.Footer>
        <Button label="Cancel" onClick={() => onClose(null)} />
        <Button appearance="primary" label={chosen.length > 0 ? `Take ${chosen.length} into the case` : 'Take into the case'} disabled={state.busy || chosen.length === 0 || (!told.import.is_for_us && !isMeant) || !/\w/.test(source)} onClick={take} />
      </Modal.Footer>
    </Modal>
  );
}
