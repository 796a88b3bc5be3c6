// The link graph: records small, identifiers larger, entities largest; expanded on demand; its table says the same.
import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import ForceGraph from 'force-graph';
import styled from 'styled-components';
import DataTable from '../parts/data_table.jsx';
import { kindOf, readable } from '../parts/palette.js';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { surroundings } from './asking.js';
import { RELATIONS } from './related.jsx';
import { words } from './use_investigation.js';

const Canvas = styled.div`
  height: 560px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow: hidden; position: relative;
  canvas { display: block; }
`;
const Legend = styled.div`display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; margin: 0 0 8px; color: var(--mv-dim); font-size: 13px;`;
const Dot = styled.span`display: inline-block; width: 10px; height: 10px; margin-right: 5px; border-radius: 50%;`;
const MOST = 1000;
const SIZES = { entity: 9, record: 3.5 };

function sizeOf(node) {
  return SIZES[node.kind] || 5;
}

/** {nodes, links} of the handler's answers, each node once. */
function merged(answers) {
  const nodes = new Map();
  const links = new Map();
  answers.forEach((answer) => {
    answer.nodes.forEach((node) => nodes.set(node.id, { ...nodes.get(node.id), ...node }));
    answer.edges.forEach((edge) => links.set(`${edge.source} ${edge.target} ${edge.rule}`, { ...edge }));
  });
  const degree = new Map();
  links.forEach(({ source, target }) => [source, target].forEach((id) => degree.set(id, (degree.get(id) || 0) + 1)));
  return { nodes: [...nodes.values()].map((node) => ({ ...node, degree: degree.get(node.id) || 0 })), links: [...links.values()] };
}

/** Of the step beyond what was found: entities and what ties them together, without their own records. */
function tied({ nodes, links }, start) {
  const own = new Set(start);
  const ends = new Map();
  links.forEach(({ source, target }) => {
    [[source, target], [target, source]].forEach(([a, b]) => ends.set(a, (ends.get(a) || new Set()).add(b)));
  });
  const near = new Set([...own, ...[...own].flatMap((id) => [...(ends.get(id) || [])])]);
  const entities = new Set(nodes.filter(({ kind }) => kind === 'entity').map(({ id }) => id));
  const kept = new Set(nodes.filter((node) => near.has(node.id) || node.kind === 'entity'
    || (node.kind !== 'record' && [...(ends.get(node.id) || [])].filter((id) => entities.has(id)).length > 1)).map(({ id }) => id));
  return { nodes: nodes.filter(({ id }) => kept.has(id)), links: links.filter(({ source, target }) => kept.has(source) && kept.has(target)) };
}

function labelOf(node) {
  if (node.kind === 'entity') return node.label.includes(':') ? readable(node.label) : node.label;
  return node.kind === 'record' ? '' : readable(node.id);
}

function draw(element, { dark, onNode, onBackground }) {
  const ink = dark ? '#e6e8ec' : '#1b1f24';
  const line = dark ? '#4b535f' : '#b9c0c9';
  const accent = dark ? '#a79dff' : '#4a3fa8';
  const colorOf = (node) => kindOf(node.kind)[dark ? 'dark' : 'light'];
  let taken = [];
  /** Whether a label has room among those that were drawn in this frame; takes it then. */
  const free = (node, text, scale) => {
    const half = (Math.min(text.length, 26) * 3.1) / scale;
    const box = { left: node.x - half, right: node.x + half, top: node.y, bottom: node.y + 20 / scale };
    const fits = taken.every((other) => box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top);
    if (fits) taken.push(box);
    return fits;
  };
  const graph = new ForceGraph(element)
    .backgroundColor('rgba(0,0,0,0)')
    .nodeId('id').nodeLabel(() => '').cooldownTime(3000).warmupTicks(30).d3VelocityDecay(0.35)
    .linkColor((link) => (link.why === graph.chosenWhy ? accent : line))
    .linkWidth((link) => 0.6 + 1.8 * (link.strength || 0))
    .linkLineDash((link) => (RELATIONS.has(link.rule) ? [8, 4] : link.strength < 0.8 ? [3, 3] : null))
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
      context.beginPath();
      if (node.kind === 'record') context.rect(node.x - radius, node.y - radius, radius * 2, radius * 2);
      else context.arc(node.x, node.y, radius, 0, 2 * Math.PI);
      context.fillStyle = colorOf(node);
      context.fill();
      if (node.id === graph.chosen) {
        context.lineWidth = 2.5 / scale;
        context.strokeStyle = ink;
        context.stroke();
      }
      const text = labelOf(node);
      if (text && (node.id === graph.chosen || free(node, text, scale))) {
        context.font = `${11 / scale}px system-ui, sans-serif`;
        context.textAlign = 'center';
        context.textBaseline = 'top';
        context.fillStyle = ink;
        context.fillText(text.length > 26 ? `${text.slice(0, 25)}…` : text, node.x, node.y + radius + 2 / scale);
      }
    })
    .nodePointerAreaPaint((node, color, context) => {
      context.fillStyle = color;
      context.beginPath();
      context.arc(node.x, node.y, sizeOf(node) + 3, 0, 2 * Math.PI);
      context.fill();
    })
    .onRenderFramePre(() => { taken = []; })
    .onNodeClick(onNode).onBackgroundClick(onBackground);
  let fitted = false;
  graph.onEngineStop(() => {
    if (!fitted) graph.zoomToFit(300, 40);
    fitted = true;
  });
  return graph;
}

