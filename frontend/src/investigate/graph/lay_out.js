// Asks for the layout of a graph: from a worker, so that the page stays smooth, else from the same script on the page.
import part, { partAddress } from '../part_script.js';

/** The graph's points and links by place, as the layout wants them. */
function plain({ nodes, links }, sizeOf) {
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const idOf = (end) => places.get(typeof end === 'object' ? end.id : end);
  return {
    points: nodes.map((node) => ({ x: node.x, y: node.y, size: sizeOf(node) })),
    links: links.map(({ source, target }) => [idOf(source), idOf(target)]),
  };
}

/** Tells onPositions(positions, isDone) until done. Gives a way to stop. onProblem(text) where neither way works. */
export default function layOut(graph, sizeOf, onPositions, onProblem) {
  const asked = plain(graph, sizeOf);
  let alive = true;
  let worker = null;
  const tell = (positions, isDone) => alive && (onPositions(positions, isDone), true);
  const onPage = () => part('layout')
    .then(({ layOut: run }) => { if (alive) run(asked, tell, (next) => window.setTimeout(next, 16)); })
    .catch((problem) => { if (alive) onProblem(problem.message); });
  try {
    worker = new Worker(partAddress('layout.js'));
    worker.onmessage = ({ data: { positions, isDone } }) => tell(positions, isDone);
    worker.onerror = () => {
      worker.terminate();
      if (alive) onPage();
    };
    worker.postMessage({ turn: 1, graph: asked });
  } catch {
    onPage();
  }
  return () => {
    alive = false;
    worker?.terminate();
  };
}
