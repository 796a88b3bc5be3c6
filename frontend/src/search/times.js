// Times as the page writes them: UTC, as far as the span needs.

/** '2026-03-01 12:00:00' of epoch seconds; without seconds for spans of minutes, without time for spans of days. */
export function moment(epoch, span = 1) {
  const text = new Date(epoch * 1000).toISOString().replace('T', ' ');
  if (span >= 86400) return text.slice(0, 10);
  return span >= 60 ? text.slice(0, 16) : text.slice(0, 19);
}

const UNITS = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** '2 days 3 hours' of seconds: the two largest units. */
export function duration(seconds) {
  let left = Math.round(seconds);
  const parts = [];
  for (const [size, name] of UNITS) {
    const many = Math.floor(left / size);
    left -= many * size;
    if (many && parts.length < 2) parts.push(`${many} ${name}${many === 1 ? '' : 's'}`);
  }
  return parts.join(' ') || '0 seconds';
}
