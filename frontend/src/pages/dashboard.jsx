// A Dashboard Studio view of the app, drawn by Splunk's own components over this server's REST.
import React, { useEffect, useMemo, useState } from 'react';
import Heading from '@splunk/react-ui/Heading';
import Message from '@splunk/react-ui/Message';
import WaitSpinner from '@splunk/react-ui/WaitSpinner';
import { DashboardCore } from '@splunk/dashboard-core';
import { DashboardContextProvider } from '@splunk/dashboard-context';
import mount from '../mount.jsx';
import { app, view } from '../place.js';
import { readEntries } from '../rest.js';
import preset from '../dashboard/preset.js';
import keepButtonsNamed from '../dashboard/button_names.js';
import { linkGate } from '../dashboard/links.js';
import PanelMenu from '../dashboard/panel_menu.jsx';
import LeaveQuestion from '../dashboard/question.jsx';
import { readDefinition } from '../dashboard/view_xml.js';
import { tokensOf, withTokens } from '../dashboard/given_tokens.js';
import { readAddress, takeOver } from '../address.js';
import RefusedValues from '../refused_values.jsx';

// Splunk's components would write every token into the address; identifiers must not stand there.
const FLAGS = { enableSmartSourceDS: true, enableTokensInUrl: false };
const ADDRESS = readAddress();
const TOKENS = tokensOf({ ...ADDRESS.values, ...takeOver() });

function Studio({ definition, onProblem }) {
  const [link, setLink] = useState(null);
  const gate = useMemo(() => linkGate({ onProblem, onQuestion: setLink }), [onProblem]);
  const menus = useMemo(() => [<PanelMenu key="panel" onProblem={onProblem} />], [onProblem]);
  const filled = useMemo(() => withTokens(definition, TOKENS), [definition]);
  const binding = useMemo(
    () => ({ default: TOKENS, env: { user: window.$C.USERNAME, app, page: view, locale: window.$C.LOCALE } }),
    [],
  );
  return (
    <>
      <DashboardContextProvider
        preset={preset}
        dashboardPlugin={gate}
        initialDefinition={filled}
        initialTokenBinding={binding}
        initialMode="view"
        featureFlags={FLAGS}
      >
        <div className="dashboard-body"><DashboardCore width="100%" height="auto" actionMenus={menus} /></div>
      </DashboardContextProvider>
      <LeaveQuestion link={link} onEnd={() => setLink(null)} />
    </>
  );
}

function DashboardPage() {
  const [definition, setDefinition] = useState(null);
  const [error, setError] = useState('');
  const [problem, setProblem] = useState('');
  useEffect(() => keepButtonsNamed(document.getElementById('page')), []);
  useEffect(() => {
    readEntries(`data/ui/views/${encodeURIComponent(view)}`)
      .then((entries) => setDefinition(readDefinition(entries[0])))
      .catch((reason) => setError(`The dashboard "${view}" cannot be shown: ${reason.message}`));
  }, []);
  if (error) return <div className="page-body"><Message appearance="fill" type="error">{error}</Message></div>;
  if (definition === null) return <div className="page-body"><WaitSpinner size="medium" screenReaderText="Loading dashboard" /></div>;
  return (
    <>
      <div className="dashboard-head">
        <Heading level={1}>{definition.title}</Heading>
        {definition.description && <p>{definition.description}</p>}
        <RefusedValues names={ADDRESS.refused} />
        {problem && <Message appearance="fill" type="error" onRequestRemove={() => setProblem('')}>{problem}</Message>}
      </div>
      <Studio definition={definition} onProblem={setProblem} />
    </>
  );
}

mount(<DashboardPage />);
