// What a dashboard on the stand-in may hold: Splunk's own components without the seven that need Highcharts.
// Line, area, column and bar are drawn by charts of this folder; pie, scatter and bubble do not exist here.
import { AbsoluteLayoutViewer, GridLayoutViewer } from '@splunk/dashboard-layouts';
import {
  CustomUrlDrilldown, ResetTokens, SetTimeRange, SetToken, SwitchToTab, UnsetTokens,
} from '@splunk/dashboard-event-handlers';
import { DropdownInput, EnterpriseTimeRangeInput, MultiselectInput, NumberInput, TextInput } from '@splunk/dashboard-inputs';
import SplunkSearch from '@splunk/datasources/SplunkSearch';
import SplunkSavedSearch from '@splunk/datasources/SplunkSavedSearch';
import TestDataSource from '@splunk/datasources/TestDataSource';
import LinkGraph from '@splunk/visualizations/LinkGraph';
import Markdown from '@splunk/visualizations/Markdown';
import NetworkGraph from '@splunk/visualizations/NetworkGraph';
import SingleValue from '@splunk/visualizations/SingleValue';
import SingleValueIcon from '@splunk/visualizations/SingleValueIcon';
import SingleValueRadial from '@splunk/visualizations/SingleValueRadial';
import Table from '@splunk/visualizations/Table';
import Timeline from '@splunk/visualizations/Timeline';
import { AreaChart, ColumnChart, LineChart } from './time_charts.jsx';
import BarChart from './bar_chart.jsx';
import { LinkToDashboard, LinkToSearch } from './link_handlers.js';

/** Switches on what the view-only presets switch on: title, progress bar, drilldown, tokens. */
function capable(Visualization) {
  return Object.assign(Visualization, {
    showTitleAndDescription: Visualization.config.key !== 'splunk.markdown',
    showProgressBar: true,
    showDrilldown: true,
    hasEventHandlers: true,
    canSetTokens: ['dynamic', 'static'],
  });
}

const visualizations = [
  AreaChart, BarChart, ColumnChart, LineChart, LinkGraph, Markdown, NetworkGraph, SingleValue, SingleValueIcon,
  SingleValueRadial, Table, Timeline,
];

export default {
  layouts: { absolute: AbsoluteLayoutViewer, grid: GridLayoutViewer },
  dataSources: {
    'ds.search': SplunkSearch, 'ds.chain': SplunkSearch, 'ds.savedSearch': SplunkSavedSearch, 'ds.test': TestDataSource,
  },
  inputs: {
    'input.dropdown': DropdownInput,
    'input.multiselect': MultiselectInput,
    'input.number': NumberInput,
    'input.text': TextInput,
    'input.timerange': EnterpriseTimeRangeInput,
  },
  eventHandlers: {
    'drilldown.customUrl': CustomUrlDrilldown,
    'drilldown.linkToDashboard': LinkToDashboard,
    'drilldown.linkToSearch': LinkToSearch,
    'drilldown.resetTokens': ResetTokens,
    'drilldown.setTimeRange': SetTimeRange,
    'drilldown.setToken': SetToken,
    'drilldown.switchToTab': SwitchToTab,
    'drilldown.unsetTokens': UnsetTokens,
  },
  visualizations: Object.fromEntries(visualizations.map((one) => [one.config.key, capable(one)])),
};
