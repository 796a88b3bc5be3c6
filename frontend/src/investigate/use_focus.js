// Where the keyboard goes on when what it stood on has left the page, and between a row and what it opened.
import { useEffect, useRef } from 'react';

const SELECTED_TAB = '[role=tablist] [aria-selected=true]';
const CHOSEN_ROW = 'main tr[aria-selected=true]';

function isLost() {
  return !document.activeElement || document.activeElement === document.body;
}

/**
 * {inspector, onKeyDown} for the element that shows what is selected: a row or link that was opened by a key leads into
 * it, Escape back to the row. view changes with what is shown, selected with what is chosen in it.
 */
export default function useFocus(view, selected) {
  const inspector = useRef(null);
  const byKey = useRef(false);
  const before = useRef({ view, selected });
  useEffect(() => {
    const pressed = (event) => { byKey.current = event.key === 'Enter' || event.key === ' '; };
    const clicked = () => { byKey.current = false; };
    window.addEventListener('keydown', pressed, true);
    window.addEventListener('pointerdown', clicked, true);
    return () => {
      window.removeEventListener('keydown', pressed, true);
      window.removeEventListener('pointerdown', clicked, true);
    };
  }, []);
  useEffect(() => {
    const was = before.current;
    before.current = { view, selected };
    if (was.view !== view) {
      if (isLost()) document.querySelector(SELECTED_TAB)?.focus();
    } else if (was.selected !== selected && byKey.current && (isLost() || document.activeElement.closest('main tr, aside'))) {
      inspector.current?.focus();
    }
  }, [view, selected]);
  const onKeyDown = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    (document.querySelector(CHOSEN_ROW) || document.querySelector(SELECTED_TAB))?.focus();
  };
  return { inspector, onKeyDown };
}
