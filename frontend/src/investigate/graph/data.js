// What a graph holds: the handler's answers as one set of points and links, and what of them is drawn.
import { readable, readableText } from '../../parts/palette.js';

/** Points that are drawn with labels; up to so many more are drawn without, as an overview. */
export const MOST = 1000;
export const MOST_OVERVIEW = 5000;
const SIZES = { entity: 9, record: 3.5 };
const HUB = 8;

/** Whether several entities hold an identifier: it joins none of them. */
export function isHub(node) {
  return node.held > 1;
}

export function sizeOf(node) {
  return isHub(node) ? HUB : SIZES[node.kind] || 5;
}

export function labelOf(node) {
  if (node.kind === 'entity') return node.label.includes(':') ? readable(node.label) : readableText(node.label);
  return node.kind === 'record' ? '' : readable(node.id);
}

function withDegrees(nodes, links) {
  const degree = new Map();
  links.forEach(({ source, target }) => [source, target].forEach((id) => degree.set(id, (degree.get(id) || 0) + 1)));
  return { nodes: nodes.map((node) => ({ ...node, degree: degree.get(node.id) || 0 })), links };
}

/** {nodes, links} of the handler's answers, each node once. held: identifier -> how many entities hold it. */
export function merged(answers, held = new Map()) {
  const nodes = new Map();
  const links = new Map();
  answers.forEach((answer) => {
    answer.nodes.forEach((node) => nodes.set(node.id, { ...nodes.get(node.id), ...node }));
    answer.edges.forEach((edge) => links.set(`${edge.source} ${edge.target} ${edge.rule}`, { ...edge }));
  });
  return withDegrees([...nodes.values()].map((node) => (held.has(node.id) ? { ...node, held: held.get(node.id) } : node)), [...links.values()]);
}

function among({ nodes, links }, kept) {
  return { nodes: nodes.filter(({ id }) => kept.has(id)), links: links.filter(({ source, target }) => kept.has(source) && kept.has(target)) };
}

/**
 * Of the step beyond what was found: all that surrounds the entities of `start`, and of the others themselves and what
 * ties them together, without their own records.
 */
export function tied(graph, start) {
  const { nodes, links } = graph;
  const own = new Set(start);
  const ends = new Map();
  links.forEach(({ source, target }) => {
    [[source, target], [target, source]].forEach(([a, b]) => ends.set(a, (ends.get(a) || new Set()).add(b)));
  });
  const around = (ids) => ids.flatMap((id) => [...(ends.get(id) || [])]);
  const records = new Set(nodes.filter(({ kind }) => kind === 'record').map(({ id }) => id));
  const first = around([...own]);
  const near = new Set([...own, ...first, ...around(first.filter((id) => records.has(id)))]);
  const entities = new Set(nodes.filter(({ kind }) => kind === 'entity').map(({ id }) => id));
  return among(graph, new Set(nodes.filter((node) => near.has(node.id) || node.kind === 'entity'
    || (node.kind !== 'record' && [...(ends.get(node.id) || [])].filter((id) => entities.has(id)).length > 1)).map(({ id }) => id)));
}

/** The graph without some kinds of points; at most `most` of those that are left, the ones with most links. */
export function shownOf(graph, hidden, most) {
  const left = graph.nodes.filter(({ kind }) => !hidden.has(kind));
  if (left.length === graph.nodes.length && left.length <= most) return graph;
  return among(graph, new Set([...left].sort((a, b) => b.degree - a.degree).slice(0, most).map(({ id }) => id)));
}
