// Shared: what others share with us, what we share, requests between institutions, and notices.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import { operate } from '../investigate/asking.js';
import CircumstancesBar, { useCircumstances } from '../investigate/circumstances.jsx';
import { words } from '../investigate/use_investigation.js';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import begun from '../parts/begun.js';
import Contacts from '../parts/contacts.jsx';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import Frame, { Tabs } from '../parts/frame.jsx';
import { ENTITY_ID } from '../investigate/address.js';
import AddToCase from '../investigate/add_to_case.jsx';
import { entityTitle } from '../investigate/entity_title.js';
import { readable } from '../parts/palette.js';
import recipientWords from '../parts/recipients.js';
import WatchButton from '../watching/watch_button.jsx';
import { levelWords } from '../parts/levels.js';
import ShortId from '../parts/short_id.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { ago, day, moment } from '../parts/times.js';
import useAddressed from '../parts/use_addressed.js';
import { ValueWays } from '../parts/value_way.jsx';
import { Agreed, fieldWords, GrantedThing } from '../administration/given.jsx';
import Deciding from '../administration/deciding.jsx';
import { app, viewPath } from '../place.js';
import useTitles from '../watching/use_titles.js';

const Lead = styled.article`max-width: 1000px; margin-bottom: 10px; padding: 12px 14px; border: 1px solid var(--mv-line); border-radius: 6px; background: var(--mv-paper);`;
const DAY_S = 86_400;
const OBLIGATIONS = {
  record_dissemination: 'note whom you tell', review_within_five_years: 'review within five years', record_processing: 'record what you do with it',
  data_subject_rights: 'the person may ask for it', pseudonyms_per_recipient: 'its ids are yours alone', no_reshare: 'do not share it on', never_reveal_existence: 'never tell that it exists', written_time_limited_release: 'only with the written release, while it lasts',
};

