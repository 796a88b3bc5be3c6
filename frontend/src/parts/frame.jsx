// The frame of every page: its colors, width, heading, help and tabs; what a page shows stands inside it.
import React, { useContext } from 'react';
import ScreenReaderContent from '@splunk/react-ui/ScreenReaderContent';
import styled from 'styled-components';
import Help from './help.jsx';
import { KINDS, Palette } from './palette.js';
import { SchemeContext } from './scheme.js';

const Page = styled.div`padding: 16px 20px; min-height: 100vh; background: var(--mv-ground);`;
const Head = styled.div`display: flex; gap: 16px; align-items: baseline; justify-content: space-between; margin-bottom: 6px;`;
const Row = styled.div`
  display: flex; flex-wrap: wrap; gap: 4px; margin: 12px 0 10px; border-bottom: 1px solid var(--mv-line);
  button { padding: 7px 12px; border: 0; border-bottom: 3px solid transparent; background: none; color: var(--mv-ink); font: inherit; cursor: pointer; }
  button[aria-selected='true'] { border-bottom-color: var(--mv-accent); font-weight: 600; }
`;

/** Colors of kinds as CSS variables, for chips. */
function kindVariables(scheme) {
  return Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [`--mv-kind-${name}`, kind[scheme]]));
}

/** title: the page's heading, unseen where `head` stands in its place; help: which help it opens (help.jsx). */
export default function Frame({ title, head, help, children }) {
  const scheme = useContext(SchemeContext);
  return (
    <Page className="mv" data-scheme={scheme} style={kindVariables(scheme)}>
      <Palette />
      <Head>
        {head ? <ScreenReaderContent><h1>{title}</h1></ScreenReaderContent> : <h1>{title}</h1>}
        {head}
        <Help page={help} />
      </Head>
      {children}
    </Page>
  );
}

/** tabs: {name: title}; one is chosen, arrows go from one to the next: onChoose(name, byKey). */
export function Tabs({ label, tabs, chosen, onChoose }) {
  const names = Object.keys(tabs);
  const keyDown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = names[(names.indexOf(chosen) + step + names.length) % names.length];
    onChoose(next, true);
    event.currentTarget.querySelector(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <Row role="tablist" aria-label={label} onKeyDown={keyDown}>
      {names.map((name) => (
        <button key={name} type="button" role="tab" data-tab={name} aria-selected={chosen === name} tabIndex={chosen === name ? 0 : -1} onClick={() => onChoose(name, false)}>
          {tabs[name]}
        </button>
      ))}
    </Row>
  );
}
