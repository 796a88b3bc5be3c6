// What a question found: entity cards, contacts that many share or nobody holds, and leads that others share.
import React from 'react';
import Chip from '../parts/chip.jsx';
import { readable } from '../parts/palette.js';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import { ago, moment } from '../parts/times.js';
import useAttempt from '../parts/use_attempt.js';
import WatchButton from '../watching/watch_button.jsx';
import Cards from './cards.jsx';
import { NO_NEWS_WORDS } from './news.js';
import AskOthers from './sharing/ask_others.jsx';
import SharedLeads, { useSharedHits } from './sharing/shared_leads.jsx';
import { words } from './use_investigation.js';

function Asked({ it, hits, hasCircumstances }) {
  const { found, off } = it;
  const { names, identifiers = [] } = found.understood || {};
  const missing = identifiers.filter(({ identifier }) => !off.has(identifier));
  const [one] = missing.length === 1 ? missing : [];
  const next = names ? [
    'Leave a word out: every word has to stand in the names or towns of an entity.',
    'Names and towns are searched. An address, or words of a text, are found in Search, in the records themselves.',
    'Paste the whole text that it came from: contacts in it may lead on.',
  ] : [
    'Check how it was read, above: a chip can be taken out, a doubtful one put in.',
    'Paste the whole text that it came from: other contacts in it may lead on.',
    'Watch it: an alert comes when a record holds it.',
  ];
  return (
    <Nothing title={hits.length > 0 ? 'No entity of your own holds this' : 'Nobody whom you may see holds this'} next={next}>
      <p>
        Searched: every stored entity of your institutions, of any time, for {names ? `“${names}”` : one ? readable(one.identifier) : `${missing.length} identifiers`}.
        {' '}{found.linkedUntil > 0 ? `The newest record that is linked was stored ${moment(found.linkedUntil)}, ${ago(found.linkedUntil)}` : 'No record is linked yet'}; what came later is not among them: linking runs every five minutes, and until then Search finds them.
        {!hasCircumstances && !names && ' What others share with you was not searched: state purpose and case number above.'}
      </p>
      {one && <WatchButton key={`watch ${one.identifier}`} targets={[{ label: readable(one.identifier), body: { identifier: one.identifier } }]} />}
      {one && hits.length === 0 && <AskOthers key={one.identifier} identifier={one.identifier} hasCircumstances={hasCircumstances} />}
    </Nothing>
  );
}

/** Of what was asked, the parts that no entity holds: said, as the cards say nothing of them. */
function Unheld({ asked, hits, onIdentifier }) {
  const shared = new Set(hits.flatMap(({ held }) => held));
  const none = asked.filter(({ kind, entities, value }) => kind === 'identifier' && entities === 0 && !shared.has(value));
  if (none.length === 0) return null;
  return (
    <p data-test="unheld" style={{ color: 'var(--mv-dim)' }}>
      Nobody whom you may see holds {none.map(({ value }) => <Chip key={value} identifier={value} onOpen={onIdentifier} note="Choose it to watch it or to ask others" />)}
    </p>
  );
}

export default function Results({ it, chosen, onSelect, onOpen, onIdentifier, hasCircumstances }) {
  const { found, off } = it;
  const { understood } = found;
  const hits = useSharedHits(understood, off, hasCircumstances);
  if (found.state === 'waiting') return <Waiting what="Looking for who holds it" />;
  if (found.state === 'failed') return <Failed text={found.error} onAgain={() => (found.news ? it.showNews(found.news, it.view) : it.run(it.typed))} />;
  if (understood && understood.identifiers.length + understood.entities.length + understood.records.length === 0 && !understood.names) {
    return <Nothing title="Nothing was read in this text" next={['A number, an address or a name of its own is read more easily.']}><p>No identifier stands in it as far as can be told. That is no proof that it holds none.</p></Nothing>;
  }
  if (found.cards.length === 0) {
    if (found.news) return <Nothing title={NO_NEWS_WORDS} />;
    return <><SharedLeads hits={hits} /><Asked it={it} hits={hits} hasCircumstances={hasCircumstances} /></>;
  }
  const asked = new Set(found.cards.flatMap(({ matched }) => matched));
  const many = new Map(found.asked.filter(({ kind, entities }) => kind === 'identifier' && entities > 1).map(({ value, entities }) => [value, entities]));
  return (
    <>
      {[...many].map(([value, entities]) => (
        <p key={value} style={{ color: 'var(--mv-dim)' }}>
          <b>{readable(value)}</b> is held by {entities} entities: a contact that many share joins none of them.
        </p>
      ))}
      <Unheld asked={found.asked} hits={hits} onIdentifier={onIdentifier} />
      <SharedLeads hits={hits} />
      {found.asked.some(({ kind, entities }) => kind === 'name' && entities >= 50) && <Partial>Many bear these words: the 50 largest are shown. Add a town or another word.</Partial>}
      <Cards cards={found.cards} asked={asked} many={many} chosen={chosen} onSelect={onSelect} onOpen={onOpen} onIdentifier={onIdentifier} />
    </>
  );
}

const PAGE = 100;

/** What of the found is not shown in any of the views, and the way to the rest. it: the investigation; isListing: its records are shown, not its entities. */
export function Cut({ it, isListing }) {
  const { found } = it;
  const { attempt, busy, error } = useAttempt(words);
  if (found.state !== 'done' || (found.leftOut === 0 && !found.uncounted)) return null;
  const left = found.leftOut.toLocaleString('en');
  const shown = found.cards.length.toLocaleString('en');
  const whose = isListing ? 'the records of ' : '';
  if (!found.news) return <Partial>{left} more entities hold something of this; {whose}the {shown} that hold most of it are shown. Take a part of the question out to see the others.</Partial>;
  const rest = found.leftOut > 0 ? `${found.uncounted ? 'at least ' : ''}${left} more have changed` : 'more have changed than are counted';
  return (
    <>
      <Partial>
        {isListing ? 'The records of the' : 'The'} {shown} newest entities are shown; {rest}.
        {found.leftOut > 0 && <> <button type="button" className="mv-link" disabled={busy} onClick={() => attempt(it.readOn)}>{busy ? 'Reading …' : `Show ${Math.min(PAGE, found.leftOut)} more`}</button></>}
        {found.leftOut === 0 && ' Choose a shorter time.'}
      </Partial>
      {error && <Failed text={error} />}
    </>
  );
}
