// An institution's own page: people, approvals, sharing, tokens, limits and audit, each from the app's handler.
import React, { useState } from 'react';
import DefinitionList from '@splunk/react-ui/DefinitionList';
import Heading from '@splunk/react-ui/Heading';
import TabBar from '@splunk/react-ui/TabBar';
import Audit from '../administration/audit.jsx';
import { useAnswer } from '../administration/asking.js';
import { Limits, Tokens } from '../administration/limits.jsx';
import People from '../administration/people.jsx';
import { Part, Rows } from '../administration/rows.jsx';
import { Approvals, Grants } from '../administration/sharing.jsx';
import { mountInView } from '../mount.jsx';

const MATCH = { none: 'with nobody', groups: 'within groups', community: 'with every institution' };

function Institution() {
  const held = useAnswer('institution');
  return (
    <Part title="Institution" asked={held} note="These facts come from the installation's tenants file; its operator changes them.">
      {({ institution, groups, roles }) => (
        <>
          <DefinitionList>
            <DefinitionList.Term>Name</DefinitionList.Term>
            <DefinitionList.Description>{institution.label || institution.tenant_id}</DefinitionList.Description>
            <DefinitionList.Term>Kind</DefinitionList.Term>
            <DefinitionList.Description>{institution.kind}</DefinitionList.Description>
            <DefinitionList.Term>Legal profile</DefinitionList.Term>
            <DefinitionList.Description>{institution.profile}</DefinitionList.Description>
            <DefinitionList.Term>Blind match</DefinitionList.Term>
            <DefinitionList.Description>{MATCH[institution.match] || institution.match}</DefinitionList.Description>
            <DefinitionList.Term>State</DefinitionList.Term>
            <DefinitionList.Description>{institution.state}</DefinitionList.Description>
          </DefinitionList>
          <Heading level={4}>Groups</Heading>
          <Rows
            rows={groups} id={(row) => row.group_id} none="The institution is in no group."
            columns={[
              { title: 'Group', value: (row) => row.group_id },
              { title: 'Members', value: (row) => row.members.map((member) => member.label).join(', ') },
            ]}
          />
          <Heading level={4}>Roles</Heading>
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

const TABS = [
  { id: 'institution', label: 'Institution', Page: Institution },
  { id: 'people', label: 'People', Page: People },
  { id: 'approvals', label: 'Approvals', Page: Approvals },
  { id: 'sharing', label: 'Sharing', Page: Grants },
  { id: 'tokens', label: 'Tokens', Page: Tokens },
  { id: 'limits', label: 'Limits and retention', Page: Limits },
  { id: 'audit', label: 'Audit', Page: Audit },
];

function Administration() {
  const [open, setOpen] = useState('institution');
  const { Page } = TABS.find(({ id }) => id === open);
  return (
    <div className="page-body">
      <Heading level={1}>Administration</Heading>
      <TabBar activeTabId={open} onChange={(event, { selectedTabId }) => setOpen(selectedTabId)}>
        {TABS.map(({ id, label }) => <TabBar.Tab key={id} tabId={id} label={label} />)}
      </TabBar>
      <Page />
    </div>
  );
}

mountInView(<Administration />, 'minerva-administration');
