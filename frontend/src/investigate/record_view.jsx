// One record: its text with every find marked, its fields, where it came from and why it belongs.
import React, { useState } from 'react';
import styled from 'styled-components';
import begun from '../parts/begun.js';
import Chip from '../parts/chip.jsx';
import MarkedText, { TextBox } from '../parts/marked_text.jsx';
import { levelWords } from '../parts/levels.js';
import { kindOf, parted, readable, readableText } from '../parts/palette.js';
import ShortId from '../parts/short_id.jsx';
import { ago, moment } from '../parts/times.js';
import ValueWay from '../parts/value_way.jsx';
import WatchButton from '../watching/watch_button.jsx';
import { areaWords } from '../watching/words.js';
import AddToCase from './add_to_case.jsx';
import { markOf } from './filters.jsx';
import RecordHistory from './record_history.jsx';
import ShareDialog from './sharing/share_dialog.jsx';
import { gist, typeWords } from './records.jsx';

const Fields = styled.dl`
  display: grid; grid-template-columns: max-content 1fr; gap: 3px 12px; margin: 8px 0;
  dt { color: var(--mv-dim); } dd { margin: 0; overflow-wrap: anywhere; }
`;
const SHOWN = ['name', 'address', 'city', 'region', 'postcode', 'country', 'url'];
const PERSONAL = { contact: ' · holds contacts of people', sensitive: ' · holds sensitive data of people' };
const LABELS = { name: 'Name', address: 'Address', city: 'City', region: 'Region', postcode: 'Postcode', country: 'Country', url: 'Address of the page' };

function titleOf(find) {
  return `${kindOf(parted(find.identifier).kind).title}: ${readable(find.identifier)}. Confidence ${Number(find.confidence).toFixed(2)}`;
}

export default function RecordView({ record, reasons, onIdentifier, onMap, onSource, onEntity, entityTitle, entityId, onRecord, institution, workplace, hasCircumstances, mayPin }) {
  const [pinning, setPinning] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [told, setTold] = useState('');
  const [blur, setBlur] = useState(false);
  const [raw, setRaw] = useState(false);
  const evidence = record.evidence || [];
  const byField = (field) => evidence.filter((find) => (find.field || 'text') === field);
  const identifiers = [...new Set(evidence.map((find) => find.identifier))];
  const fields = SHOWN.filter((name) => record[name]);
  const extra = Object.entries(record.attributes || {});
  const areas = [
    record.city && { form: 'town', city: record.city, region: record.region || '' }, record.postcode && { form: 'postcode', postcode: record.postcode },
  ].filter(Boolean).map((area) => ({ label: areaWords(area), body: { area } }));
  /** A town leads to who else is there, an address to the map. */
  const ledOn = (name) => {
    if (name === 'city') return <ValueWay value={record.city} onOpen={onIdentifier} title="Who has records of it" />;
    if (['address', 'postcode'].includes(name)) return <button type="button" className="mv-link" title="Show it on the map" onClick={onMap}>{record[name]}</button>;
    return record[name];
  };
  return (
    <div data-test="record-view">
      <h2>{gist(record)}</h2>
      <p style={{ color: 'var(--mv-dim)', marginTop: 4 }}>
        {typeWords(record.record_type)} · <button type="button" className="mv-link" title="Records of this source" onClick={() => onSource(record.source)}>{record.source.replaceAll('_', ' ')}</button> · <span title={ago(record.time)}>{moment(record.time)}</span>
      </p>
      <p style={{ color: 'var(--mv-dim)' }} data-test="record-marking">{institution && `${institution} · `}marked {levelWords(markOf(record))}{PERSONAL[record.marking?.personal] || ''}</p>
      {record.partly && <p role="alert" style={{ color: 'var(--mv-warn)' }}>Signed the old way: identifiers, name and place are as Minerva stored them; title, text and other fields may be somebody else’s.</p>}
      {!record.trusted && !record.partly && <p role="alert" style={{ color: 'var(--mv-bad)' }}>Untrusted: Minerva did not store this event, somebody else wrote it into the index. It is linked to nothing.</p>}
      {record.others > 0 && <p role="alert" style={{ color: 'var(--mv-warn)' }}>{record.others} more event{record.others === 1 ? '' : 's'} with other content bear this record’s id. Compare them in the search page before you rely on it.</p>}
      {record.text && (
        <>
          <MarkedText text={record.text} finds={byField('text')} titleOf={titleOf} blur={blur} data-test="record-text" />
          <button type="button" className="mv-link" onClick={() => setBlur(!blur)}>{blur ? 'Show the text' : 'Blur the text'}</button>
        </>
      )}
      {fields.length + extra.length > 0 && (
        <Fields>
          {fields.map((name) => <React.Fragment key={name}><dt>{LABELS[name]}</dt><dd dir="auto">{ledOn(name)}</dd></React.Fragment>)}
          {extra.map(([name, value]) => <React.Fragment key={name}><dt>{begun(name.replaceAll('_', ' '))}</dt><dd dir="auto">{[].concat(value).join(', ')}</dd></React.Fragment>)}
        </Fields>
      )}
      {areas.length > 0 && <WatchButton label="Watch this place" targets={areas} />}
      {identifiers.length > 0 && (
        <>
          <h3 style={{ margin: '12px 0 6px' }}>What it holds</h3>
          {identifiers.map((name) => <Chip key={name} identifier={name} onOpen={onIdentifier} />)}
        </>
      )}
      {onEntity && (
        <p style={{ marginTop: 8 }}>
          In <button type="button" className="mv-link" onClick={onEntity}>{entityTitle}</button>
          {reasons.length > 0 ? ' because:' : ': it stands alone.'}
        </p>
      )}
      {reasons.length > 0 && (
        <ul style={{ margin: '0 0 8px', paddingLeft: 18 }}>
          {reasons.slice(0, 6).map((why) => <li key={why}>{readableText(why)}</li>)}
        </ul>
      )}
      <RecordHistory key={record.record_id} record={record} entityId={entityId} onRecord={onRecord} />
      <p><button type="button" className="mv-link" onClick={() => setRaw(!raw)}>{raw ? 'Hide the stored event' : 'Show the stored event'}</button></p>
      {raw && <TextBox style={{ fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: 12 }}>{record.raw}</TextBox>}
      {mayPin && <p><button type="button" className="mv-link" onClick={() => setPinning(true)}>Add this record to a case</button></p>}
      {mayPin && workplace && <p><button type="button" className="mv-link" onClick={() => setSharing(true)}>Share this record alone</button></p>}
      {told && <p role="status" style={{ color: 'var(--mv-good)' }}>{told}</p>}
      {pinning && <AddToCase object="record" objectId={record.record_id} title="the record" onClose={(done) => { setPinning(false); setTold(done); }} />}
      {sharing && (
        <ShareDialog
          object={{ record_id: record.record_id, tenant_id: record.tenant_id }} title="the record" workplace={workplace} hasCircumstances={hasCircumstances}
          onClose={(done) => { setSharing(false); setTold(done); }}
        />
      )}
      <p>Record <ShortId id={record.record_id} /></p>
    </div>
  );
}
