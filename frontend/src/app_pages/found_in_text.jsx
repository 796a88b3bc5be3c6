// A text is pasted, and what was found in it is shown with the reason. The text goes in a body to minerva/app/v1/text,
// which keeps nothing; it stands in no address, no search and no storage of the browser.
import React, { useCallback, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import Switch from '@splunk/react-ui/Switch';
import Text from '@splunk/react-ui/Text';
import TextArea from '@splunk/react-ui/TextArea';
import { investigate } from '../investigate/address.js';
import { MOST_CHARACTERS, tooLongWords } from '../investigate/box.jsx';
import { mountInView } from '../mount.jsx';
import Chip from '../parts/chip.jsx';
import DataTable from '../parts/data_table.jsx';
import Frame from '../parts/frame.jsx';
import MarkedText from '../parts/marked_text.jsx';
import { Failed } from '../parts/states.jsx';
import { post } from '../rest.js';

const NOT_PERMITTED = 'Your role may not read texts: that takes the capability minerva_query, which the roles of analysts'
  + ' have. An administrator of your institution gives roles.';
const ENDPOINT = 'minerva/app/v1/text';
const DESCRIBING = ['price', 'postcode', 'address', 'opening_hours', 'plate'];
const IDENTIFYING = ['phone', 'email', 'username', 'url', 'domain', 'wallet', 'payment_tag', 'iban'];

const COUNTRY = /^(?:[A-Za-z]{2})?$/;
function titleOf(find) {
  return `${find.title}: ${find.value}`;
}

const COLUMNS = [
  { id: 'what', title: 'What', width: 120, cell: (find) => find.title, sort: (find) => find.title },
  { id: 'value', title: 'Value', cell: (find) => (IDENTIFYING.includes(find.kind) ? <Chip identifier={find.identifier} onOpen={investigate} /> : find.value), sort: (find) => find.value },
  { id: 'written', title: 'As written', width: 200, cell: (find) => <span dir="auto">{find.raw}</span> },
  { id: 'why', title: 'Why', cell: (find) => find.why },
  { id: 'confidence', title: 'Confidence', number: true, cell: (find) => find.confidence.toFixed(2), sort: (find) => find.confidence },
  { id: 'alternative', title: 'Alternative', cell: (find) => find.alternatives.map((name) => <Chip key={name} identifier={name} onOpen={investigate} />) },
];

function Answer({ answer }) {
  const { text, identifiers } = answer;
  const count = identifiers.length;
  return (
    <section aria-live="polite">
      <h2>{count === 0 ? 'Nothing found' : `${count} found`}</h2>
      <p>
        {count === 0
          ? 'No identifier was read in this text. That is no proof that it holds none.'
          : 'Each find is a lead with its reason, not a proof. Confidence says how sure the reading is, not whose it is.'}
      </p>
      {count > 0 && <MarkedText text={text} finds={identifiers} titleOf={titleOf} data-test="marked-text" />}
      {count > 0 && <DataTable label="Finds" columns={COLUMNS} rows={identifiers} id={(find) => `${find.start} ${find.identifier}`} />}
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
    <Frame title="What a text holds" help="found_in_text">
      <main style={{ maxWidth: 1200, marginTop: 8 }}>
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
        <Button appearance="primary" disabled={waiting || text.trim() === '' || text.length > MOST_CHARACTERS} onClick={look} label="Read the text" />
      </p>
      {text.length > MOST_CHARACTERS && <Failed text={tooLongWords(text)} />}
      {error && <Failed text={error} />}
      {answer && <Answer answer={answer} />}
      </main>
    </Frame>
  );
}

mountInView(<FoundInText />, 'minerva-found-in-text');
