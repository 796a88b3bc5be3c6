// What the page asks: hashes of one picture, which the server forgets at once, and matches, banks and what people said.
import { stated } from '../investigate/circumstances.jsx';
import { operate } from '../investigate/asking.js';
import { fileInBase64 } from '../parts/base64.js';
import { post } from '../rest.js';

const HASH = 'minerva/app/v1/images/hash';
export const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FRAMES = 100;
const MOST_LOOKED_UP = 32;
export const MOST_LIST = 16_000_000;

async function sent(file) {
  try {
    return await fileInBase64(file);
  } catch {
    throw new Error('The file cannot be read.');
  }
}

/** Hashes of a picture with its mirrored, turned and trimmed forms; the bytes go in a body and stay nowhere. */
export async function hashed(file) {
  if (file.size > MOST_BYTES) throw new Error('The picture is larger than 20 MiB.');
  return post(HASH, { ...stated(), picture: await sent(file), turns: true });
}

function asked({ dihedral, trimmed, turned = [], md5, sha256, quality }) {
  return { hashes: [...new Set([...dihedral, ...(trimmed?.dihedral || []), ...turned.flat()])], md5, sha256, quality };
}

/** Matches of hashed forms in banks, own and shared, and in own records. */
export function lookedUp(hashes) {
  return operate('image_search', asked(hashes));
}

/** {frames, refused} of the key frames of one video, given as files in their order. */
export async function hashedFrames(files) {
  if (files.length > MOST_FRAMES) throw new Error(`At most ${MOST_FRAMES} frames of one video at a time.`);
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw new Error('The frames are larger than 20 MiB together.');
  return post(HASH, { ...stated(), frames: await Promise.all(files.map(sent)) });
}

/** Frames that say something of the video and are looked up: with their mirrored and turned forms, spread over it. */
export function telling(frames) {
  const good = frames.filter(({ is_telling: tells }) => tells);
  const most = Math.min(good.length, MOST_LOOKED_UP);
  return Array.from({ length: most }, (_, at) => good[Math.floor(at * good.length / most)]);
}

/** Matches of the frames of a video, each with `frame`, its place among the files. */
export async function lookedUpFrames(frames) {
  const asked = telling(frames);
  const answer = await operate('image_search', { frames: asked.map(({ dihedral, trimmed }) => (trimmed || { dihedral }).dihedral) });
  const placed = (row) => ({ ...row, frame: row.frame ? asked[row.frame - 1].place : 0 });
  return { ...answer, matches: answer.matches.map(placed), records: answer.records.map(placed) };
}

/** Whether another institution lets this one know that it holds the same picture. */
export async function heldElsewhere(hashes) {
  return (await operate('image_search', { ...asked(hashes), elsewhere: true })).elsewhere;
}
