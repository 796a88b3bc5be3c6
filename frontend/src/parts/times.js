// Times as people read them: days and moments with the zone said, and how long ago in the title.
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const STEPS = [[31_536_000, 'year'], [2_592_000, 'month'], [604_800, 'week'], [86_400, 'day'], [3_600, 'hour'], [60, 'minute']];

/** `17 Oct 2026` of epoch seconds; a dash for none. */
export function day(seconds) {
  return seconds ? DAY.format(new Date(seconds * 1000)) : '–';
}

/** `17 Oct 2026 14:05 UTC` of epoch seconds; a dash for none. */
export function moment(seconds) {
  return seconds ? `${day(seconds)} ${CLOCK.format(new Date(seconds * 1000))} UTC` : '–';
}

/** `17 Oct 2026` or `3 Sep 2026 – 17 Oct 2026`. */
export function span(first, last) {
  return day(first) === day(last) ? day(first) : `${day(first)} – ${day(last)}`;
}

/** `3 weeks ago`; `now` in epoch seconds. */
export function ago(seconds, now = Date.now() / 1000) {
  if (!seconds) return '';
  const past = now - seconds;
  const [size, name] = STEPS.find(([step]) => Math.abs(past) >= step) || [1, 'second'];
  const count = Math.round(Math.abs(past) / size);
  return `${count} ${name}${count === 1 ? '' : 's'} ${past >= 0 ? 'ago' : 'ahead'}`;
}
