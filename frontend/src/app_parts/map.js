// The map of Investigate, a script of its own: maplibre over Natural Earth's countries, with no tile from anywhere.
import 'maplibre-gl/dist/maplibre-gl.css';
import maplibre from 'maplibre-gl/dist/maplibre-gl-csp';
import world from 'world-atlas/countries-50m.json';
import { feature } from 'topojson-client';

const LOOKS = {
  light: { water: '#dfe7ee', land: '#f7f5f0', line: '#b9c0c9', dot: '#4a3fa8', ink: '#1b1f24', halo: '#ffffff', fresh: '#8a5a00', bad: '#b0261a', round: '#00714f' },
  dark: { water: '#10151b', land: '#242a32', line: '#4b535f', dot: '#a79dff', ink: '#e6e8ec', halo: '#12151a', fresh: '#f0bd5b', bad: '#ff8d80', round: '#4fd0a5' },
};

/** Cuts shapes that reach over the date line, which would be drawn as streaks across the map. */
function withoutStreaks(shapes) {
  const spans = (ring) => {
    const longitudes = ring.map(([longitude]) => longitude);
    return Math.max(...longitudes) - Math.min(...longitudes) > 180;
  };
  const kept = (polygon) => polygon.length > 0 && !spans(polygon[0]);
  return {
    ...shapes,
    features: shapes.features.map((one) => {
      const { type, coordinates } = one.geometry;
      if (type === 'Polygon') return kept(coordinates) ? one : { ...one, geometry: { type: 'MultiPolygon', coordinates: [] } };
      return { ...one, geometry: { type, coordinates: coordinates.filter(kept) } };
    }),
  };
}

