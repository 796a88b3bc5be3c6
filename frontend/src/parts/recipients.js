// Whom something is shared with, in words.
import begun from './begun.js';

/** `lead_exchange` as people say it, with its members where they are known; an institution keeps its name. */
export default function recipientWords(name, groups = []) {
  if (!name) return '–';
  if (name === '*community') return 'The whole community';
  const { members = [] } = groups.find(({ group_id: id }) => id === name) || {};
  const said = /^[a-z0-9_]+$/.test(name) ? begun(name.replaceAll('_', ' ')) : name;
  return members.length > 0 ? `${said} (${members.join(', ')})` : said;
}
