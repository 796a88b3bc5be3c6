// How a forecast is said in words.

/** 0.42 as "42 %"; what is more than nothing and less than one is "under 1 %". */
export function percent(part) {
  return part > 0 && part < 0.01 ? 'under 1 %' : `${Math.round(part * 100)} %`;
}

/** "within 2 to 5 days of arriving" of quarters of the moves, "" where too few were made. */
export function daysWords({ low, high }) {
  if (low === null || high === null) return '';
  return low === high ? `about ${low} days after it came` : `half of its moves came ${low} to ${high} days after the one before`;
}

/** "23 to 86 %": the band of a share. */
export function bandWords({ low, high }) {
  return `${Math.round(low * 100)} to ${percent(high)}`;
}

/** Moves under which a share is told as a band alone. */
export const FEW_MOVES = 8;

/** A share with its band, of few moves the band alone. */
export function chanceWords(row, moves) {
  return moves < FEW_MOVES ? bandWords(row.band) : `${percent(row.share)} (${bandWords(row.band)})`;
}

/** Sentences that say what a forecast is worth, the likeliest town first. */
export function forecastWords({ next, why, steps, visits }) {
  if (next.length === 0) return [why ? `Where it may be next is not known: ${why}.` : 'Where it may be next is not known.'];
  const [first] = next;
  const towns = new Set(visits.map(({ town }) => town)).size;
  const told = [
    `The likeliest next town after ${first.after} is ${first.town}: ${chanceWords(first, steps)}, in words “${first.likelihood}”${first.share < 0.5 ? '; that it is another one is likelier' : ''}.`,
    ...(steps < FEW_MOVES ? [] : [`That the next town is one where it never was: about ${percent(first.elsewhere)}.`]),
  ];
  const days = daysWords(first);
  if (days) told.push(`As for time, ${days}.`);
  told.push(steps < FEW_MOVES
    ? `This rests on ${steps} move${steps === 1 ? '' : 's'} alone: hardly more than a list of where it was, so no one chance is told.`
    : `This rests on ${steps} moves between ${towns} towns. Records show where somebody advertised or was written down, not where a person slept.`);
  return told;
}
