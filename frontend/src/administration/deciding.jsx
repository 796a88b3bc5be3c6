// Yes or no to what another proposed, and the taking back of what one proposed oneself.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Deed from '../parts/deed.jsx';
import { administer } from './asking.js';

/** Yes or no to a proposal; who has agreed already, or made it, is offered what is left to do. */
export default function Deciding({ row, onApprove, approve = 'Approve…', onDone }) {
  const [asking, setAsking] = useState(false);
  const me = window.$C.USERNAME;
  const isOwn = row.author === me;
  const label = isOwn ? 'Withdraw' : 'Refuse';
  const close = (done) => {
    setAsking(false);
    if (done) onDone();
  };
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6, alignItems: 'center' }}>
      {row.approved_by.includes(me) && <span>You agreed.</span>}
      {!isOwn && !row.approved_by.includes(me) && <Button label={approve} onClick={onApprove} />}
      <Button label={`${label}…`} onClick={() => setAsking(true)} />
      {asking && (
        <Deed
          title={`${label} what was proposed?`} label={label} whyLabel={isOwn ? '' : 'Why you refuse'} destructive onClose={close}
          run={({ why }) => administer('refuse', { proposal_id: row.proposal_id, ...(isOwn ? {} : { why }) })}
        >
          <p>{isOwn ? 'It leaves the list; nothing of it happens.' : `Nothing of it happens, and a notice tells ${row.author} your reason. It can be proposed again.`}</p>
        </Deed>
      )}
    </span>
  );
}
