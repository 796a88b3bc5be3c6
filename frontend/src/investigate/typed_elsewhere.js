// What was typed in one tab, for a tab that was opened from it: asked of the open tabs of the same user by its key.
import '../tab_owner.js';
import { username } from '@splunk/splunk-utils/config';

const CHANNEL = 'minerva typed';
const PATIENCE_MS = 400;

function opened() {
  return username && typeof window.BroadcastChannel === 'function' ? new window.BroadcastChannel(CHANNEL) : null;
}

/** Answers other tabs from this one's storage, as long as the page stands; nameOf(key) is where a text is kept. */
export function answerOthers(nameOf) {
  const channel = opened();
  if (!channel) return;
  channel.onmessage = ({ data }) => {
    const text = data?.asks === username && data.key ? window.sessionStorage.getItem(nameOf(data.key)) : null;
    if (text !== null) channel.postMessage({ tells: username, key: data.key, text });
  };
}

/** The text that another tab keeps under a key, null where none does. */
export function typedElsewhere(key) {
  const channel = opened();
  if (!channel) return Promise.resolve(null);
  return new Promise((resolve) => {
    const end = (text) => {
      channel.close();
      resolve(text);
    };
    channel.onmessage = ({ data }) => { if (data?.tells === username && data.key === key) end(data.text); };
    channel.postMessage({ asks: username, key });
    window.setTimeout(() => end(null), PATIENCE_MS);
  });
}
