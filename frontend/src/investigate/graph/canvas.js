// Draws a graph: records as squares, identifiers as dots, entities as large dots; labels where they have room.
import ForceGraph from 'force-graph';
import { kindOf } from '../../parts/palette.js';
import { RELATIONS } from '../related.jsx';
import { isHub, labelOf, MOST, sizeOf } from './data.js';

const LABEL = 26;
const MOST_LABELS = 150;
/** Beyond so many links weak ones are thin alone: dashes are what a canvas without a graphics card draws slowest. */
const MOST_DASHED = 1500;
const DASH = [3, 3];
const RELATED = [8, 4];
/** Few widths, as links of one look are drawn in one stroke. */
const WIDTHS = [[0.95, 2.4], [0.8, 1.6], [0, 0.8]];
const NEAREST = 2.5;

/** A canvas in an element; `chosen` and `at` (where the keyboard is) are ids that redraw() shows. */
export default function canvas(element, { dark, onNode, onBackground }) {
  const ink = dark ? '#e6e8ec' : '#1b1f24';
  const line = dark ? '#4b535f' : '#b9c0c9';
  const ring = dark ? '#a79dff' : '#4a3fa8';
  const paper = dark ? '#1b1f25' : '#ffffff';
  let taken = [];
  let labels = [];
  let many = false;
  let moving = true;
  let sight = { left: 0, right: 0, top: 0, bottom: 0 };
  /** The room that a label takes below its point. */
  const roomOf = (node, text, scale) => {
    const half = (Math.min(text.length, LABEL) * 3.4) / scale;
    const top = node.y + sizeOf(node) + 2 / scale;
    return { left: node.x - half, right: node.x + half, top, bottom: top + 13 / scale };
  };
  /** A contact that many entities hold: a gray ring with their number. */
  const hub = (context, node, radius) => {
    context.beginPath();
    context.arc(node.x, node.y, radius - 1, 0, 2 * Math.PI);
    Object.assign(context, { fillStyle: paper, strokeStyle: dark ? '#8a93a0' : '#808893', lineWidth: 2 });
    context.fill();
    context.stroke();
    Object.assign(context, { font: `${node.held > 99 ? 6 : 7.5}px system-ui, sans-serif`, textAlign: 'center', textBaseline: 'middle', fillStyle: ink });
    context.fillText(String(node.held), node.x, node.y);
  };
  /** Whether a label has room among those that were drawn in this frame; takes it then. */
  const free = (node, text, scale) => {
    if (taken.length >= MOST_LABELS) return false;
    const box = roomOf(node, text, scale);
    const fits = taken.every((other) => box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top);
    if (fits) taken.push(box);
    return fits;
  };
  const graph = new ForceGraph(element)
    .backgroundColor('rgba(0,0,0,0)')
    .nodeId('id').nodeLabel(() => '').cooldownTicks(0).warmupTicks(0) // the layout is made elsewhere
    .linkColor(() => line)
    .linkCanvasObjectMode((link) => (RELATIONS.has(link.rule) ? 'after' : undefined))
    .linkCanvasObject((link, context, scale) => {
      context.font = `${10 / scale}px system-ui, sans-serif`;
      context.textAlign = 'center';
      context.textBaseline = 'bottom';
      context.fillStyle = ink;
      context.fillText(RELATIONS.get(link.rule), (link.source.x + link.target.x) / 2, (link.source.y + link.target.y) / 2);
    })
    .nodeCanvasObject((node, context, scale) => {
      const radius = sizeOf(node);
      if (node.x + radius < sight.left || node.x - radius > sight.right || node.y + radius < sight.top || node.y - radius > sight.bottom) return;
      context.fillStyle = kindOf(node.kind)[dark ? 'dark' : 'light'];
      if (isHub(node) && !many) hub(context, node, radius);
      else if (node.kind === 'record' || (many && node.kind !== 'entity')) context.fillRect(node.x - radius, node.y - radius, radius * 2, radius * 2);
      else {
        context.beginPath();
        context.arc(node.x, node.y, radius, 0, 2 * Math.PI);
        context.fill();
      }
      const marked = node.id === graph.chosen || node.id === graph.at;
      if (marked) {
        context.beginPath();
        context.arc(node.x, node.y, radius + 3 / scale, 0, 2 * Math.PI);
        context.lineWidth = 2.5 / scale;
        context.strokeStyle = node.id === graph.at ? ring : ink;
        context.stroke();
      }
      if (!marked && (many || moving || radius * scale < 2.5)) return; // labels of what is too small to see would say nothing
      const text = labelOf(node);
      if (text && (marked || free(node, text, scale))) {
        labels.push([text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text, node.x, node.y + radius + 2 / scale]);
      }
    })
    .onRenderFramePost((context, scale) => { // over all points: none covers a label
      Object.assign(context, { font: `${11 / scale}px system-ui, sans-serif`, textAlign: 'center', textBaseline: 'top', fillStyle: ink, strokeStyle: paper, lineWidth: 3 / scale, lineJoin: 'round' });
      labels.forEach((label) => {
        context.strokeText(...label);
        context.fillText(...label);
      });
    })
    .nodePointerAreaPaint((node, color, context) => {
      const radius = sizeOf(node) + 3;
      context.fillStyle = color;
      context.fillRect(node.x - radius, node.y - radius, radius * 2, radius * 2);
    })
    .linkPointerAreaPaint(() => {}) // nothing is chosen by a link, and each would be a stroke
    .onRenderFramePre(() => {
      // What is chosen is labeled in any case: its room is taken before the others are drawn.
      labels = [];
      taken = graph.graphData().nodes.filter(({ id }) => id === graph.chosen || id === graph.at)
        .map((node) => roomOf(node, labelOf(node) || '', graph.zoom()));
      if (!many) taken.push(...graph.graphData().nodes.filter(isHub).map((node) => ({ left: node.x - 8, right: node.x + 8, top: node.y - 8, bottom: node.y + 8 })));
      const [from, to] = [graph.screen2GraphCoords(0, 0), graph.screen2GraphCoords(graph.width(), graph.height())];
      sight = { left: from.x, top: from.y, right: to.x, bottom: to.y };
    })
    .onNodeClick(onNode).onBackgroundClick(onBackground);
  graph.d3Force('link', null).d3Force('charge', null).d3Force('center', null);
  /** Shows all of it, but never so near that a few points fill the page. */
  const fit = () => {
    graph.zoomToFit(0, 40);
    if (graph.zoom() > NEAREST) graph.zoom(NEAREST);
  };
  const redraw = () => graph.nodeColor(graph.nodeColor());
  return {
    graph,
    fit,
    /** Once points have moved; labels come when they stand. */
    moved: (isDone) => {
      moving = !isDone;
      redraw();
    },
    /** Shows nodes and links; what it is given is changed by what is drawn. */
    show: ({ nodes, links }) => {
      many = nodes.length > MOST;
      graph.linkWidth((link) => (many ? 0.5 : WIDTHS.find(([least]) => (link.strength || 0) >= least)[1]));
      graph.linkLineDash((link) => (RELATIONS.has(link.rule) ? RELATED : links.length <= MOST_DASHED && link.strength < 0.8 ? DASH : null));
      nodes.forEach((node) => { if (!Number.isFinite(node.x)) Object.assign(node, { x: 0, y: 0 }); });
      graph.graphData({ nodes, links: bound(nodes, links) });
    },
    mark: ({ chosen, at }) => {
      Object.assign(graph, { chosen, at });
      redraw();
    },
  };
}

/** Links whose ends are the points themselves: no force is there that would look them up. */
function bound(nodes, links) {
  const points = new Map(nodes.map((node) => [node.id, node]));
  return links.map((link) => ({ ...link, source: points.get(link.source), target: points.get(link.target) }));
}
