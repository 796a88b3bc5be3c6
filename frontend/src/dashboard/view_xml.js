// Reads a Dashboard Studio view: XML around a JSON definition in CDATA, as data/ui/views returns it.

function parse(text) {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  if (document.querySelector('parsererror')) throw new Error('The view is not well-formed XML.');
  return document;
}

/** Label, description and whether it is a Dashboard Studio (version 2) view; never throws. */
export function describeView(entry) {
  try {
    const element = parse(entry.content['eai:data']).documentElement;
    const text = (name) => [...element.children].find((child) => child.tagName === name)?.textContent.trim() || '';
    return {
      label: text('label') || entry.name,
      description: text('description'),
      studio: element.tagName === 'dashboard' && element.getAttribute('version') === '2',
    };
  } catch {
    return { label: entry.name, description: 'This view cannot be read.', studio: false };
  }
}

/** The JSON definition of a view; throws Error with what is wrong. */
export function readDefinition(entry) {
  const element = parse(entry.content['eai:data']).querySelector('definition');
  if (element === null) throw new Error('The view has no <definition>.');
  return JSON.parse(element.textContent);
}
