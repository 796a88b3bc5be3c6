// Asks before a dashboard's link leaves this server: the whole address is shown, nothing is opened unseen.
import React from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';

/** link: {href, host} of links.js, or null for no question. */
export default function LeaveQuestion({ link, onEnd }) {
  const leave = () => {
    window.open(link.href, '_blank', 'noopener,noreferrer');
    onEnd();
  };
  return (
    <Modal open={link !== null} onRequestClose={onEnd} style={{ width: 560 }} returnFocus={() => document.getElementById('page')}>
      <Modal.Header title={`Open ${link?.host || ''}?`} />
      <Modal.Body>
        <p>This link leads to another host, with what this address holds:</p>
        <p className="leave-address">{link?.href}</p>
      </Modal.Body>
      <Modal.Footer>
        <Button appearance="secondary" label="Stay here" onClick={onEnd} />
        <Button appearance="primary" label="Open in a new tab" onClick={leave} />
      </Modal.Footer>
    </Modal>
  );
}
