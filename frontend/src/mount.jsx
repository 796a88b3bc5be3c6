// Puts a page into the shell that understudy/web serves: one theme, one root, one sentence when the page itself breaks.
import React from 'react';
import { createRoot } from 'react-dom/client';
import SplunkThemeProvider from '@splunk/themes/SplunkThemeProvider';
import Message from '@splunk/react-ui/Message';

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

/** Renders the page into the shell's #page element, which the server has placed inside <main>. */
export default function mount(page) {
  createRoot(document.getElementById('page')).render(
    <SplunkThemeProvider family="enterprise" colorScheme="light" density="comfortable">
      <PageBoundary>{page}</PageBoundary>
    </SplunkThemeProvider>,
  );
}
