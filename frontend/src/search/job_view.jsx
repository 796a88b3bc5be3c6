// The three views of a job: its events with timeline and fields, its table, a chart of the table.
import React, { useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import TabBar from '@splunk/react-ui/TabBar';
import Events from './events.jsx';
import FieldsBar from './fields_bar.jsx';
import Statistics from './statistics.jsx';
import Timeline from './timeline.jsx';
import Visualization from './visualization.jsx';
import { eventPart, fieldTerm, narrowed } from './spl_text.js';

const number = new Intl.NumberFormat('en-US');
const FIRST_FIELDS = ['host', 'source', 'sourcetype'];
const CHOSEN = 'understudy selected fields';

function readSelected() {
  try {
    return JSON.parse(window.localStorage.getItem(CHOSEN)) || FIRST_FIELDS;
  } catch {
    return FIRST_FIELDS;
  }
}

/** A number that changes as a running job finds more, ever more rarely, and when it ends. */
function versionOf({ state, content }) {
  return state === 'done' ? 'done' : `${Math.floor(2 * Math.log2(1 + Number(content?.resultPreviewCount || 0)))}`;
}

function Empty({ asked, onRun, isTable }) {
  const bounded = asked.earliest !== '0' && asked.earliest !== '';
  return (
    <div className="empty-state">
      <p>{isTable ? 'The search gave no rows.' : 'No events match the search in this time range.'}</p>
      {bounded
        ? <Button appearance="secondary" label="Search all time" onClick={() => onRun({ ...asked, earliest: '0', latest: '' })} />
        : <p>Check the words and fields of the search, and whether your roles may read its index.</p>}
    </div>
  );
}

/** onRun({search, earliest, latest}) starts another search; status is that of use_search with a sid. */
export default function JobView({ status, isTable, onRun }) {
  const { sid, content, asked } = status;
  const [tab, setTab] = useState('');
  const [span, setSpan] = useState(null);
  const [selected, setSelected] = useState(readSelected);
  useEffect(() => {
    setTab('');
    setSpan(null);
  }, [sid]);
  const total = Number(content.resultPreviewCount ?? content.resultCount);
  const version = versionOf(status);
  const search = (text) => onRun({ ...asked, search: text });
  const actions = {
    add: (name, value) => search(narrowed(asked.search, fieldTerm(name, value), isTable)),
    exclude: (name, value) => search(narrowed(asked.search, fieldTerm(name, value, true), isTable)),
    start: isTable ? undefined : (name, value) => search(fieldTerm(name, value)),
    report: (text) => search(`${asked.search.trim()} | ${text}`),
  };
  const toggle = (name) => {
    const next = selected.includes(name) ? selected.filter((one) => one !== name) : [...selected, name];
    setSelected(next);
    window.localStorage.setItem(CHOSEN, JSON.stringify(next));
  };
  const shown = tab || (isTable ? 'statistics' : 'events');
  const events = eventPart(asked.search);
  const zoom = ({ earliest, latest }) => onRun({ ...asked, earliest: String(earliest), latest: String(latest) });
  const empty = total === 0 && status.state === 'done';
  return (
    <div className="job-view">
      <TabBar activeTabId={shown} onChange={(event, { selectedTabId }) => setTab(selectedTabId)}>
        <TabBar.Tab label={isTable ? 'Events' : `Events (${number.format(total)})`} tabId="events" />
        <TabBar.Tab label={isTable ? `Statistics (${number.format(total)})` : 'Statistics'} tabId="statistics" />
        <TabBar.Tab label="Visualization" tabId="visualization" />
      </TabBar>
      {shown === 'events' && isTable && (
        <div className="empty-state">
          <p>This search makes a table of its events, and the job keeps the table alone.</p>
          {events && <Button appearance="secondary" label="Show the events it reads" onClick={() => search(events)} />}
        </div>
      )}
      {shown === 'events' && !isTable && (empty ? <Empty asked={asked} onRun={onRun} /> : (
        <>
          <Timeline sid={sid} version={version} selection={span} onSelect={setSpan} onZoom={zoom} />
          <div className="events-and-fields">
            <FieldsBar sid={sid} version={version} total={total} selected={selected} onToggle={toggle} actions={actions} />
            <Events sid={sid} version={version} total={total} span={span} selected={selected} onToggle={toggle} actions={actions} />
          </div>
        </>
      ))}
      {shown !== 'events' && !isTable && (
        <div className="empty-state">
          <p>The search finds events and makes no table of them. Add a command that does, for example:</p>
          <div className="job-buttons">
            <Button appearance="secondary" label="Top sourcetypes" onClick={() => actions.report('top limit=20 sourcetype')} />
            <Button appearance="secondary" label="Count over time" onClick={() => actions.report('timechart count')} />
          </div>
        </div>
      )}
      {shown !== 'events' && isTable && empty && <Empty asked={asked} onRun={onRun} isTable />}
      {shown === 'statistics' && isTable && !empty && <Statistics sid={sid} version={version} total={total} actions={actions} />}
      {shown === 'visualization' && isTable && !empty && <Visualization sid={sid} version={version} total={total} />}
    </div>
  );
}
