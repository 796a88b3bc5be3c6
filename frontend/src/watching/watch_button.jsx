// Watch, where something stands by itself; targets as in WatchDialog.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import WatchDialog from './watch_dialog.jsx';

export default function WatchButton({ targets, label = 'Watch' }) {
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState('');
  return (
    <p style={{ margin: '8px 0' }}>
      <Button label={label} onClick={() => setOpen(true)} />
      {told && <span role="status" style={{ marginLeft: 8, color: 'var(--mv-good)' }}>{told}</span>}
      {open && <WatchDialog targets={targets} onClose={(done) => { setOpen(false); setTold(done); }} />}
    </p>
  );
}
