// One picture is chosen, hashed by the server, which forgets it, and looked up; it is drawn here alone, dimmed until asked.
import React, { useCallback, useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import ShortId from '../parts/short_id.jsx';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import AddToBank from './add_to_bank.jsx';
import { hashed, hashedFrames, lookedUp, lookedUpFrames } from './asking.js';
import Matches, { Entities } from './matches.jsx';
import Others from './others.jsx';
import { tierWords } from './words.js';

const Drop = styled.div`
  display: flex; flex-wrap: wrap; gap: 14px; align-items: center; margin: 10px 0 14px; padding: 16px; border: 2px dashed var(--mv-line);
  border-radius: 6px; background: var(--mv-paper); ${({ $over }) => ($over ? 'border-color: var(--mv-accent);' : '')}
`;
const Facts = styled.div`
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 18px; margin-bottom: 16px; align-items: start;
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 0 0 10px; } dt { color: var(--mv-dim); } dd { margin: 0; }
  canvas { display: block; max-width: 240px; border: 1px solid var(--mv-line); border-radius: 4px; background: var(--mv-soft); }
`;
const SIDE = 240;
const PLAIN = 50;

/** The picture as this browser decodes it, gray and blurred until it is asked for. */
function Shown({ file }) {
  const canvas = useRef(null);
  const [clear, setClear] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let alive = true;
    window.createImageBitmap(file).then((bitmap) => {
      if (!alive || !canvas.current) return;
      const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
      canvas.current.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.current.height = Math.max(1, Math.round(bitmap.height * scale));
      canvas.current.getContext('2d').drawImage(bitmap, 0, 0, canvas.current.width, canvas.current.height);
      bitmap.close();
    }).catch(() => { if (alive) setFailed(true); });
    return () => { alive = false; };
  }, [file]);
  if (failed) return <p style={{ maxWidth: SIDE, color: 'var(--mv-dim)' }}>This browser cannot draw the picture. Its hashes are right all the same.</p>;
  return (
    <div>
      <div style={{ overflow: 'hidden', borderRadius: 4 }}>
        <canvas ref={canvas} role="img" aria-label="The chosen picture, in this browser alone" style={clear ? undefined : { filter: 'blur(14px) grayscale(1)' }} />
      </div>
      <button type="button" className="mv-link" style={{ marginTop: 6 }} onClick={() => setClear((before) => !before)}>{clear ? 'Dim the picture' : 'Show the picture'}</button>
    </div>
  );
}

const RECORDS = [
  { id: 'tier', title: 'What it says', width: 240, cell: (row) => <strong>{tierWords(row)}</strong>, sort: (row) => row.distance },
  { id: 'entities', title: 'Held by', cell: (row) => <Entities entities={row.entities} image={row.image} ofFrame={row.of_frame} /> },
  { id: 'hash', title: 'Hash', width: 190, cell: (row) => row.images.map((image) => <div key={image}><ShortId id={image} among={row.among} /></div>) },
];

/** One row for the pictures of the same entities that are equally near: [{..., images, among}]. */
function grouped(records) {
  const rows = new Map();
  records.forEach((record) => {
    const key = `${record.entities.map(({ entity_id: id }) => id).sort().join()} ${record.entities.length ? '' : record.image} ${tierWords(record)}`;
    if (!rows.has(key)) rows.set(key, { ...record, images: [], among: records.map(({ image }) => image) });
    rows.get(key).images.push(record.image);
  });
  return [...rows.values()];
}

function searchedWords(searched) {
  if (searched.length === 0) return 'Your institution has no bank that you read: open one under Banks.';
  const hashes = searched.reduce((sum, bank) => sum + bank.hashes, 0);
  return `Searched: ${searched.length} bank${searched.length === 1 ? '' : 's'} with ${hashes.toLocaleString('en')} ${hashes === 1 ? 'hash' : 'hashes'}, and the pictures of your own records.`;
}

/** What was found of a picture or of frames: own records, own banks, and what was searched. */
function FoundRows({ answer, onChange, what }) {
  const { matches, records, searched, note, total } = answer;
  return (
    <>
      {note && <Partial>{note}</Partial>}
      {matches.length + records.length === 0 && (
        <Nothing title="No match" next={[`No match does not mean that the ${what} is new: large crops and screenshots are mostly missed.`, 'Add its hashes to a bank, so that it is found when it comes again.']}>
          <p>{searchedWords(searched)}</p>
        </Nothing>
      )}
      {records.length > 0 && (
        <>
          <h2 style={{ margin: '14px 0 8px' }}>In your records ({records.length})</h2>
          <DataTable label="Pictures of your records" columns={RECORDS} rows={grouped(records)} id={(row) => `${row.image} ${row.frame} ${row.of_frame}`} />
        </>
      )}
      {matches.length > 0 && (
        <>
          <h2 style={{ margin: '14px 0 8px' }}>In your banks ({total})</h2>
          {total > matches.length && <Partial>The nearest {matches.length} of {total} are shown.</Partial>}
          <Matches label="Matches in banks" matches={matches} onChange={(rows) => onChange({ ...answer, matches: rows })} />
        </>
      )}
    </>
  );
}

