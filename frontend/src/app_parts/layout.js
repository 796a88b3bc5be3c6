// The layout of graphs, a script of its own: a worker of the page, and where no worker may start a part of the page.
import layout from '../investigate/graph/layout.js';

const AT_ONCE = 10;

/** Lays a graph out step by step; tell(positions, isDone) after each; wait(next) goes on when there is time. */
function layOut({ points, links }, tell, wait) {
  const held = layout(points, links);
  const next = () => {
    held.step(AT_ONCE);
    if (tell(held.positions(), held.left === 0) !== false && held.left > 0) wait(next);
  };
  next();
}

if (typeof document === 'undefined') {
  let current = 0;
  self.onmessage = ({ data: { turn, graph } }) => {
    current = turn;
    layOut(graph, (positions, isDone) => {
      if (current !== turn) return false; // another graph was asked for meanwhile
      self.postMessage({ turn, positions, isDone }, [positions.buffer]);
      return true;
    }, (next) => setTimeout(next, 0));
  };
} else {
  window.minervaParts = { ...window.minervaParts, layout: { layOut } };
}