/** {state, rows, error, again} of an operation's list. */
function useList(operation, key, deps, body = {}) {
  const [held, setHeld] = useState({ state: 'waiting', rows: [], error: '' });
  const again = useCallback(async () => {
    try {
      setHeld({ state: 'done', rows: (await operate(operation, body))[key] || [], error: '' });
    } catch (problem) {
      setHeld({ state: 'failed', rows: [], error: words(problem) });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [operation, key, ...deps]);
  useEffect(() => { again(); }, [again]);
  return { ...held, again };
}

function leadWords(item) {
  const { names = [], identifiers: held = [], set_aside: aside = [], best } = item.content;
  const identifiers = held.filter((name) => !aside.includes(name)); // what many hold would call strangers the same
  const called = names.length + identifiers.length > 0 ? entityTitle({ names, identifiers, best }) : '';
  const what = item.what === 'entity' ? 'an entity' : `a ${item.what}`;
  return called ? `${called}, ${what} of ${item.owner}` : `${begun(what)} of ${item.owner}`;
}

/** What can be done with a lead from here: its contacts and towns are watched, a case refers to it. No copy is made. */
function Doing({ item }) {
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState('');
  const { identifiers = [], cities = [] } = item.content;
  const targets = [
    ...identifiers.map((name) => ({ label: readable(name), body: { identifier: name } })),
    ...cities.map((city) => ({ label: `The town ${city}`, body: { area: { form: 'town', city, region: '' } } })),
  ];
  // Nothing of its content: the case would keep it after a recall.
  const note = `A lead that ${item.owner} shared on ${day(item.released)}. TLP ${item.tlp}, until ${day(item.expires)}; it stands under Shared until then or a recall, as ${item.share_id}.`;
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
      <Button label="Add to case" onClick={() => setAdding(true)} />
      {targets.length > 0 && <WatchButton targets={targets} />}
      {told && <span role="status" style={{ color: 'var(--mv-good)' }}>{told}</span>}
      {adding && <AddToCase note={note} title="the lead" onClose={(done) => { setAdding(false); setTold(done); }} />}
    </div>
  );
}

function Received({ ready, stated }) {
  if (!ready) return <Nothing title="State purpose and case number above"><p>What others share is read for a purpose of the list and a case, and each reading stands in the audit.</p></Nothing>;
  return <Leads stated={stated} />;
}

function Leads({ stated }) {
  const list = useList('shared', 'items', [stated]);
  if (list.state === 'waiting') return <Waiting what="Reading what is shared with you" />;
  if (list.state === 'failed') return <Failed text={list.error} onAgain={list.again} />;
  if (list.rows.length === 0) return <Nothing title="Nothing is shared with your institution now" next={['Ask others blindly about an identifier, in Investigate.']} />;
  return list.rows.map((item) => (
    <Lead key={item.share_id} data-test="lead">
      <h3>{leadWords(item)}</h3>
      <p style={{ color: 'var(--mv-dim)' }}>
        Shared by {item.owner}, <span title={ago(item.released)}>{day(item.released)}</span>, until {day(item.expires)} · TLP {item.tlp} ({item.level})
      </p>
      {item.content.size && <p>{item.content.size} records{item.content.first_time ? `, ${day(item.content.first_time)} – ${day(item.content.last_time)}` : ''}</p>}
      {(item.content.cities || []).length > 0 && <p>Towns: <ValueWays values={item.content.cities} /></p>}
      <Contacts identifiers={item.content.identifiers} aside={item.content.set_aside} />
      <p style={{ marginTop: 6 }}>
        <b>What may be done with it:</b> use it as a lead in your case{item.obligations.length > 0 && `; ${item.obligations.map((name) => OBLIGATIONS[name] || name.replaceAll('_', ' ')).join('; ')}`}.
        {' '}A recall ends it at once.
      </p>
      <Doing item={item} />
      <ShortId id={item.share_id} />
    </Lead>
  ));
}

function Given() {
  const given = useList('grants', 'grants', []);
  const proposed = useList('proposals', 'proposals', []);
  const [deed, setDeed] = useState(null);
  const titles = useTitles([...given.rows, ...proposed.rows].filter(({ what }) => what === 'entity').map(({ object_id: id }) => id));
  if (given.state === 'waiting') return <Waiting what="Reading what you share" />;
  if (given.state === 'failed') return <Failed text={given.error} onAgain={given.again} />;
  const close = (done) => {
    setDeed(null);
    if (done) {
      given.again();
      proposed.again();
    }
  };
  const waiting = proposed.rows.filter((row) => row.act === 'share');
  return (
    <>
      {waiting.length > 0 && <h2 style={{ margin: '8px 0' }}>Proposed</h2>}
      {waiting.length > 0 && (
        <DataTable
          label="Proposed" rows={waiting} id={(row) => row.proposal_id}
          columns={[
            { id: 'what', title: 'What', cell: (row) => <GrantedThing row={row} titles={titles} readsRecords /> },
            { id: 'to', title: 'With', cell: (row) => recipientWords(row.terms?.to) },
            { id: 'why', title: 'Why', cell: (row) => row.why },
            { id: 'author', title: 'Proposed by', cell: (row) => row.author },
            { id: 'agreed', title: 'Agreed', cell: (row) => (row.preview?.needs_approvals === 0 ? 'nobody has to' : <><Agreed row={row} />{row.preview && ` (${row.approved_by.length} of ${row.preview.needs_approvals})`}</>) },
            { id: 'ends', title: 'To release by', cell: (row) => day(row.expires) },
            {
              id: 'do', title: '', cell: (row) => (
                <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }}>
                  {row.author === window.$C.USERNAME && <Button label="Release" disabled={row.approved_by.length < (row.preview?.needs_approvals || 0)} onClick={() => setDeed({ kind: 'release', row })} />}
                  <Deciding row={row} onApprove={() => window.location.assign(viewPath(app, 'administration', { t: 'approvals' }))} onDone={() => close(true)} />
                </span>
              ),
            },
          ]}
        />
      )}
      <h2 style={{ margin: '14px 0 8px' }}>Shared by us</h2>
      <DataTable
        label="Shared by us" rows={given.rows} id={(row) => row.grant_id} none="Nothing was shared."
        columns={[
          { id: 'what', title: 'What', cell: (row) => <GrantedThing row={row} titles={titles} readsRecords /> },
          { id: 'to', title: 'With', cell: (row) => recipientWords(row.to) },
          { id: 'level', title: 'How far', cell: (row) => levelWords(row.level) },
          { id: 'fields', title: 'Kinds of facts', cell: (row) => fieldWords(row.fields) },
          { id: 'until', title: 'Until', width: 105, cell: (row) => day(row.expires) },
          { id: 'state', title: 'State', cell: (row) => (row.ended?.why ? `${row.state}: ${row.ended.why}` : row.state) },
          { id: 'do', title: '', cell: (row) => row.state === 'live' && <Button label="Recall" onClick={() => setDeed({ kind: 'recall', row })} /> },
        ]}
      />
      {deed?.kind === 'recall' && (
        <Deed title={`Recall ${titles[deed.row.object_id] || `the ${deed.row.what}`} from: ${recipientWords(deed.row.to)}`} label="Recall" destructive onClose={close} run={({ why }) => operate('recall', { grant_id: deed.row.grant_id, why })}>
          <p>Reading ends at once and copies are masked in searches. An export that was taken cannot be called back.</p>
        </Deed>
      )}
      {deed?.kind === 'release' && (
        <Deed title={`Release ${titles[deed.row.object_id] || `the ${deed.row.what}`}`} label="Release" whyLabel="" onClose={close} run={() => operate('release', { proposal_id: deed.row.proposal_id })}>
          <p>It goes to {recipientWords(deed.row.terms?.to)} now, as it was proposed, until a recall, or for {deed.row.terms?.days} days: to {day(Date.now() / 1000 + (deed.row.terms?.days || 0) * DAY_S)}. {deed.row.terms?.fields && `They see: ${fieldWords(deed.row.terms.fields)}.`} {deed.row.why && `Why: “${deed.row.why}”`}</p>
        </Deed>
      )}
    </>
  );
}

