// The sign of copying, drawn: fonts of many machines lack the character.
import React from 'react';

export default function CopySign({ done }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={{ verticalAlign: '-1px' }} fill="none" stroke="currentColor" strokeWidth="1.2">
      {done ? <path d="M2 6.5 5 9.5 10.5 3" /> : <path d="M4 4h6.5v6.5H4zM1.5 8V1.5H8" />}
    </svg>
  );
}
