// The way from a source to how its runs ended: the page of the app, with this source chosen.
import React from 'react';
import { viewPath } from '../place.js';

export default function HealthLink({ id, words }) {
  return <a href={viewPath('minerva_app', 'source_health', { 'form.source': id })}>{words}</a>;
}
