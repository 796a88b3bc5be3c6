// Lines of a CSV file: text that no program runs as a formula. The rule is that of minerva/exports/cells.py.
const SIGNS = "'=+@\\uff1d\\uff0b\\uff0d\\uff20\\ufe66\\ufe62\\ufe63\\ufe6b\\u207a\\u207c\\u208a\\u208c\\ufb29-";
const BLANKS = '(?:[^\\S\\t\\n]|["\\u200b-\\u200f\\u2060\\ufeff])*';
const GUARDED = new RegExp(`^(?=[\\t\\n\\0])|(?:^|(?<=[;|\\t\\n]))(?=${BLANKS}[${SIGNS}])`, 'g');

export function csvCell(value) {
  if (typeof value === 'number') return String(value);
  const text = String(value ?? '').replace(/\r\n?/g, '\n').replace(GUARDED, "'");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(rows) {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}
