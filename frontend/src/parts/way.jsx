// A link to what is shown in this page by a click, and in a tab of its own by a middle click, the menu or Ctrl.
import React from 'react';

/** Whether a click asks for this page: with another button or key the browser opens a tab of its own. */
export function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** href: its address, which holds opaque ids alone; onGo() shows it here. */
export default function Way({ href, onGo, children, ...handed }) {
  const click = (event) => {
    event.stopPropagation();
    if (!isPlain(event)) return;
    event.preventDefault();
    onGo();
  };
  return <a className="mv-link" {...handed} href={href} onClick={click}>{children}</a>;
}
