// The list of dashboards of this app that the user may read.
import React, { useEffect, useState } from 'react';
import Heading from '@splunk/react-ui/Heading';
import Link from '@splunk/react-ui/Link';
import Message from '@splunk/react-ui/Message';
import Table from '@splunk/react-ui/Table';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';
import mount from '../mount.jsx';
import { viewPath } from '../place.js';
import { readEntries } from '../rest.js';
import { describeView } from '../dashboard/view_xml.js';

function DashboardRow({ entry }) {
  const { label, description } = describeView(entry);
  return (
    <Table.Row>
      <Table.Cell><Link to={viewPath(entry.acl.app, entry.name)}>{label}</Link></Table.Cell>
      <Table.Cell>{description}</Table.Cell>
      <Table.Cell>{entry.acl.app}</Table.Cell>
      <Table.Cell>{entry.acl.owner === 'nobody' ? 'the app' : entry.acl.owner}</Table.Cell>
    </Table.Row>
  );
}

function Dashboards() {
  const [entries, setEntries] = useState(null);
  const [error, setError] = useState('');
  useEffect(() => {
    readEntries('data/ui/views', { count: 0 })
      .then((found) => setEntries(found.filter((entry) => describeView(entry).studio)))
      .catch((problem) => setError(problem.message));
  }, []);
  return (
    <div className="page-body">
      <Heading level={1}>Dashboards</Heading>
      {error && <Message appearance="fill" type="error">{error}</Message>}
      {!error && entries === null && <WaitSpinner size="medium" screenReaderText="Loading dashboards" />}
      {entries && entries.length === 0 && <p>No dashboards: this app has none that your roles may read.</p>}
      {entries && entries.length > 0 && (
        <Table stripeRows>
          <Table.Head>
            <Table.HeadCell>Title</Table.HeadCell>
            <Table.HeadCell>What it shows</Table.HeadCell>
            <Table.HeadCell>App</Table.HeadCell>
            <Table.HeadCell>Owner</Table.HeadCell>
          </Table.Head>
          <Table.Body>
            {entries.map((entry) => <DashboardRow key={`${entry.acl.app}/${entry.name}`} entry={entry} />)}
          </Table.Body>
        </Table>
      )}
    </div>
  );
}

mount(<Dashboards />);
