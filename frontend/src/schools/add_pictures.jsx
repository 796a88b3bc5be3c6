// Fills the gallery from a folder of the user: DIR/<school id>/{crest,tie,garment}.png and facts.json, some schools at a time.
import React, { useRef, useState } from 'react';
import { words } from '../investigate/use_investigation.js';
import { fileInBase64 } from '../parts/base64.js';
import { Failed } from '../parts/states.jsx';
import { addPictures } from './asking.js';

const AT_ONCE = 20;
const NAMED = /([^/]+)\/(crest|tie|garment|facts)\.(png|jpe?g|webp|gif|bmp|json)$/i;

/** File objects of a folder as schools: [{school_id, files: {crest, tie, garment, facts}}]. */
export function schoolsOf(files) {
  const found = new Map();
  for (const file of files) {
    const [, id, part] = NAMED.exec(file.webkitRelativePath || file.name) || [];
    if (id) found.set(id, { ...found.get(id), [part.toLowerCase()]: file });
  }
  return [...found].map(([id, parts]) => ({ school_id: id, files: parts }));
}

async function stated({ school_id: id, files }) {
  const school = { school_id: id };
  for (const part of ['crest', 'tie', 'garment']) if (files[part]) school[part] = await fileInBase64(files[part]);
  if (files.facts) {
    try {
      school.facts = JSON.parse(await files.facts.text());
    } catch {
      throw new Error(`The facts.json of ${id} cannot be read.`);
    }
  }
  return school;
}

export default function AddPictures({ onAdded }) {
  const input = useRef(null);
  const [state, setState] = useState({});
  const add = async (event) => {
    const schools = schoolsOf([...event.target.files]);
    event.target.value = ''; // the same folder can be chosen once more
    if (schools.length === 0) {
      setState({ error: 'This folder holds no folder of a school with crest.png, tie.png, garment.png or facts.json.' });
      return;
    }
    const refused = [];
    let told = null;
    try {
      for (let at = 0; at < schools.length; at += AT_ONCE) {
        setState({ working: `${at} of ${schools.length} schools are added` });
        told = await addPictures(await Promise.all(schools.slice(at, at + AT_ONCE).map(stated)));
        refused.push(...told.refused);
      }
      setState({ told, refused });
    } catch (problem) {
      setState({ error: words(problem), refused });
    }
    onAdded();
  };
  const { working, told, refused = [], error } = state;
  return (
    <section style={{ margin: '14px 0' }}>
      <h2 style={{ margin: '0 0 4px', fontSize: 15 }}>Pictures of schools</h2>
      <p style={{ color: 'var(--mv-dim)' }}>A folder with a folder for each school, named by its id, with crest.png, tie.png, garment.png and facts.json; any may be missing. Emblems and cloth alone, no people. A small copy of each crest is kept on this search head, of tie and garment their colors.</p>
      <input ref={input} type="file" webkitdirectory="" multiple hidden aria-label="Folder of pictures of schools" onChange={add} />
      <button type="button" className="mv-link" disabled={Boolean(working)} onClick={() => input.current.click()}>Choose a folder</button>
      <div role="status">
        {working && <p>{working}</p>}
        {told && <p data-test="gallery">The gallery has {told.schools.toLocaleString('en')} schools: {told.crests.toLocaleString('en')} with a crest, {told.ties.toLocaleString('en')} with a tie, {told.garments.toLocaleString('en')} with a garment.</p>}
        {refused.length > 0 && <p>Not used: {refused.slice(0, 20).map((each) => `${each.school_id} ${each.file} (${each.error})`).join('; ')}{refused.length > 20 ? `; and ${refused.length - 20} more` : ''}</p>}
      </div>
      {error && <Failed text={error} />}
    </section>
  );
}
