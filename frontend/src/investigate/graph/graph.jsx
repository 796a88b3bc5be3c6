// The link graph: expanded on demand, some kinds hidden, up to 5,000 points as an overview; its table says the same.
import React, { useCallback, useEffect, useMemo, useState } from 'react';
import ScreenReaderContent from '@splunk/react-ui/ScreenReaderContent';
import styled from 'styled-components';
import DataTable from '../../parts/data_table.jsx';
import { kindOf } from '../../parts/palette.js';
import { Failed, Nothing, Partial, Waiting } from '../../parts/states.jsx';
import { heldBy, lookUp, surroundings } from '../asking.js';
import { titleOf } from '../records.jsx';
import { RELATIONS } from '../related.jsx';
import { words } from '../use_investigation.js';
import useRecordTitles from '../use_record_titles.js';
import { isHub, labelOf, merged, MOST, MOST_OVERVIEW, shownOf, tied } from './data.js';
import { press } from './keys.js';
import useCanvas from './use_canvas.js';

const Canvas = styled.div`
  height: 560px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper); overflow: hidden; position: relative;
  canvas { display: block; }
`;
const Legend = styled.div`display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; margin: 0 0 8px; color: var(--mv-dim); font-size: 13px;`;
const Kind = styled.button`
  display: inline-flex; align-items: center; padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer;
  &[aria-pressed='false'] { text-decoration: line-through; opacity: .75; }
`;
const Dot = styled.span`display: inline-block; width: 10px; height: 10px; margin-right: 5px; border-radius: 50%;`;
const MOST_ENTITIES = 12;
const PER_ENTITY = 400;
const FEWER = new Set();

function columns(titles, onSelect) {
  const named = (node) => titles.get(node.id) || nameOf(node);
  return [
    { id: 'kind', title: 'Kind', width: 120, cell: (node) => kindOf(node.kind).title, sort: (node) => node.kind },
    { id: 'what', title: 'What', cell: (node) => <button type="button" className="mv-link" onClick={() => onSelect(node)}>{named(node)}</button>, sort: named },
    { id: 'held', title: 'Entities that hold it', width: 120, number: true, cell: (node) => node.held || '', sort: (node) => node.held || 0 },
    { id: 'degree', title: 'Links', width: 80, number: true, cell: (node) => node.degree, sort: (node) => node.degree },
  ];
}

function nameOf(node) {
  return labelOf(node) || `Record ${node.id.slice(0, 8)}`;
}

/** How many entities hold each identifier among the points of answers. */
function counted(answers) {
  const named = answers.flatMap(({ nodes }) => nodes).filter(({ kind }) => kind !== 'record' && kind !== 'entity').map(({ id }) => id);
  return heldBy([...new Set(named)]);
}

/** {state, answers, held, opened, load, expand}: what surrounds the entities, how many hold each contact, and the entities expanded since. */
function useSurroundings(wanted, depth) {
  const [answers, setAnswers] = useState([]);
  const [held, setHeld] = useState(new Map());
  const [opened, setOpened] = useState([]);
  const [state, setState] = useState({ name: 'waiting', error: '' });
  const load = useCallback(async () => {
    setState({ name: 'waiting', error: '' });
    try {
      const found = await Promise.all(wanted.split(' ').filter(Boolean).map((id) => surroundings(id, { depth, limit: PER_ENTITY })));
      setHeld(await counted(found));
      setOpened([]);
      setAnswers(found);
      setState({ name: 'done', error: '' });
    } catch (problem) {
      setState({ name: 'failed', error: words(problem) });
    }
  }, [wanted, depth]);
  useEffect(() => { load(); }, [load]);
  const expand = async (node) => {
    setState({ name: 'done', error: '', busy: true });
    try {
      const ids = node.kind === 'entity' ? [node.id]
        : (await lookUp({ identifiers: [node.id] })).cards.slice(0, MOST_ENTITIES).map(({ entity_id: id }) => id);
      const more = await Promise.all(ids.map((id) => surroundings(id, { depth: 1, limit: PER_ENTITY })));
      const counts = await counted(more);
      setHeld((before) => new Map([...before, ...counts]));
      setOpened((before) => [...before, ...ids]);
      setAnswers((before) => [...before, ...more]);
      setState({ name: 'done', error: '' });
    } catch (problem) {
      setState({ name: 'done', error: words(problem) });
    }
  };
  return { state, answers, held, opened, load, expand };
}

/** What of what surrounds the entities is not drawn, and how it is reached; '' where all of it is. */
function missingWords({ shown, all, others, cut }) {
  return [
    shown < all && `${shown.toLocaleString('en')} of ${all.toLocaleString('en')} points are drawn, those with most links; the table holds all.`,
    cut && `Around each entity at most ${PER_ENTITY} points are read, and there are more: expand a point to go on from it.`,
    others > 0 && `Of other entities only what they share is drawn, without ${others.toLocaleString('en')} points of their own: expand one to see them.`,
  ].filter(Boolean).join(' ');
}

