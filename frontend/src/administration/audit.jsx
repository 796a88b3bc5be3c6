// Who looked at what: the institution's own audit, by case, user or object. Entries hold tokens, so texts are matched by
// the handler and never shown.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Heading from '@splunk/react-ui/Heading';
import Text from '@splunk/react-ui/Text';
import { ENTITY_ID, investigate } from '../investigate/address.js';
import Chip from '../parts/chip.jsx';
import { KINDS } from '../parts/palette.js';
import ShortId from '../parts/short_id.jsx';
import useAttempt from '../parts/use_attempt.js';
import { moment } from '../parts/times.js';
import { app, viewPath } from '../place.js';
import useTitles from '../watching/use_titles.js';
import { administer, words } from './asking.js';
import { Refusal, Rows, SPACED } from './rows.jsx';

const IDENTIFIER = new RegExp(`^(?:${Object.keys(KINDS).join('|')}):`);
const CHOICES = [
  { key: 'about_case', label: 'Case' },
  { key: 'user', label: 'User who asked' },
  { key: 'about', label: 'Asked about: a number, an address, a name or an id, as you write it' },
];

/** What stands in a body for what was typed; empty choices are left out. */
export function asked(typed) {
  return Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));
}

const WORDS = {
  resolve: 'looked at', lookup: 'looked up', get: 'read an entity', list: 'listed entities', neighborhood: 'saw the surroundings',
  reading: 'typed', summary: 'counted', watchlist: 'watch list', judgements: 'judgements', audit: 'read this audit',
};

function token(text) {
  return `token ${String(text || '').slice(0, 12)}`;
}

/** What was done, in words where there are any: `partner.` says that a program asked. */
function deeds({ operations = [], step }) {
  const told = operations.map((name) => WORDS[name] || name.replace(/^partner[.]/, 'API: ').replace(/_/g, ' '));
  return [told.join(', '), step].filter(Boolean).join(': ');
}

/** One of what was asked about: an entity by its name, an identifier as a chip, a token where nothing has that name. */
function Thing({ name, titles }) {
  if (ENTITY_ID.test(name)) return <a href={viewPath(app, 'investigate', { e: name })}>{titles[name] || <ShortId id={name} />}</a>;
  return IDENTIFIER.test(name) ? <Chip identifier={name} onOpen={investigate} /> : name;
}

/** What was asked about, three at most. */
function Things({ row: { objects = [], object_names: names = [] }, titles }) {
  if (objects.length === 0) return '–';
  return (
    <>
      {objects.slice(0, 3).map((each, at) => <div key={each}><Thing name={names[at] || token(each)} titles={titles} /></div>)}
      {objects.length > 3 && `and ${objects.length - 3} more`}
    </>
  );
}

export default function Audit() {
  const [typed, setTyped] = useState({});
  const [found, setFound] = useState(null);
  const { attempt, busy, error } = useAttempt(words);
  const titles = useTitles((found?.entries || []).flatMap((row) => row.object_names || []).filter((name) => ENTITY_ID.test(name)));
  const look = (before) => attempt(async () => {
    const page = await administer('audit', { ...asked(typed), views: true, names: true, limit: 500, ...(before ? { before } : {}) });
    const earlier = before && found ? found.entries : [];
    setFound({ entries: [...earlier, ...page.entries], next: page.next });
  });
  return (
    <section style={SPACED}>
      <Heading level={3}>Who looked at what</Heading>
      <p>
        Every request to Minerva&apos;s handler and partner API stands here, permitted or refused: look-ups, entities, judgements, the
        watch list, sharing, the vault, administration. What one person asks about the same things within seconds, as a page does
        for its panels, is one line.
      </p>
      <p>
        Not here: searches in SPL that read records, exports of panels, and text checks, which read nothing that is stored. Splunk
        keeps searches and exports in its index _audit; the platform&apos;s administrator searches it by user.
      </p>
      <p>Users, cases and objects are kept as tokens: type the text to find them. Those that your institution still has are named.</p>
      {CHOICES.map(({ key, label }) => (
        <ControlGroup key={key} label={label} labelPosition="top">
          <Text
            inline value={typed[key] || ''} inputId={`audit-${key}`} autoComplete="off"
            onChange={(event, { value }) => setTyped((before) => ({ ...before, [key]: value }))}
          />
        </ControlGroup>
      ))}
      <Button appearance="primary" label="Look" disabled={busy} onClick={() => look(null)} />
      <Refusal text={error} />
      {found && (
        <Rows
          rows={found.entries} id={(row) => row.number} none="No entry fits among those looked at."
          columns={[
            { title: 'Time', value: (row) => moment(row.time), width: 110 },
            { title: 'User', width: 70, value: (row) => row.subject_name || token(row.subject) },
            { title: 'Asked for', value: deeds },
            { title: 'About', width: 200, value: (row) => <Things row={row} titles={titles} /> },
            { title: 'Outcome', width: 65, value: (row) => row.outcome },
            { title: 'Reason', width: 90, value: (row) => row.reason || '–' },
            { title: 'Purpose', width: 110, value: (row) => (row.purpose || '–').replaceAll('_', ' ') },
            { title: 'From', width: 100, value: (row) => (row.member_of || []).join(', ') },
            { title: 'Requests', value: (row) => row.requests, align: 'right', width: 65 },
            { title: 'Rows', value: (row) => row.rows ?? '–', align: 'right', width: 50 },
          ]}
        />
      )}
      {found?.next && <Button label="Earlier entries" disabled={busy} onClick={() => look(found.next)} />}
    </section>
  );
}
