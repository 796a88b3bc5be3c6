// The work list as a file: which businesses leave, for which purpose and case.
import React, { useRef, useState } from 'react';
import { operate } from '../investigate/asking.js';
import { purposeWords, stated } from '../investigate/circumstances.jsx';
import useWorkplace from '../investigate/use_workplace.js';
import { bytesOf } from '../parts/base64.js';
import Deed from '../parts/deed.jsx';
import keepFile from '../parts/keep_file.js';
import ShortId from '../parts/short_id.jsx';

/** asked: {sector, state, region, cluster} of the list; count: how many businesses it holds. */
export default function ExportList({ asked, count }) {
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState(null);
  const made = useRef(null);
  const workplace = useWorkplace();
  const said = stated();
  const needsBasis = workplace?.institutions.some((each) => each.needs_legal_basis);
  const run = async ({ purpose, case: number, basis }) => {
    made.current = await operate('risk_export', { ...asked, purpose, case: number.trim(), ...(basis ? { legal_basis: basis.trim() } : {}) });
    const { name, media_type: type, base64 } = made.current.file;
    keepFile(name, new Blob([bytesOf(base64)], { type }));
  };
  return (
    <>
      <p style={{ margin: '4px 0' }}>
        <button type="button" className="mv-link" onClick={() => { setTold(null); setOpen(true); }}>Export this list</button>
        {told && <span role="status" data-test="list-exported" style={{ marginLeft: 12, color: 'var(--mv-good)' }}>{told.rows.toLocaleString('en')} {told.rows === 1 ? 'business was' : 'businesses were'} handed to your browser as {told.file.name}, SHA-256 <ShortId id={told.file.sha256} /></span>}
      </p>
      {open && (
        <Deed
          title="Export the work list" label="Export" whyLabel="" run={run}
          onClose={(done) => { setOpen(false); if (done) setTold(made.current); }}
          fields={[
            { id: 'purpose', label: 'Purpose', initial: said.purpose || '', needed: true, choices: (workplace?.purposes || []).map((name) => [name, purposeWords(name)]) },
            { id: 'case', label: 'Case number', initial: said.case || '', needed: true },
            ...(needsBasis ? [{ id: 'basis', label: 'Legal basis', initial: said.legal_basis || '', needed: true }] : []),
          ]}
        >
          <p>
            {count.toLocaleString('en')} {count === 1 ? 'business' : 'businesses'} of the trade, state and region that are chosen, as a table (CSV) with score, state, reasons and what is missing. A score is a lead and not evidence by itself:
            the file says so in each row, and holds purpose and case. One person may export 100 entities, records and businesses a day: choose a state or a region where there are more.
          </p>
        </Deed>
      )}
    </>
  );
}
