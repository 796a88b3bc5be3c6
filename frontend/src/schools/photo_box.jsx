// A photo in the analyst's own browser, on which a box is drawn around a crest, a tie or a piece of the garment. Only
// what lies in the box is taken; the photo itself is sent nowhere.
import React, { useEffect, useRef, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import styled from 'styled-components';
import { PARTS, cut } from './asking.js';

const Holder = styled.div`
  position: relative; width: fit-content; max-width: 100%; touch-action: none; cursor: crosshair; border: 1px solid var(--mv-line);
  img { display: block; max-width: 100%; max-height: 460px; user-select: none; }
`;
const Box = styled.div`position: absolute; border: 2px solid #ffffff; outline: 2px solid #4a3fa8; pointer-events: none;`;
const STEP = 0.02;
const START = { left: 0.35, top: 0.35, width: 0.3, height: 0.3 };

function within({ left, top, width, height }) {
  const w = Math.min(1, Math.max(0.02, width));
  const h = Math.min(1, Math.max(0.02, height));
  return { width: w, height: h, left: Math.min(1 - w, Math.max(0, left)), top: Math.min(1 - h, Math.max(0, top)) };
}

/** The box after a key: arrows move it, with Shift they change its size. */
function afterKey(box, { key, shiftKey }) {
  const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const change = shiftKey ? { width: box.width + across * STEP, height: box.height + down * STEP } : { left: box.left + across * STEP, top: box.top + down * STEP };
  return within({ ...box, ...change });
}

/** image: an element that is loaded; onTake(part, data address). */
export default function PhotoBox({ image, onTake, onClose }) {
  const holder = useRef(null);
  const [box, setBox] = useState(START);
  const from = useRef(null);
  useEffect(() => { holder.current?.focus(); }, [image]);

  const place = (event) => {
    const { left, top, width, height } = holder.current.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  };
  const down = (event) => {
    from.current = place(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event) => {
    if (!from.current) return;
    const [x, y] = place(event);
    const [startX, startY] = from.current;
    setBox(within({ left: Math.min(x, startX), top: Math.min(y, startY), width: Math.abs(x - startX), height: Math.abs(y - startY) }));
  };
  const keyDown = (event) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    setBox((before) => afterKey(before, event));
  };
  const take = (part) => {
    const { naturalWidth: w, naturalHeight: h } = image;
    onTake(part, cut(image, { x: box.left * w, y: box.top * h, width: box.width * w, height: box.height * h }));
  };
  return (
    <section aria-label="Photo">
      <p style={{ color: 'var(--mv-dim)' }}>Draw a box, or move it with the arrow keys and change its size with Shift and arrows. Take one for each part that is seen.</p>
      <Holder
        ref={holder} role="application" aria-label="Photo with a box: arrows move it, Shift and arrows change its size" tabIndex={0}
        data-test="photo" onPointerDown={down} onPointerMove={move} onPointerUp={() => { from.current = null; }} onKeyDown={keyDown}
      >
        <img src={image.src} alt="The photo that you opened" draggable={false} />
        <Box style={Object.fromEntries(Object.entries(box).map(([side, share]) => [side, `${share * 100}%`]))} />
      </Holder>
      <p style={{ display: 'flex', gap: 8, marginTop: 8, flexWrap: 'wrap' }}>
        {Object.entries(PARTS).map(([part, title]) => <Button key={part} label={`Take as ${title.toLowerCase()}`} onClick={() => take(part)} />)}
        <Button appearance="subtle" label="Look through the whole photo" onClick={() => onTake('photo', cut(image))} />
        <Button appearance="subtle" label="Close the photo" onClick={onClose} />
      </p>
    </section>
  );
}
