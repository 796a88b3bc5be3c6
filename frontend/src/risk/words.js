// What the states of risk are called, and their tones.
export const STATES = ['look first', 'look at', 'nothing seen'];
/** A state as filters and counts name it; a single score below the line says whether it has signs at all. */
export const STATE_TITLES = { 'nothing seen': 'few or no signs' };
export const TONES = { 'look first': 'bad', 'look at': 'warn', 'nothing seen': 'dim' };
export const SIGN_STATES = { holds: 'Holds', 'does not hold': 'Looked at, does not hold', missing: 'Missing: records do not say', waits: 'Waits for data that nobody has yet' };
export const OUTCOMES = { confirmed: 'confirmed by an investigation', cleared: 'cleared by an investigation', '': 'not known' };
export const NOTE = 'A score says where to look first. It is not evidence by itself: read its reasons and their records, and what is missing.';

/** 0.42 as "42 %". */
export function share(part) {
  return `${Math.round(part * 100)} %`;
}
