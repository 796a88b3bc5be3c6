// What waits for a second person, what the institution gives to others, with recall, and the log of changes.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Text from '@splunk/react-ui/Text';
import { administer, moment, useAnswer, useDeed } from './asking.js';
import { Joining } from './people.jsx';
import { Part, Refusal, Rows } from './rows.jsx';

function Deed({ label, appearance, operation, body, onDone }) {
  const deed = useDeed();
  return (
    <>
      <Refusal text={deed.error} />
      <Button
        label={label} appearance={appearance} disabled={deed.waiting}
        onClick={async () => { if (await deed.run(() => administer(operation, body))) onDone(); }}
      />
    </>
  );
}

/** Takes a release back, once the reason is given and the person has said that it is meant. */
function Recalling({ grant, onDone }) {
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const deed = useDeed();
  const { grant_id: id } = grant;
  const recall = async () => { if (await deed.run(() => administer('recall', { grant_id: id, why: why.trim() }))) onDone(); };
  if (!asking) return <Button label="Recall" onClick={() => setAsking(true)} />;
  return (
    <>
      <ControlGroup label="Why is it recalled?" labelPosition="top">
        <Text value={why} maxLength={500} onChange={(event, { value }) => setWhy(value)} inputId={`why-${id}`} />
      </ControlGroup>
      <Refusal text={deed.error} />
      <Button
        appearance="destructive" label={`Recall from ${grant.to} for good`} disabled={deed.waiting || why.trim() === ''}
        onClick={recall}
      />
      <Button label="Keep" onClick={() => setAsking(false)} />
    </>
  );
}

/** What a proposal is about; an export is named by its format and size. */
function about({ act, what, object_id: id }) {
  return act === what ? `${act}: ${id}` : `${act}: ${what} ${id}`;
}

/** Who will see what, in one line an institution. */
function Recipients({ proposal: { act, preview, terms } }) {
  if (act === 'export') return `${terms.to}: ${terms.entities} entities, ${terms.records} records`;
  const rows = preview?.recipients || [];
  if (rows.length === 0) return 'nobody';
  return rows.map((row) => <div key={row.tenant_id}>{row.label}: {row.sees.join(', ') || 'no field'}</div>);
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
  return (
    <Part
      title="Waiting for a second person" asked={asked}
      note="An approval is bound to exactly what is shown here; what changes afterwards has to be proposed again."
    >
      {({ proposals }) => (
        <Rows
          rows={proposals} id={(row) => row.proposal_id} none="Nothing waits for approval."
          columns={[
            { title: 'What', value: about },
            { title: 'To', value: (row) => row.terms?.to || '–' },
            { title: 'Level', value: (row) => (row.terms?.level === undefined ? '–' : `L${row.terms.level}`) },
            { title: 'Who will see what', value: (row) => <Recipients proposal={row} /> },
            { title: 'Why', value: (row) => row.why || '–' },
            { title: 'Proposed by', value: (row) => row.author },
            { title: 'Ends', value: (row) => moment(row.expires) },
            { title: 'Agreed', value: (row) => row.approved_by.join(', ') || 'nobody yet' },
            {
              title: 'Decide',
              value: (row) => (
                <Deed
                  label="Approve" operation="approve" onDone={asked.again}
                  body={{ proposal_id: row.proposal_id, content_hash: row.content_hash }}
                />
              ),
            },
          ]}
        />
      )}
    </Part>
  );
}

export function Grants() {
  const given = useAnswer('grants');
  const log = useAnswer('distribution');
  const again = () => { given.again(); log.again(); };
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
              { title: 'What', value: (row) => `${row.what} ${row.object_id}` },
              { title: 'To', value: (row) => row.to },
              { title: 'Level', value: (row) => row.level },
              { title: 'Fields', value: (row) => row.fields.join(', ') },
              { title: 'Until', value: (row) => moment(row.expires) },
              { title: 'State', value: (row) => row.state },
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
              { title: 'What', value: (row) => [row.what, row.object_id].filter(Boolean).join(' ') },
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
