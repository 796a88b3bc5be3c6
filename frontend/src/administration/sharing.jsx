// What waits for a second person, what the institution gives to others, with recall, and the log of changes.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Deed from '../parts/deed.jsx';
import { levelWords } from '../parts/levels.js';
import begun from '../parts/begun.js';
import { readable } from '../parts/palette.js';
import recipientWords from '../parts/recipients.js';
import ShortId from '../parts/short_id.jsx';
import { moment } from '../parts/times.js';
import { app, viewPath } from '../place.js';
import useTitles from '../watching/use_titles.js';
import { administer, useAnswer } from './asking.js';
import Deciding from './deciding.jsx';
import { Agreed, GrantedThing, fieldWords } from './given.jsx';
import { Joining } from './people.jsx';
import { Part, Rows } from './rows.jsx';

/** Takes a release back, once the reason is given and the person has said that it is meant. */
function Recalling({ grant, onDone }) {
  const [asking, setAsking] = useState(false);
  const close = (done) => {
    setAsking(false);
    if (done) onDone();
  };
  return (
    <>
      <Button label="Recall" onClick={() => setAsking(true)} />
      {asking && (
        <Deed
          title={`Recall from ${recipientWords(grant.to)} for good?`} label={`Recall from ${recipientWords(grant.to)} for good`} whyLabel="Why is it recalled?" destructive
          onClose={close} run={({ why }) => administer('recall', { grant_id: grant.grant_id, why })}
        >
          <p>Reading ends at once and copies are masked in searches. An export that was taken cannot be called back.</p>
        </Deed>
      )}
    </>
  );
}

const ACTS = {
  share: { title: 'Share', does: 'They can read it as soon as who proposed it releases it, until a recall or its end.' },
  export: { title: 'Hand out', does: 'Who proposed it can take the file out once. What left in a file cannot be called back.' },
  erase: { title: 'Erase', does: 'It is deleted with what was made of it, once who proposed it carries it out. It cannot be brought back.' },
  release_hold: { title: 'End the legal hold on', does: 'It can be erased and deleted by age again.' },
};

/** What a proposal is about: the entity by its name where the user may see it. */
function About({ proposal, titles }) {
  const { act, what, object_id: id, terms } = proposal;
  const title = ACTS[act]?.title || act;
  if (act === 'export') return `${title} ${terms.entities} entities with ${terms.records} records (${terms.format})`;
  if (what === 'entity') {
    return <span>{title} {titles[id] ? <a href={viewPath(app, 'investigate', { e: id })}>{titles[id]}</a> : <>an entity <ShortId id={id} /></>}</span>;
  }
  return <span>{title} a {what} <ShortId id={id} /></span>;
}

/** Who will see what, in one line an institution. */
function Recipients({ proposal: { act, preview, terms } }) {
  if (act === 'export') return `${recipientWords(terms.to)}: ${terms.entities} entities, ${terms.records} records`;
  const rows = preview?.recipients || [];
  if (rows.length === 0) return 'nobody';
  return rows.map((row) => <div key={row.tenant_id}>{row.label}: {fieldWords(row.sees) || 'no field'}</div>);
}

const SHOWN = 12;

/** What would be given, value by value, as far as the user may read it. */
function Values({ preview }) {
  const fields = Object.values(preview?.content || {}).flatMap((given) => Object.entries(given)).filter(([, value]) => Array.isArray(value));
  return fields.map(([name, values]) => (
    <p key={name} data-test="values">
      {begun(fieldWords([name]))}: {values.slice(0, SHOWN).map((value) => (/^[a-z_]+:/.test(value) ? readable(value) : value)).join(', ')}{values.length > SHOWN && ` and ${values.length - SHOWN} more`}
    </p>
  ));
}

export function Approvals() {
  return (
    <>
      <Proposals />
      <Joining />
    </>
  );
}

