// The help of a page: what it is for, what can be done and with which keys. It opens beside the page, by click or `?`.
import React, { useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';

const PAGES = {
  overview: {
    title: 'Overview',
    lines: [
      'What has come in, from which sources, and what was linked: all of it in the time range chosen above, entities over all time.',
      'A row of the largest entities opens the entity in Investigate; so does a record. An identifier shows the records that hold it, in the panel beside it.',
      'Alerts are what came of the watch list. Put things on it in Investigate, where they stand.',
      'What too many records share joins nobody: the last panel says how many pairs were left out for it.',
      'A result is a lead, not a verdict: check it against the sources before acting.',
    ],
  },
  movement: {
    title: 'Movement',
    lines: [
      'Where the records of an entity were, in order of time. Records of one town one after the other are one visit.',
      'A next town is a share of chance, made of what followed the last towns and how often each was visited; few moves show little, and the reason says so.',
      'Words for a chance are those of Intelligence Community Directive 203: likely is 55 to 80 of 100, very unlikely 5 to 20.',
      'A leg that nobody can have traveled in its time is marked: two people, or records written ahead.',
      'The map needs no connection to anywhere; what it shows stands in the tables too.',
      'A town is where a record says that it is from, and its time when it was published or read. A result is a lead, not a verdict.',
    ],
  },
  policy_figures: {
    title: 'Policy figures',
    lines: [
      'What institutions released for counting, as published once a week: by month, sector, kind of record and town.',
      'Fewer than eleven entities are left out and each figure holds noise: compare figures, do not add them up, and read no difference of less than some tens.',
      'A sector is the sum of its kinds of records. More records may mean more reading, not more crime.',
      'One institution may stand behind most of a figure. No growth from week to week is published: compare months of one publication.',
      'Your own releases alone show nothing here: a table counts where enough of it is others\'.',
    ],
  },
  sources: {
    title: 'Sources',
    lines: [
      'A source is facts alone: where it is read, what its columns mean, whose it is and what may be done with it. It is read as soon as it is saved.',
      'Paste, upload or fetch a sample. It stays in this page and is not kept: close the page and it is gone.',
      'What a column seems to be is a guess. What becomes of it is your choice; run it against the sample before you save.',
      'Each save is a version; an earlier one can be brought back. Inputs read the newest from their next run on.',
      'An export holds the facts and no sample. It fits the repository, and local/ of another installation.',
    ],
  },
  investigate: {
    title: 'Investigate',
    lines: [
      'Paste a number, a name, an address, a whole ad or a list. What was read in it stands below the box: take a part out, or put a doubtful one in.',
      'A card is an entity: records that stand together for the reasons it names. Open it to see every reason, the weakest first, and judge it.',
      'Graph, Timeline, Map and Records show the same records. What is chosen in one stands at the right.',
      'Purpose and case number stand in the audit with every question. State both before you read what others share.',
      'Watch puts an identifier, an entity, a town, a postcode or a circle on the watch list. Its alerts stand on the first page.',
      'A result is a lead, not a verdict: check it against the sources before acting.',
    ],
    keys: { '/': 'to the box', Enter: 'asks; on a row, goes to what it opened', Escape: 'back to the row', 'Arrow keys': 'from point to point in the graph', '+ and −': 'nearer and farther in the graph' },
  },
  business_risk: {
    title: 'Business risk',
    lines: [
      'Where to look first in a trade: each business with its points, the reasons behind them, and what could not be looked at.',
      'A score is not evidence by itself. Open it, read each reason and its records, and see how the sign misleads.',
      'What is missing adds nothing and clears nobody: it is shown as missing, with the points it would add.',
      'Ethnicity, nationality, language, names’ origin, age and looks are never read.',
      'When an investigation has ended, say what it found. A label changes no score.',
      'Scores are made once a night from your institution’s own linked records; nobody else sees them.',
    ],
  },
  screening: {
    title: 'Screening gaps',
    lines: [
      'Of a chain of businesses: which step of its screening would have caught which known bad outcome, and what is missing at each location today.',
      'The file is JSON: policy (steps, what each finds, how often), locations, staff, results (clear, flag or no answer), outcomes with what was on record before them.',
      'A step with in_policy false is one that the chain does not have: the report says what it would have caught.',
      'Staff keys may be hashed on this computer; no output holds one. Locations of fewer than five staff are not described.',
      'It scores nobody, and what is not known is not in it. A row that cannot be read is left out and named by its place.',
    ],
  },
  cases: {
    title: 'Cases',
    lines: [
      'A case holds what belongs together: pinned entities, records and joins, notes, hypotheses and tasks.',
      'Its readers are every analyst of your institution, or its members alone. Administrators and other institutions read none.',
      'An export holds a manifest with the hash of each file and says what was withheld. It counts as an export in the audit.',
      'Import takes a partner’s STIX, FollowTheMoney, CSV or XLSX in as leads, after showing what it holds. They become no records of yours.',
      'A closed case is deleted five years after its last change.',
    ],
  },
  shared: {
    title: 'Shared',
    lines: [
      'With us: leads of other institutions, with what may be done with them. Reading them takes a purpose and a case number.',
      'By us: what your institution shares and has proposed. A recall ends reading at once; a copy that was taken out cannot be called back.',
      'Requests: a blind question met something. Contact desks are told only when both sides accept.',
    ],
  },
  images: {
    title: 'Images',
    lines: [
      'Choose, drop or paste one picture. The server opens it in a process of its own, hashes it and forgets it; nobody else sees it.',
      'It is looked up in your banks and in the pictures of your own records, with its mirrored, turned and trimmed forms.',
      'A match says that two files show the same picture, edited or not. It says nothing of who is in it or who posted it.',
      'Review holds pictures of your records that are near something in a bank. Say true, false or seen: the precision of the bank counts it.',
      'A bank holds hashes, never pictures. Its class says who reads it; its thresholds are its own.',
      'No match does not mean that a picture is new: large crops and screenshots are mostly missed.',
    ],
  },
  schools: {
    title: 'Schools',
    lines: [
      'Say what is seen of a uniform, in any order, or give crops of crest, tie and garment: the likeliest schools come with their reasons.',
      'What you say is weighed and never excludes a school. What is not said counts nothing.',
      'Open a photo here and draw a box around each part. The photo stays in your browser; a crop is compared and forgotten.',
      'A question keeps its words and what was found, for analysts of your institution, half a year. No picture is kept.',
      'A match is a lead, not a verdict: look at the school’s own page first.',
    ],
    keys: { 'Arrow keys': 'move the box on a photo', 'Shift and arrows': 'change its size' },
  },
  found_in_text: {
    title: 'What a text holds',
    lines: [
      'Phones, e-mail addresses, user names, wallets and more are found in a text, each with its reason and how sure the reading is.',
      'The text is not stored, logged or linked. Choose a find to see who else uses it.',
    ],
  },
  administration: {
    title: 'Administration',
    lines: [
      'People, approvals, sharing, tokens, limits and the audit of your institution. Nothing here shows another institution’s data.',
      'Roles are given in Splunk: this page says who holds which.',
    ],
  },
};

/** Which help an address asks for: dashboards, which hold no part of ours, link to #help-<page>. */
function addressed() {
  const [, name] = /^#help-(\w+)$/.exec(window.location.hash) || [];
  return Object.hasOwn(PAGES, name || '') ? name : '';
}

/** page: one of PAGES. */
export default function Help({ page: own }) {
  const [open, setOpen] = useState(addressed() !== '');
  const [page, setPage] = useState(addressed() || own);
  useEffect(() => {
    const ask = (event) => {
      const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey;
      if (event.key !== '?' || typing) return;
      setPage(own);
      setOpen(true);
    };
    window.addEventListener('keydown', ask);
    return () => window.removeEventListener('keydown', ask);
  }, [own]);
  const button = useRef(null);
  const close = () => {
    setOpen(false);
    window.setTimeout(() => button.current?.focus(), 300); // once the dialog has gone, which takes the focus with it
  };
  const { title, lines, keys = {} } = PAGES[page];
  return (
    <>
      <button ref={button} type="button" className="mv-link" style={{ whiteSpace: 'nowrap' }} onClick={() => { setPage(own); setOpen(true); }} title="Help of this page (?)">Help</button>
      {open && (
        <Modal open onRequestClose={close} style={{ width: 560 }}>
          <Modal.Header title={`${title}: help`} onRequestClose={close} />
          <Modal.Body>
            <ul style={{ margin: 0, paddingLeft: 18 }}>{lines.map((line) => <li key={line} style={{ marginBottom: 8 }}>{line}</li>)}</ul>
            {Object.keys(keys).length > 0 && (
              <p>{Object.entries({ ...keys, '?': 'this help' }).map(([key, does]) => <React.Fragment key={key}><kbd>{key}</kbd> {does}<br /></React.Fragment>)}</p>
            )}
          </Modal.Body>
          <Modal.Footer><Button appearance="primary" label="Close" onClick={close} /></Modal.Footer>
        </Modal>
      )}
    </>
  );
}
