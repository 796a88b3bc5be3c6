// Cases: what is investigated, with notes, pinned evidence, hypotheses and tasks, for the analysts of one institution.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import ExportCase, { Exported } from '../cases/export_case.jsx';
import ImportBundle from '../cases/import_bundle.jsx';
import Section, { useContacts, useTitles } from '../cases/items.jsx';
import { Assigning, Reading, useColleagues } from '../cases/people.jsx';
import { operate } from '../investigate/asking.js';
import { InstitutionChoice, purposeWords, stated, useCircumstances } from '../investigate/circumstances.jsx';
import { words } from '../investigate/use_investigation.js';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import Frame from '../parts/frame.jsx';
import { Failed, Nothing, Waiting } from '../parts/states.jsx';
import { ago, day } from '../parts/times.js';
import useAddressed from '../parts/use_addressed.js';
import Way from '../parts/way.jsx';
import { app, viewPath } from '../place.js';

const Columns = styled.div`display: grid; grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); gap: 20px; margin-top: 14px; align-items: start; @media (max-width: 1000px) { grid-template-columns: 1fr; }`;
const Dim = styled.span`color: var(--mv-dim);`;
const CASE_ID = /^c_[0-9a-f]{16}$/;

/** Purpose and number of a case go with the look-ups of this tab, unless others were stated in it. */
function Stated({ row, circumstances, change }) {
  useEffect(() => {
    if (row.number && !stated().case) change({ case: row.number, purpose: stated().purpose || row.purpose });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [row.number]);
  if (!row.number) return <p><Dim>The case has no number: give it one, and its look-ups and exports go with it.</Dim></p>;
  if (circumstances.case === row.number) return <p><Dim>Look-ups of this tab go with this case: {circumstances.case}, {purposeWords(circumstances.purpose || row.purpose)}.</Dim></p>;
  return <p><Dim>Look-ups of this tab go with {circumstances.case || 'no case'}.</Dim> <button type="button" className="mv-link" onClick={() => change({ case: row.number, purpose: row.purpose })}>Work on this case</button></p>;
}

function OneCase({ caseId, onBack, circumstances, change: state }) {
  const workplace = useWorkplace();
  const [held, setHeld] = useState(null);
  const [error, setError] = useState('');
  const [deed, setDeed] = useState('');
  const [told, setTold] = useState('');
  const [exported, setExported] = useState(null);
  const [purpose, setPurpose] = useState('');
  const load = useCallback(async () => {
    try {
      setHeld(await operate('case', { case_id: caseId }));
    } catch (problem) {
      setError(words(problem));
    }
  }, [caseId]);
  useEffect(() => { load(); }, [load]);
  useEffect(() => {
    document.title = held ? `${held.case.title} – Cases` : 'Cases – Minerva';
    return () => { document.title = 'Cases – Minerva'; };
  }, [held]);
  const items = held?.items || [];
  const titles = useTitles(items);
  const contacts = useContacts(items);
  const people = useColleagues();
  const change = async (body, isAsked = false) => {
    setError('');
    try {
      setHeld(await operate('case_item', { case_id: caseId, ...body }));
      return true;
    } catch (problem) {
      if (isAsked) throw problem; // told where it was asked
      setError(words(problem));
      return false;
    }
  };
  const closed = (done) => {
    setDeed('');
    if (done) load();
  };
  const back = <p><button type="button" className="mv-link" onClick={onBack}>All cases</button></p>;
  if (!held) return <>{back}{error ? <Failed text={error} onAgain={load} /> : <Waiting what="Reading the case" />}</>;
  const { case: row } = held;
  const isOpen = row.state === 'open';
  const shared = { items, titles, contacts, people, isOpen, owner: row.created_by, onChange: change };
  return (
    <>
      {back}
      <h2>{row.title}</h2>
      <p style={{ marginTop: 6 }}>
        <Dim>
          {row.number && `${row.number} · `}{purposeWords(row.purpose)} · {row.state} · opened by {row.created_by}, {day(row.created)} ·
          read by {row.readers === 'members' ? `its members: ${[row.created_by, ...row.members].join(', ')}` : 'every analyst of the institution'}
          {row.assigned && ` · assigned to ${row.assigned}`}
        </Dim>
      </p>
      <Stated row={row} circumstances={circumstances} change={state} />
      <p style={{ display: 'flex', gap: 8 }}>
        {isOpen && <Button label="Edit" onClick={() => setDeed('edit')} />}
        {isOpen && <Button label="Assign" onClick={() => setDeed('assign')} />}
        {isOpen && <Button label="Readers" onClick={() => setDeed('readers')} />}
        <Button label={isOpen ? 'Close' : 'Open again'} onClick={() => setDeed('state')} />
        {isOpen && <Button label="Import" onClick={() => setDeed('import')} />}
        <Button label="Export" onClick={() => setDeed('export')} />
      </p>
      {error && <Failed text={error} />}
      {told && <p role="status" style={{ color: 'var(--mv-good)' }}>{told}</p>}
      {exported && <Exported {...exported} />}
      <Columns>
        <div>
          <Section title="Evidence" what="pin" {...shared} />
          {items.some(({ what }) => what === 'lead') && <Section title="Leads of partners" what="lead" {...shared} />}
          {items.some(({ what }) => what === 'view') && <Section title="Saved views" what="view" {...shared} />}
          <Section title="Notes" what="note" add="Write a note" {...shared} />
        </div>
        <div>
          <Section title="Hypotheses" what="hypothesis" add="What may be so" {...shared} />
          <Section title="Tasks" what="task" add="What is to be done" {...shared} />
        </div>
      </Columns>
      {deed === 'edit' && (
        <Deed
          title="Edit the case" label="Save" whyLabel="" onClose={closed}
          fields={[{ id: 'title', label: 'What the case is called', initial: row.title, needed: true }, { id: 'number', label: 'Case number', initial: row.number }]}
          run={async ({ title, number }) => {
            await operate('cases', { op: 'change', case_id: caseId, title, number, purpose: purpose || row.purpose });
            if (stated().case === row.number) state({ case: number.trim(), purpose: purpose || row.purpose });
          }}
        >
          <label htmlFor="edit-purpose">Purpose </label>
          <select id="edit-purpose" value={purpose || row.purpose} onChange={(event) => setPurpose(event.target.value)} style={{ font: 'inherit', marginBottom: 12 }}>
            {(workplace?.purposes || [row.purpose]).map((name) => <option key={name} value={name}>{purposeWords(name)}</option>)}
          </select>
        </Deed>
      )}
      {deed === 'assign' && <Assigning row={row} people={people} onClose={closed} />}
      {deed === 'readers' && <Reading row={row} people={people} onClose={closed} />}
      {deed === 'import' && (
        <ImportBundle
          row={row} onClose={(answer) => {
            setDeed('');
            if (!answer) return;
            setHeld({ case: answer.case, items: answer.items });
            setTold(`${answer.added} lead${answer.added === 1 ? '' : 's'} of ${answer.import.source} taken into the case.`);
          }}
        />
      )}
      {deed === 'export' && <ExportCase row={row} onClose={(answer) => { setDeed(''); if (answer) setExported(answer); }} />}
      {deed === 'state' && (
        <Deed title={isOpen ? 'Close the case' : 'Open the case again'} label={isOpen ? 'Close' : 'Open'} whyLabel="" onClose={closed} run={() => operate('cases', { op: 'change', case_id: caseId, state: isOpen ? 'closed' : 'open' })}>
          <p>{isOpen ? 'Nothing in it can be changed then. A closed case is deleted five years after its last change.' : 'It can be changed again.'}</p>
        </Deed>
      )}
    </>
  );
}

/** Whether a case is the user's: opened by, assigned to, with a task for, or of the members. */
function isMine({ created_by: owner, assigned, members, own_tasks: tasks }) {
  const me = window.$C.USERNAME;
  return owner === me || assigned === me || members.includes(me) || tasks > 0;
}

function List({ onOpen }) {
  const [mine, setMine] = useState(false);
  const [rows, setRows] = useState(null);
  const [error, setError] = useState('');
  const [opening, setOpening] = useState(false);
  const load = useCallback(() => operate('cases').then(({ cases }) => setRows(cases)).catch((problem) => setError(words(problem))), []);
  useEffect(() => { load(); }, [load]);
  const open = async ({ title, number }) => onOpen((await operate('cases', { op: 'open', title, number })).opened);
  return (
    <>
      <p style={{ margin: '10px 0' }}><Button appearance="primary" label="Open a case" onClick={() => setOpening(true)} /></p>
      {error && <Failed text={error} onAgain={load} />}
      {rows === null && !error && <Waiting what="Reading your cases" />}
      {rows && rows.length === 0 && <Nothing title="No cases yet" next={['Open one here, or add an entity to a new case in Investigate.']} />}
      {rows && rows.length > 0 && (
        <>
        <p><label><input type="checkbox" checked={mine} onChange={() => setMine(!mine)} /> My cases alone: opened by me, assigned to me, with a task for me, or I am a member ({rows.filter(isMine).length} of {rows.length})</label></p>
        <DataTable
          label="Cases" rows={mine ? rows.filter(isMine) : rows} none="None of them is yours." id={(row) => row.case_id} onOpen={(row) => onOpen(row.case_id)}
          columns={[
            { id: 'title', title: 'Case', cell: (row) => <Way href={viewPath(app, 'cases', { c: row.case_id })} onGo={() => onOpen(row.case_id)}>{row.title}</Way>, sort: (row) => row.title },
            { id: 'number', title: 'Number', cell: (row) => row.number || '–', sort: (row) => row.number },
            { id: 'purpose', title: 'Purpose', cell: (row) => purposeWords(row.purpose), sort: (row) => row.purpose },
            { id: 'state', title: 'State', cell: (row) => row.state, sort: (row) => row.state },
            { id: 'assigned', title: 'Assigned to', cell: (row) => row.assigned || '–', sort: (row) => row.assigned },
            { id: 'tasks', title: 'Tasks for me', number: true, cell: (row) => row.own_tasks || '–', sort: (row) => row.own_tasks },
            { id: 'changed', title: 'Changed', cell: (row) => <span title={ago(row.changed)}>{day(row.changed)}</span>, sort: (row) => row.changed },
          ]}
        />
        </>
      )}
      {opening && (
        <Deed
          title="Open a case" label="Open" whyLabel="" onClose={() => setOpening(false)} run={open}
          fields={[{ id: 'title', label: 'What the case is called', needed: true }, { id: 'number', label: 'Case number' }]}
        />
      )}
    </>
  );
}

function Cases() {
  const { circumstances, change } = useCircumstances();
  const [caseId, go] = useAddressed('c', CASE_ID);
  return (
    <Frame title="Cases" help="cases">
      <InstitutionChoice />
      <main>{caseId ? <OneCase key={caseId} caseId={caseId} circumstances={circumstances} change={change} onBack={() => go('')} /> : <List onOpen={go} />}</main>
    </Frame>
  );
}

mountInView(<Cases />, 'minerva-cases');
