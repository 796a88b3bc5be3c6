// Pictures of own records that are near something in a bank, for somebody to say whether that is true.
import React, { useCallback, useEffect, useState } from 'react';
import Switch from '@splunk/react-ui/Switch';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import { Failed, Nothing, Partial, Waiting } from '../parts/states.jsx';
import Matches from './matches.jsx';

export default function Review() {
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const [all, setAll] = useState(false);
  const load = useCallback(() => {
    setError('');
    operate('image_review', { reviewed: all }).then(setFound).catch((problem) => setError(words(problem)));
  }, [all]);
  useEffect(() => { load(); }, [load]);
  return (
    <>
      <p>A match is a lead: look at the record before anything follows from it. What you say counts for the precision of the bank.</p>
      <Switch selected={all} appearance="checkbox" value="all" onClick={() => setAll((before) => !before)}>Matches that were judged, too</Switch>
      {error && <Failed text={error} onAgain={load} />}
      {!found && !error && <Waiting what="Looking the pictures of your records up" />}
      {found?.left_out > 0 && <Partial>{found.left_out.toLocaleString('en')} pictures of your records were left out: look them up with minervaimagematch in a search.</Partial>}
      {found && found.matches.length === 0 && (
        <Nothing title="Nothing waits for review" next={['Import a list of hashes under Banks.', 'Look one picture up.', 'Show the matches that were judged, too.']}>
          <p>
            {found.banks === 0
              ? `None of the ${found.pictures.toLocaleString('en')} pictures of your records was looked up: your institution has no bank with a hash in it.`
              : `${found.pictures.toLocaleString('en')} pictures of your records were looked up in ${found.banks === 1 ? 'one bank' : `${found.banks} banks`}.`}
          </p>
        </Nothing>
      )}
      {found && found.matches.length > 0 && <Matches label="Matches to review" matches={found.matches} withEntities onChange={(matches) => setFound({ ...found, matches })} />}
    </>
  );
}
