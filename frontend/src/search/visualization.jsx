// The job's table as a chart: the dashboards' own charts over its first rows.
import React, { useEffect, useRef, useState } from 'react';
import BarChart from '../dashboard/bar_chart.jsx';
import { AreaChart, ColumnChart, LineChart } from '../dashboard/time_charts.jsx';
import useAnswer from './use_answer.js';

const MOST = 1000;
const HEIGHT = 360;
const TIME = { 'Line chart': LineChart, 'Area chart': AreaChart, 'Column chart': ColumnChart };
// Columns and areas are stacked: side by side, or one behind the other, several series could not be read.
const OPTIONS = { stackMode: 'stacked' };
const OTHER = { 'Bar chart': BarChart };

export default function Visualization({ sid, version, total }) {
  const { answer } = useAnswer(`search/v2/jobs/${sid}/results_preview`, { output_mode: 'json_cols', count: MOST }, version);
  const [chosen, setChosen] = useState('');
  const [width, setWidth] = useState(0);
  const box = useRef(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const names = (answer?.fields || []).map((field) => field.name || field);
  const kinds = names[0] === '_time' ? TIME : OTHER;
  const kind = kinds[chosen] ? chosen : Object.keys(kinds)[0];
  const Chart = kinds[kind];
  return (
    <div>
      <div className="events-head">
        <label>Chart <select value={kind} onChange={(event) => setChosen(event.target.value)}>{Object.keys(kinds).map((name) => <option key={name}>{name}</option>)}</select></label>
        {total > MOST && <span>The first {MOST.toLocaleString('en-US')} rows.</span>}
      </div>
      <div ref={box} className="chart-box">
        {answer && width > 0 && <Chart key={kind} dataSources={{ primary: { data: answer } }} options={OPTIONS} width={width} height={HEIGHT} />}
      </div>
    </div>
  );
}
