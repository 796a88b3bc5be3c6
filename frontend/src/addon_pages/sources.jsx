// The source workbench: from a sample to a source that runs, and every source of this installation.
import React, { useCallback, useEffect, useState } from 'react';
import { words } from '../administration/asking.js';
import { mountInView } from '../mount.jsx';
import Frame from '../parts/frame.jsx';
import { Failed, Waiting } from '../parts/states.jsx';
import useAddressed from '../parts/use_addressed.js';
import AboutPart from '../sources/about_part.jsx';
import { work } from '../sources/asking.js';
import ColumnsPart from '../sources/columns_part.jsx';
import FactsPart from '../sources/facts_part.jsx';
import { Section } from '../sources/fields.jsx';
import HealthLink from '../sources/health_link.jsx';
import PreviewPart from '../sources/preview_part.jsx';
import SamplePart from '../sources/sample_part.jsx';
import { SavePart, SchedulePart } from '../sources/save_part.jsx';
import SourceList from '../sources/source_list.jsx';

const LEGAL = {
  owner: '', licence: '', terms: '', terms_allow: false, robots: 'obey', personal_data: 'contact', retention_days: 365, marking: 'L0',
};
const EMPTY = {
  document: { id: '', title: '', record_type: 'establishment', country: '', landing_url: '', legal: LEGAL, file: { format: 'csv', pattern: '*' } },
  choices: [], targets: [], sample: null, content: '', version: 0, versions: [], inputs: [], editable: true, known: false,
};

/** The transport of a document, read as the sample was. */
function readAs(document, reading, http) {
  if (http?.preset) return { ...document, file: undefined, http };
  if (http) return { ...document, file: undefined, http: { items: '', ...document.http, ...http, ...reading } };
  if (document.file) return { ...document, file: { pattern: '*', ...document.file, ...reading } };
  return { ...document, http: { ...document.http, ...reading } };
}

/** What the source needs on the day, and how far the evidence bears its columns out. */
function Standing({ held, document }) {
  const source = held.sources.find(({ id }) => id === document.id);
  if (!source) return null;
  return (
    <p>
      Needs {source.needs.map((name) => held.needs[name]).join('; and ')}.
      {source.evidence && ` Columns are ${source.evidence}: ${held.evidence_states[source.evidence]}.`}
      {source.reference && ` Read in ${source.reference}.`}
    </p>
  );
}

