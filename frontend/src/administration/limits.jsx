// Tokens that are out, questions asked today against the budgets, what is kept for how long, and what a hold keeps.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Deed from '../parts/deed.jsx';
import { moment } from '../parts/times.js';
import { administer, useAnswer } from './asking.js';
import { Part, Rows } from './rows.jsx';

function Ending({ token, onDone }) {
  const [asking, setAsking] = useState(false);
  const { person, token_id: id, audience } = token;
  const close = (done) => {
    setAsking(false);
    if (done) onDone();
  };
  return (
    <>
      <Button label="Revoke" onClick={() => setAsking(true)} />
      {asking && (
        <Deed title={`Revoke the token of ${person}?`} label="Revoke for good" whyLabel="" destructive onClose={close} run={() => administer('token_revoke', { person, token_id: id })}>
          <p>What uses it{audience && ` (${audience})`} is refused from now on. It cannot be brought back: {person} has to make another one.</p>
        </Deed>
      )}
    </>
  );
}

export function Tokens() {
  const asked = useAnswer('tokens');
  return (
    <Part title="Tokens" asked={asked} note="The text of a token is shown once, by splunkd, when it is made. Here it can be ended.">
      {({ tokens }) => (
        <Rows
          rows={tokens} id={(row) => row.token_id} none="No token of your people is out."
          columns={[
            { title: 'User', value: (row) => row.person },
            { title: 'Purpose', value: (row) => row.audience || '–' },
            { title: 'Made', value: (row) => moment(row.created) },
            { title: 'Ends', value: (row) => (row.expires ? moment(row.expires) : 'never') },
            { title: 'Last used', value: (row) => moment(row.last_used) },
            { title: 'State', value: (row) => (row.enabled ? 'works' : 'switched off') },
            { title: 'End', value: (row) => <Ending token={row} onDone={asked.again} /> },
          ]}
        />
      )}
    </Part>
  );
}

export function Limits() {
  const budgets = useAnswer('budgets');
  const kept = useAnswer('retention');
  return (
    <>
      <Part title="Deconfliction questions today" asked={budgets} note="Budgets start anew at midnight UTC.">
        {({ budgets: rows }) => (
          <Rows
            rows={rows} id={(row) => `${row.who} ${row.person}`} none="There are no budgets."
            columns={[
              { title: 'Who', value: (row) => (row.who === 'institution' ? 'the whole institution' : row.person) },
              { title: 'Asked', value: (row) => row.used, align: 'right' },
              { title: 'May ask', value: (row) => row.limit, align: 'right' },
              { title: 'Left', value: (row) => row.limit - row.used, align: 'right' },
            ]}
          />
        )}
      </Part>
      <Part title="How long things are kept" asked={kept}>
        {({ retention, holds, vault }) => (
          <>
            <Rows
              rows={retention} id={(row) => row.what} none="Nothing is kept."
              columns={[
                { title: 'What', value: (row) => row.what.replaceAll('_', ' ') },
                { title: 'Days', value: (row) => row.days ?? 'unknown', align: 'right' },
                { title: 'Counted', value: (row) => row.rule },
              ]}
            />
            <p>
              The vault holds {vault.people} {vault.people === 1 ? 'person' : 'people'}; {vault.leaving_within_30_days} leave
              within 30 days.
            </p>
            <Rows
              rows={holds} id={(row) => `${row.what} ${row.object_id}`} none="No legal hold is set."
              columns={[
                { title: 'Held', value: (row) => `${row.what} ${row.object_id}` },
                { title: 'Why', value: (row) => row.why || '–' },
                { title: 'By', value: (row) => row.by },
                { title: 'Since', value: (row) => moment(row.time) },
              ]}
            />
          </>
        )}
      </Part>
    </>
  );
}
