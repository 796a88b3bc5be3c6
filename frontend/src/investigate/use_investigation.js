// The state of the page: what was asked, the entities found, their documents and records, and what is selected.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { heardTyped, keep, readAddress, writeAddress } from './address.js';
import { lookUp, readRecords, understand, wholeEntity } from './asking.js';
import news from './news.js';

export const VIEWS = ['results', 'graph', 'timeline', 'map', 'records'];
const EMPTY = { state: 'idle', understood: null, cards: [], asked: [], leftOut: 0, linkedUntil: 0, uncounted: false, error: '', news: '', note: '', added: [] };
const MOST_RECORDS = 2000;

/** Words of a refusal: absent and forbidden are one answer, so both are named. */
export function words(problem) {
  if (problem.status === 404) return 'Not found, or not for you to see.';
  if (problem.status === 403) return 'Your role may not ask this: it takes the capability minerva_query, which an administrator of your institution gives.';
  if (problem.message.includes('name one as tenant_id')) return 'You belong to several institutions: choose in the head of the page for which one.';
  return problem.message;
}

/** Joins of an entity by the ids that addresses name them with: both records, and which of the joins of those two. */
function joinIds(joins) {
  const counts = new Map();
  return new Map(joins.map((join) => {
    const pair = `${join.a}.${join.b}`;
    counts.set(pair, (counts.get(pair) ?? -1) + 1);
    return [`${pair}.${counts.get(pair)}`, join];
  }));
}

/** What is in the inspector as an address says it. */
function selectedOf({ record, join, entity }) {
  if (record) return { type: 'record', id: record };
  if (join && entity) return { type: 'join', id: join };
  return entity ? { type: 'entity', id: entity } : null;
}

/**
 * run(text) asks; open(entityId) shows one entity; select({type: entity|record|join|identifier, ...}) puts something into
 * the inspector, an open record or join with an address of its own; toggle(identifier) takes a part of the question out or in. `records` are those of what is shown, `pair`
 * and `single` those of a selected join or of a record that is not among them.
 */
