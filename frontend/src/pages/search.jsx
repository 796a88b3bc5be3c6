// The search page: any SPL the stand-in knows, run with the user's own rights. A search handed over by
// a dashboard runs at once; the address holds the job's id or a time range, never the search.
import React, { useCallback, useEffect, useRef, useState } from 'react';
import Heading from '@splunk/react-ui/Heading';
import { getPresets } from '@splunk/time-range-utils/presets';
import { readAddress, split, takeOver } from '../address.js';
import mount from '../mount.jsx';
import { app, view, viewPath } from '../place.js';
import RefusedValues from '../refused_values.jsx';
import { remember } from '../search/history.js';
import HistoryPanel from '../search/history_panel.jsx';
import JobReport from '../search/job_report.jsx';
import JobView from '../search/job_view.jsx';
import SearchBar from '../search/search_bar.jsx';
import useSearch from '../search/use_search.js';

const ADDRESS = readAddress();
const GIVEN = { search: '', earliest: '0', latest: '', ...ADDRESS.values, ...takeOver() };

function SearchPage() {
  const [query, setQuery] = useState(GIVEN);
  const [presets, setPresets] = useState([]);
  const [count, setCount] = useState(0);
  const { status, run, open, control } = useSearch();
  const text = useRef(null);
  const { sid, asked, content } = status;

  const runNow = useCallback((wanted) => {
    if (wanted.search.trim() === '') return;
    const next = { search: wanted.search, earliest: wanted.earliest, latest: wanted.latest };
    setQuery(next);
    remember(next);
    setCount((before) => before + 1);
    run(next);
  }, [run]);
  useEffect(() => {
    getPresets().then(setPresets).catch(() => setPresets([]));
    if (GIVEN.search) runNow(GIVEN);
    else if (GIVEN.sid) open(GIVEN.sid);
  }, [runNow, open]);
  useEffect(() => {
    window.history.replaceState(window.history.state, '', viewPath(app, view, split({ sid }).open));
  }, [sid]);
  useEffect(() => {
    if (asked) setQuery((before) => (before.search === '' ? asked : before));
  }, [asked]);

  const isTable = Boolean(content?.reportSearch);
  const showPlace = (start, end) => {
    setQuery((before) => ({ ...before, search: asked.search }));
    window.requestAnimationFrame(() => {
      text.current.focus();
      text.current.setSelectionRange(start, end);
    });
  };
  return (
    <div className="page-body">
      <Heading level={1}>Search</Heading>
      <RefusedValues names={ADDRESS.refused} />
      <SearchBar
        textRef={text}
        query={query}
        running={status.state === 'running' && sid === ''}
        presets={presets}
        onChange={(change) => setQuery((before) => ({ ...before, ...change }))}
        onRun={() => runNow(query)}
      />
      <JobReport status={status} isTable={isTable} control={control} onShow={showPlace} />
      {content && status.state !== 'failed' && <JobView status={status} isTable={isTable} onRun={runNow} />}
      {status.state === 'idle' && (
        <div className="empty-state">
          <p>Type a search and press Enter; Shift and Enter begin a new line. A search reads only the indexes that your roles allow.</p>
        </div>
      )}
      <HistoryPanel
        count={count}
        onPick={({ search, earliest, latest }) => {
          setQuery({ search, earliest, latest });
          text.current.focus();
        }}
        onOpen={(job) => {
          setQuery({ ...query, search: '' });
          open(job);
        }}
      />
    </div>
  );
}

mount(<SearchPage />);