function Requests() {
  const list = useList('inquiries', 'inquiries', []);
  const [deed, setDeed] = useState(null);
  if (list.state === 'waiting') return <Waiting what="Reading requests" />;
  if (list.state === 'failed') return <Failed text={list.error} onAgain={list.again} />;
  return (
    <>
      <p style={{ color: 'var(--mv-dim)' }}>A blind question met something that you or another institution holds. Contact desks are told only when both sides accept.</p>
      <DataTable
        label="Requests" rows={list.rows} id={(row) => row.inquiry_id} none="No request is open."
        columns={[
          { id: 'time', title: 'When', cell: (row) => moment(row.time), sort: (row) => row.time },
          { id: 'role', title: 'You', cell: (row) => (row.role === 'asker' ? 'asked' : 'hold it') },
          { id: 'ends', title: 'Ends', cell: (row) => day(row.expires) },
          { id: 'said', title: 'You said', cell: (row) => (row.accepted === null ? 'nothing yet' : row.accepted ? 'yes' : 'no') },
          { id: 'desks', title: 'Their desk', cell: (row) => (row.desks || []).map((desk) => desk.contact || desk).join('; ') || 'told when both sides say yes' },
          { id: 'do', title: '', cell: (row) => !row.accepted && row.expires * 1000 > Date.now() && <><Button label="Answer" onClick={() => setDeed({ ...row, accept: true })} />{row.accepted === null && <Button label="Decline" onClick={() => setDeed({ ...row, accept: false })} />}</> },
        ]}
      />
      {deed && (
        <Deed
          title={deed.accept ? 'Answer the request' : 'Decline the request'} label={deed.accept ? 'Accept' : 'Decline'} whyLabel="" onClose={(done) => { setDeed(null); if (done) list.again(); }}
          run={() => operate('inquiry_answer', { inquiry_id: deed.inquiry_id, accept: deed.accept })}
        >
          <p>{deed.accept ? 'Your contact desk is told to the other side if it accepts too. Nothing else is told.' : 'No desk is told. Until the request ends you can still accept.'}</p>
        </Deed>
      )}
    </>
  );
}

