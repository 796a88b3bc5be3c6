// What one tab says and the next asks: the open tabs of one user, over a channel of the browser. Nothing of it stands in an
// address, and nothing stays in the browser when the tabs are closed.
import { username } from '@splunk/splunk-utils/config';

function opened(name) {
  return username && typeof window.BroadcastChannel === 'function' ? new window.BroadcastChannel(name) : null;
}

/** Answers other tabs with answerTo(key), by silence where it is null; gives a function that ends it. */
export function answerTabs(name, answerTo) {
  const channel = opened(name);
  if (!channel) return () => {};
  channel.onmessage = ({ data }) => {
    const answer = data?.asks === username ? answerTo(data.key) : null;
    if (answer !== null) channel.postMessage({ tells: username, key: data.key, answer });
  };
  return () => channel.close();
}

/** What other tabs answer within `patience` milliseconds, or until `most` have: a list. */
export function askTabs(name, { key, patience, most = Infinity }) {
  const channel = opened(name);
  if (!channel) return Promise.resolve([]);
  return new Promise((resolve) => {
    const answers = [];
    const end = () => {
      channel.close();
      resolve(answers);
    };
    channel.onmessage = ({ data }) => {
      if (data?.tells !== username || data.key !== key) return;
      answers.push(data.answer);
      if (answers.length === most) end();
    };
    channel.postMessage({ asks: username, key });
    window.setTimeout(end, patience);
  });
}
