// The search text, its time range and the button that runs it. Enter runs, Shift+Enter starts a new line.
import React from 'react';
import Button from '@splunk/react-ui/Button';
import SplunkwebConnector from '@splunk/react-time-range/SplunkwebConnector';
import TimeRangeDropdown from '@splunk/react-time-range/Dropdown';

export default function SearchBar({ textRef, query, running, presets, onChange, onRun }) {
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onRun();
  };
  const lines = Math.min(12, Math.max(1, query.search.split('\n').length));
  return (
    <form
      className="search-bar"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <label className="visually-hidden" htmlFor="search-text">Search (SPL)</label>
      <textarea
        id="search-text"
        ref={textRef}
        autoFocus
        rows={lines}
        value={query.search}
        spellCheck="false"
        autoCapitalize="off"
        autoComplete="off"
        placeholder="For example: index=main error | stats count by source"
        onChange={(event) => onChange({ search: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="search-buttons">
        <SplunkwebConnector>
          <TimeRangeDropdown
            earliest={query.earliest}
            latest={query.latest}
            presets={presets}
            realTimeDisabled
            onChange={(event, { earliest, latest }) => onChange({ earliest, latest })}
          />
        </SplunkwebConnector>
        <Button appearance="primary" type="submit" label="Search" disabled={running} />
      </div>
    </form>
  );
}
