// Tokens a dashboard opens with: `form.<token>` or `<token>`, from its address or handed over by the page before.

/** {token: value} of {name: value}. */
export function tokensOf(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.replace(/^form\./, ''), value]));
}

/** Token values an input stands for: `name`, or `name.earliest` and `name.latest` of a time range. */
function inputDefault(input, tokens) {
  const { token } = input.options || {};
  if (input.type === 'input.timerange') {
    const earliest = tokens[`${token}.earliest`];
    const latest = tokens[`${token}.latest`];
    return earliest === undefined || latest === undefined ? undefined : `${earliest},${latest}`;
  }
  return tokens[token];
}

/** The definition with the given values as defaults of its inputs and tokens. */
export function withTokens(definition, tokens) {
  const inputs = Object.fromEntries(Object.entries(definition.inputs || {}).map(([id, input]) => {
    const value = inputDefault(input, tokens);
    return [id, value === undefined ? input : { ...input, options: { ...input.options, defaultValue: value } }];
  }));
  const given = Object.fromEntries(Object.entries(tokens).map(([name, value]) => [name, { value }]));
  const defaults = definition.defaults || {};
  const byNamespace = defaults.tokens || {};
  return {
    ...definition,
    inputs,
    defaults: { ...defaults, tokens: { ...byNamespace, default: { ...byNamespace.default, ...given } } },
  };
}
