// How a source on the web is asked: its portal, its pages, what is sent of the account, and how often it may be asked.
import React from 'react';
import { Choose, Field, Form, withKey } from './fields.jsx';

const PORTALS = { '': 'none: say everything below', socrata: 'Socrata', ckan: 'CKAN', arcgis: 'ArcGIS' };
const PORTAL_FIELDS = {
  socrata: [['dataset', 'Data set', 'The four-by-four id, such as abcd-1234.']],
  ckan: [
    ['dataset', 'Package', 'The name in the address of its page.'], ['resource', 'File', 'Name of the file in the package; * stands for any letters.'],
    ['datastore', 'Datastore', 'Id of a table that is asked page by page, instead of a package.'],
  ],
  arcgis: [],
};
const PAGES = {
  none: 'one answer is all', page: 'numbers of pages', offset: 'counts of rows', cursor: 'a mark of the last answer', next_url: 'an address in the answer',
  link_header: 'a Link header', sequence: 'one file a number or a day', postback: 'an ASP.NET form',
};
const SIZE = [['size_param', 'Parameter of the size', 'May be empty.'], ['size', 'Rows of a page', '', 'number']];
const PAGE_FIELDS = {
  none: [],
  page: [['param', 'Parameter of the page', 'For example page'], ['first', 'First page', '', 'number'], ['field', 'Where the answer counts its pages', 'Dotted path; may be empty.'], ...SIZE],
  offset: [['param', 'Parameter of the offset', 'For example offset'], ['total_field', 'Where the answer says the total', 'Dotted path; may be empty.'], ['more_field', 'Where it says that there is more', 'Dotted path of a truth value; may be empty.'], ...SIZE],
  cursor: [['param', 'Parameter of the mark', 'For example cursor'], ['field', 'Where the answer has the mark', 'Dotted path.'], ...SIZE],
  next_url: [['field', 'Where the answer has the address', 'Dotted path, in JSON.'], ['select', 'Or the link of a web page', 'CSS selector.'], ['pattern', 'Or a pattern of its address', 'Regular expression.']],
  link_header: SIZE,
  sequence: [['first', 'First number', 'With {number} in the path.', 'number'], ['digits', 'Digits of a number', '', 'number'], ['start', 'Or first day', 'As 2026-12-01, with {date} in the path.'], ['format', 'How a day is written', 'For example %Y-%m-%d']],
  postback: [['target', 'Target of the event', '__EVENTTARGET'], ['argument', 'Its argument', 'With {page}, for example Page${page}']],
};
const SENT = {
  none: 'nothing', header: 'its key in a header', query: 'its key in the address', bearer: 'its token (bearer)', basic: 'its name and password (basic)', oauth2: 'a token that is asked for (OAuth2)',
};
const SENT_FIELDS = {
  none: [], bearer: [], basic: [],
  header: [['name', 'Name of the header', 'For example X-Api-Key'], ['prefix', 'In front of the key', 'May be empty.']],
  query: [['name', 'Name of the parameter', 'No log and no message ever holds it.']],
  oauth2: [['token_url', 'Where the token is asked for', 'https://...'], ['scope', 'Scope', 'May be empty.']],
};

function Fields({ list, table, onChange }) {
  return list.map(([key, label, help, type = 'text']) => (
    <Field key={key} label={label} help={help} type={type} value={table?.[key] ?? ''} onChange={(value) => onChange(withKey(table, key, value, type))} />
  ));
}

/** A table that stands under `name` of http, or leaves it where it holds nothing. */
function under(http, name, table) {
  const { [name]: _, ...rest } = http;
  return table && Object.keys(table).length > 0 ? { ...rest, [name]: table } : rest;
}

export default function WebPart({ http, onChange }) {
  const { paging = { kind: 'none' }, auth = { kind: 'none' }, incremental, rate } = http;
  const portal = http.preset || '';
  const take = (preset) => {
    const { preset: _, dataset, resource, datastore, ...rest } = http;
    onChange(preset ? { ...rest, preset } : rest);
  };
  return (
    <>
      <Form>
        <Field label="Host" value={http.base_url} onChange={(base_url) => onChange({ ...http, base_url })} help="https://data.example.org" />
        <Choose label="Portal" value={portal} onChange={take} choices={Object.entries(PORTALS)} help="What all sets of one portal have in common is known." />
        <Fields list={PORTAL_FIELDS[portal] || []} table={http} onChange={onChange} />
        {portal !== 'socrata' && portal !== 'ckan' && <Field label="Path" value={http.path} onChange={(path) => onChange(withKey(http, 'path', path))} />}
      </Form>
      <Form>
        {!portal && <Choose label="Next pages by" value={paging.kind} onChange={(kind) => onChange(under(http, 'paging', kind === 'none' ? null : { kind }))} choices={Object.entries(PAGES)} />}
        {!portal && <Fields list={PAGE_FIELDS[paging.kind] || []} table={paging} onChange={(table) => onChange(under(http, 'paging', table))} />}
        <Choose label="Of the account is sent" value={auth.kind} onChange={(kind) => onChange(under(http, 'auth', kind === 'none' ? null : { kind }))} choices={Object.entries(SENT)} help="The account itself is chosen below, with the schedule; its secret stays with Splunk." />
        <Fields list={SENT_FIELDS[auth.kind] || []} table={auth} onChange={(table) => onChange(under(http, 'auth', table))} />
      </Form>
      <Form>
        <Field label="Column that tells what is new" value={incremental?.column} onChange={(column) => onChange(under(http, 'incremental', column ? { ...incremental, column } : null))} help="Its newest value is asked from next time; empty: everything is asked for." />
        {incremental && !portal && <Field label="Parameter that takes its value" value={incremental.param} onChange={(param) => onChange(under(http, 'incremental', withKey(incremental, 'param', param)))} />}
        <Field label="Requests a second, at most" type="number" min="0" step="any" value={rate?.per_second} onChange={(text) => onChange(under(http, 'rate', text === '' ? null : { ...rate, per_second: Number(text) }))} help="Empty: 5" />
        {rate && <Field label="Requests a day, at most" type="number" min="1" value={rate.per_day} onChange={(text) => onChange(under(http, 'rate', withKey(rate, 'per_day', text, 'number')))} help="Empty: no limit of a day" />}
      </Form>
    </>
  );
}
