// One entity in the inspector: what it is, why its records stand together, what it holds, and what can be done with it.
import React, { useEffect, useMemo, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import begun from '../parts/begun.js';
import Chip from '../parts/chip.jsx';
import ShortId from '../parts/short_id.jsx';
import Strength from '../parts/strength.jsx';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { span } from '../parts/times.js';
import { readable, readableText } from '../parts/palette.js';
import { ValueWays } from '../parts/value_way.jsx';
import { app, viewPath } from '../place.js';
import AddToCase from './add_to_case.jsx';
import WatchDialog from '../watching/watch_dialog.jsx';
import { heldBy } from './asking.js';
import { entityTitle, sizeWords } from './entity_title.js';
import Judgements from './joins/judging.jsx';
import Related from './related.jsx';
import SameAs from './joins/same_as.jsx';
import ShareDialog from './sharing/share_dialog.jsx';

const Actions = styled.div`display: flex; flex-wrap: wrap; gap: 8px; margin: 4px 0 8px;`;
const Reason = styled.li`margin: 0 0 8px; list-style: none;`;

/** Reasons of the joins, each once: [{why, strength, joins: [join]}], the weakest first, as they decide. */
export function reasonsOf(joins) {
  const found = new Map();
  joins.forEach((join) => {
    const why = join.why.replace(/, found in (\d+) records$/, '');
    if (!found.has(why)) found.set(why, { why, strength: join.strength, joins: [] });
    const reason = found.get(why);
    reason.joins.push(join);
    reason.strength = Math.min(reason.strength, join.strength);
  });
  return [...found.values()].sort((a, b) => a.strength - b.strength);
}

const NONE = new Map();

/** How many entities hold each contact of an entity. */
function useHeld(document) {
  const [held, setHeld] = useState(NONE);
  useEffect(() => {
    let alive = true;
    setHeld(NONE);
    heldBy(document?.identifiers || []).then((found) => { if (alive) setHeld(found); });
    return () => { alive = false; };
  }, [document]);
  return held;
}

export default function EntityView({ state, isOpen, onOpen, onIdentifier, onSource, onEntity, onJoin, onAgain, workplace, hasCircumstances }) {
  const [watching, setWatching] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [pinning, setPinning] = useState(false);
  const [same, setSame] = useState(false);
  const [told, setTold] = useState('');
  const [all, setAll] = useState(false);
  const document = state?.document;
  const held = useHeld(document);
  const reasons = useMemo(() => (document ? reasonsOf(document.joins || []) : []), [document]);
  if (!state || state.state === 'waiting') return <Waiting what="Reading the entity" />;
  if (state.state === 'failed') return <Failed text={state.error} onAgain={onAgain} />;
  if (state.state === 'none') {
    return (
      <Nothing title="No entity stands under this id for you">
        <p>It may have been merged, erased, or belong to an institution that does not share it with yours.</p>
      </Nothing>
    );
  }
  const identifiers = document.identifiers || [];
  const mayShare = workplace?.institutions.some((each) => each.tenant_id === document.tenant_id && each.is_analyst);
  const shown = all ? identifiers : identifiers.slice(0, 14);
  const joining = new Set((document.joins || []).map(({ identifier }) => identifier));
  const isAside = (name) => held.get(name) > 1 && !joining.has(name);
  return (
    <div data-test="entity-view">
      <h2>{entityTitle(document)}</h2>
      <p style={{ color: 'var(--mv-dim)', margin: '4px 0 8px' }}>
        {sizeWords(document.size, document.sources)} · {span(document.first_time, document.last_time)}
      </p>
      <p>{readableText(document.explanation)}.</p>
      {document.cities?.length > 0 && <p style={{ color: 'var(--mv-dim)' }}>Towns: <ValueWays values={document.cities} onOpen={onIdentifier} /></p>}
      <Actions>
        <Button label="Watch" onClick={() => setWatching(true)} />
        {mayShare && <Button label="Add to case" onClick={() => setPinning(true)} />}
        {mayShare && <Button label="Same as another…" onClick={() => setSame(true)} />}
        {mayShare && <Button label="Share" onClick={() => setSharing(true)} />}
        {!isOpen && <Button appearance="primary" label="Open" onClick={onOpen} />}
        <a style={{ alignSelf: 'center' }} href={viewPath(app, 'movement', { e: document.entity_id })}>Its movement</a>
      </Actions>
      {told && <p role="status" style={{ marginTop: 8, color: 'var(--mv-good)' }}>{told}</p>}
      {pinning && (
        <AddToCase object="entity" objectId={document.entity_id} title={entityTitle(document)} onClose={(done) => { setPinning(false); setTold(done); }} />
      )}
      {same && <SameAs document={document} onClose={(done) => { setSame(false); setTold(done); if (done) onAgain(); }} />}
      {sharing && (
        <ShareDialog
          object={{ entity_id: document.entity_id, tenant_id: document.tenant_id }} title={entityTitle(document)} workplace={workplace}
          hasCircumstances={hasCircumstances} onClose={(done) => { setSharing(false); setTold(done); }}
        />
      )}
      <h3 style={{ margin: '12px 0 6px' }}>Why these records are together</h3>
      {reasons.length === 0 && <p>One record alone: nothing was joined.</p>}
      <ul style={{ margin: 0, padding: 0 }}>
        {reasons.slice(0, 5).map((reason) => (
          <Reason key={reason.why}>
            <button type="button" className="mv-link" onClick={() => onJoin(reason.joins[0])}>
              {readableText(begun(reason.why))}
            </button>
            <div style={{ display: 'flex', gap: 6 }}><Strength value={reason.strength} /><span style={{ color: 'var(--mv-dim)' }}>· {reason.joins.length} join{reason.joins.length === 1 ? '' : 's'}</span></div>
          </Reason>
        ))}
      </ul>
      {reasons.length > 5 && <p style={{ color: 'var(--mv-dim)' }}>and {reasons.length - 5} more, all in the view Reasons.</p>}
      {(document.judgements || []).some((each) => !each.in_effect) && (
        <Partial>{document.judgements.filter((each) => !each.in_effect).length} judgement{document.judgements.filter((each) => !each.in_effect).length === 1 ? ' on these records takes' : 's on these records take'} effect at the next refresh.</Partial>
      )}
      <Judgements key={document.entity_id} entityId={document.entity_id} count={(document.judgements || []).length} mayJudge={mayShare} onChanged={onAgain} />
      <Related document={document} onEntity={onEntity} />
      <h3 style={{ margin: '12px 0 6px' }}>What it holds</h3>
      {shown.filter((name) => !isAside(name)).map((name) => <Chip key={name} identifier={name} onOpen={onIdentifier} />)}
      {identifiers.some(isAside) && (
        <div data-test="set-aside">
          <p style={{ margin: '4px 0', color: 'var(--mv-dim)' }}>Shared by several entities, so that they join none:</p>
          {identifiers.filter(isAside).slice(0, 20).map((name) => (
            <React.Fragment key={name}><Chip identifier={name} onOpen={onIdentifier} doubtful note={`${held.get(name)} entities hold it`} /> <span style={{ marginRight: 8, color: 'var(--mv-dim)' }}>{held.get(name)} entities</span></React.Fragment>
          ))}
        </div>
      )}
      {identifiers.length > shown.length && <button type="button" className="mv-link" onClick={() => setAll(true)}>{identifiers.length - shown.length} more</button>}
      <h3 style={{ margin: '12px 0 6px' }}>Where it comes from</h3>
      <ul style={{ margin: 0, paddingLeft: 18 }} data-test="sources">
        {Object.entries(document.sources || {}).sort((a, b) => b[1] - a[1]).map(([name, count]) => (
          <li key={name}>
            <button type="button" className="mv-link" onClick={() => onSource(name)}>{name.replaceAll('_', ' ')}</button>, {count} record{count === 1 ? '' : 's'}
          </li>
        ))}
      </ul>
      <p style={{ marginTop: 8 }}>Entity <ShortId id={document.entity_id} /></p>
      <p style={{ color: 'var(--mv-dim)' }}>A lead, not a verdict: check it against the sources before acting.</p>
      {watching && (
        <WatchDialog
          targets={[
            { label: `The entity ${entityTitle(document)}`, body: { entity_id: document.entity_id } },
            ...identifiers.map((name) => ({ label: readable(name), body: { identifier: name } })),
          ]}
          onClose={(done) => { setWatching(false); setTold(done); }}
        />
      )}
    </div>
  );
}
