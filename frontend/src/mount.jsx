// Puts a page into the place that is there for it: one theme, one root, one sentence when the page itself breaks.
import React from 'react';
import { createRoot } from 'react-dom/client';
import SplunkThemeProvider from '@splunk/themes/SplunkThemeProvider';
import Message from '@splunk/react-ui/Message';
import leaveAtSessionEnd from './leave_at_session_end.js';
import LoginAgain from './login_again.jsx';
import useScheme, { SchemeContext } from './parts/scheme.js';

/** Shows the error of a page that could not be drawn, in place of an empty window. */
class PageBoundary extends React.Component {
  constructor(props) {
    super(props);
    this.state = { error: null };
  }

  static getDerivedStateFromError(error) {
    return { error };
  }

  render() {
    if (this.state.error === null) return this.props.children;
    return <Message appearance="fill" type="error">This page could not be drawn: {String(this.state.error.message)}</Message>;
  }
}

/** A page in the colors that its user wants. */
function Themed({ children }) {
  const scheme = useScheme();
  return (
    <SplunkThemeProvider family="enterprise" colorScheme={scheme} density="comfortable">
      <SchemeContext.Provider value={scheme}>
        <PageBoundary>{children}</PageBoundary>
      </SchemeContext.Provider>
    </SplunkThemeProvider>
  );
}

function draw(page, place) {
  createRoot(place).render(<Themed>{page}</Themed>);
}

/** Renders the page into the shell's #page element, which the server has placed inside <main>. */
export default function mount(page) {
  leaveAtSessionEnd();
  draw(page, document.getElementById('page'));
}

/** Renders a page of an app into the element its view names, now or as soon as the view has drawn it. */
export function mountInView(page, id) {
  const whole = <><LoginAgain />{page}</>;
  const place = document.getElementById(id);
  if (place) {
    draw(whole, place);
    return;
  }
  const observer = new MutationObserver(() => {
    const late = document.getElementById(id);
    if (late === null) return;
    observer.disconnect();
    draw(whole, late);
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
