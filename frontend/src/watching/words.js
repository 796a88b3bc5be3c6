// What is watched, in words, and days of dates as the handler counts them.
import { readable } from '../parts/palette.js';

/** `2026-12-31` of epoch seconds, for a field of dates; '' for none. */
export function dateOf(seconds) {
  return seconds ? new Date(seconds * 1000).toISOString().slice(0, 10) : '';
}

/** Epoch seconds of the end of a day as UTC counts it; 0 for ''. */
export function endOf(date) {
  return date ? Date.parse(`${date}T00:00:00Z`) / 1000 + 86_400 : 0;
}

export function areaWords(area) {
  if (area.form === 'town') return [area.city, area.region].filter(Boolean).join(', ');
  if (area.form === 'postcode') return `postcode ${area.postcode}`;
  return `${area.radius_km} km around ${area.label || `${area.latitude.toFixed(3)}, ${area.longitude.toFixed(3)}`}`;
}

/** titles: entity id -> what the entity is called. */
export function watchedWords(item, titles = {}) {
  if (item.kind === 'entity') return titles[item.entity_id] || 'An entity that is not there any more';
  if (item.kind === 'area') return areaWords(item.area);
  return readable(item.identifier || item.watched);
}
