// Where the points of a graph stand: one force layout, the same in the worker and on the page's own thread.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force-3d';

const MANY = 1500;

/** Steps until a graph of so many points stands still enough to be read. */
export function stepsFor(count) {
  return count > MANY ? 120 : 250;
}

/**
 * Gives {step(count), positions(), left}. points: [{x?, y?, size}]; links: [[from, to]] by place in points. Points with x
 * and y begin there. Nothing in it is left to chance: the same graph always gives the same picture.
 */
export default function layout(points, links) {
  const nodes = points.map(({ x, y, size }, index) => (Number.isFinite(x) ? { index, x, y, size } : { index, size }));
  const steps = stepsFor(nodes.length);
  const simulation = forceSimulation(nodes, 2)
    .alphaDecay(1 - 0.001 ** (1 / steps)).velocityDecay(0.35)
    .force('link', forceLink(links.map(([source, target]) => ({ source, target }))).distance(36))
    .force('charge', forceManyBody().strength(-60).distanceMax(600).theta(nodes.length > MANY ? 1.2 : 0.9))
    .force('x', forceX().strength(0.03)).force('y', forceY().strength(0.03))
    .stop();
  if (nodes.length <= MANY) simulation.force('apart', forceCollide(({ size }) => size + 2));
  let done = 0;
  return {
    get left() { return steps - done; },
    step(count) {
      const now = Math.min(count, steps - done);
      simulation.tick(now);
      done += now;
    },
    positions() {
      return Float32Array.from(nodes.flatMap(({ x, y }) => [x, y]));
    },
  };
}
