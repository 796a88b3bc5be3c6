// Images: a picture looked up by its hashes, matches to review, and banks of hashes. No picture is stored or shown to others.
import React, { useState } from 'react';
import Banks from '../images/banks.jsx';
import LookUp from '../images/look_up.jsx';
import Review from '../images/review.jsx';
import CircumstancesBar, { useCircumstances } from '../investigate/circumstances.jsx';
import useWorkplace from '../investigate/use_workplace.js';
import { mountInView } from '../mount.jsx';
import Frame, { Tabs } from '../parts/frame.jsx';

const TABS = { look_up: 'Look up', review: 'Review', banks: 'Banks' };

/** The tab that the address names. */
function addressed() {
  const name = new URLSearchParams(window.location.search).get('v') || '';
  return Object.hasOwn(TABS, name) ? name : 'look_up';
}

function Images() {
  const { circumstances, change } = useCircumstances();
  const workplace = useWorkplace();
  const [tab, setTab] = useState(addressed);
  const choose = (name) => {
    window.history.replaceState({}, '', `?v=${name}`);
    setTab(name);
  };
  return (
    <Frame title="Images" help="images">
      <main>
        <div style={{ marginTop: 10 }}><CircumstancesBar circumstances={circumstances} change={change} workplace={workplace} /></div>
        <Tabs label="Images" tabs={TABS} chosen={tab} onChoose={choose} />
        {tab === 'look_up' && <LookUp />}
        {tab === 'review' && <Review />}
        {tab === 'banks' && <Banks />}
      </main>
    </Frame>
  );
}

mountInView(<Images />, 'minerva-images');
