// A text is pasted, and what was found in it is shown with the reason. The text goes in a body to minerva/app/v1/text,
// which keeps nothing; it stands in no address, no search and no storage of the browser.
import React, { useCallback, useMemo, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Heading from '@splunk/react-ui/Heading';
import Message from '@splunk/react-ui/Message';
import Switch from '@splunk/react-ui/Switch';
import Table from '@splunk/react-ui/Table';
import Text from '@splunk/react-ui/Text';
import TextArea from '@splunk/react-ui/TextArea';
import { mountInView } from '../mount.jsx';
import { post } from '../rest.js';

const NOT_PERMITTED = 'Your role may not read texts: that takes the capability minerva_query, which the roles of analysts'
  + ' have. An administrator of your institution gives roles.';
const ENDPOINT = 'minerva/app/v1/text';
const DESCRIBING = ['price', 'postcode', 'address', 'opening_hours', 'plate'];
const IDENTIFYING = ['phone', 'email', 'username', 'url', 'domain', 'wallet', 'payment_tag', 'iban'];

/** Pieces of a text, [{text, item}]: places count code points, and where two finds overlap the first one shows. */
export function pieces(text, identifiers) {
  const points = Array.from(text);
  const parts = [];
  let end = 0;
  identifiers.forEach((item) => {
    if (item.start < end) return;
    if (item.start > end) parts.push({ text: points.slice(end, item.start).join('') });
    parts.push({ text: points.slice(item.start, item.end).join(''), item });
    end = item.end;
  });
  if (end < points.length) parts.push({ text: points.slice(end).join('') });
  return parts;
}

const COUNTRY = /^(?:[A-Za-z]{2})?$/;
const BOX = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', border: '1px solid #c3cbd4', padding: '12px', margin: '8px 0' };
const MARK = { background: '#ffe9a8', color: '#1a1c20', padding: '0 2px', borderRadius: '2px' };

function MarkedText({ text, identifiers }) {
  const parts = useMemo(() => pieces(text, identifiers), [text, identifiers]);
  return (
    <div data-test="marked-text" style={BOX}>
      {parts.map((part, place) => (part.item
        // eslint-disable-next-line react/no-array-index-key
        ? <mark key={place} style={MARK} title={`${part.item.title}: ${part.item.value}`}>{part.text}</mark>
        // eslint-disable-next-line react/no-array-index-key
        : <span key={place}>{part.text}</span>))}
    </div>
  );
}

function Finds({ identifiers }) {
  return (
    <Table stripeRows>
      <Table.Head>
        <Table.HeadCell>What</Table.HeadCell>
        <Table.HeadCell>Value</Table.HeadCell>
        <Table.HeadCell>As written</Table.HeadCell>
        <Table.HeadCell>Why</Table.HeadCell>
        <Table.HeadCell align="right" width={120}>Confidence</Table.HeadCell>
        <Table.HeadCell>Alternative</Table.HeadCell>
      </Table.Head>
      <Table.Body>
        {identifiers.map((item) => (
          <Table.Row key={`${item.start} ${item.identifier}`}>
            <Table.Cell>{item.title}</Table.Cell>
            <Table.Cell>{item.value}</Table.Cell>
            <Table.Cell>{item.raw}</Table.Cell>
            <Table.Cell>{item.why}</Table.Cell>
            <Table.Cell align="right">{item.confidence.toFixed(2)}</Table.Cell>
            <Table.Cell>{item.alternatives.join(', ')}</Table.Cell>
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  );
}

function Answer({ answer }) {
  const { text, identifiers } = answer;
  const count = identifiers.length;
  return (
    <section aria-live="polite">
      <Heading level={2}>{count === 0 ? 'Nothing found' : `${count} found`}</Heading>
      <p>
        {count === 0
          ? 'No identifier was read in this text. That is no proof that it holds none.'
          : 'Each find is a lead with its reason, not a proof. Confidence says how sure the reading is, not whose it is.'}
      </p>
      {count > 0 && <MarkedText text={text} identifiers={identifiers} />}
      {count > 0 && <Finds identifiers={identifiers} />}
    </section>
  );
}

function FoundInText() {
  const [text, setText] = useState('');
  const [region, setRegion] = useState('');
  const [describing, setDescribing] = useState(false);
  const [answer, setAnswer] = useState(null);
  const [error, setError] = useState('');
  const [waiting, setWaiting] = useState(false);

  const look = useCallback(async () => {
    setAnswer(null);
    if (!COUNTRY.test(region.trim())) {
      setError('Country: expected two letters such as US, or nothing.');
      return;
    }
    setWaiting(true);
    setError('');
    try {
      const kinds = describing ? [...IDENTIFYING, ...DESCRIBING] : [];
      setAnswer({ text, ...await post(ENDPOINT, { text, region: region.trim(), kinds }) });
    } catch (problem) {
      setError(problem.status === 403 ? NOT_PERMITTED : problem.message);
    }
    setWaiting(false);
  }, [text, region, describing]);

  return (
    <div className="page-body">
      <Heading level={1}>What a text holds</Heading>
      <p>
        Paste an ad, a message or a profile: phones, e-mail addresses, user names, wallets and more are shown with the
        reason for each. The text is not stored, logged or linked.
      </p>
      <ControlGroup label="Text" labelPosition="top">
        <TextArea
          rowsMin={8} rowsMax={24} value={text} spellCheck={false} autoComplete="off"
          onChange={(event, { value }) => setText(value)} inputId="text-to-read"
        />
      </ControlGroup>
      <ControlGroup label="Country of numbers without country code (two letters)" labelPosition="top">
        <Text inline value={region} maxLength={2} onChange={(event, { value }) => setRegion(value)} inputId="region" />
      </ControlGroup>
      <Switch
        selected={describing} appearance="checkbox" value="describing"
        onClick={() => setDescribing((before) => !before)}
      >
        Prices, addresses, postcodes, opening hours and plates too
      </Switch>
      <p>
        <Button appearance="primary" disabled={waiting || text.trim() === ''} onClick={look} label="Read the text" />
      </p>
      {error && <Message appearance="fill" type="error">{error}</Message>}
      {answer && <Answer answer={answer} />}
    </div>
  );
}

mountInView(<FoundInText />, 'minerva-found-in-text');
