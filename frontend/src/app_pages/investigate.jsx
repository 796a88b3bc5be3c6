// Investigate: one box, everything found leads on. Frame and views; what is asked stands in use_investigation.js.
import React, { useContext, useEffect, useMemo, useState } from 'react';
import styled from 'styled-components';
import { viewNow } from '../cases/saved_view.js';
import AddToCase from '../investigate/add_to_case.jsx';
import AskOthers from '../investigate/sharing/ask_others.jsx';
import Box from '../investigate/box.jsx';
import CircumstancesBar, { useCircumstances } from '../investigate/circumstances.jsx';
import EntityView from '../investigate/entity_view.jsx';
import { entityTitle } from '../investigate/entity_title.js';
import Filters, { filtered } from '../investigate/filters.jsx';
import Graph from '../investigate/graph/graph.jsx';
import Compare from '../investigate/joins/compare.jsx';
import JoinView from '../investigate/joins/join_view.jsx';
import MapView from '../investigate/map/map.jsx';
import { NO_NEWS_WORDS } from '../investigate/news.js';
import Spans from '../investigate/spans.jsx';
import Reasons, { joinKey } from '../investigate/joins/reasons.jsx';
import RecordView from '../investigate/record_view.jsx';
import Records, { marked } from '../investigate/records.jsx';
import Results, { Cut } from '../investigate/results.jsx';
import Start from '../investigate/start.jsx';
import Timeline from '../investigate/timeline.jsx';
import useFocus from '../investigate/use_focus.js';
import useFilters, { keepFilters, NONE, scopeOf } from '../investigate/use_filters.js';
import useInvestigation from '../investigate/use_investigation.js';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import Frame, { Tabs } from '../parts/frame.jsx';
import { readable } from '../parts/palette.js';
import { SchemeContext } from '../parts/scheme.js';
import WatchButton from '../watching/watch_button.jsx';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';

const Columns = styled.div`
  display: grid; grid-template-columns: ${({ $filters }) => ($filters ? '180px ' : '')}minmax(0, 1fr) 340px; gap: 16px; margin-top: 12px; align-items: start;
  @media (min-width: 1700px) { grid-template-columns: ${({ $filters }) => ($filters ? '240px ' : '')}minmax(0, 1fr) 460px; }
  @media (max-width: 1000px) { grid-template-columns: minmax(0, 1fr); }
`;
const Inspector = styled.aside`
  position: sticky; top: 12px; max-height: calc(100vh - 24px); overflow-y: auto; padding: 14px; border: 1px solid var(--mv-line);
  border-radius: 6px; background: var(--mv-paper); overflow-wrap: anywhere;
`;
const Crumb = styled.p`margin: 0 0 8px; color: var(--mv-dim);`;
const TITLES = { results: 'Results', graph: 'Graph', timeline: 'Timeline', map: 'Map', records: 'Records' };

function Views({ view, onView, count, isEntity }) {
  const results = isEntity ? 'Reasons' : `Results${count !== null ? ` ${count}` : ''}`;
  return <Tabs label="Views" tabs={{ ...TITLES, results }} chosen={view} onChoose={onView} />;
}

/** Saves the view as it stands in a case. */
function SaveView({ typed, filters, title }) {
  const [view, setView] = useState(null);
  const [told, setTold] = useState('');
  return (
    <>
      <p style={{ margin: '0 0 6px', textAlign: 'right' }}>
        {told && <span role="status" style={{ marginRight: 12, color: 'var(--mv-good)' }}>{told}</span>}
        <button type="button" className="mv-link" onClick={() => { setTold(''); setView(viewNow(typed, filters)); }}>Save this view in a case</button>
      </p>
      {view && <AddToCase view={view} title={title} onClose={(done) => { setView(null); setTold(done); }} />}
    </>
  );
}

