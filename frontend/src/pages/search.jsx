// The search page: any SPL the stand-in knows, run with the user's own rights. A search handed over by
// a dashboard runs at once; the address holds a time range at most.
import React, { useCallback, useEffect, useState } from 'react';
import Heading from '@splunk/react-ui/Heading';
import { getPresets } from '@splunk/time-range-utils/presets';
import { readAddress, takeOver } from '../address.js';
import mount from '../mount.jsx';
import RefusedValues from '../refused_values.jsx';
import JobReport from '../search/job_report.jsx';
import Results from '../search/results.jsx';
import SearchBar from '../search/search_bar.jsx';
import useSearch from '../search/use_search.js';

const ADDRESS = readAddress();
const GIVEN = { search: '', earliest: '0', latest: '', ...ADDRESS.values, ...takeOver() };

function SearchPage() {
  const [query, setQuery] = useState(GIVEN);
  const [presets, setPresets] = useState([]);
  const [status, run, cancel] = useSearch();
  const runNow = useCallback((wanted) => wanted.search.trim() !== '' && run(wanted), [run]);
  useEffect(() => {
    getPresets().then(setPresets).catch(() => setPresets([]));
    runNow(GIVEN);
  }, [runNow]);
  return (
    <div className="page-body">
      <Heading level={1}>Search</Heading>
      <RefusedValues names={ADDRESS.refused} />
      <SearchBar
        query={query}
        running={status.state === 'running'}
        presets={presets}
        onChange={(change) => setQuery((before) => ({ ...before, ...change }))}
        onRun={() => runNow(query)}
        onCancel={cancel}
      />
      <JobReport status={status} />
      {status.state === 'done' && <Results job={status.job} total={Number(status.content.resultCount)} />}
      {status.state === 'idle' && !status.error && (
        <p>Type a search and press Enter. A search reads only the indexes that your roles allow.</p>
      )}
    </div>
  );
}

mount(<SearchPage />);
