// Puts the hashes of the picture that was looked up into a bank.
import React, { useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import Deed from '../parts/deed.jsx';
import { WHATS } from './words.js';

export const Choice = styled.div`
  margin: 0 0 12px;
  label { display: block; margin-bottom: 4px; font-weight: 600; }
  select, input, textarea { max-width: 100%; padding: 6px 8px; border: 1px solid #808893; border-radius: 4px; background: var(--mv-paper, #fff); color: inherit; font: inherit; }
`;

/** onClose(sentence or ''). */
export default function AddToBank({ hashes, onClose }) {
  const [banks, setBanks] = useState(null);
  const [chosen, setChosen] = useState('');
  const [error, setError] = useState('');
  useEffect(() => {
    operate('image_banks').then(({ banks: found }) => { setBanks(found); setChosen(found[0]?.bank_id || ''); }).catch((problem) => setError(words(problem)));
  }, []);
  const done = useRef('');
  const run = async ({ label }) => {
    if (!chosen) throw new Error(error || 'There is no bank yet: open one under Banks.');
    const { pdq, md5, sha256, quality } = hashes;
    const answer = await operate('image_hashes', { op: 'add', bank_id: chosen, list: JSON.stringify([{ pdq, md5, sha256, quality, label }]) });
    if (answer.refused) throw new Error(answer.rows[0].why);
    done.current = answer.added ? `Added to ${answer.bank.name}.` : `${answer.bank.name} held it already.`;
  };
  return (
    <Deed title="Add the hashes to a bank" label="Add" whyLabel="" run={run} onClose={() => onClose(done.current)} fields={[{ id: 'label', label: 'Listed as (what others will read at a match)' }]}>
      {error && <p role="alert">{error}</p>}
      <Choice>
        <label htmlFor="add-to-bank">Bank</label>
        <select id="add-to-bank" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {(banks || []).map(({ bank_id: id, name, what }) => <option key={id} value={id}>{name} ({WHATS[what].toLowerCase()})</option>)}
        </select>
      </Choice>
      <p>PDQ, MD5 and SHA-256 are kept, never the picture.</p>
    </Deed>
  );
}
