// Purpose and case number of one tab in the next: a new tab asks the open ones of the same user over a channel of the
// browser. Nothing of it stands in an address, and nothing stays in the browser when the tabs are closed.
import { username } from '@splunk/splunk-utils/config';

const CHANNEL = 'minerva circumstances';
const PATIENCE_MS = 150;

function opened() {
  return username && typeof window.BroadcastChannel === 'function' ? new window.BroadcastChannel(CHANNEL) : null;
}

/** Answers new tabs with stated(), from the tab that was looked at last; gives a function that ends it. */
export function tell(stated) {
  const channel = opened();
  if (!channel) return () => {};
  let seen = document.hidden ? 0 : Date.now();
  const look = () => { if (!document.hidden) seen = Date.now(); };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  channel.onmessage = ({ data }) => {
    const given = stated();
    if (data?.asks === username && Object.keys(given).length > 0) channel.postMessage({ tells: username, given, seen });
  };
  return () => {
    channel.close();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
  };
}

/** What the tab that was looked at last states, null where no other one answers. */
export function heard() {
  const channel = opened();
  if (!channel) return Promise.resolve(null);
  return new Promise((resolve) => {
    let latest = null;
    channel.onmessage = ({ data }) => {
      if (data?.tells === username && (!latest || data.seen > latest.seen)) latest = data;
    };
    channel.postMessage({ asks: username });
    window.setTimeout(() => {
      channel.close();
      resolve(latest ? latest.given : null);
    }, PATIENCE_MS);
  });
}
