// The graph by keyboard: arrows go to the nearest point that way, Enter chooses it, plus and minus zoom.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const NEAR = 1.4;
const EDGE = 30;

/** The nearest point in a direction from one; the one with most links where none was chosen; null if there is none. */
export function nextPoint(nodes, from, [right, down]) {
  if (!from) return [...nodes].sort((a, b) => b.degree - a.degree)[0] || null;
  let best = null;
  let least = Infinity;
  nodes.forEach((node) => {
    if (node === from) return;
    const [x, y] = [node.x - from.x, node.y - from.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    if (ahead <= 0 || aside > ahead * NEAR) return;
    const far = ahead + aside * 2;
    if (far < least) [best, least] = [node, far];
  });
  return best;
}

/** Brings a point into sight, and moves nothing if it is. */
function seen(graph, { x, y }) {
  const { x: right, y: down } = graph.graph2ScreenCoords(x, y);
  const isOut = right < EDGE || down < EDGE || right > graph.width() - EDGE || down > graph.height() - EDGE;
  if (isOut) graph.centerAt(x, y, 200);
}

/** What a key does to a drawn graph: moves `at` by onMove(node), chooses by onChoose(node); false if it means nothing. */
export function press(key, { graph, nodes, fit, at, onMove, onChoose }) {
  const from = nodes.find(({ id }) => id === at);
  if (WAYS[key]) {
    const next = nextPoint(nodes, from, WAYS[key]);
    if (next) {
      onMove(next);
      seen(graph, next);
    }
  } else if ((key === 'Enter' || key === ' ') && from) onChoose(from);
  else if (key === '+' || key === '=') graph.zoom(graph.zoom() * 1.4, 200);
  else if (key === '-') graph.zoom(graph.zoom() / 1.4, 200);
  else if (key === '0') fit();
  else return false;
  return true;
}
