// What Splunk's dashboard schema does not see: names that lead nowhere, tokens nobody sets, gaps in the grid.

const TOKEN = /\$((?:[\w-]+:)?[A-Za-z_][\w.]*)(?:\|[a-z])?\$/g;
const INPUTS = ['input.dropdown', 'input.multiselect', 'input.number', 'input.text', 'input.timerange'];
const HANDLERS = [
  'drilldown.customUrl', 'drilldown.linkToDashboard', 'drilldown.linkToSearch', 'drilldown.resetTokens',
  'drilldown.setTimeRange', 'drilldown.setToken', 'drilldown.switchToTab', 'drilldown.unsetTokens',
];
// Investigate takes an entity's id as `e` and a record's as `r`: both are hashes.
const OPEN_TOKEN = /^(?:e|r|.*\.(?:earliest|latest))$/;
const BUILT_IN = ['search', 'dashboards'];

/** Every string inside a JSON value. */
function strings(value) {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

/** Names of the tokens a JSON value refers to. */
export function tokensIn(value) {
  return [...new Set(strings(value).flatMap((text) => [...text.matchAll(TOKEN)].map((found) => found[1])))];
}

const handlersOf = (definition) => Object.values(definition.visualizations || {}).flatMap((viz) => viz.eventHandlers || []);

/** Whether a token is a field of the first result of a search that gives its results to others ($name:result.field$). */
function isResult(definition, token) {
  const [name, field] = token.split(':');
  const source = Object.values(definition.dataSources || {}).find((one) => one.name === name);
  return Boolean(source?.options?.enableSmartSources) && /^result\.\w+$/.test(field);
}

/** Tokens that an input, a default or a click sets. */
export function tokensSet(definition) {
  const inputs = Object.values(definition.inputs || {}).flatMap(({ type, options }) => (
    type === 'input.timerange' ? [`${options.token}.earliest`, `${options.token}.latest`] : [options.token]
  ));
  const defaults = Object.keys(definition.defaults?.tokens?.default || {});
  const clicks = handlersOf(definition).filter(({ type }) => type === 'drilldown.setToken')
    .flatMap(({ options }) => options.tokens.map(({ token }) => token));
  return { initial: new Set([...inputs, ...defaults]), all: new Set([...inputs, ...defaults, ...clicks]) };
}

function checkSources(definition) {
  const sources = definition.dataSources || {};
  const users = { ...definition.visualizations, ...definition.inputs };
  const used = new Set();
  const problems = [];
  for (const [id, user] of Object.entries(users)) {
    for (const source of Object.values(user.dataSources || {})) {
      used.add(source);
      if (!(source in sources)) problems.push(`${id}: data source "${source}" does not exist`);
    }
  }
  for (const [id, source] of Object.entries(sources)) {
    const base = source.options?.extend;
    if (base !== undefined) used.add(base);
    if (source.type === 'ds.chain' && !(base in sources)) problems.push(`${id}: extends "${base}", which does not exist`);
    if (!source.options?.query && source.type !== 'ds.savedSearch') problems.push(`${id}: has no search`);
  }
  return [...problems, ...Object.keys(sources).filter((id) => !used.has(id)).map((id) => `${id}: nothing uses this data source`)];
}

function checkTokens(definition) {
  const { initial, all } = tokensSet(definition);
  const parts = { ...definition.dataSources, ...definition.visualizations };
  return Object.entries(parts).flatMap(([id, part]) => tokensIn({ ...part, eventHandlers: undefined }).flatMap((token) => {
    if (isResult(definition, token)) return [];
    if (!all.has(token)) return [`${id}: nothing sets the token $${token}$`];
    return initial.has(token) ? [] : [`${id}: the token $${token}$ has no value before the first click`];
  }));
}

/** Tokens of a link end in the target's address, where only ids of entities and records and times may stand. */
function checkAddress({ type, options }) {
  const names = type === 'drilldown.linkToDashboard'
    ? (options.tokens || []).map(({ token }) => token.replace(/^form\./, ''))
    : ['drilldown.customUrl', 'drilldown.linkToSearch'].includes(type) ? tokensIn(options) : [];
  return names.filter((name) => !OPEN_TOKEN.test(name)).map((name) => `${type}: "${name}" would end in an address`);
}

function checkHandlers(definition, views) {
  return handlersOf(definition).flatMap((handler) => {
    const { type, options } = handler;
    if (!HANDLERS.includes(type)) return [`event handler "${type}" does not exist`];
    const missing = type === 'drilldown.linkToDashboard' && ![...views, ...BUILT_IN].includes(options.dashboard);
    return [...(missing ? [`link to the dashboard "${options.dashboard}", which does not exist`] : []), ...checkAddress(handler)];
  });
}

/** Blocks that overlap, leave a gap, or do not fill the width of a grid: the area must be covered exactly once. */
export function checkGrid({ options, structure }, name) {
  const width = options?.width || 1440;
  const boxes = structure.map(({ item, position }) => ({ item, ...position }));
  const problems = boxes.filter(({ x, w }) => x < 0 || x + w > width).map(({ item }) => `${name}: ${item} is wider than the page`);
  boxes.forEach((one, place) => boxes.slice(place + 1).forEach((other) => {
    const apart = one.x + one.w <= other.x || other.x + other.w <= one.x || one.y + one.h <= other.y || other.y + other.h <= one.y;
    if (!apart) problems.push(`${name}: ${one.item} and ${other.item} overlap`);
  }));
  const height = Math.max(0, ...boxes.map(({ y, h }) => y + h));
  const area = boxes.reduce((sum, { w, h }) => sum + w * h, 0);
  if (problems.length === 0 && area !== width * height) problems.push(`${name}: the grid has gaps (${width * height - area} of ${width * height} px)`);
  return problems;
}

/** A search without a range runs over all time in its panel, and over the last day where the panel's search is opened. */
function checkRanges(definition) {
  const defaults = definition.defaults?.dataSources || {};
  const named = (type, options) => Object.assign(
    {}, ...[defaults.global?.options, defaults[type]?.options, options].map((one) => one?.queryParameters),
  );
  return Object.entries(definition.dataSources || {})
    .filter(([, { type, options }]) => type === 'ds.search' && ['earliest', 'latest'].some((name) => named(type, options)[name] === undefined))
    .map(([id]) => `${id}: has no time range, neither its own nor by default`);
}

function checkPlaces(definition) {
  const { layoutDefinitions = {}, globalInputs = [] } = definition.layout || {};
  const placed = Object.values(layoutDefinitions).flatMap(({ structure }) => structure.map(({ item }) => item));
  const problems = Object.keys(definition.visualizations || {}).filter((id) => !placed.includes(id)).map((id) => `${id}: is not placed`);
  placed.filter((id) => !(id in (definition.visualizations || {})) && !(id in (definition.inputs || {})))
    .forEach((id) => problems.push(`${id}: is placed and does not exist`));
  Object.keys(definition.inputs || {}).filter((id) => !globalInputs.includes(id) && !placed.includes(id))
    .forEach((id) => problems.push(`${id}: is not placed`));
  const grids = Object.entries(layoutDefinitions).filter(([, layout]) => layout.type === 'grid');
  return [...problems, ...grids.flatMap(([name, layout]) => checkGrid(layout, name))];
}

function checkInputs(definition) {
  return Object.entries(definition.inputs || {}).flatMap(([id, { type, title, options }]) => [
    ...(INPUTS.includes(type) ? [] : [`${id}: the input type "${type}" does not exist`]),
    ...(title ? [] : [`${id}: has no title, so nobody knows what it is for`]),
    ...(options?.defaultValue === undefined ? [`${id}: has no default, so its panels wait for ever`] : []),
  ]);
}

/** Problems of one definition; views: the names that links may lead to. */
export function checkView(definition, { views }) {
  return [
    ...checkSources(definition), ...checkTokens(definition), ...checkHandlers(definition, views), ...checkPlaces(definition),
    ...checkInputs(definition), ...checkRanges(definition),
  ];
}