export default function useInvestigation() {
  const begin = useMemo(() => readAddress(VIEWS), []);
  const [typed, setTyped] = useState(begin.typed || '');
  const [key, setKey] = useState(begin.key);
  const [view, setView] = useState(begin.view);
  const [found, setFound] = useState(EMPTY);
  const [off, setOff] = useState(() => new Set());
  const [entityId, setEntityId] = useState(begin.entity);
  const [documents, setDocuments] = useState({});
  const [records, setRecords] = useState({ state: 'idle', rows: [], missing: 0, error: '' });
  const [selected, setSelected] = useState(null);
  const [before, setBefore] = useState('');
  const [isWide, setWide] = useState(begin.isWide);
  const turn = useRef(0);

  const show = useCallback(async (understood, leftOut = new Set()) => {
    turn.current += 1;
    const mine = turn.current;
    setFound({ ...EMPTY, state: 'waiting', understood });
    setOff(leftOut);
    try {
      const { cards, asked, leftOut: more, linkedUntil } = await lookUp({
        ...understood,
        identifiers: understood.identifiers.map(({ identifier }) => identifier).filter((name) => !leftOut.has(name)),
      });
      if (turn.current === mine) setFound({ ...EMPTY, state: 'done', understood, cards, asked, leftOut: more, linkedUntil });
    } catch (problem) {
      if (turn.current === mine) setFound({ ...EMPTY, state: 'failed', understood, error: words(problem) });
    }
  }, []);

  /** Shows what is new in one of the views; span: since when, of SPANS. */
  const showNews = useCallback(async (span, where, isAddressed = false) => {
    turn.current += 1;
    const mine = turn.current;
    setTyped('');
    setKey('');
    setEntityId('');
    setSelected(null);
    setWide(false);
    setOff(new Set());
    setView(where);
    if (!isAddressed) writeAddress({ news: span, view: where });
    setFound({ ...EMPTY, state: 'waiting', news: span });
    try {
      const { cards, more, uncounted, added, note } = await news(span);
      if (turn.current === mine) setFound({ ...EMPTY, state: 'done', cards, leftOut: more, uncounted, news: span, note, added });
    } catch (problem) {
      if (turn.current === mine) setFound({ ...EMPTY, state: 'failed', news: span, error: words(problem) });
    }
  }, []);

  /** Reads the news after those that are shown. */
  const readOn = useCallback(async () => {
    const mine = turn.current;
    const { cards, more, uncounted, added } = await news(found.news, found.cards.length);
    if (turn.current !== mine) return;
    const known = new Set(found.cards.map(({ entity_id: id }) => id));
    setFound({
      ...found, leftOut: more, uncounted, added: [...found.added, ...added],
      cards: [...found.cards, ...cards.filter(({ entity_id: id }) => !known.has(id))],
    });
  }, [found]);

  const run = useCallback(async (text, given = {}) => {
    const asked = text.trim();
    setTyped(text);
    setBefore(given.from || '');
    if (asked === '') {
      turn.current += 1;
      setFound(EMPTY);
      return;
    }
    turn.current += 1;
    const mine = turn.current;
    const kept = given.record ? '' : given.key || keep(text);
    setKey(kept);
    setEntityId('');
    setSelected(given.record ? { type: 'record', id: given.record } : null);
    setWide(false);
    setView('results');
    if (!given.key) writeAddress({ key: kept, record: given.record, view: 'results' }, Boolean(given.record));
    setFound({ ...EMPTY, state: 'waiting' });
    try {
      const understood = await understand(asked);
      if (turn.current !== mine) return;
      const nothing = understood.entities.length + understood.records.length + understood.identifiers.length === 0;
      const sure = new Set(understood.identifiers.filter(({ doubtful }) => doubtful).map(({ identifier }) => identifier));
      if (nothing && asked.length > 200) {
        setFound({ ...EMPTY, state: 'done', understood });
        return;
      }
      await show(nothing ? { ...understood, names: asked } : understood, nothing ? new Set() : sure);
    } catch (problem) {
      if (turn.current === mine) setFound({ ...EMPTY, state: 'failed', error: words(problem) });
    }
  }, [show]);

  const open = useCallback((id, where) => {
    setEntityId(id);
    setSelected({ type: 'entity', id });
    setWide(false);
    const next = where || view;
    setView(next);
    writeAddress({ key, entity: id, view: next, news: found.news });
  }, [key, view, found.news]);

  /** What of the selection stands in the address; identifiers never do. */
  const addressed = useCallback((what) => ({
    key, entity: entityId, news: found.news, view, isWide,
    ...(what?.type === 'record' ? { record: what.id } : what?.type === 'join' ? { join: what.id } : {}),
  }), [key, entityId, found.news, view, isWide]);

  const changeView = useCallback((next, isPassing = false) => {
    setView(next);
    writeAddress({ ...addressed(selected), view: next }, isPassing);
  }, [addressed, selected]);

  const widen = useCallback((next) => {
    setWide(next);
    writeAddress({ ...addressed(selected), isWide: next });
  }, [addressed, selected]);

  const select = useCallback((what) => {
    const named = what?.type === 'join' && !what.id ? { type: 'join', id: [...joinIds(documents[entityId]?.document?.joins || [])].find(([, each]) => each === what.join)?.[0] } : what;
    setSelected(named);
    writeAddress(addressed(named));
  }, [addressed, documents, entityId]);

  const back = useCallback(() => {
    setEntityId('');
    setSelected(null);
    setWide(false);
    writeAddress({ key, view, news: found.news });
  }, [key, view, found.news]);

  const toggle = useCallback((identifier) => {
    const next = new Set(off);
    if (!next.delete(identifier)) next.add(identifier);
    show(found.understood, next);
  }, [found.understood, off, show]);

  /** Puts the page where an address says, once what it is about was asked. */
  const settle = useCallback((now) => {
    setKey(now.key);
    setView(now.view);
    setEntityId(now.entity);
    setSelected(selectedOf(now));
    setWide(now.isWide);
  }, []);

  const restore = useCallback(() => {
    const now = readAddress(VIEWS);
    settle(now);
    if (now.key !== key && now.typed !== null) run(now.typed, { key: now.key }).then(() => settle(now));
    if (now.news && found.news !== now.news) {
      showNews(now.news, now.view, true).then(() => settle(now));
    } else if (now.news) setTyped('');
    else if (!now.key && now.record && !now.entity) run(now.record, { record: now.record });
    else if (!now.key) {
      setTyped('');
      setFound(EMPTY);
    }
  }, [key, run, showNews, settle, found.news]);
  useEffect(() => {
    window.addEventListener('popstate', restore);
    return () => window.removeEventListener('popstate', restore);
  }, [restore]);
  useEffect(() => {
    if (begin.key && begin.typed === null) {
      heardTyped(begin.key).then((text) => (text === null ? null : run(text, { key: begin.key }))).then(() => settle(begin));
    } else if (begin.typed) {
      run(begin.typed, { key: begin.key }).then(() => settle(begin));
    } else if (begin.news) {
      showNews(begin.news, begin.view, true).then(() => settle(begin));
    } else if (begin.entity) settle(begin);
    else if (begin.record) run(begin.record, { record: begin.record });
  }, [begin, run, showNews, settle]);

  const [pair, setPair] = useState([]);
  const [single, setSingle] = useState(null);
  const joins = documents[entityId]?.document?.joins;
  const join = useMemo(() => (selected?.type === 'join' && joins ? joinIds(joins).get(selected.id) || null : null), [selected, joins]);
  const alone = selected?.type === 'record' && !records.rows.some((row) => row.record_id === selected.id) ? selected.id : '';
  useEffect(() => {
    const ids = join ? [join.a, join.b] : alone ? [alone] : [];
    if (ids.length === 0) return undefined;
    let alive = true;
    if (join) setPair([]);
    else setSingle(null);
    readRecords(ids).then((rows) => {
      if (!alive) return;
      if (join) setPair(rows);
      else setSingle(rows[0] || { none: true });
    }).catch((problem) => { if (alive && !join) setSingle({ none: true, error: words(problem) }); });
    return () => { alive = false; };
  }, [join, alone]);

  const load = useCallback(async (id) => {
    setDocuments((before) => ({ ...before, [id]: { state: 'waiting', ...before[id] } }));
    try {
      const document = await wholeEntity(id);
      setDocuments((before) => ({ ...before, [id]: document ? { state: 'done', document } : { state: 'none' } }));
    } catch (problem) {
      setDocuments((before) => ({ ...before, [id]: { state: 'failed', error: words(problem) } }));
    }
  }, []);
  const about = selected?.type === 'entity' ? selected.id : entityId;
  useEffect(() => {
    [entityId, about].filter((id) => id && !documents[id]).forEach((id) => load(id));
  }, [entityId, about, documents, load]);

  const scope = useMemo(() => {
    if (entityId) return documents[entityId]?.document?.records || [];
    return [...new Set(found.cards.flatMap((card) => card.records || []))];
  }, [entityId, documents, found.cards]);
  /** Records of what was found that its cards do not name: a card names 500 at most. */
  const unnamed = entityId ? 0 : found.cards.reduce((sum, { size, records: named = [] }) => sum + Math.max(0, size - named.length), 0);
  const [most, setMost] = useState(MOST_RECORDS);
  useEffect(() => { setMost(MOST_RECORDS); }, [entityId, found.understood, found.news]);
  const wanted = scope.slice(0, most).join(' ');
  const [reading, setReading] = useState(0);
  useEffect(() => {
    if (!['timeline', 'map', 'records'].includes(view) || wanted === '') {
      setRecords((before) => (wanted === '' ? { state: 'idle', rows: [], missing: 0, error: '' } : before));
      return undefined;
    }
    let alive = true;
    setRecords((before) => (before.wanted === wanted ? before : { state: 'waiting', rows: [], missing: 0, error: '' }));
    readRecords(wanted.split(' ')).then((rows) => {
      if (alive) setRecords({ state: 'done', rows, missing: wanted.split(' ').length - rows.length, error: '', wanted });
    }).catch((problem) => {
      if (alive) setRecords({ state: 'failed', rows: [], missing: 0, error: words(problem) });
    });
    return () => { alive = false; };
  }, [view, wanted, reading]);

  const entity = entityId ? documents[entityId] || { state: 'waiting' } : null;
  const asked = entity || found;
  /** Whose records are listed, or what these say, is not known yet. */
  const isReading = asked.state === 'waiting' || (records.state === 'idle' && wanted !== '');
  const askAgain = () => (entityId ? load(entityId) : found.news ? showNews(found.news, view) : run(typed));

  return {
    isReading, asked, askAgain, readOn, unnamed, unread: Math.max(0, scope.length - most), readMore: () => setMost(most + MOST_RECORDS), key, typed, setTyped, run, showNews, found, off, toggle, view, setView: changeView, open, back, entityId,
    entity, documents, reload: load, records, readAgain: () => setReading((before) => before + 1), pair, single,
    selected, select, before, join, isWide, widen, look: (id) => select({ type: 'entity', id }),
  };
}
