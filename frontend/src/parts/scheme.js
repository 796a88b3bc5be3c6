// Light or dark as the user wants it: what Splunk Web says of the user, else what the system says.
import { createContext, useEffect, useState } from 'react';

/** The scheme of the page, for what is drawn in it. */
export const SchemeContext = createContext('light');
const DARK = '(prefers-color-scheme: dark)';

/** 'light' or 'dark', and again whenever the user changes it. */
export default function useScheme() {
  const [scheme, setScheme] = useState(() => (window.matchMedia(DARK).matches ? 'dark' : 'light'));
  useEffect(() => {
    let alive = true;
    const media = window.matchMedia(DARK);
    const follow = () => setScheme(media.matches ? 'dark' : 'light');
    media.addEventListener('change', follow);
    const splunk = window.__get_theme__;
    if (splunk) {
      splunk.getTheme().then((theme) => {
        if (alive && (theme === 'dark' || theme === 'light')) {
          media.removeEventListener('change', follow);
          setScheme(theme);
        }
      }).catch(() => {});
    }
    return () => {
      alive = false;
      media.removeEventListener('change', follow);
    };
  }, []);
  useEffect(() => {
    document.documentElement.dataset.mvScheme = scheme; // of the whole document, as dialogs lie outside of the page
  }, [scheme]);
  return scheme;
}
