// Horizontal bars, one a category, from zero: plain HTML, so that labels, values and clicks work for everybody.
import React from 'react';
import barConfig from '@splunk/visualizations/Bar.config';
import { chartColumns, isReading } from './columns.js';
import NoRows from './no_rows.jsx';

const number = new Intl.NumberFormat('en-US');
const COLORS = ['#7B56DB', '#009CEB', '#00A38A', '#DD9900'];

function Bar({ label, value, share, color, onClick }) {
  return (
    <button type="button" className="bar-row" onClick={onClick} title={`${label}: ${number.format(value)}`}>
      <span className="bar-label">{label}</span>
      <span className="bar-track"><span className="bar-fill" style={{ width: `${share * 100}%`, background: color }} /></span>
      <span className="bar-value">{number.format(value)}</span>
    </button>
  );
}

/** Rows are scrolled when they do not fit; a click triggers point.click with name, value and the row's fields. */
export default function BarChart({ dataSources, options = {}, width, height, onEventTrigger }) {
  const source = dataSources?.primary;
  const columns = chartColumns(source?.data);
  if (columns === null) return <NoRows width={width} height={height} reading={isReading(source)} />;
  const labels = columns.x.map((value) => (columns.isTime ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : value));
  const values = columns.series[0].map((value) => value ?? 0);
  const longest = Math.max(...labels.map((label) => String(label).length));
  const highest = Math.max(1, ...values);
  const color = (Array.isArray(options.seriesColors) ? options.seriesColors : COLORS)[0];
  const click = (place) => () => onEventTrigger?.({
    type: 'point.click',
    payload: {
      name: columns.names[0],
      value: labels[place],
      [`row.${columns.names[0]}.value`]: labels[place],
      [`row.${columns.names[1]}.value`]: values[place],
    },
  });
  return (
    <div className="bar-chart" style={{ width, height, '--bar-label': `${longest}ch` }} role="group" aria-label={`${columns.names[1]} by ${columns.names[0]}`}>
      {labels.map((label, place) => (
        <Bar key={label} label={label} value={values[place]} share={values[place] / highest} color={color} onClick={click(place)} />
      ))}
    </div>
  );
}

BarChart.config = barConfig.config || barConfig;
