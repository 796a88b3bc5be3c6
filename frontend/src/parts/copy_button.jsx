// A button that puts a text on the clipboard, and a check mark once it has.
import React, { useState } from 'react';

/** False where the browser does not let a page do so. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** `as`: the button to draw, a plain one else; label names it for those who do not see it. */
export default function CopyButton({ text, label, title = 'Copy', as: Shown = 'button', ...more }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    setDone(await copied(text));
    window.setTimeout(() => setDone(false), 1500);
  };
  return (
    <Shown type="button" onClick={copy} aria-label={label} title={title} {...more}>
      {/* drawn, as fonts of many machines lack the sign */}
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={{ verticalAlign: '-1px' }} fill="none" stroke="currentColor" strokeWidth="1.2">
        {done ? <path d="M2 6.5 5 9.5 10.5 3" /> : <path d="M4 4h6.5v6.5H4zM1.5 8V1.5H8" />}
      </svg>
    </Shown>
  );
}