function Listed({ it, scheme, rows, entityIds, chosen, onRecord }) {
  const { found, records, view } = it;
  if (it.isReading) return <Waiting what="Reading the records" />;
  if (it.asked.state === 'failed') return <Failed text={it.asked.error} onAgain={it.askAgain} />;
  if (found.state === 'done' && entityIds.length === 0 && !it.single) {
    return <Nothing title={found.news ? NO_NEWS_WORDS : 'Nobody whom you may see holds this'} />;
  }
  if (records.state === 'waiting') return <Waiting what="Reading the records" />;
  if (records.state === 'failed') return <Failed text={records.error} onAgain={it.readAgain} />;
  return (
    <>
      {records.missing > 0 && <Partial>{records.missing.toLocaleString('en')} records of these entities are not shown: they are not yours to read, or too new.</Partial>}
      {it.unread > 0 && <Partial>The first {records.rows.length.toLocaleString('en')} records are shown, {it.unread.toLocaleString('en')} follow. <button type="button" className="mv-link" onClick={it.readMore}>Read {Math.min(2000, it.unread).toLocaleString('en')} more</button></Partial>}
      {it.unnamed > 0 && <Partial>Of entities with more than 500 records, {it.unnamed.toLocaleString('en')} records are not shown here: open the entity to see them.</Partial>}
      {view === 'timeline' && <Timeline rows={rows} entityIds={entityIds} chosen={chosen} onSelect={onRecord} />}
      {view === 'map' && <MapView rows={rows} scheme={scheme} chosen={chosen} onSelect={onRecord} />}
      {view === 'records' && <Records rows={rows} chosen={chosen} onSelect={onRecord} />}
    </>
  );
}

function News({ span, note, onSpan }) {
  return (
    <>
      <Spans chosen={span} onChoose={onSpan} />
      <p style={{ color: 'var(--mv-dim)' }}>Entities that are new, have grown or hold for other reasons; records that came since are marked. {note}</p>
    </>
  );
}

function reasonsOfRecord(joins, recordId) {
  return [...new Set(joins.filter(({ a, b }) => a === recordId || b === recordId).map(({ why }) => why))];
}

