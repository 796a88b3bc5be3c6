// What the page asks: hashes of one picture, which the server forgets at once, and matches, banks and what people said.
import { stated } from '../investigate/circumstances.jsx';
import { operate } from '../investigate/asking.js';
import { fileInBase64 } from '../parts/base64.js';
import { post } from '../rest.js';

const HASH = 'minerva/app/v1/images/hash';
export const MOST_BYTES = 20 * 1024 * 1024;
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

/** Whether another institution lets this one know that it holds the same picture. */
export async function heldElsewhere(hashes) {
  return (await operate('image_search', { ...asked(hashes), elsewhere: true })).elsewhere;
}
