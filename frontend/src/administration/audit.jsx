// Who looked at what: the institution's own audit, by case, user or object. Entries hold tokens, so texts are matched by
// the handler and never shown.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Heading from '@splunk/react-ui/Heading';
import Text from '@splunk/react-ui/Text';
import { administer, moment, useDeed } from './asking.js';
import { Refusal, Rows, SPACED } from './rows.jsx';

const CHOICES = [
  { key: 'about_case', label: 'Case' },
  { key: 'user', label: 'User who asked' },
  { key: 'identifier', label: 'Identifier asked about (kind:value)' },
  { key: 'entity_id', label: 'Entity asked about' },
];

/** What stands in a body for what was typed; empty choices are left out. */
export function asked(typed) {
  return Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));
}

export default function Audit() {
  const [typed, setTyped] = useState({});
  const [found, setFound] = useState(null);
  const deed = useDeed();
  const look = (before) => deed.run(async () => {
    const page = await administer('audit', { ...asked(typed), limit: 1000, ...(before ? { before } : {}) });
    const earlier = before && found ? found.entries : [];
    setFound({ entries: [...earlier, ...page.entries], next: page.next });
  });
  return (
    <section style={SPACED}>
      <Heading level={3}>Who looked at what</Heading>
      <p>Every request stands here, permitted or refused. Users, cases and objects are kept as tokens: type the text to find them.</p>
      {CHOICES.map(({ key, label }) => (
        <ControlGroup key={key} label={label} labelPosition="top">
          <Text
            inline value={typed[key] || ''} inputId={`audit-${key}`} autoComplete="off"
            onChange={(event, { value }) => setTyped((before) => ({ ...before, [key]: value }))}
          />
        </ControlGroup>
      ))}
      <Button appearance="primary" label="Look" disabled={deed.waiting} onClick={() => look(null)} />
      <Refusal text={deed.error} />
      {found && (
        <Rows
          rows={found.entries} id={(row) => row.number} none="No entry fits among those looked at."
          columns={[
            { title: 'Time', value: (row) => moment(row.time) },
            { title: 'Asked for', value: (row) => [row.operation, row.step].filter(Boolean).join(': ') },
            { title: 'Outcome', value: (row) => row.outcome },
            { title: 'Reason', value: (row) => row.reason || '–' },
            { title: 'Purpose', value: (row) => row.purpose || '–' },
            { title: 'From', value: (row) => (row.member_of || []).join(', ') },
            { title: 'Rows', value: (row) => row.rows ?? '–', align: 'right' },
            { title: 'User (token)', value: (row) => String(row.subject || '').slice(0, 12) },
          ]}
        />
      )}
      {found?.next && <Button label="Earlier entries" disabled={deed.waiting} onClick={() => look(found.next)} />}
    </section>
  );
}