const COLUMNS = [
  { id: 'kind', title: 'Kind', width: 120, cell: (node) => kindOf(node.kind).title, sort: (node) => node.kind },
  { id: 'what', title: 'What', cell: (node) => labelOf(node) || `Record ${node.id.slice(0, 8)}`, sort: labelOf },
  { id: 'degree', title: 'Links', width: 80, number: true, cell: (node) => node.degree, sort: (node) => node.degree },
];

export default function Graph({ entities, dark, chosen, onSelect }) {
  const place = useRef(null);
  const drawn = useRef(null);
  const [answers, setAnswers] = useState([]);
  const [state, setState] = useState({ name: 'waiting', error: '' });
  const [asTable, setAsTable] = useState(false);
  const [depth, setDepth] = useState(1);
  const wanted = entities.slice(0, 12).join(' ');

  const load = useCallback(async () => {
    setState({ name: 'waiting', error: '' });
    try {
      const found = await Promise.all(wanted.split(' ').filter(Boolean).map((id) => surroundings(id, { depth, limit: 400 })));
      setAnswers(found);
      setState({ name: 'done', error: '' });
    } catch (problem) {
      setState({ name: 'failed', error: words(problem) });
    }
  }, [wanted, depth]);
  useEffect(() => { load(); }, [load]);

  const all = useMemo(() => (depth > 1 ? tied(merged(answers), wanted.split(' ')) : merged(answers)), [answers, depth, wanted]);
  const data = useMemo(() => {
    if (all.nodes.length <= MOST) return all;
    const kept = new Set([...all.nodes].sort((a, b) => b.degree - a.degree).slice(0, MOST).map(({ id }) => id));
    return { nodes: all.nodes.filter(({ id }) => kept.has(id)), links: all.links.filter(({ source, target }) => kept.has(source) && kept.has(target)) };
  }, [all]);
  const kinds = useMemo(() => [...new Set(data.nodes.map(({ kind }) => kind))], [data]);
  const cut = answers.some(({ truncated }) => truncated);
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    if (asTable || !place.current || data.nodes.length === 0) return undefined;
    const graph = draw(place.current, { dark, onNode: (node) => select.current(node), onBackground: () => select.current(null) });
    drawn.current = graph;
    const size = () => place.current && graph.width(place.current.clientWidth).height(place.current.clientHeight);
    size();
    graph.d3Force('charge').strength(-60);
    graph.graphData({ nodes: data.nodes.map((node) => ({ ...node })), links: data.links.map((link) => ({ ...link })) });
    const observer = new ResizeObserver(size);
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      graph._destructor();
      drawn.current = null;
    };
  }, [data, dark, asTable]);
  useEffect(() => {
    if (!drawn.current) return;
    drawn.current.chosen = chosen;
    drawn.current.nodeColor(drawn.current.nodeColor());
  }, [chosen, data]);

  if (state.name === 'failed') return <Failed text={state.error} onAgain={load} />;
  if (state.name === 'waiting') return <Waiting what="Reading what surrounds them" />;
  if (data.nodes.length === 0) return <Nothing title="Nothing to draw"><p>Choose an entity, or ask for an identifier that one holds.</p></Nothing>;
  return (
    <>
      <Legend>
        {kinds.map((kind) => (
          <span key={kind}><Dot style={{ background: kindOf(kind)[dark ? 'dark' : 'light'], borderRadius: kind === 'record' ? 2 : '50%' }} />{kindOf(kind).title}</span>
        ))}
        <span>dotted: weak</span>
        {data.links.some(({ rule }) => RELATIONS.has(rule)) && <span>dashed: same site or firm, not one</span>}
        <span style={{ marginLeft: 'auto', display: 'flex', gap: 12 }}>
          <button type="button" className="mv-link" onClick={() => setDepth(depth === 1 ? 2 : 1)}>
            {depth === 1 ? 'Show entities that share a contact' : 'Only what was found'}
          </button>
          <button type="button" className="mv-link" onClick={() => setAsTable(!asTable)}>{asTable ? 'Show as graph' : 'Show as table'}</button>
        </span>
      </Legend>
      {(cut || data.nodes.length < all.nodes.length) && (
        <Partial>Not everything is drawn: {data.nodes.length} of {all.nodes.length}{cut ? ' or more' : ''} points, those with most links. The table and the other views hold the rest.</Partial>
      )}
      {asTable
        ? <DataTable label="Points of the graph" columns={COLUMNS} rows={all.nodes} id={(node) => node.id} chosen={chosen} onOpen={onSelect} />
        : <Canvas ref={place} role="img" aria-label={`Graph of ${data.nodes.length} points and ${data.links.length} links; the table shows the same`} data-test="graph" />}
    </>
  );
}
