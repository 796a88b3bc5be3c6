// Where the sample was read otherwise than it is meant: format, packing, separator, encoding, heading rows, list.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { Choose, Field, Form, Line, withKey } from './fields.jsx';

const SEPARATORS = [['', ', comma'], [';', '; semicolon'], ['|', '| bar'], ['\t', 'tab'], ['~', '~'], ['^', '^'], [':', ':']];
const ENCODINGS = [['', 'UTF-8'], ['cp1252', 'Western European (cp1252)'], ['latin-1', 'Latin-1'], ['cp1250', 'Central European (cp1250)'], ['cp1251', 'Cyrillic (cp1251)'], ['cp932', 'Japanese (cp932)'], ['gb18030', 'Chinese (gb18030)']];
const TABLES = ['csv', 'tsv', 'xlsx', 'ods', 'html'];

export default function ReadOtherwise({ reading, held, onRead, busy }) {
  const [keys, setKeys] = useState(reading);
  const put = (key, value, type) => setKeys((before) => withKey(before, key, value, type));
  const format = keys.format || 'json';
  return (
    <details>
      <summary>Read it otherwise</summary>
      <Form>
        <Choose label="Format" value={format} onChange={(value) => put('format', value)} choices={held.formats.map((name) => [name, name])} />
        <Choose label="Packed as" value={keys.unpack || 'none'} onChange={(value) => put('unpack', value === 'none' ? '' : value)} choices={held.unpack.map((name) => [name, name === 'none' ? 'not packed' : name])} />
        {(keys.unpack || 'none') !== 'none' && <Field label="File in the archive" value={keys.member} onChange={(value) => put('member', value)} help="Name; * stands for any letters." />}
        {format === 'csv' && <Choose label="Cells are separated by" value={keys.delimiter || ''} onChange={(value) => put('delimiter', value)} choices={SEPARATORS} />}
        {['csv', 'tsv', 'fixed', 'lines', 'jsonl', 'html'].includes(format) && <Choose label="Letters are written in" value={keys.encodings?.[0] || ''} onChange={(value) => put('encodings', value ? [value] : '')} choices={ENCODINGS} />}
        {TABLES.includes(format) && <Field label="Rows above the headings" type="number" min="0" value={keys.skip_rows} onChange={(text) => put('skip_rows', text, 'number')} help="Titles that are no heading." />}
        {TABLES.includes(format) && <Field label="Rows of headings" type="number" min="1" max="9" value={keys.header_rows} onChange={(text) => put('header_rows', text, 'number')} help="Empty: 1" />}
        {TABLES.includes(format) && <Field label="Headings, where there are none" value={(keys.header || []).join(', ')} onChange={(text) => put('header', text.trim() ? text.split(',').map((name) => name.trim()) : '')} help="Separated by commas." />}
        {['xlsx', 'ods'].includes(format) && <Field label="Sheet" value={keys.sheet} onChange={(value) => put('sheet', value)} help="Empty: the first." />}
        {format === 'html' && <Field label="Table" value={keys.table} onChange={(value) => put('table', value)} help="A CSS selector, or its number from 0." />}
        {['json', 'xml'].includes(format) && <Field label="Where the list stands" value={keys.items} onChange={(value) => put('items', value)} help={format === 'xml' ? 'Name of the element of a row.' : 'Dotted path, such as result.records'} />}
      </Form>
      <Line><Button label="Read it so" disabled={busy} onClick={() => onRead(keys)} /></Line>
    </details>
  );
}