const NOTICES = {
  released: { words: ({ owner }) => `${owner} shared a lead with you`, tab: 'received', id: 'share_id' },
  recalled: { words: ({ owner }) => `${owner} recalled a lead that you had`, id: 'share_id' },
  match: { words: ({ object_id: id }, titles) => `A blind question met ${titles[id] || 'a lead that you shared'}`, tab: 'requests', id: 'inquiry_id' },
  accepted: { words: () => 'Both sides accepted a request: their desk stands under Requests', tab: 'requests', id: 'inquiry_id' },
  alarm: { words: ({ institution, user, text }) => `Alarm: ${[institution, user].filter(Boolean).join(', ')}${institution || user ? ': ' : ''}${text}` },
  refused: { words: ({ by, user, why }) => `${by} refused what ${user} had proposed: “${why}”`, id: 'proposal_id' },
};

/** What a notice is about, with the id that it has on its own tab. */
function Told({ row, titles, onTab }) {
  const { words: told, tab, id } = NOTICES[row.what] || { words: () => row.text || row.what };
  const text = told(row, titles);
  return (
    <>
      {tab ? <button type="button" className="mv-link" onClick={() => onTab(tab)}>{text}</button> : text}
      {row[id] && <> <ShortId id={row[id]} /></>}
    </>
  );
}

function Notices({ onTab }) {
  const list = useList('notices', 'notices', []);
  const titles = useTitles(list.rows.filter(({ what, object_id: id }) => what === 'match' && ENTITY_ID.test(id)).map(({ object_id: id }) => id));
  if (list.state === 'waiting') return <Waiting what="Reading notices" />;
  if (list.state === 'failed') return <Failed text={list.error} onAgain={list.again} />;
  const seen = async (row) => {
    await operate('notices', { op: 'seen', notice_id: row.notice_id });
    list.again();
  };
  return (
    <DataTable
      label="Notices" rows={list.rows} id={(row) => row.notice_id} none="No notices."
      columns={[
        { id: 'time', title: 'When', cell: (row) => moment(row.time), sort: (row) => row.time },
        { id: 'what', title: 'What', cell: (row) => <Told row={row} titles={titles} onTab={onTab} /> },
        { id: 'seen', title: '', cell: (row) => (row.seen ? 'seen' : <Button label="Seen" onClick={() => seen(row)} />) },
      ]}
    />
  );
}

const TABS = { received: 'With us', given: 'By us', requests: 'Requests', notices: 'Notices' };

function Shared() {
  const { circumstances, change } = useCircumstances();
  const workplace = useWorkplace();
  const [addressed, setTab] = useAddressed('t', /^(?:given|requests|notices)$/);
  const tab = addressed || 'received';
  const choose = (name, byKey) => setTab(name === 'received' ? '' : name, byKey);
  const ready = Boolean(circumstances.purpose && circumstances.case);
  return (
    <Frame title="Shared" help="shared">
      <div style={{ marginTop: 10 }}><CircumstancesBar circumstances={circumstances} change={change} workplace={workplace} /></div>
      <Tabs label="Shared" tabs={TABS} chosen={tab} onChoose={choose} />
      <main>
        {tab === 'received' && <Received ready={ready} stated={`${circumstances.purpose} ${circumstances.case}`} />}
        {tab === 'given' && <Given />}
        {tab === 'requests' && <Requests />}
        {tab === 'notices' && <Notices onTab={choose} />}
      </main>
    </Frame>
  );
}

mountInView(<Shared />, 'minerva-shared');