function style(look) {
  const countries = withoutStreaks(feature(world, world.objects.countries));
  return {
    version: 8,
    sources: { countries: { type: 'geojson', data: countries } },
    layers: [
      // Sea takes its color once land is drawn: a slow computer shows no ocean where a town is.
      { id: 'water', type: 'background', paint: { 'background-color': look.land } },
      { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-color': look.land } },
      { id: 'borders', type: 'line', source: 'countries', paint: { 'line-color': look.line, 'line-width': 0.8 } },
    ],
  };
}

function shapesOf(places) {
  return {
    type: 'FeatureCollection',
    features: places.map(({ id, longitude, latitude, count, title, radius }) => ({
      type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties: { id, count, title, radius },
    })),
  };
}

const ARROW = 16;

/** A triangle to the right in one color, as pixels: an image of its own, since no sprite is fetched. */
function arrow(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const data = new Uint8Array(ARROW * ARROW * 4);
  for (let y = 0; y < ARROW; y += 1) {
    for (let x = 0; x < ARROW; x += 1) {
      const isIn = Math.abs(y - ARROW / 2) <= (ARROW - x) / 2;
      data.set([red, green, blue, isIn ? 255 : 0], (y * ARROW + x) * 4);
    }
  }
  return { width: ARROW, height: ARROW, data };
}

/** Kind of line -> how it is drawn. */
function linesLook(look) {
  return {
    circuit: { color: look.round, opacity: 0.45, wide: 7 }, legs: { color: look.dot, opacity: 0.8, wide: 1.5 },
    doubt: { color: look.bad, opacity: 0.9, wide: 1.5, dash: [1, 2] }, next: { color: look.fresh, opacity: 1, wide: 2, dash: [3, 2] },
  };
}

/** Lines {from, to, kind, weight} of one kind as shapes. */
function lineShapes(lines, kind) {
  const features = lines.filter((line) => line.kind === kind).map(({ from, to, weight }) => ({
    type: 'Feature', properties: { weight },
    geometry: { type: 'LineString', coordinates: [[from.longitude, from.latitude], [to.longitude, to.latitude]] },
  }));
  return { type: 'FeatureCollection', features };
}

/** Adds lines of spots below the places; an arrow tells the direction. */
function addLines(map, lines, look) {
  Object.entries(linesLook(look)).forEach(([kind, { color, opacity, wide, dash }]) => {
    map.addImage(`arrow-${kind}`, arrow(color), { pixelRatio: 1.6 });
    map.addSource(`lines-${kind}`, { type: 'geojson', data: lineShapes(lines, kind) });
    map.addLayer({
      id: `lines-${kind}`, type: 'line', source: `lines-${kind}`,
      paint: {
        'line-color': color, 'line-opacity': opacity, 'line-width': ['min', 10, ['+', wide, ['*', 0.6, ['get', 'weight']]]],
        ...(dash ? { 'line-dasharray': dash } : {}),
      },
    });
    map.addLayer({
      id: `arrows-${kind}`, type: 'symbol', source: `lines-${kind}`,
      layout: { 'symbol-placement': 'line-center', 'icon-image': `arrow-${kind}`, 'icon-allow-overlap': true },
    });
  });
}

const NEAR = 20;
/** Marks hide each other's numbers where they lie nearer than this share of the sum of their radii. */
const HIDING = 0.85;
const MOST_TITLES = 6;

/** How wide the mark of a place or a group is. */
function sizeOf({ count, size }) {
  return size || Math.min(44, 18 + 5 * Math.log2(count || 1));
}

/**
 * Places as groups whose marks would hide each other: [[place, ...], ...], those with the most rows first; numbered ones
 * from the last to the first, each group by its first number.
 */
function together(places, spotOf) {
  const groups = [];
  const isHiding = (group, place, distance) => distance < Math.max(NEAR, HIDING * (sizeOf(group) + sizeOf(place)) / 2);
  [...places].sort((a, b) => a.number - b.number || b.count - a.count).forEach((place) => {
    const { x, y } = spotOf(place);
    const near = groups.find((group) => isHiding(group, place, Math.hypot(group.x - x, group.y - y)));
    if (near) {
      near.places.push(place);
      near.count += place.count;
    } else groups.push({ x, y, count: place.count, size: place.size, places: [place] });
  });
  if (places[0]?.number) groups.reverse(); // the first is drawn last, above the others
  return groups.map((group) => group.places);
}

function titleOf(group) {
  const more = group.length > MOST_TITLES ? `; and ${group.length - MOST_TITLES} more places` : '';
  return group.slice(0, MOST_TITLES).map(({ title }) => title).join('; ') + more;
}

function boundsOf(places) {
  const bounds = new maplibre.LngLatBounds();
  places.forEach(({ longitude, latitude }) => bounds.extend([longitude, latitude]));
  return bounds;
}

/**
 * Draws places {id, longitude, latitude, count, title, radius, isNew?, number?, size?} into an element; onSelect(id) when one is clicked; lines: see addLines.
 * A mark says how many rows it stands for; where places have numbers, the first of its own, with + for more.
 * Labels are elements of the page with their own text, as no font is fetched. Gives {setLines(lines), destroy()}.
 */
function draw(element, places, { scheme, workerUrl, onSelect, lines = [] }) {
  const look = LOOKS[scheme];
  maplibre.setWorkerUrl(workerUrl);
  const map = new maplibre.Map({ container: element, style: style(look), attributionControl: false, center: [0, 30], zoom: 1, maxZoom: 12 });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl({ unit: 'metric' }));
  map.addControl(new maplibre.AttributionControl({ customAttribution: 'Natural Earth, GeoNames' }));
  const drawing = document.createElement('div');
  drawing.textContent = 'Drawing the map …';
  drawing.setAttribute('role', 'status');
  Object.assign(drawing.style, { position: 'absolute', left: '10px', top: '10px', padding: '2px 8px', borderRadius: '4px', background: look.halo, color: look.ink, font: '12px system-ui, sans-serif' });
  element.append(drawing);
  map.once('idle', () => {
    drawing.remove();
    map.setPaintProperty('water', 'background-color', look.water);
  });
  let markers = [];
  const mark = () => {
    markers.forEach((marker) => marker.remove());
    markers = together(places, (place) => map.project([place.longitude, place.latitude])).map((group) => {
      const button = document.createElement('button');
      const count = group.reduce((sum, place) => sum + place.count, 0);
      const [{ number, size: own }] = group;
      const size = sizeOf({ count, size: own });
      const title = titleOf(group);
      button.type = 'button';
      button.textContent = number ? `${number}${group.length > 1 ? '+' : ''}` : count.toLocaleString('en');
      button.title = title;
      button.setAttribute('aria-label', title);
      Object.assign(button.style, {
        width: `${size}px`, height: `${size}px`, padding: 0, border: `2px solid ${look.halo}`, borderRadius: '50%', cursor: 'pointer',
        outline: group.some((place) => place.isNew) ? `3px solid ${look.fresh}` : '',
        background: look.dot, color: scheme === 'dark' ? '#12151a' : '#ffffff', font: '600 11px system-ui, sans-serif',
      });
      button.addEventListener('click', () => {
        if (group.length === 1 || map.getZoom() >= map.getMaxZoom()) onSelect(group[0].id);
        else map.fitBounds(boundsOf(group), { padding: 80, animate: false });
      });
      return new maplibre.Marker({ element: button }).setLngLat([group[0].longitude, group[0].latitude]).addTo(map);
    });
  };
  if (places.length > 0) map.fitBounds(boundsOf(places), { padding: 60, maxZoom: 7, animate: false });
  mark();
  map.on('zoomend', mark);
  let held = lines;
  let isLoaded = false;
  map.on('load', () => {
    isLoaded = true;
    addLines(map, held, look);
    map.addSource('places', { type: 'geojson', data: shapesOf(places) });
    map.addLayer({
      id: 'reach', type: 'circle', source: 'places',
      paint: { 'circle-color': look.dot, 'circle-opacity': 0.15, 'circle-radius': ['get', 'radius'] },
    });
  });
  const setLines = (next) => {
    held = next;
    if (isLoaded) Object.keys(linesLook(look)).forEach((kind) => map.getSource(`lines-${kind}`).setData(lineShapes(next, kind)));
  };
  return { setLines, destroy: () => { markers.forEach((marker) => marker.remove()); map.remove(); } };
}

window.minervaParts = { ...window.minervaParts, map: { draw } };
