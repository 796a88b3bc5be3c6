// Bytes as text for the body of a request, and back from an answer.

/** Base64 of bytes, in pieces, as long texts overflow the browser's stack. */
export default function base64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return window.btoa(text);
}

/** Base64 of a file that the user chose. */
export async function fileInBase64(file) {
  return base64(new Uint8Array(await file.arrayBuffer()));
}

/** The bytes of a base64 text. */
export function bytesOf(text) {
  return Uint8Array.from(window.atob(text), (letter) => letter.charCodeAt(0));
}
