// Events over time as bars. Dragging, or the arrow keys with Shift, selects a span; the search zooms into it.
import React, { useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { duration, moment } from './times.js';
import useAnswer from './use_answer.js';

const number = new Intl.NumberFormat('en-US');
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** Earliest and latest of the bars from..to, in epoch seconds. */
function spanOf(buckets, [from, to]) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  return { earliest: buckets[first].earliest_time, latest: buckets[last].earliest_time + buckets[last].duration };
}

/** selection: {earliest, latest} or null; onSelect gets the same; onZoom runs the search in that range. */
export default function Timeline({ sid, version, selection, onSelect, onZoom }) {
  const { answer } = useAnswer(`search/jobs/${sid}/timeline`, {}, version);
  const [marked, setMarked] = useState(null);
  const bars = useRef(null);
  const dragging = useRef(false);
  useEffect(() => setMarked(null), [sid]);
  const buckets = answer?.buckets || [];
  if (buckets.length === 0) return null;

  const highest = Math.max(...buckets.map((bucket) => bucket.total_count));
  const whole = spanOf(buckets, [0, buckets.length - 1]);
  const [low, high] = marked ? [Math.min(...marked), Math.max(...marked)] : [-1, -1];
  const placeOf = (event) => {
    const box = bars.current.getBoundingClientRect();
    return Math.max(0, Math.min(buckets.length - 1, Math.floor(((event.clientX - box.left) / box.width) * buckets.length)));
  };
  const mark = (next, chosen) => {
    setMarked(next);
    if (chosen) onSelect(next && spanOf(buckets, next));
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape') mark(null, true);
    if (event.key === 'Enter' && selection) onZoom(selection);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = marked ? marked[1] : step > 0 ? -1 : buckets.length;
    const to = Math.max(0, Math.min(buckets.length - 1, from + step));
    mark([event.shiftKey && marked ? marked[0] : to, to], true);
  };
  const zoomOut = () => {
    const half = Math.max(1, (whole.latest - whole.earliest) / 2);
    onZoom({ earliest: Math.max(0, Math.floor(whole.earliest - half)), latest: Math.ceil(whole.latest + half) });
  };
  const inside = buckets.slice(low, high + 1).reduce((sum, bucket) => sum + bucket.total_count, 0);
  const words = marked && selection
    ? `${number.format(inside)} events from ${moment(selection.earliest)} to ${moment(selection.latest)} UTC`
    : `${duration(buckets[0].duration)} a column; drag to select`;
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline-head">
        <span aria-live="polite" data-test="timeline-words">{words}</span>
        <Button appearance="subtle" label="Zoom out" onClick={zoomOut} />
        <Button appearance="subtle" label="Zoom to selection" disabled={!selection} onClick={() => onZoom(selection)} />
        <Button appearance="subtle" label="Deselect" disabled={!selection} onClick={() => mark(null, true)} />
      </div>
      <div
        ref={bars}
        className="timeline-bars"
        role="slider"
        tabIndex={0}
        aria-label="Select columns: arrow keys, with Shift for more; Enter zooms, Escape deselects"
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={marked ? marked[1] : 0}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          mark([placeOf(event), placeOf(event)], false);
        }}
        onPointerMove={(event) => dragging.current && mark([marked[0], placeOf(event)], false)}
        onPointerUp={(event) => {
          dragging.current = false;
          if (marked) mark([marked[0], placeOf(event)], true);
        }}
      >
        {buckets.map((bucket, place) => (
          <span
            key={bucket.earliest_time}
            className={place >= low && place <= high ? 'timeline-column marked' : 'timeline-column'}
            title={`${number.format(bucket.total_count)} events from ${moment(bucket.earliest_time)} UTC`}
          >
            <span style={{ height: `${(100 * bucket.total_count) / highest}%` }} />
          </span>
        ))}
      </div>
      <div className="timeline-ends">
        <span>{moment(whole.earliest, buckets[0].duration)}</span>
        <span>{number.format(highest)} {highest === 1 ? 'event' : 'events'} in the highest column</span>
        <span>{moment(whole.latest, buckets[0].duration)}</span>
      </div>
    </section>
  );
}