function Sources() {
  const [held, setHeld] = useState(null);
  const [failed, setFailed] = useState('');
  const [draft, setDraft] = useState(null);
  const [made, setMade] = useState(null);
  const [busy, setBusy] = useState('');
  const [errors, setErrors] = useState({});

  const [addressed, go] = useAddressed('source', /^[a-z0-9_]{1,64}$/);

  const again = useCallback(() => work('start').then((answer) => { setHeld(answer); setFailed(''); }, (problem) => setFailed(words(problem))), []);
  useEffect(() => { again(); }, [again]);
  const doing = async (name, deed) => {
    setBusy(name);
    setErrors({});
    try {
      await deed();
    } catch (problem) {
      setErrors({ [name]: words(problem) });
    }
    setBusy('');
  };
  const change = (more) => setDraft((before) => ({ ...before, document: { ...before.document, ...more } }));
  const open = (id) => doing('open', async () => {
    const found = await work('open', { id });
    setMade(null);
    setDraft({ ...EMPTY, ...found, document: { ...EMPTY.document, ...found.document, file: found.document.file, http: found.document.http }, editable: found.made, known: true });
  });
  useEffect(() => {
    if (!held) return;
    if (!addressed) setDraft((before) => (before?.known ? null : before));
    else if (addressed !== draft?.document.id) open(addressed);
  }, [addressed, Boolean(held)]);
  const look = (operation, body) => doing('sample', async () => {
    const { record_type: kind, country, mapping, file, http } = draft.document;
    const own = draft.known && !body.address ? { read_as: http || file } : {};
    const found = await work(operation, { ...own, ...body, record_type: kind, country, ...(draft.known ? { mapping } : {}) });
    setMade(null);
    setDraft((before) => ({
      ...before, sample: found, choices: found.choices, targets: found.targets, content: found.content || body.content,
      document: readAs(before.document, found.reading, found.http),
    }));
  });
  const current = () => ({ document: draft.document, choices: draft.choices, content: draft.content, reading: draft.sample?.reading });
  const asked = draft && JSON.stringify([draft.document, draft.choices, draft.content, draft.sample?.reading]);
  const preview = () => doing('preview', async () => setMade({ ...await work('preview', current()), asked }));
  // What was wrong with the facts as they were says nothing of them as they are.
  const isOld = Boolean(made) && made.asked !== asked;
  useEffect(() => { setErrors(({ save, preview: tried, ...others }) => others); }, [asked]);
  const save = (note) => doing('save', async () => {
    const { id } = await work('save', { document: draft.document, choices: draft.choices, version: draft.version, new: draft.version === 0, note });
    const found = await work('open', { id });
    setDraft((before) => ({ ...before, document: { ...before.document, mapping: found.document.mapping }, version: found.version, versions: found.versions, inputs: found.inputs, known: true }));
    again();
  });
  const restore = (number) => doing('save', async () => {
    await work('restore', { id: draft.document.id, number });
    await open(draft.document.id);
  });
  const taken = (document) => setDraft((before) => ({ ...before, document: { ...EMPTY.document, file: undefined, ...document, id: before.version ? before.document.id : document.id, legal: { ...LEGAL, ...document.legal } } }));
  const copy = () => setDraft((before) => ({ ...before, editable: true, version: 0, versions: [], inputs: [], document: { ...before.document, id: `${before.document.id}_copy`, family: undefined, evidence: undefined } }));

  const leave = () => {
    if (addressed) go('');
    setDraft(null);
    again();
  };

  if (failed) return <Frame title="Sources" help="sources"><Failed text={failed} onAgain={again} /></Frame>;
  if (!held) return <Frame title="Sources" help="sources"><Waiting what="Reading the sources" /></Frame>;
  if (!draft) {
    return (
      <Frame title="Sources" help="sources">
        {errors.open && <Failed text={errors.open} />}
        <main><SourceList held={held} onNew={() => { setMade(null); setDraft(EMPTY); }} onOpen={go} /></main>
      </Frame>
    );
  }
  return (
    <Frame title={draft.document.title || 'New source'} help="sources">
      <p><button type="button" className="mv-link" onClick={leave}>All sources</button>{draft.known && (!draft.editable || draft.version > 0) && <> · <HealthLink id={draft.document.id} words="health of this source" /></>}{!draft.editable && ' · this one came with the add-on; a copy of it can be changed'}</p>
      {draft.known && <Standing held={held} document={draft.document} />}
      {draft.fault && <Failed text={draft.fault} tone="warn" />}
      <main>
        <SamplePart held={held} draft={draft} change={change} look={look} busy={busy === 'sample'} error={errors.sample} />
        {!draft.sample && !draft.known && <Section><h2>2. Columns, 3. Records that it would make</h2><p>Read a sample first.</p></Section>}
        {(draft.sample || draft.known) && <ColumnsPart sample={draft.sample || { columns: [], missing: [] }} choices={draft.choices} targets={draft.targets} register={draft.document.id || 'this_register'} onChange={(choices) => setDraft({ ...draft, choices })} />}
        {draft.sample && <PreviewPart made={made} isOld={isOld} onPreview={preview} busy={busy === 'preview'} error={errors.preview} />}
        <AboutPart held={held} draft={draft} change={change} />
        {draft.editable && <FactsPart document={draft.document} onApply={taken} />}
        <SavePart draft={draft} onSave={save} onRestore={restore} onCopy={copy} onRemoved={leave} busy={busy === 'save'} error={errors.save} />
        <SchedulePart held={held} draft={draft} onScheduled={again} />
      </main>
    </Frame>
  );
}

mountInView(<Sources />, 'minerva-sources');
