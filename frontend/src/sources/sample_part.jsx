// Where the sample comes from: pasted, a file, or one page of an address. It stays in this page's memory.
import React, { useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import base64 from '../parts/base64.js';
import { Tabs } from '../parts/frame.jsx';
import { Failed } from '../parts/states.jsx';
import { Area, Choose, Field, Form, Line, Section } from './fields.jsx';
import ReadOtherwise from './read_otherwise.jsx';

const WAYS = { paste: 'Paste', file: 'Upload a file', address: 'Fetch one page' };

export default function SamplePart({ held, draft, change, look, busy, error }) {
  const [way, setWay] = useState('paste');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState('');
  const [address, setAddress] = useState('');
  const [account, setAccount] = useState('');
  const [own, setOwn] = useState(true);
  const file = useRef(null);
  const { reading = {} } = draft.sample || {};
  const http = draft.document.http?.base_url ? draft.document.http : null;
  const read = async () => {
    setWrong('');
    if (way === 'address') {
      const asked = http && own ? { http } : { address };
      look('fetch', { ...asked, account, robots: draft.document.legal.robots });
      return;
    }
    const chosen = way === 'file' ? file.current?.files[0] : null;
    const bytes = chosen ? new Uint8Array(await chosen.arrayBuffer()) : new TextEncoder().encode(text);
    if (bytes.length === 0) setWrong(way === 'file' ? 'Choose a file first.' : 'Paste a sample first.');
    else if (bytes.length > held.max_bytes) setWrong(`A sample has at most ${held.max_bytes / 1048576} MiB; a part of it will do.`);
    else look('sample', { content: base64(bytes) });
  };
  return (
    <Section aria-label="Sample">
      <h2>1. Sample</h2>
      <p>What the source answers, or a part of it. It is read, shown here and not kept anywhere.</p>
      <Form>
        <Choose
          label="Kind of record" value={draft.document.record_type} onChange={(record_type) => change({ record_type })}
          choices={held.kinds.map((kind) => [kind.id, kind.title])} help={held.kinds.find((kind) => kind.id === draft.document.record_type)?.description}
        />
        <Choose
          label="Country" value={draft.document.country} onChange={(country) => change({ country })}
          choices={[['', 'choose'], ...held.countries.map((country) => [country.code, country.name])]} help="Phones and towns are read as this country writes them."
        />
      </Form>
      <Tabs label="Where the sample comes from" tabs={WAYS} chosen={way} onChoose={setWay} />
      {way === 'paste' && <Area label="Sample" value={text} onChange={setText} rows={8} help="CSV, JSON, XML, HTML: what it is, is found out." />}
      {way === 'file' && <Form><div><label htmlFor="mv-sample-file">File</label><br /><input id="mv-sample-file" ref={file} type="file" /></div></Form>}
      {way === 'address' && (
        <Form>
          {http && <Choose label="What is asked" value={own ? 'own' : 'other'} onChange={(value) => setOwn(value === 'own')} choices={[['own', 'the first page, as the source says below'], ['other', 'another address']]} />}
          {!(http && own) && <Field label="Address" value={address} onChange={setAddress} help="https, public; one page is asked for, as a run would." />}
          <Choose label="Account" value={account} onChange={setAccount} choices={[['', 'none'], ...held.accounts.map((name) => [name, name])]} />
        </Form>
      )}
      <Line>
        <Button appearance="primary" label={busy ? 'Reading …' : 'Read the sample'} disabled={busy} onClick={read} />
        {draft.sample && (
          <span role="status" data-test="sample-read">
            {draft.sample.rows} rows read as {reading.format}{reading.unpack && reading.unpack !== 'none' ? ` in ${reading.unpack}` : ''}
            {reading.delimiter ? `, separated by “${reading.delimiter}”` : ''}{reading.items ? `, list at ${reading.items}` : ''}{draft.sample.more ? '; the rest is not looked at' : ''}
          </span>
        )}
      </Line>
      {draft.sample && draft.content && <ReadOtherwise key={JSON.stringify(reading)} reading={reading} held={held} busy={busy} onRead={(keys) => look('sample', { content: draft.content, reading: keys })} />}
      {(wrong || error) && <Failed text={wrong || error} />}
      {draft.sample?.fault && <Failed text={`Reading ended early: ${draft.sample.fault}`} tone="warn" />}
      {draft.sample?.refused?.length > 0 && <p>{draft.sample.refused.length} rows cannot be read, the first at {draft.sample.refused[0].place}.</p>}
    </Section>
  );
}
