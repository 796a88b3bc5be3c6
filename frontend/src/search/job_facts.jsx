// What splunkd knows of the job, with its log and a link to it.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { app, view, viewPath } from '../place.js';
import { restUrl } from '../rest.js';
import { duration, moment } from './times.js';

const number = new Intl.NumberFormat('en-US');

/** Epoch seconds, ISO text or nothing, as text. */
function timeText(value) {
  const epoch = Number(value);
  if (Number.isNaN(epoch)) return String(value);
  return epoch > 0 ? `${moment(epoch)} UTC` : 'no bound';
}

export default function JobFacts({ status, control }) {
  const { content, owner, sid } = status;
  const [said, setSaid] = useState('');
  const facts = [
    ['Search id', sid],
    ['State', content.dispatchState],
    ['Duration', `${Number(content.runDuration).toFixed(3)} s`],
    ['Results', number.format(Number(content.resultPreviewCount ?? content.resultCount))],
    ['Events', number.format(Number(content.eventCount))],
    ['Events scanned', number.format(Number(content.scanCount))],
    ['From', timeText(content.earliestTime)],
    ['To', timeText(content.latestTime)],
    ['Owner', owner],
    ['Size on disk', `${number.format(Number(content.diskUsage))} bytes`],
    ['Time to live', duration(Number(content.ttl))],
    ['Normalized search', content.normalizedSearch || content.search],
  ];
  const link = `${window.location.origin}${viewPath(app, view, { sid })}`;
  const copy = () => navigator.clipboard.writeText(link).then(() => setSaid('Copied.'), () => setSaid(link));
  return (
    <section className="job-facts" aria-label="Job">
      <dl>{facts.map(([name, value]) => <React.Fragment key={name}><dt>{name}</dt><dd>{value}</dd></React.Fragment>)}</dl>
      <div className="job-buttons">
        <a href={restUrl(`search/jobs/${sid}/search.log`)} target="_blank" rel="noreferrer">Log of the search</a>
        <Button appearance="secondary" label="Copy link" onClick={copy} />
        <Button
          appearance="secondary"
          label="Keep for 7 days"
          onClick={() => control('save').then(() => setSaid('Kept for 7 days.'))}
        />
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
