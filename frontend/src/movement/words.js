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

/** Sentences that say what a forecast is worth, the likeliest town first. */
export function forecastWords({ next, why, steps, visits }) {
  if (next.length === 0) return [why ? `Where it may be next is not known: ${why}.` : 'Where it may be next is not known.'];
  const [first] = next;
  const towns = new Set(visits.map(({ town }) => town)).size;
  const told = [
    `The likeliest next town after ${first.after} is ${first.town}: ${percent(first.share)}, in words “${first.likelihood}”${first.share < 0.5 ? '; that it is another one is likelier' : ''}.`,
    `That the next town is one where it never was: ${percent(first.elsewhere)}.`,
  ];
  const days = daysWords(first);
  if (days) told.push(`As for time, ${days}.`);
  told.push(steps < 8
    ? `This rests on ${steps} move${steps === 1 ? '' : 's'} alone: hardly more than a list of where it was.`
    : `This rests on ${steps} moves between ${towns} towns. Records show where somebody advertised or was written down, not where a person slept.`);
  return told;
}
