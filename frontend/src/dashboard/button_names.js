// Gives a name to the icon buttons of panels (their messages), which Splunk's components leave without one.

const UNNAMED = 'button[data-test="clickable"]:not([aria-label])';

function nameButtons(root) {
  for (const button of root.querySelectorAll(UNNAMED)) {
    if (button.textContent.trim() === '') button.setAttribute('aria-label', 'Messages of this panel');
  }
}

/** Names the buttons inside an element, now and whenever it changes; returns what ends this. */
export default function keepButtonsNamed(root) {
  nameButtons(root);
  const observer = new MutationObserver(() => nameButtons(root));
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
