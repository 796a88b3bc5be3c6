// The time range of a panel's own search. dashboard-core tells the last 24 hours for a search that names no range, while
// the panel shows all time: what a panel's buttons open and export must be what it shows.

/** {earliest, latest}: those of `told` that the search or the dashboard's defaults name, else empty, which is all time. */
export function rangeOf(definition, id, told = {}) {
  const sources = definition.dataSources || {};
  let source = sources[id];
  while (source?.options?.extend) source = sources[source.options.extend];
  if (source?.type === 'ds.savedSearch') return told;
  const defaults = definition.defaults?.dataSources || {};
  const named = Object.assign(
    {}, ...[defaults.global, defaults[source?.type], source].map((one) => one?.options?.queryParameters),
  );
  return Object.fromEntries(['earliest', 'latest'].map((name) => [name, named[name] === undefined ? '' : told[name] ?? '']));
}
