// A drawn graph that follows its data: laid out in the worker, each point kept where it was when others join it.
import { useEffect, useRef } from 'react';
import canvas from './canvas.js';
import { sizeOf } from './data.js';
import layOut from './lay_out.js';

/** {place, drawn}: refs of the element and of {graph, nodes, mark}. isShown: whether the element is there. */
export default function useCanvas({ data, dark, isShown, marks, onNode, onBackground, onProblem }) {
  const place = useRef(null);
  const drawn = useRef(null);
  const held = useRef(new Map());
  const does = useRef({});
  does.current = { onNode, onBackground, onProblem };

  useEffect(() => {
    if (!isShown || !place.current || data.nodes.length === 0) return undefined;
    const made = canvas(place.current, { dark, onNode: (node) => does.current.onNode(node), onBackground: () => does.current.onBackground() });
    const { graph } = made;
    const nodes = data.nodes.map((node) => ({ ...node, ...held.current.get(node.id) }));
    const links = data.links.map((link) => ({ ...link }));
    const isNew = nodes.every(({ x }) => x === undefined);
    drawn.current = { graph, nodes, mark: made.mark, fit: made.fit };
    const size = () => place.current && graph.width(place.current.clientWidth).height(place.current.clientHeight);
    size();
    const stop = layOut({ nodes, links }, sizeOf, (positions, isDone) => {
      nodes.forEach((node, at) => {
        [node.x, node.y] = [positions[2 * at], positions[2 * at + 1]];
        held.current.set(node.id, { x: node.x, y: node.y });
      });
      made.moved(isDone);
      if (isDone || isNew) made.fit();
      place.current?.setAttribute('data-laid-out', String(isDone));
    }, (text) => does.current.onProblem(text));
    made.show({ nodes, links });
    made.mark(marks);
    const observer = new ResizeObserver(size);
    observer.observe(place.current);
    return () => {
      stop();
      observer.disconnect();
      graph._destructor();
      drawn.current = null;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, dark, isShown]);
  useEffect(() => { drawn.current?.mark(marks); }, [marks, data]);
  return { place, drawn };
}