/** isWide: whether entities that share a contact are shown too. */
export default function Graph({ entities, dark, chosen, onSelect, isWide, onWide }) {
  const [asTable, setAsTable] = useState(false);
  const depth = isWide ? 2 : 1;
  const [hidden, setHidden] = useState(FEWER);
  const [overview, setOverview] = useState(false);
  const [at, setAt] = useState('');
  const [problem, setProblem] = useState('');
  const [most, setMost] = useState(MOST_ENTITIES);
  const wanted = entities.slice(0, most).join(' ');
  const { state, answers, held, opened, load, expand } = useSurroundings(wanted, depth);

  const read = useMemo(() => merged(answers, held), [answers, held]);
  const all = useMemo(() => (depth > 1 ? tied(read, [...wanted.split(' '), ...opened]) : read), [read, opened, depth, wanted]);
  const data = useMemo(() => shownOf(all, hidden, overview ? MOST_OVERVIEW : MOST), [all, hidden, overview]);
  const kinds = useMemo(() => [...new Set(all.nodes.map(({ kind }) => kind))], [all]);
  const cut = answers.some(({ truncated }) => truncated);
  const records = useMemo(() => (asTable ? all.nodes.filter(({ kind }) => kind === 'record').map(({ id }) => id) : []), [all, asTable]);
  const titles = useRecordTitles(records, titleOf);
  const wantedPoints = all.nodes.filter(({ kind }) => !hidden.has(kind)).length;
  const missing = missingWords({ shown: data.nodes.length, all: wantedPoints, others: read.nodes.length - all.nodes.length, cut });
  const point = data.nodes.find(({ id }) => id === (chosen || at)) || null;
  const marks = useMemo(() => ({ chosen, at }), [chosen, at]);
  const isShown = !asTable && state.name === 'done';
  const { place, drawn } = useCanvas({ data, dark, isShown, marks, onNode: onSelect, onBackground: () => onSelect(null), onProblem: setProblem });
  const keyDown = (event) => {
    if (!drawn.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event.key, { ...drawn.current, at: at || chosen, onMove: ({ id }) => setAt(id), onChoose: onSelect })) event.preventDefault();
  };
  const toggle = (kind) => setHidden((before) => {
    const next = new Set(before);
    if (!next.delete(kind)) next.add(kind);
    return next;
  });

  if (state.name === 'failed') return <Failed text={state.error} onAgain={load} />;
  if (state.name === 'waiting') return <Waiting what="Reading what surrounds them" />;
  if (all.nodes.length === 0) return <Nothing title="Nothing to draw"><p>Choose an entity, or ask for an identifier that one holds.</p></Nothing>;
  const moved = data.nodes.find(({ id }) => id === at);
  return (
    <>
      <Legend>
        {kinds.map((kind) => (
          <Kind key={kind} type="button" aria-pressed={!hidden.has(kind)} title={`Show or hide: ${kindOf(kind).title}`} onClick={() => toggle(kind)}>
            <Dot style={{ background: kindOf(kind)[dark ? 'dark' : 'light'], borderRadius: kind === 'record' ? 2 : '50%' }} />{kindOf(kind).title}
          </Kind>
        ))}
        <span>thin or dotted: weak</span>
        {data.nodes.some(isHub) && <span>gray ring: a contact that as many entities hold; it joins none of them</span>}
        {data.links.some(({ rule }) => RELATIONS.has(rule)) && <span>dashed: related, not one</span>}
        <span style={{ marginLeft: 'auto', display: 'flex', flexWrap: 'wrap', gap: '4px 12px' }}>
          {point && point.kind !== 'record' && (
            <button type="button" className="mv-link" disabled={state.busy} onClick={() => expand(point)}>Expand {nameOf(point)}</button>
          )}
          <button type="button" className="mv-link" onClick={() => onWide(!isWide)}>
            {!isWide ? 'Show entities that share a contact' : 'Only what was found'}
          </button>
          {all.nodes.length > MOST && (
            <button type="button" className="mv-link" onClick={() => setOverview(!overview)}>{overview ? 'Fewer points, with labels' : 'Overview of all points'}</button>
          )}
          <button type="button" className="mv-link" onClick={() => setAsTable(!asTable)}>{asTable ? 'Show as graph' : 'Show as table'}</button>
        </span>
      </Legend>
      {entities.length > most && (
        <Partial>
          The first {most} of {entities.length} entities are drawn. <button type="button" className="mv-link" onClick={() => setMost(most + MOST_ENTITIES)}>Draw {Math.min(MOST_ENTITIES, entities.length - most)} more</button>
        </Partial>
      )}
      {missing && <Partial>{missing}</Partial>}
      {(state.error || problem) && <Failed text={state.error || problem} onAgain={load} />}
      {asTable
        ? <DataTable label="Points of the graph" columns={columns(titles, onSelect)} rows={all.nodes} id={(node) => node.id} chosen={chosen} onOpen={onSelect} />
        : (
          <Canvas
            ref={place} role="application" tabIndex={0} onKeyDown={keyDown} data-test="graph"
            aria-label={`Graph of ${data.nodes.length} points and ${data.links.length} links. Arrow keys go from point to point, Enter chooses one, plus and minus zoom; the table shows the same.`}
          />
        )}
      <ScreenReaderContent><span aria-live="polite">{moved ? `${kindOf(moved.kind).title} ${nameOf(moved)}, ${moved.degree} links` : ''}</span></ScreenReaderContent>
    </>
  );
}
