// What the page Schools asks of the app's handlers. A crop stands in a body alone; the whole photo stays in the browser
// unless its user says otherwise.
import { operate } from '../investigate/asking.js';
import { stated } from '../investigate/circumstances.jsx';
import { ask, post, searched } from '../rest.js';

const IDENTIFY = 'minerva/app/v1/schools/identify';
export const PARTS = { crest: 'Crest', tie: 'Tie', garment: 'Garment' };
const PICTURES = 'minerva/app/v1/schools/pictures';
const RECORDS_AT_ONCE = 1000;
const SOURCE = /^[a-z0-9_]{1,100}$/;
const LONGEST_SIDE = 1600;

/** {query, found, searched, notes} of words and of crops as data addresses ({crest, tie, garment, photo}). */
export function identify(describe, crops) {
  const pictures = Object.fromEntries(Object.entries(crops).filter(([, crop]) => crop).map(([part, crop]) => [part, crop.slice(crop.indexOf(',') + 1)]));
  return post(IDENTIFY, { ...stated(), describe, ...pictures, top: 20 });
}

/** Questions that were asked before, newest first. */
export function askedBefore() {
  return operate('school_queries', {});
}

/** One of them with what was found, {query, found}. */
export function askedOnce(queryId) {
  return operate('school_queries', { op: 'get', query_id: queryId });
}

/** What somebody says of a school that was found; gives {query, found}. */
export function judge(queryId, schoolId, verdict, note = '') {
  return operate('school_queries', { op: 'set', query_id: queryId, school_id: schoolId, verdict, note });
}

/** Removes a question. */
export function removeQuestion(queryId) {
  return operate('school_queries', { op: 'remove', query_id: queryId });
}

/** Adds schools ({school_id, facts, crest, tie, garment}) to the gallery; {schools, crests, ties, garments, refused}. */
export function addPictures(schools) {
  return post(PICTURES, { ...stated(), op: 'add', schools });
}

/** {schools, with_uniform, countries}: what the institution holds. */
export function heldSchools() {
  return operate('school_gallery', {});
}

/** Sources of which the user's records are schools: [{source, records}]. */
export async function registers() {
  const found = await searched('| tstats count where index=mnv_t_* sourcetype=minerva:school by source');
  return found.filter(({ source }) => SOURCE.test(source)).map(({ source, count }) => ({ source, records: Number(count) }));
}

function recordOf({ _raw: raw }) {
  try {
    return JSON.parse(raw);
  } catch {
    return null; // an event that is no record
  }
}

/** Puts the schools of a source, as its newest signed records say them, into the list; tells how many are taken as it goes. */
export async function takeRegister(source, onTaken) {
  const search = `search \`minerva_records\` sourcetype=minerva:school source="${source}" | \`minerva_signed\` | dedup source_key | sort 0 source_key | table _raw`;
  const { sid } = await ask('search/jobs', { form: { search, exec_mode: 'blocking', earliest_time: '0' } });
  let taken = 0;
  for (let at = 0; ; at += RECORDS_AT_ONCE) {
    // eslint-disable-next-line no-await-in-loop
    const rows = (await ask(`search/v2/jobs/${sid}/results`, { query: { offset: at, count: RECORDS_AT_ONCE } }))?.results || [];
    const records = rows.map(recordOf).filter(Boolean);
    // eslint-disable-next-line no-await-in-loop
    if (records.length > 0) taken += (await operate('school_gallery', { op: 'register', records })).taken;
    onTaken(taken);
    if (rows.length < RECORDS_AT_ONCE) return taken;
  }
}

/** A file of the user as an image element; a page of Splunk shows pictures of data addresses alone. Throws Error in words. */
export function readPicture(file) {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new Error('This file is no picture that the browser can show: JPEG, PNG, WebP and GIF can be used.'));
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = refuse;
    const reader = new FileReader();
    reader.onload = () => { image.src = reader.result; };
    reader.onerror = refuse;
    reader.readAsDataURL(file);
  });
}

/** A part of an image ({x, y, width, height} in its own pixels, or all of it) as a data address of a PNG or JPEG. */
export function cut(image, box) {
  const { x, y, width, height } = box || { x: 0, y: 0, width: image.naturalWidth, height: image.naturalHeight };
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d').drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
