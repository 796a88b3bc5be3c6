// A case as files: in which format it leaves, and what its manifest says of what left and what stayed.
import React, { useRef, useState } from 'react';
import useWorkplace from '../investigate/use_workplace.js';
import { operate } from '../investigate/asking.js';
import { purposeWords, stated } from '../investigate/circumstances.jsx';
import { bytesOf } from '../parts/base64.js';
import keepFile from '../parts/keep_file.js';
import Deed from '../parts/deed.jsx';
import ShortId from '../parts/short_id.jsx';

const FORMATS = {
  report: 'Report (a page that prints well)', xlsx: 'Workbook (XLSX)', csv: 'Tables (CSV)', stix: 'STIX 2.1', ftm: 'FollowTheMoney', misp: 'MISP', htcds: 'HTCDS',
};

/** Hands a file of an answer to the browser. */
function saved({ name, media_type: type, base64 }) {
  keepFile(name, new Blob([bytesOf(base64)], { type }));
}

function counted(counts) {
  return Object.entries(counts).map(([name, count]) => `${count} ${name.replaceAll('_', ' ').replace('.', ' ')}`).join(', ') || 'nothing';
}

/** The manifest of what has just left, in words, with the hash of each file. */
export function Exported({ manifest, file }) {
  const { counts, withheld, left_out: leftOut, marking, files } = manifest;
  return (
    <section role="status" aria-label="What was exported" data-test="exported" style={{ margin: '8px 0', padding: '8px 14px', border: '1px solid var(--mv-line)', borderRadius: 6, overflowWrap: 'anywhere' }}>
      <div><b>{file.name}</b> was handed to your browser: {counts.entities} entities and {counts.records} records, marked {marking.tlp}.</div>
      <div>Withheld: {counted(withheld)}. Left out, as the format has no place for it or it stays in the index: {counted(leftOut)}.</div>
      {[...files, { name: file.name, sha256: file.sha256 }].map(({ name, sha256 }) => <div key={name}>SHA-256 of {name}: <ShortId id={sha256} /></div>)}
    </section>
  );
}

/** onClose(answer or null): what the handler answered when something left. */
export default function ExportCase({ row, onClose }) {
  const [form, setForm] = useState('report');
  const workplace = useWorkplace();
  const others = [...new Set((workplace?.groups || []).flatMap(({ members }) => members))].sort();
  const made = useRef(null);
  // Purpose and number are the case's own; where it has none, what this tab states.
  const said = stated();
  const given = { ...said, purpose: row.purpose || said.purpose, case: row.number || said.case };
  const run = async ({ meant }) => {
    made.current = await operate('case_export', { ...given, case_id: row.case_id, format: form, for: meant.trim() });
    saved(made.current.file);
  };
  return (
    <Deed
      title="Export the case" label="Export" whyLabel=""
      fields={[{ id: 'meant', label: 'Who it is for: an institution, or words such as “the prosecutor’s office of Hudson County”', needed: true, choices: others }]}
      onClose={(done) => onClose(done ? made.current : null)} run={run}
    >
      <p>The pinned entities with their records, and records pinned alone, without the texts, which stay in the index; the report alone holds notes, hypotheses and tasks. A manifest beside it states marking, purpose, case, hashes and what was withheld. Purpose: {purposeWords(given.purpose)}; case number: {given.case || 'none: give the case one under Edit'}.</p>
      <label htmlFor="export-format">Format</label>{' '}
      <select id="export-format" value={form} onChange={(event) => setForm(event.target.value)} style={{ font: 'inherit' }}>
        {Object.entries(FORMATS).map(([name, title]) => <option key={name} value={name}>{title}</option>)}
      </select>
    </Deed>
  );
}
