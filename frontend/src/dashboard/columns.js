// The shape charts need out of a data source: names, the first column as x, the others as numbers.

const UNFINISHED = new Set(['queued', 'parsing', 'running', 'finalizing']);

/** Epoch milliseconds of a `_time` value: ISO text or epoch seconds. */
export function millisecondsOf(value) {
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(value) : number * 1000;
}

/**
 * {names, isTime, x, series} of json_cols data, internal fields (`_span` and the like) left out; null without rows.
 * series is a list of number-or-null lists, one a name after the first.
 */
export function chartColumns(data) {
  if (!data?.columns?.length || !data.columns[0].length) return null;
  const all = data.fields.map((field) => field.name || field);
  const kept = all.map((name, place) => ({ name, place })).filter(({ name }) => name === '_time' || !name.startsWith('_'));
  if (kept.length < 2) return null;
  const [first, ...others] = kept;
  const isTime = first.name === '_time';
  return {
    names: kept.map(({ name }) => name),
    isTime,
    x: data.columns[first.place].map((value) => (isTime ? millisecondsOf(value) : String(value ?? ''))),
    series: others.map(({ place }) => data.columns[place].map((value) => (value === null || value === '' ? null : Number(value)))),
  };
}

/**
 * Whether a search has not given its answer yet. The data source gives empty rows from its beginning, and once more
 * between its end and its rows; a source without a job (of fixed rows) has no status.
 */
export function isReading(source) {
  if (!source?.data) return true;
  const { status, isRealTimeSearch, totalCount = 0 } = source.meta || {};
  if (isRealTimeSearch || !status) return false;
  return UNFINISHED.has(status) || (status === 'done' && totalCount > 0 && !source.data.columns?.length);
}