function frameWords({ quality, folded, is_telling: tells }) {
  const alike = folded > 0 ? `, ${folded} more nearly like it` : '';
  return tells ? `quality ${quality}${alike}` : `a black frame, a title or too plain: not looked up${alike}`;
}

/** The frames of one video, and what was found of them. */
function OfVideo({ frames, refused, answer, onChange }) {
  return (
    <section aria-live="polite">
      <h2 style={{ margin: '4px 0 8px' }}>Frames of one video</h2>
      <ol style={{ listStyle: 'none', margin: '0 0 10px', padding: 0 }}>
        {frames.map((frame) => <li key={frame.place}>Frame {frame.place}: {frameWords(frame)}</li>)}
        {refused.map(({ place, error }) => <li key={`refused ${place}`} style={{ color: 'var(--mv-warn)' }}>Frame {place}: refused, {error}</li>)}
      </ol>
      <FoundRows what="video" answer={answer} onChange={onChange} />
      <p style={{ marginTop: 10, color: 'var(--mv-dim)' }}>{searchedWords(answer.searched)} One frame alike may be a title or a stock picture: look at how many are.</p>
    </section>
  );
}

function Answer({ file, hashes, answer, onChange }) {
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState('');
  const { matches, records, searched } = answer;
  return (
    <section aria-live="polite">
      <Facts>
        <Shown file={file} />
        <div>
          <dl>
            <dt>Picture</dt><dd>{hashes.format.toUpperCase()}, {hashes.width} × {hashes.height} pixels{hashes.trimmed && ', with a plain border, which is looked up without it too'}</dd>
            <dt>Quality</dt><dd>{hashes.quality} of 100{hashes.quality < PLAIN && ': too plain, only equal files are found'}</dd>
            <dt>PDQ</dt><dd><ShortId id={hashes.pdq} /></dd>
            <dt>MD5</dt><dd><ShortId id={hashes.md5} /></dd>
            <dt>SHA-256</dt><dd><ShortId id={hashes.sha256} /></dd>
          </dl>
          <Button label="Add its hashes to a bank" onClick={() => setAdding(true)} />
          {told && <p role="status" style={{ color: 'var(--mv-good)', marginTop: 8 }}>{told}</p>}
        </div>
      </Facts>
      <FoundRows what="picture" answer={answer} onChange={onChange} />
      <Others shared={answer.shared} hashes={hashes} />
      {matches.length + records.length > 0 && <p style={{ marginTop: 10, color: 'var(--mv-dim)' }}>{searchedWords(searched)} A match says that two files show the same picture, not who is in it or who posted it.</p>}
      {adding && <AddToBank hashes={hashes} onClose={(sentence) => { setAdding(false); if (sentence) setTold(sentence); }} />}
    </section>
  );
}

export default function LookUp() {
  const input = useRef(null);
  const turn = useRef(0);
  const [over, setOver] = useState(false);
  const [work, setWork] = useState({ state: 'idle' });

  const take = useCallback(async (files) => {
    const [file] = files;
    if (!file) return;
    turn.current += 1;
    const mine = turn.current;
    const show = (next) => { if (turn.current === mine) setWork(next); };
    show({ state: 'waiting', what: files.length > 1 ? `Hashing ${files.length} frames` : 'Hashing the picture' });
    try {
      if (files.length > 1) {
        const video = await hashedFrames(files);
        show({ state: 'waiting', what: 'Looking them up' });
        show({ state: 'done', video, answer: await lookedUpFrames(video.frames) });
        return;
      }
      const hashes = await hashed(file);
      show({ state: 'waiting', what: 'Looking it up' });
      show({ state: 'done', file, hashes, answer: await lookedUp(hashes) });
    } catch (problem) {
      show({ state: 'failed', files, error: words(problem) });
    }
  }, []);
  useEffect(() => {
    const paste = (event) => take([...(event.clipboardData?.files || [])]);
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [take]);

  return (
    <>
      <Drop
        $over={over} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take([...event.dataTransfer.files]); }}
      >
        <Button appearance="primary" label="Choose a picture" onClick={() => input.current.click()} />
        <input ref={input} type="file" accept="image/jpeg,image/png,image/webp,image/gif,image/bmp" aria-label="Picture" data-test="picture" multiple style={{ display: 'none' }} onChange={(event) => { take([...event.target.files]); event.target.value = ''; }} />
        <span>or drop one here, or paste one. JPEG, PNG, WebP, GIF or BMP, up to 20 MiB; several at once are key frames of one video, in their order. It is hashed and forgotten: neither the server nor this browser keeps it.</span>
      </Drop>
      {work.state === 'waiting' && <Waiting what={work.what} />}
      {work.state === 'failed' && <Failed text={work.error} onAgain={() => take(work.files)} />}
      {work.state === 'done' && work.video && <OfVideo frames={work.video.frames} refused={work.video.refused} answer={work.answer} onChange={(answer) => setWork((before) => ({ ...before, answer }))} />}
      {work.state === 'done' && !work.video && <Answer key={work.hashes.sha256} file={work.file} hashes={work.hashes} answer={work.answer} onChange={(answer) => setWork((before) => ({ ...before, answer }))} />}
    </>
  );
}
