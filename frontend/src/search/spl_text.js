// The little that the page must know of a search's text: where its pipes are, and how a field's value is written.

/** Places of the pipes outside quotes, macros, subsearches and comments. */
export function pipes(text) {
  const found = [];
  let depth = 0;
  let quote = '';
  for (let place = 0; place < text.length; place += 1) {
    const mark = text[place];
    if (quote) {
      if (mark === '\\' && quote === '"') place += 1;
      else if (text.startsWith(quote, place)) {
        place += quote.length - 1;
        quote = '';
      }
    } else if (text.startsWith('```', place)) {
      quote = '```';
      place += 2;
    } else if (mark === '"' || mark === '`') quote = mark;
    else if (mark === '[') depth += 1;
    else if (mark === ']') depth -= 1;
    else if (mark === '|' && depth <= 0) found.push(place);
  }
  return found;
}

export const isGenerating = (text) => text.trimStart().startsWith('|');

/** The part that finds events, up to the first pipe; '' if the search makes its rows itself. */
export function eventPart(text) {
  if (isGenerating(text)) return '';
  return text.slice(0, pipes(text)[0] ?? text.length).trim();
}

/** `name="value"`, or its negation, as the search command reads it. */
export function fieldTerm(name, value, negated = false) {
  const quoted = (text) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  return `${/[\s"=|,()[\]]/.test(name) ? quoted(name) : name}${negated ? '!=' : '='}${value === '*' ? '*' : quoted(String(value))}`;
}

/** The search narrowed by a term: in its first part for events, after its last command for a table. */
export function narrowed(text, term, ofTable) {
  const search = text.trim();
  if (search === '') return term;
  if (ofTable || isGenerating(search)) return `${search} | search ${term}`;
  const first = pipes(search)[0] ?? search.length;
  const rest = search.slice(first);
  return `${search.slice(0, first).trimEnd()} ${term}${rest ? ` ${rest}` : ''}`;
}

/** The text as splunkd runs it: an expression gets the command `search` in front. */
export const runnable = (text) => (isGenerating(text) ? text : `search ${text}`);

/** The text that was typed, from the text that ran. */
export const typed = (text) => text.replace(/^search /, '');
