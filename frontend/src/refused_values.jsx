// Says which names of the address were not used, and why.
import React from 'react';
import Message from '@splunk/react-ui/Message';

export default function RefusedValues({ names }) {
  if (names.length === 0) return null;
  return (
    <Message appearance="fill" type="info">
      The address held values that do not belong in an address ({names.join(', ')}). They were not used: type them in.
    </Message>
  );
}
