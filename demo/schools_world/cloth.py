"""Cloth: weaves of garments, ties with their stripes, and how a crest looks sewn, woven or printed on them."""

from __future__ import annotations

import cv2
import numpy as np

from demo.schools_world.palette import NAMES, Pixels, bgr
from demo.schools_world.school import School, Tie


def soft(draw: np.random.Generator, high: int, wide: int, reach: float, most: float) -> Pixels:
    """Soft random hills, about `reach` pixels wide."""
    cells = max(2, round(max(high, wide) / reach)) + 3
    coarse = draw.standard_normal((cells, cells), np.float32)
    hills: Pixels = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC) * np.float32(most)
    return hills


def weave(draw: np.random.Generator, school: School, high: int, wide: int, color: Pixels) -> Pixels:
    """A blazer's twill or a jumper's stitches."""
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    if school.garment == "blazer":
        lines = np.sin((x + y) * 1.3) * 0.035 + np.sin((x - y) * 2.1) * 0.02
    else:
        lines = np.sin(x * 0.9) * np.sin(y * 0.55 + np.sin(x * 0.9) * 1.2) * 0.07
    grain = draw.standard_normal((high, wide), np.float32) * 0.05
    cloth: Pixels = color.astype(np.float32) * (1 + (lines + grain)[..., None]) + grain[..., None] * 20
    return cloth


def tie_cloth(tie: Tie, high: int, wide: int) -> Pixels:
    """A straight piece of the tie's cloth."""
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    along = (y + (x if tie.left else -x) * 0.9) / wide / (tie.period * 2.2)
    place = along - np.floor(along)
    cloth = np.empty((high, wide, 3), np.float32)
    cloth[:] = bgr(tie.base)
    start = 0.05
    for color, width in tie.stripes:
        cloth[(place >= start) & (place < start + width * 0.8)] = bgr(color)
        start += width * 0.8 + 0.06
        if start > 0.95:
            break
    return cloth


def sewn(draw: np.random.Generator, crest: Pixels) -> tuple[Pixels, Pixels]:
    """A crest as embroidery, woven patch or print: its colors and its cover."""
    cover: Pixels = crest[..., 3:].astype(np.float32) / 255
    thread: Pixels = crest[..., :3].astype(np.float32)
    kind = draw.choice(("sewn", "woven", "print"), p=(0.5, 0.25, 0.25))
    tone = (crest[..., :3] // 48).astype(np.int32).sum(-1)
    shift = draw.normal(0, 16, (16, 3)).astype(np.float32)
    thread = thread + cv2.blur(shift[np.clip(tone, 0, 15)], (3, 3))
    if kind == "print":
        return thread, cover
    thread = cv2.GaussianBlur(
        thread, (0, 0), float(draw.uniform(0.8, 2.2) if kind == "sewn" else draw.uniform(0.5, 1.2))
    )
    gray = cv2.cvtColor(np.clip(thread, 0, 255).astype(np.uint8), cv2.COLOR_BGR2GRAY).astype(np.float32)
    y, x = np.mgrid[0 : gray.shape[0], 0 : gray.shape[1]].astype(np.float32)
    turn = float(draw.uniform(0, np.pi))
    one, two = (np.sin((x * np.cos(a) + y * np.sin(a)) * 2.2) for a in (np.float32(turn), np.float32(turn + 1.2)))
    stitches = np.where(gray > 110, one, two)
    thread = thread * (1 + stitches[..., None] * float(draw.uniform(0.04, 0.13)))
    thread = thread + np.clip(cv2.Sobel(gray, cv2.CV_32F, 1, 1, ksize=3), -40, 40)[..., None] * 0.25
    cover = np.clip(cv2.GaussianBlur(cover, (0, 0), 1.0), 0, 1)[..., None]
    if kind == "woven" and draw.random() < 0.3:
        patch: Pixels = cv2.dilate((cover[..., 0] > 0.5).astype(np.uint8), np.ones((9, 9), np.uint8)).astype(np.float32)
        ground = np.array(bgr(NAMES[int(draw.integers(len(NAMES)))]), np.float32)
        thread = thread * cover + ground * (1 - cover)
        cover = cv2.GaussianBlur(patch, (0, 0), 1.0)[..., None]
    return thread, cover
