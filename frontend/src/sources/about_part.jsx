// What is said of the source besides its columns: name, owner, terms, how it is read.
import React from 'react';
import { levelWords } from '../parts/levels.js';
import { Choose, Field, Form, Section } from './fields.jsx';
import WebPart from './web_part.jsx';

const PERSONAL = { none: 'none', contact: 'contact data', sensitive: 'sensitive data' };

export default function AboutPart({ held, draft, change }) {
  const { document } = draft;
  const { legal } = document;
  const way = document.file ? 'file' : 'http';
  const legally = (more) => change({ legal: { ...legal, ...more } });
  const reading = draft.sample?.reading || {};
  const take = (next) => change(next === 'file'
    ? { http: undefined, file: { pattern: '*', ...reading } }
    : { file: undefined, http: { base_url: '', path: '/', items: reading.items || '', ...reading } });
  return (
    <Section aria-label="About the source">
      <h2>4. About the source</h2>
      <Form>
        <Field label="Title" value={document.title} onChange={(title) => change({ title })} />
        <Field label="Id" value={document.id} disabled={draft.version > 0} onChange={(id) => change({ id: id.toLowerCase().replace(/[^a-z0-9_]/g, '_') })} help="Lower-case letters, digits and _; it is never changed later." />
        <Field label="Owner" value={legal.owner} onChange={(owner) => legally({ owner })} help="Who publishes it." />
        <Field label="License" value={legal.licence} onChange={(licence) => legally({ licence })} />
        <Field label="Terms" value={legal.terms} onChange={(terms) => legally({ terms })} />
        <Choose label="Do its terms allow this?" value={String(legal.terms_allow)} onChange={(value) => legally({ terms_allow: value === 'true' })} choices={[['false', 'no, or not known: it is not read'], ['true', 'yes']]} />
        <Choose label="robots.txt" value={legal.robots} onChange={(robots) => legally({ robots })} choices={[['obey', 'is obeyed'], ['not_applicable', 'does not apply (an interface, a file)']]} />
        <Choose label="Personal data" value={legal.personal_data} onChange={(personal_data) => legally({ personal_data })} choices={held.personal.map((name) => [name, PERSONAL[name] || name])} />
        <Choose label="Marking" value={legal.marking} onChange={(marking) => legally({ marking })} choices={held.levels.map((name) => [name, levelWords(name)])} />
        <Field label="Days to keep" type="number" min="1" value={legal.retention_days} onChange={(days) => legally({ retention_days: Number(days) })} />
        <Field label="Page for people" value={document.landing_url} onChange={(landing_url) => change({ landing_url })} help="Where it is published; may be empty." />
        <Choose label="Read from" value={way} onChange={take} choices={[['http', 'a web address'], ['file', 'files of a folder']]} />
        {way === 'file' && <Field label="File names" value={document.file.pattern} onChange={(pattern) => change({ file: { ...document.file, pattern } })} help="For example *.csv" />}
      </Form>
      {way === 'http' && document.http && <WebPart http={document.http} onChange={(http) => change({ http })} />}
    </Section>
  );
}
