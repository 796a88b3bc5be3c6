// People of the institution: who is what, taking somebody in or changing a standing (two people), removing at once.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Select from '@splunk/react-ui/Select';
import Text from '@splunk/react-ui/Text';
import Deed from '../parts/deed.jsx';
import useAttempt from '../parts/use_attempt.js';
import { moment } from '../parts/times.js';
import { administer, useAnswer, words } from './asking.js';
import Deciding from './deciding.jsx';
import { Part, Refusal, Rows } from './rows.jsx';

const STANDINGS = [
  { value: 'analyst', label: 'Analyst: reads, judges, shares' },
  { value: 'admin', label: 'Administrator: people, approvals, audit' },
  { value: 'partner', label: 'Program: the partner API, no search' },
];

function Proposing({ onDone }) {
  const [person, setPerson] = useState('');
  const [standing, setStanding] = useState('analyst');
  const [why, setWhy] = useState('');
  const { attempt, busy, error } = useAttempt(words);
  const propose = async () => {
    if (await attempt(() => administer('people_propose', { person: person.trim(), standing, why }))) {
      setPerson('');
      setWhy('');
      onDone();
    }
  };
  return (
    <>
      <ControlGroup label="User name" labelPosition="top">
        <Text inline value={person} onChange={(event, { value }) => setPerson(value)} inputId="person" autoComplete="off" />
      </ControlGroup>
      <ControlGroup label="Standing" labelPosition="top">
        <Select value={standing} onChange={(event, { value }) => setStanding(value)}>
          {STANDINGS.map(({ value, label }) => <Select.Option key={value} value={value} label={label} />)}
        </Select>
      </ControlGroup>
      <ControlGroup label="Why" labelPosition="top">
        <Text value={why} maxLength={500} onChange={(event, { value }) => setWhy(value)} inputId="why-person" />
      </ControlGroup>
      <Refusal text={error} />
      <Button appearance="primary" label="Propose" disabled={busy || person.trim() === ''} onClick={propose} />
    </>
  );
}

const LEFT = ({ watched = 0, cases = 0 }) => [watched && `${watched} on the watch list`, cases && `${cases} cases that nobody reads any more`].filter(Boolean).join(' and ');

function Removing({ person, analysts, onDone }) {
  const [sure, setSure] = useState(false);
  const [heir, setHeir] = useState('');
  const { attempt, busy, error } = useAttempt(words);
  const remove = async () => {
    const removed = async () => {
      const answer = await administer('people_remove', { person, ...(heir && { to: heir }) });
      const { jobs_left: left } = answer;
      const gone = left > 0 ? `Roles and tokens are gone, but ${left} searches could not be deleted: remove again.` : 'Roles, tokens and searches are gone.';
      if (!heir && LEFT(answer)) throw new Error(`${gone} Left behind: ${LEFT(answer)}. Choose who takes it over and remove again, or keep it so.`);
      if (left > 0) throw new Error(gone);
    };
    if (await attempt(removed)) onDone();
  };
  if (!sure) return <Button label={`Remove ${person}`} onClick={() => setSure(true)} />;
  return (
    <>
      <Refusal text={error} />
      {analysts.length > 0 && (
        <ControlGroup label="Who takes over" labelPosition="top">
          <Select value={heir} onChange={(event, { value }) => setHeir(value)}>
            {['', ...analysts].map((name) => <Select.Option key={name} value={name} label={name || 'nobody: it stays as it is'} />)}
          </Select>
        </ControlGroup>
      )}
      <Button appearance="destructive" label={`End roles, tokens and searches of ${person}`} disabled={busy} onClick={remove} />
      <Button label="Keep" onClick={() => setSure(false)} />
    </>
  );
}

const STEPS = {
  agree: { label: 'Agree', title: 'Agree to it?', operation: 'people_approve' },
  apply: { label: 'Carry out', title: 'Carry it out?', operation: 'people_apply' },
};

function Agreeing({ proposal, onDone }) {
  const [step, setStep] = useState('');
  const { proposal_id: id, content_hash: hash, person, standing, author, why } = proposal;
  const close = (done) => {
    setStep('');
    if (done) onDone();
  };
  return (
    <>
      <Deciding row={proposal} approve="Agree" onApprove={() => setStep('agree')} onDone={onDone} />
      <Button label="Carry out" disabled={proposal.approved_by.length === 0} onClick={() => setStep('apply')} />
      {step && (
        <Deed
          title={STEPS[step].title} label={STEPS[step].label} whyLabel="" onClose={close}
          run={() => administer(STEPS[step].operation, { proposal_id: id, ...(step === 'agree' ? { content_hash: hash } : {}) })}
        >
          <p><b>{person}</b> becomes {(STANDINGS.find(({ value }) => value === standing) || { label: standing }).label.replace(/^./, (letter) => letter.toLowerCase())}. {author} proposed it{why && <>: “{why}”</>}.</p>
          <p>{step === 'agree' ? 'Nothing changes yet: an administrator who did not agree carries it out.' : 'It holds at once, and stands in the audit.'}</p>
        </Deed>
      )}
    </>
  );
}

/** Who waits to join or to change standing; `onDone` is called once somebody agreed or it was carried out. */
export function Joining({ onDone = () => {} }) {
  const open = useAnswer('people_proposals');
  const again = () => { open.again(); onDone(); };
  return (
    <Part
      title="Joining and changes of standing" asked={open}
      note="One person proposes, another agrees within 72 hours, an administrator who did not agree carries it out."
    >
      {({ proposals }) => (
        <Rows
          rows={proposals} id={(row) => row.proposal_id} none="Nothing waits for agreement."
          columns={[
            { title: 'User', value: (row) => row.person },
            { title: 'From', value: (row) => row.before.join(', ') || 'nobody of ours' },
            { title: 'To', value: (row) => row.standing },
            { title: 'Why', value: (row) => row.why || '–' },
            { title: 'Proposed by', value: (row) => row.author },
            { title: 'Ends', value: (row) => moment(row.expires) },
            { title: 'Agreed', value: (row) => row.approved_by.join(', ') || 'nobody yet' },
            { title: 'Decide', value: (row) => <Agreeing proposal={row} onDone={again} /> },
          ]}
        />
      )}
    </Part>
  );
}

export default function People() {
  const held = useAnswer('people');
  const [made, setMade] = useState(0);
  const proposed = () => { held.again(); setMade(made + 1); };
  return (
    <>
      <Part title="People" asked={held} note="Whoever is removed loses roles, tokens and searches with their results at once.">
        {({ people }) => (
          <Rows
            rows={people} id={(row) => row.person} none="Nobody belongs to this institution."
            columns={[
              { title: 'User', value: (row) => row.person },
              { title: 'Name', value: (row) => row.name || '–' },
              { title: 'Standing', value: (row) => row.standings.join(', ') },
              { title: 'Tokens', value: (row) => row.tokens, align: 'right' },
              {
                title: 'Change',
                value: (row) => (row.elsewhere
                  ? 'Also belongs elsewhere: the platform\'s administrator changes this user.'
                  : <Removing person={row.person} analysts={people.filter((each) => each.person !== row.person && each.standings.includes('analyst')).map((each) => each.person)} onDone={held.again} />),
              },
            ]}
          />
        )}
      </Part>
      <Joining key={made} onDone={held.again} />
      <Proposing onDone={proposed} />
    </>
  );
}
