// The timeline of Investigate, a script of its own: vis-timeline and what it needs.
import 'vis-timeline/styles/vis-timeline-graph2d.css';
import { DataSet, Timeline } from 'vis-timeline/standalone';

const ALERTS = '\0alerts';

/**
 * Draws items {id, lane, time (seconds), title, isNew?} into an element, and flags of alerts {id, time, title} in a lane
 * above them. onSelect(id) when one is chosen. Gives {choose(id), destroy()}. Titles are set as text, never as HTML.
 */
function draw(element, items, flags, onSelect) {
  const counts = new Map();
  items.forEach(({ lane }) => counts.set(lane, (counts.get(lane) || 0) + 1));
  const lanes = [...counts].sort((a, b) => b[1] - a[1]).map(([lane]) => lane);
  const text = (value, title = '') => {
    const node = document.createElement('span');
    node.textContent = value;
    node.title = title; // the browser's own: a tooltip of the timeline is cut off at its edge
    return node;
  };
  const groups = new DataSet(lanes.map((lane, order) => ({ id: lane, content: text(`${lane} (${counts.get(lane)})`), order })));
  if (flags.length) groups.add({ id: ALERTS, content: text(`Alerts (${flags.length})`), order: -1 });
  const data = new DataSet(items.map(({ id, lane, time, title, isNew }) => ({
    className: isNew ? 'mv-new' : '', id, group: lane, start: new Date(time * 1000), type: 'point', content: '', ariaTitle: title,
  })));
  data.add(flags.map(({ id, time, title }) => ({
    className: 'mv-alert', id, group: ALERTS, start: new Date(time * 1000), type: 'box', content: text('⚑', title), ariaTitle: title,
  })));
  const times = [...items, ...flags].map(({ time }) => time * 1000);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max(86_400_000, (last - first) * 0.05);
  const timeline = new Timeline(element, data, groups, {
    start: new Date(first - room), end: new Date(last + room), maxHeight: 560, verticalScroll: true, zoomKey: 'ctrlKey',
    stack: true, selectable: true, orientation: { axis: 'bottom', item: 'top' }, // else it opens at its last lane
    tooltip: { followMouse: true },
    showCurrentTime: false, groupOrder: 'order', margin: { item: { horizontal: 0, vertical: 2 }, axis: 4 }, xss: { disabled: false },
    zoomMin: 3_600_000, zoomMax: 20 * 31_536_000_000,
  });
  timeline.on('select', ({ items: chosen }) => {
    if (chosen.length && data.get(chosen[0])) onSelect(chosen[0]);
  });
  const lanesHolder = element.querySelector('.vis-panel.vis-left');
  timeline.on('changed', () => { // what scrolls is reached by keyboard
    const scrolls = lanesHolder.classList.contains('vis-vertical-scroll');
    lanesHolder.tabIndex = scrolls ? 0 : -1;
    if (scrolls) Object.entries({ role: 'group', 'aria-label': 'Lanes' }).forEach(([name, value]) => lanesHolder.setAttribute(name, value));
  });
  return {
    choose: (id) => timeline.setSelection(id && data.get(id) ? [id] : []),
    destroy: () => timeline.destroy(),
  };
}

window.minervaParts = { ...window.minervaParts, timeline: { draw } };
