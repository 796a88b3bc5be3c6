// Asks the add-on's handler of sources. A sample stands in the body of a request and in the memory of this page alone.
import { post } from '../rest.js';

const HANDLER = 'minerva/sources/v1';

/** The handler's answer to one operation. */
export function work(operation, body = {}) {
  return post(`${HANDLER}/${operation}`, body);
}

/** Hands a file to the browser that its user may keep. */
export function keepFile(name, content) {
  const bytes = Uint8Array.from(window.atob(content), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}
