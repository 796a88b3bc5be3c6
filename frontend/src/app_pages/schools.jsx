// Schools: which school a uniform is of, by words, by crops that the analyst cuts in the browser, or by both.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import ControlGroup from '@splunk/react-ui/ControlGroup';
import TextArea from '@splunk/react-ui/TextArea';
import CircumstancesBar, { useCircumstances } from '../investigate/circumstances.jsx';
import { words } from '../investigate/use_investigation.js';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import Frame, { Tabs } from '../parts/frame.jsx';
import ShortId from '../parts/short_id.jsx';
import { Failed, Partial, Waiting } from '../parts/states.jsx';
import Asked from '../schools/asked.jsx';
import { identify } from '../schools/asking.js';
import Crops from '../schools/crops.jsx';
import Found from '../schools/found.jsx';
import Held from '../schools/held.jsx';
import SchoolMap from '../schools/school_map.jsx';

const TABS = { find: 'Find', asked: 'Asked before', held: 'Schools held' };
const MOST = 2000;
const EMPTY = { crest: '', tie: '', garment: '', photo: '' };
const TITLES = {
  garment: 'garment', colors: 'its color', tie_colors: 'tie', stripes: 'tie pattern', crest_shape: 'crest', charges: 'on the crest',
  crest_colors: 'crest colors', words: 'words', place: 'place', phase: 'phase', other: 'looked for everywhere',
};

function Understood({ parts }) {
  const told = Object.entries(TITLES).filter(([key]) => parts[key]);
  if (told.length === 0) return null;
  return (
    <p data-test="understood" style={{ color: 'var(--mv-dim)' }}>
      Understood: {told.map(([key, title]) => `${title}: ${[parts[key]].flat().join(', ')}`).join(' · ')}
    </p>
  );
}

function Answer({ answer, crest, onJudged }) {
  const [asMap, setAsMap] = useState(false);
  const { query, found, searched, notes } = answer;
  return (
    <section aria-live="polite">
      <h2 style={{ margin: '16px 0 4px' }}>{found.length === 0 ? 'Nothing found' : `The ${found.length} likeliest of ${searched.toLocaleString('en')} schools held${answer.unpictured > 0 ? ' with a picture' : ''}`}</h2>
      <Understood parts={query.understood || {}} />
      {notes.map((note) => <Partial key={note}>{note}</Partial>)}
      {found.length > 0 && (
        <p style={{ display: 'flex', gap: 16, margin: '4px 0 10px' }}>
          <span>A match is a lead: look at the school’s own page before anything follows from it. <ShortId id={query.query_id} /></span>
          <button type="button" className="mv-link" style={{ whiteSpace: 'nowrap' }} onClick={() => setAsMap(!asMap)}>{asMap ? 'Hide the map' : 'Show on a map'}</button>
        </p>
      )}
      {asMap && <SchoolMap found={found} />}
      <Found answer={answer} crest={crest} onJudged={(judged) => onJudged({ ...answer, query: judged.query })} />
    </section>
  );
}

function Find() {
  const [text, setText] = useState('');
  const [crops, setCrops] = useState(EMPTY);
  const [answer, setAnswer] = useState(null);
  const [error, setError] = useState('');
  const [waiting, setWaiting] = useState(false);
  const given = text.trim() !== '' || Object.values(crops).some(Boolean);
  const look = async () => {
    setWaiting(true);
    setError('');
    setAnswer(null);
    try {
      setAnswer({ ...await identify(text.trim(), crops), crest: crops.crest });
    } catch (problem) {
      setError(words(problem));
    }
    setWaiting(false);
  };
  return (
    <>
      <ControlGroup label="The uniform in plain words" labelPosition="top" help="Garment and color, tie, crest and what is on it, words that can be read, place, phase: whatever is known.">
        <TextArea
          rowsMin={2} rowsMax={8} value={text} spellCheck autoComplete="off" inputId="school-words"
          placeholder="navy blazer, gold lion on a shield, striped maroon and gold tie, says ‘aspire’, somewhere in Kent, secondary"
          onChange={(event, { value }) => setText(value)}
        />
      </ControlGroup>
      <h2 style={{ margin: '10px 0 2px', fontSize: 15 }}>Crops</h2>
      <p style={{ color: 'var(--mv-dim)' }}>A crop is compared and forgotten: nothing of it is stored. A photo stays in this browser: what you cut out of it is sent, or the whole of it if you say so.</p>
      <Crops crops={crops} onChange={(part, crop) => setCrops((before) => ({ ...before, [part]: crop }))} />
      <Button appearance="primary" label="Find the school" disabled={waiting || !given || text.length > MOST} onClick={look} />
      {text.length > MOST && <Failed text={`At most ${MOST} characters: leave out what tells nothing of the uniform.`} />}
      {waiting && <Waiting what="Comparing with the schools that your institution holds" />}
      {error && <Failed text={error} onAgain={look} />}
      {answer && <Answer answer={answer} crest={answer.crest} onJudged={setAnswer} />}
    </>
  );
}

function Schools() {
  const [tab, setTab] = useState('find');
  const { circumstances, change } = useCircumstances();
  const workplace = useWorkplace();
  return (
    <Frame title="Schools" help="schools" head={<CircumstancesBar circumstances={circumstances} change={change} workplace={workplace} />}>
      <Tabs label="Schools" tabs={TABS} chosen={tab} onChoose={setTab} />
      <main style={{ maxWidth: 1200 }}>
        <div hidden={tab !== 'find'}><Find /></div>
        {tab === 'asked' && <Asked />}
        {tab === 'held' && <Held />}
      </main>
    </Frame>
  );
}

mountInView(<Schools />, 'minerva-schools');
