// An institution's own page: people, approvals, sharing, tokens, limits and audit, each from the app's handler.
import React from 'react';
import Heading from '@splunk/react-ui/Heading';
import Audit from '../administration/audit.jsx';
import { useAnswer } from '../administration/asking.js';
import { Limits, Tokens } from '../administration/limits.jsx';
import People from '../administration/people.jsx';
import { Part, Rows } from '../administration/rows.jsx';
import { Approvals, Grants } from '../administration/sharing.jsx';
import { mountInView } from '../mount.jsx';
import Frame, { Tabs } from '../parts/frame.jsx';
import recipientWords from '../parts/recipients.js';
import useAddressed from '../parts/use_addressed.js';

const MATCH = { none: 'with nobody', groups: 'within groups', community: 'with every institution' };

function facts({ label, tenant_id: id, kind, profile, match, state }) {
  const values = {
    Name: label || id, Kind: kind, 'Legal profile': profile, 'Blind match': MATCH[match] || match, State: state,
  };
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function Institution() {
  const held = useAnswer('institution');
  return (
    <Part title="Institution" asked={held} note="These facts come from the installation's tenants file; its operator changes them.">
      {({ institution, groups, roles }) => (
        <>
          <Rows
            rows={facts(institution)} id={(row) => row.name} none="Nothing is known of the institution."
            columns={[
              { title: 'What', value: (row) => row.name },
              { title: 'Is', value: (row) => row.value },
            ]}
          />
          <Heading level={4} style={{ margin: '16px 0 6px' }}>Groups</Heading>
          <Rows
            rows={groups} id={(row) => row.group_id} none="The institution is in no group."
            columns={[
              { title: 'Group', value: (row) => recipientWords(row.group_id) },
              { title: 'Members', value: (row) => row.members.map((member) => member.label).join(', ') },
            ]}
          />
          <Heading level={4} style={{ margin: '16px 0 6px' }}>Roles</Heading>
          <Rows
            rows={roles} id={(row) => row.role} none="The institution has no roles."
            columns={[
              { title: 'Standing', value: (row) => row.standing },
              { title: 'Splunk role', value: (row) => row.role },
            ]}
          />
        </>
      )}
    </Part>
  );
}

const TABS = {
  institution: { title: 'Institution', Page: Institution },
  people: { title: 'People', Page: People },
  approvals: { title: 'Approvals', Page: Approvals },
  sharing: { title: 'Sharing', Page: Grants },
  tokens: { title: 'Tokens', Page: Tokens },
  limits: { title: 'Limits and retention', Page: Limits },
  audit: { title: 'Audit', Page: Audit },
};
const TAB = new RegExp(`^(?:${Object.keys(TABS).join('|')})$`);
const TITLES = Object.fromEntries(Object.entries(TABS).map(([name, { title }]) => [name, title]));

function Administration() {
  const [addressed, setOpen] = useAddressed('t', TAB);
  const open = addressed || 'institution';
  const { Page } = TABS[open];
  return (
    <Frame title="Administration" help="administration">
      <Tabs label="Administration" tabs={TITLES} chosen={open} onChoose={setOpen} />
      <main><Page /></main>
    </Frame>
  );
}

mountInView(<Administration />, 'minerva-administration');
