// The crops of a question: each is dropped, chosen as a file or cut from a photo, and can be taken out again.
import React, { useRef, useState } from 'react';
import styled from 'styled-components';
import { Failed } from '../parts/states.jsx';
import { PARTS, cut, readPicture } from './asking.js';
import PhotoBox from './photo_box.jsx';

const Row = styled.div`display: flex; flex-wrap: wrap; gap: 10px; margin: 8px 0;`;
const Slot = styled.div`
  width: 150px; min-height: 132px; padding: 8px; border: 1px dashed #808893; border-radius: 6px; background: var(--mv-paper); text-align: center;
  &[data-over='true'] { border-color: var(--mv-accent); background: var(--mv-wash); }
  img { display: block; max-width: 100%; max-height: 84px; margin: 6px auto; }
  h3 { font-size: 13px; }
`;
const Hidden = styled.input`position: absolute; width: 1px; height: 1px; opacity: 0;`;

function Choice({ label, onFile }) {
  const input = useRef(null);
  const change = (event) => {
    const [file] = event.target.files;
    event.target.value = ''; // the same file can be chosen once more
    if (file) onFile(file);
  };
  return (
    <>
      <Hidden ref={input} type="file" accept="image/*" aria-label={label} tabIndex={-1} onChange={change} />
      <button type="button" className="mv-link" aria-label={label} onClick={() => input.current.click()}>Choose a file</button>
    </>
  );
}

function Drop({ title, label, onFile, children }) {
  const [over, setOver] = useState(false);
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <Slot data-over={over} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <h3>{title}</h3>
      {children || <p style={{ color: 'var(--mv-dim)', fontSize: 12, margin: '14px 0' }}>Drop a picture here</p>}
      <Choice label={label} onFile={onFile} />
    </Slot>
  );
}

/** crops: {crest, tie, garment, photo} as data addresses; onChange(part, data address or ''). */
export default function Crops({ crops, onChange }) {
  const [photo, setPhoto] = useState(null);
  const [error, setError] = useState('');
  const read = (then) => async (file) => {
    setError('');
    try {
      then(await readPicture(file));
    } catch (problem) {
      setError(problem.message);
    }
  };
  return (
    <>
      <Row>
        {Object.entries(PARTS).map(([part, title]) => (
          <Drop key={part} title={title} label={`${title}: choose a file`} onFile={read((image) => onChange(part, cut(image)))}>
            {crops[part] && (
              <>
                <img src={crops[part]} alt={`The ${title.toLowerCase()} that is asked about`} data-test={`crop-${part}`} />
                <button type="button" className="mv-link" onClick={() => onChange(part, '')} aria-label={`Take the ${title.toLowerCase()} out`}>Take out</button>{' '}
              </>
            )}
          </Drop>
        ))}
        <Drop title="Photo to cut from" label="Photo to cut from: choose a file" onFile={read(setPhoto)} />
      </Row>
      {crops.photo && (
        <p style={{ marginBottom: 8 }}>
          The whole photo is sent, and looked through for a crest.{' '}
          <button type="button" className="mv-link" onClick={() => onChange('photo', '')}>Take the whole photo out</button>
        </p>
      )}
      {error && <Failed text={error} />}
      {photo && <PhotoBox image={photo} onTake={onChange} onClose={() => setPhoto(null)} />}
    </>
  );
}
