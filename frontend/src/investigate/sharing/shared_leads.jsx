// Leads of other institutions that hold something of what was asked: they are no entities of one's own.
import React, { useEffect, useMemo, useState } from 'react';
import styled from 'styled-components';
import { readable } from '../../parts/palette.js';
import { day } from '../../parts/times.js';
import { app, viewPath } from '../../place.js';
import { operate } from '../asking.js';

const Lead = styled.div`margin-bottom: 10px; padding: 10px 14px; border: 1px solid var(--mv-line); border-left: 4px solid var(--mv-good); border-radius: 6px; background: var(--mv-paper);`;
const NONE = [];

/** [{item, held}]: what others share that holds some of what was asked; none while purpose and case are not stated. */
export function useSharedHits(understood, off, isReady) {
  const [items, setItems] = useState(NONE);
  useEffect(() => {
    if (!isReady) return undefined;
    let alive = true;
    operate('shared', { limit: 1000 }).then((found) => { if (alive) setItems(found.items); }).catch(() => {});
    return () => { alive = false; };
  }, [isReady]);
  return useMemo(() => {
    const asked = new Set((understood?.identifiers || []).map(({ identifier }) => identifier).filter((name) => !off.has(name)));
    return (isReady ? items : NONE).map((item) => ({ item, held: (item.content.identifiers || []).filter((name) => asked.has(name)) }))
      .filter(({ held }) => held.length > 0);
  }, [items, understood, off, isReady]);
}

export default function SharedLeads({ hits }) {
  return hits.map(({ item, held }) => (
    <Lead key={item.share_id} data-test="shared-lead">
      <b>Shared with you by {item.owner}</b>: a lead of {day(item.released)} holds {held.map(readable).join(', ')}.{' '}
      <a href={viewPath(app, 'shared')}>See it under Shared</a>
    </Lead>
  ));
}
