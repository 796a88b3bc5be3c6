// How far something may go at most, in words.
const LEVELS = {
  L0: 'L0: stays with the institution',
  L1: 'L1: a blind match only, nothing is shown',
  L2: 'L2: counted, not shown',
  L3: 'L3: shown without precise places',
  L4: 'L4: shown to the group',
  L5: 'L5: shown to the community',
  L6: 'L6: shown to anybody',
};
export default LEVELS;

/** The words of a level, given as 4 or L4. */
export function levelWords(level) {
  if (level === undefined) return '–';
  const key = String(level).startsWith('L') ? String(level) : `L${level}`;
  return LEVELS[key] || key;
}