function Proposals() {
  const asked = useAnswer('proposals');
  const [deciding, setDeciding] = useState(null);
  const titles = useTitles((asked.answer?.proposals || []).filter(({ what }) => what === 'entity').map(({ object_id: id }) => id));
  return (
    <>
    <Part
      title="Waiting for a second person" asked={asked}
      note="An approval is bound to exactly what is shown here; what changes afterwards has to be proposed again."
    >
      {({ proposals }) => (
        <Rows
          rows={proposals} id={(row) => row.proposal_id} none="Nothing waits for approval."
          columns={[
            { title: 'What', value: (row) => <About proposal={row} titles={titles} /> },
            { title: 'To', width: 120, value: (row) => recipientWords(row.terms?.to) },
            { title: 'How far', value: (row) => levelWords(row.terms?.level) },
            { title: 'Who will see what', value: (row) => <Recipients proposal={row} /> },
            { title: 'Why', value: (row) => row.why || '–' },
            { title: 'Proposed by', value: (row) => row.author },
            { title: 'To decide by', value: (row) => moment(row.expires) },
            { title: 'Agreed', value: (row) => <Agreed row={row} /> },
            { title: 'Decide', width: 190, value: (row) => <Deciding row={row} onApprove={() => setDeciding(row)} onDone={asked.again} /> },
          ]}
        />
      )}
    </Part>
    {deciding && (
      <Deed
        title="Approve what was proposed?" label="Approve" whyLabel="Why you agree" onClose={(done) => { setDeciding(null); if (done) asked.again(); }}
        run={({ why }) => administer('approve', { proposal_id: deciding.proposal_id, content_hash: deciding.content_hash, why })}
      >
        <p><b><About proposal={deciding} titles={titles} /></b>{deciding.terms?.to && <>, to {recipientWords(deciding.terms.to)}</>}{deciding.terms?.level !== undefined && <>, {levelWords(deciding.terms.level)}</>}.</p>
        <div style={{ margin: '8px 0' }}>Who will see what: <Recipients proposal={deciding} /></div>
        <Values preview={deciding.preview} />
        {deciding.terms?.days && <p>For {deciding.terms.days} days from its release.</p>}
        {(deciding.purpose || deciding.case) && <p>Purpose: {(deciding.purpose || 'not stated').replaceAll('_', ' ')}; case: {deciding.case || 'none'}.</p>}
        <p>{deciding.author} proposed it{deciding.why && <>: “{deciding.why}”</>}.</p>
        <p>{ACTS[deciding.act]?.does} Your name stands beside it, and your yes holds for exactly this.</p>
      </Deed>
    )}
    </>
  );
}

export function Grants() {
  const given = useAnswer('grants');
  const log = useAnswer('distribution');
  const again = () => { given.again(); log.again(); };
  const titles = useTitles([...(given.answer?.grants || []), ...(log.answer?.changes || [])].filter(({ what }) => what === 'entity').map(({ object_id: id }) => id));
  return (
    <>
      <Part
        title="Grants" asked={given}
        note="A recall ends reading at once and masks copies in searches; an export that was taken cannot be called back."
      >
        {({ grants }) => (
          <Rows
            rows={grants} id={(row) => row.grant_id} none="Nothing was released."
            columns={[
              { title: 'What', value: (row) => <GrantedThing row={row} titles={titles} /> },
              { title: 'To', width: 120, value: (row) => recipientWords(row.to) },
              { title: 'How far', value: (row) => levelWords(row.level) },
              { title: 'Fields', value: (row) => fieldWords(row.fields) },
              { title: 'Until', value: (row) => moment(row.expires) },
              { title: 'Why', value: (row) => row.why || '–' },
              { title: 'Agreed', value: (row) => (row.approved_by.length ? <Agreed row={row} /> : '–') },
              { title: 'State', value: (row) => (row.ended?.why ? `${row.state}: ${row.ended.why}` : row.state) },
              {
                title: 'Recall',
                value: (row) => (row.state === 'live' ? <Recalling grant={row} onDone={again} /> : '–'),
              },
            ]}
          />
        )}
      </Part>
      <Part title="Every change of who is given what" asked={log}>
        {({ changes }) => (
          <Rows
            rows={changes} id={(row) => row.number} none="Nothing has changed yet."
            columns={[
              { title: 'Time', value: (row) => moment(row.time) },
              { title: 'Change', value: (row) => row.change },
              { title: 'What', value: (row) => (row.what === 'membership' || !row.object_id ? [row.what, row.object_id].filter(Boolean).join(' ') : <GrantedThing row={row} titles={titles} />) },
              { title: 'By', value: (row) => row.by },
              { title: 'Case', value: (row) => row.case || '–' },
              { title: 'Why', value: (row) => row.why || '–' },
            ]}
          />
        )}
      </Part>
    </>
  );
}
