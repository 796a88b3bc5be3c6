// Leaves for the login when splunkd says that the session has ended, whoever asked: Splunk's own panels show it as a failure.
import { loginPath } from './place.js';

const ENDED = 401;

function leaveIfEnded(status) {
  if (status === ENDED) window.location.assign(loginPath());
}

/** From now on an answer to any request of this page may lead to the login, which leads back. */
export default function leaveAtSessionEnd() {
  const ask = window.fetch;
  window.fetch = async (...given) => {
    const answer = await ask(...given);
    leaveIfEnded(answer.status);
    return answer;
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function watched(...given) {
    this.addEventListener('load', () => leaveIfEnded(this.status));
    return send.apply(this, given);
  };
}
