// Matches with what they say, where they lead, and whether people found them true.
import React, { useState } from 'react';
import { operate } from '../investigate/asking.js';
import { entityTitle, sizeWords } from '../investigate/entity_title.js';
import { investigate } from '../investigate/address.js';
import { words } from '../investigate/use_investigation.js';
import DataTable from '../parts/data_table.jsx';
import ShortId from '../parts/short_id.jsx';
import { Failed } from '../parts/states.jsx';
import { ago, day } from '../parts/times.js';
import { app, viewPath } from '../place.js';
import { tierWords } from './words.js';

const VERDICTS = { true: 'True', false: 'False', seen: 'Seen' };
const PRESSED = { borderColor: 'var(--mv-accent)', boxShadow: '0 0 0 1px var(--mv-accent)' };
const BUTTON = { padding: '2px 8px', border: '1px solid #808893', borderRadius: 4, background: 'var(--mv-paper)', color: 'var(--mv-ink)', font: 'inherit', cursor: 'pointer' };

/** Entities that hold a picture, each a link to Investigate. */
export function Entities({ entities, image, ofFrame }) {
  return (
    <>
      {entities.map((entity) => (
        <div key={entity.entity_id}>
          <a href={viewPath(app, 'investigate', { e: entity.entity_id, v: 'results' })}>{entityTitle(entity)}</a>{' '}
          <span style={{ color: 'var(--mv-dim)' }}>({sizeWords(entity.size, entity.sources)})</span>
        </div>
      ))}
      {ofFrame
        ? <button type="button" className="mv-link" onClick={() => investigate(`image_frame:${image}/${ofFrame}`)}>Records with frame {ofFrame} of their video</button>
        : <button type="button" className="mv-link" onClick={() => investigate(`image:${image}`)}>Records with this picture</button>}
    </>
  );
}

/** true, false or seen of one match; what others said stands below. */
function Verdict({ match, onSaid, onFailed }) {
  const [busy, setBusy] = useState('');
  const [changing, setChanging] = useState(false);
  const own = match.feedback.find(({ by }) => by === window.$C.USERNAME)?.verdict;
  const say = async (verdict) => {
    setBusy(verdict);
    try {
      await operate('image_feedback', { op: 'set', bank_id: match.bank_id, entry_id: match.entry_id, verdict, ...(match.image || match.query ? { pdq: match.image || match.query } : {}) });
      onSaid(match, verdict);
      setChanging(false);
    } catch (problem) {
      onFailed(words(problem));
    }
    setBusy('');
  };
  return (
    <>
      {own && !changing && (
        <div role="status" data-test="said">
          <strong>{VERDICTS[own]}</strong>, as you said. <button type="button" className="mv-link" onClick={() => setChanging(true)}>Change</button>
        </div>
      )}
      {(!own || changing) && <div role="group" aria-label={`What the match in ${match.bank} is`} style={{ display: 'flex', gap: 6 }}>
        {Object.entries(VERDICTS).map(([name, title]) => (
          <button key={name} type="button" aria-pressed={own === name} disabled={busy !== ''} style={own === name ? { ...BUTTON, ...PRESSED } : BUTTON} onClick={() => say(name)}>{title}</button>
        ))}
      </div>}
      {match.feedback.filter(({ by }) => by !== window.$C.USERNAME).map(({ by, verdict, time }) => (
        <div key={by} style={{ color: 'var(--mv-dim)' }} title={ago(time)}>{VERDICTS[verdict]}: {by}, {day(time)}</div>
      ))}
    </>
  );
}

/** matches of banks; with `entities` those of records that wait for review. */
export default function Matches({ matches, withEntities, label, onChange }) {
  const [error, setError] = useState('');
  const said = (match, verdict) => {
    setError('');
    const mine = { verdict, by: window.$C.USERNAME, time: Date.now() / 1000, note: '', distance: match.distance };
    onChange(matches.map((each) => (each === match ? { ...each, feedback: [mine, ...each.feedback.filter(({ by }) => by !== mine.by)] } : each)));
  };
  const shownHashes = matches.map((row) => row.pdq || row.md5 || row.sha256).filter(Boolean);
  const columns = [
    { id: 'tier', title: 'What it says', width: 200, cell: (row) => (
      <>
        <strong>{tierWords(row)}</strong>
        {row.what === 'false_positive' && <div style={{ color: 'var(--mv-warn)' }}>on a list of false positives</div>}
        {row.is_doubted && <div style={{ color: 'var(--mv-warn)' }}>doubtful: a known false positive is as near</div>}
      </>
    ), sort: (row) => row.distance },
    { id: 'bank', title: 'Bank', width: 160, cell: (row) => row.bank, sort: (row) => row.bank },
    { id: 'label', title: 'Listed as', width: 160, cell: (row) => <>{row.label || '–'}{row.ref && <div style={{ color: 'var(--mv-dim)' }}>{row.ref}</div>}</>, sort: (row) => row.label || '' },
    ...(withEntities ? [{ id: 'entities', title: 'In your records', cell: (row) => <Entities entities={row.entities} image={row.image} ofFrame={row.frame} /> }] : []),
    { id: 'hash', title: 'Hash', width: 130, cell: (row) => (row.pdq || row.md5 || row.sha256 ? <ShortId id={row.pdq || row.md5 || row.sha256} among={shownHashes} /> : '–') },
    { id: 'said', title: 'Is it true?', width: 190, cell: (row) => <Verdict match={row} onSaid={said} onFailed={setError} /> },
  ];
  return (
    <>
      {error && <Failed text={error} />}
      <DataTable label={label} columns={columns} rows={matches} id={(row) => `${row.bank_id} ${row.entry_id} ${row.image || ''}`} />
    </>
  );
}