function Investigate() {
  const scheme = useContext(SchemeContext);
  const { circumstances, change } = useCircumstances();
  const it = useInvestigation();
  const workplace = useWorkplace();
  const isAnalyst = Boolean(workplace?.institutions.some((each) => each.is_analyst));
  const labels = useMemo(() => new Map(workplace?.institutions.map(({ tenant_id: id, label }) => [id, label])), [workplace]);
  const hasCircumstances = Boolean(circumstances.purpose && circumstances.case);
  const [filters, setFilters] = useFilters(scopeOf({ key: it.key, entity: it.entityId, news: it.found.news }));
  const { found, view, entity, entityId, selected, select, records } = it;
  const listing = ['timeline', 'map', 'records'].includes(view);
  const rows = useMemo(() => marked(filtered(records.rows, filters), found.added), [records.rows, filters, found.added]);
  const entityIds = useMemo(() => (entityId ? [entityId] : found.cards.map(({ entity_id: id }) => id)), [entityId, found.cards]);
  const document = entity?.document;
  const joins = document?.joins || [];
  const about = selected?.type === 'entity' ? selected.id : entityId;
  const shown = it.documents[about];
  const title = document ? entityTitle(document) : '';
  useEffect(() => {
    window.document.title = title ? `${title} – Investigate` : 'Investigate – Minerva';
  }, [title]);
  const openRecord = (record) => record && select({ type: 'record', id: record.record_id });
  const byIdentifier = it.run;
  /** The records of one source: of the entity that is meant, else of all that was found. */
  const bySource = (source, id = entityId) => {
    const wanted = { ...NONE, source: [source] };
    if (id && id !== entityId) {
      keepFilters(scopeOf({ key: it.key, entity: id }), wanted);
      it.open(id, 'records');
    } else {
      setFilters(wanted, 'unwritten');
      it.setView('records');
    }
  };
  const record = selected?.type === 'record' ? records.rows.find(({ record_id: id }) => id === selected.id) || it.single : null;
  const isIdle = found.state === 'idle' && !entityId;
  const focus = useFocus(`${entityId} ${found.state}`, it.join ? joinKey(it.join) : selected?.id);

  return (
    <Frame title="Investigate" help="investigate" head={<CircumstancesBar circumstances={circumstances} change={change} workplace={workplace} />}>
      <Box typed={it.typed} onRun={it.run} found={found} off={it.off} onToggle={it.toggle} before={it.before} />
      {isIdle ? <Start onOpen={(id) => it.open(id, 'results')} onIdentifier={byIdentifier} onNews={it.showNews} /> : (
        <Columns $filters={listing}>
          {listing && <Filters rows={records.rows} filters={filters} labels={labels} onChange={setFilters} />}
          <main>
            {entityId && (
              <Crumb>
                {found.cards.length > 0 && <><button type="button" className="mv-link" onClick={it.back}>{found.cards.length === 1 ? 'The result' : `All ${found.cards.length} results`}</button> › </>}
                {title || 'Entity'}
              </Crumb>
            )}
            {found.news && !entityId && <News span={found.news} note={found.note} onSpan={(span) => it.showNews(span, view)} />}
            <Views view={view} onView={it.setView} count={found.state === 'done' ? found.cards.length : null} isEntity={Boolean(entityId)} />
            {!entityId && <Cut it={it} isListing={listing} />}
            {isAnalyst && (entityId ? document : found.cards.length > 0) && <SaveView key={`${view} ${entityId}`} typed={it.typed} filters={filters} title="this view" />}
            {it.join && <Compare join={it.join} records={it.pair} onRecord={(id) => select({ type: 'record', id })} />}
            {view === 'results' && !entityId && (
              <Results it={it} hasCircumstances={hasCircumstances} chosen={about} onSelect={it.look} onOpen={(id) => it.open(id, 'results')} onIdentifier={byIdentifier} />
            )}
            {view === 'results' && entityId && document && (
              <Reasons joins={joins} chosen={it.join ? joinKey(it.join) : ''} onSelect={(join) => select({ type: 'join', join })} />
            )}
            {view === 'results' && entityId && !document && <EntityView state={entity} isOpen />}
            {view === 'graph' && (
              <Graph
                entities={entityIds} isWide={it.isWide} onWide={it.widen} dark={scheme === 'dark'} chosen={selected?.id}
                onSelect={(node) => {
                  if (!node) select(entityId ? { type: 'entity', id: entityId } : null);
                  else if (node.kind === 'entity') it.look(node.id);
                  else if (node.kind === 'record') select({ type: 'record', id: node.id });
                  else select({ type: 'identifier', id: node.id });
                }}
              />
            )}
            {listing && <Listed it={it} scheme={scheme} rows={rows} entityIds={entityIds} chosen={selected?.id} onRecord={openRecord} />}
          </main>
          <Inspector ref={focus.inspector} tabIndex={-1} onKeyDown={focus.onKeyDown} aria-label="What is selected" data-test="inspector">
            {selected?.type === 'join' && !it.join && (document
              ? <Nothing title="This reason does not hold any more" next={['The reasons that hold now stand in the view Reasons.']} />
              : <Waiting what="Reading the reason" />)}
            {it.join && (
              <JoinView
                key={joinKey(it.join)} join={it.join} records={it.pair} judgements={document?.judgements || []}
                onRecord={(id) => select({ type: 'record', id })} onChanged={() => it.reload(entityId)} mayJudge={isAnalyst}
                onBack={() => select({ type: 'entity', id: entityId })}
              />
            )}
            {selected?.type === 'record' && record?.none && (
              <Nothing title="This record is not shown"><p>{record.error || 'It is not yours to read, was erased, or is older than what is kept.'}</p></Nothing>
            )}
            {selected?.type === 'record' && !record?.none && (record
              ? (
                <RecordView
                  record={record} reasons={reasonsOfRecord(joins, record.record_id)} onIdentifier={byIdentifier} onMap={() => it.setView('map')} onSource={bySource}
                  onEntity={document && (() => select({ type: 'entity', id: entityId }))} entityTitle={title} mayPin={isAnalyst}
                  entityId={entityId} onRecord={(id) => select({ type: 'record', id })} institution={labels.get(record.tenant_id)} workplace={workplace} hasCircumstances={hasCircumstances}
                />
              )
              : <Waiting what="Reading the record" />)}
            {selected?.type === 'identifier' && (
              <>
                <h2>{readable(selected.id)}</h2>
                <p style={{ marginTop: 8 }}><button type="button" className="mv-link" onClick={() => byIdentifier(selected.id)}>Who else uses it</button></p>
                <WatchButton key={`watch ${selected.id}`} targets={[{ label: readable(selected.id), body: { identifier: selected.id } }]} />
                <AskOthers key={selected.id} identifier={selected.id} hasCircumstances={hasCircumstances} />
              </>
            )}
            {(selected?.type === 'entity' || (!selected && about)) && (
              <EntityView
                state={shown} isOpen={about === entityId} onOpen={() => it.open(about, 'results')} onIdentifier={byIdentifier} onSource={(source) => bySource(source, about)}
                onEntity={(id) => it.open(id, 'results')}
                onJoin={(join) => (about === entityId ? select({ type: 'join', join }) : it.open(about, 'results'))}
                onAgain={() => it.reload(about)} workplace={workplace} hasCircumstances={hasCircumstances}
              />
            )}
            {!selected && !about && <p style={{ color: 'var(--mv-dim)' }}>Choose a result to see why its records stand together.</p>}
          </Inspector>
        </Columns>
      )}
    </Frame>
  );
}

mountInView(<Investigate />, 'minerva-investigate');
