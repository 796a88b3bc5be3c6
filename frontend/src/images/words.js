// How banks and matches are called.
export const WHATS = { known: 'Known pictures', false_positive: 'Known false positives', own: 'Own list' };
export const CLASSES = {
  victim_identity: 'Victims (analysts alone)', suspicious_activity: 'Suspicious activity (analysts alone)', witness: 'Witnesses (analysts alone)',
  perpetrator: 'Perpetrators', infrastructure: 'Infrastructure', statistics: 'Statistics',
};
/** The highest level that a class may have (docs/sharing.md). */
export const CEILINGS = { victim_identity: 1, suspicious_activity: 0, witness: 0, perpetrator: 4, infrastructure: 5, statistics: 6 };
export const TIERS = { same: 'Same image', likely: 'Likely the same', possible: 'Possible: look' };
/** The same where room is short. */
export const SHORT_TIERS = { same: 'Same', likely: 'Likely', possible: 'Possible' };
const SAID = { same: 'same', likely: 'likely', 'possible: look': 'possible' };

/** `Same image (distance 4)`, `The same file (MD5)`, `Frame 3: same image (distance 4)`. */
export function tierWords({ tier, distance, exact, frame }) {
  if (exact) return `The same file (${exact.toUpperCase()})`;
  if (frame) return `Frame ${frame}: ${tierWords({ tier, distance }).toLowerCase()}`;
  return `${TIERS[SAID[tier]] || 'Beyond the thresholds'} (distance ${distance})`;
}

/** `33 of 35 true (94 %)` of {true, false, seen}; a dash where nobody has said anything. */
export function precisionWords(counts) {
  if (!counts || counts.true + counts.false === 0) return '–';
  const all = counts.true + counts.false;
  return `${counts.true} of ${all} true (${Math.round((100 * counts.true) / all)} %)`;
}
