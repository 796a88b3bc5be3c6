// Line, area and column charts drawn by Splunk's canvas package (uPlot); options are those of Dashboard Studio.
import React from 'react';
import { TimeSeriesChart } from '@splunk/visualization-canvas';
import areaConfig from '@splunk/visualizations/Area.config';
import columnConfig from '@splunk/visualizations/Column.config';
import lineConfig from '@splunk/visualizations/Line.config';
import { chartColumns, isReading } from './columns.js';
import NoRows from './no_rows.jsx';

const PALETTE = ['#7B56DB', '#009CEB', '#00A38A', '#DD9900', '#FF677B', '#CB2196', '#813193', '#0051B5', '#008C80', '#99B100'];

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** Upper end of the axis: a little air above the largest value, and never a range of zero. */
const fromZero = (plot, lowest, highest) => [Math.min(0, lowest || 0), Math.max(1, (highest || 0) * 1.05)];

/** Makes a visualization of the given kind; bars and areas start at zero, lines keep the data's range. */
function timeChart(config, kind) {
  function Chart({ dataSources, options = {}, width, height }) {
    const source = dataSources?.primary;
    const columns = chartColumns(source?.data);
    if (columns === null) return <NoRows width={width} height={height} reading={isReading(source)} />;
    const stacked = String(options.stackMode || '').startsWith('stacked');
    const type = { column: stacked ? 'stacked-bar' : 'bar', area: stacked ? 'stacked-area' : 'area', line: 'line' }[kind];
    const names = columns.names.slice(1);
    const colors = Array.isArray(options.seriesColors) ? options.seriesColors : PALETTE;
    const seriesConfig = Object.fromEntries(names.map((name, place) => [
      name, { type, scale: 'y', color: colors[place % colors.length], replaceNullsWithZero: kind !== 'line' },
    ]));
    const label = typeof options.yAxisTitleText === 'string' ? options.yAxisTitleText : undefined;
    return (
      <div className="time-chart" style={{ width, height }} role="group" aria-label={`${kind} chart of ${names.slice(0, 8).join(', ')}, ${columns.x.length} points`}>
        <TimeSeriesChart
          width={width - 16}
          height={height - 10}
          data={{ fields: columns.names, columns: [columns.x, ...columns.series] }}
          seriesConfig={seriesConfig}
          timestampFormat="expanded"
          scaleConfig={{ y: { label, width: 48, tickFmt: (value) => compact.format(value), ...(kind === 'line' ? {} : { range: fromZero }) } }}
          legend={names.length > 1 && options.legendDisplay !== 'off' ? undefined : false}
        />
      </div>
    );
  }
  Chart.config = config.config || config;
  return Chart;
}

export const LineChart = timeChart(lineConfig, 'line');
export const AreaChart = timeChart(areaConfig, 'area');
export const ColumnChart = timeChart(columnConfig, 'column');
