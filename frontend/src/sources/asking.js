// Asks the add-on's handler of sources. A sample stands in the body of a request and in the memory of this page alone.
import { post } from '../rest.js';

const HANDLER = 'minerva/sources/v1';

/** The handler's answer to one operation. */
export function work(operation, body = {}) {
  return post(`${HANDLER}/${operation}`, body);
}
