"""Query photos: a torso in a school's uniform, without head or skin, as a phone takes it; and what an analyst cuts out.

Nothing is beautified: some photos are too dark or too small for anybody to read the crest.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from demo.schools_world.charges import Charges
from demo.schools_world.cloth import sewn, soft, tie_cloth, weave
from demo.schools_world.crest import SIDE, draw_crest
from demo.schools_world.palette import Pixels, bgr
from demo.schools_world.school import School

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
SMALLEST, LARGEST = 30.0, 200.0
_WIDE, _HIGH = 4.5, 5.0
"""Sides of the picture, in crests."""


@dataclass(frozen=True)
class Photo:
    """A photo in blue, green and red; `hidden` is the share of the crest behind a strap, a sleeve or strands."""

    pixels: Pixels
    crest: Box
    tie: Box | None
    garment: Box
    size: float
    hidden: float
    night: bool


def take_photo(school: School, charges: Charges, draw: np.random.Generator) -> Photo:
    size = float(np.exp(draw.uniform(np.log(SMALLEST), np.log(LARGEST))))
    unit = float(np.clip(size * 1.2, 72, 200))
    wide, high = round(_WIDE * unit), round(_HIGH * unit)
    color = np.array(bgr(school.color), np.float32) + school.shade + draw.normal(0, 6, 3).astype(np.float32)
    cloth = weave(draw, school, high, wide, np.clip(color, 4, 255))
    folds = soft(draw, high, wide, 0.9 * unit, 0.16) + soft(draw, high, wide, 0.3 * unit, 0.05)
    cloth = cloth * (1 + folds[..., None])
    body = _body(high, wide)
    picture = _background(draw, high, wide) * (1 - body) + cloth * body
    picture, tie = _dressed(picture, cloth, school, draw)
    picture, corners = _with_crest(picture, school, charges, draw, unit, folds)
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    most = float(draw.uniform(0.005, 0.03)) * unit
    across, down = soft(draw, high, wide, 0.6 * unit, most), soft(draw, high, wide, 0.6 * unit, most)
    picture = cv2.remap(picture, x + across, y + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    hidden = 0.0
    if draw.random() < 0.5:
        picture, hidden = _hidden(picture, corners, draw, unit)
    night = bool(draw.random() < 0.12)
    picture = _lit(picture, corners, draw, unit, night)
    share = size / unit
    pixels = _shot(picture, share, size, draw)
    left, top = corners.min(0) * share
    right, bottom = corners.max(0) * share
    tall = bottom - top
    cut = min(float(bottom + 0.3 * tall), pixels.shape[0] - 12.0)
    garment = (left, cut, right, min(cut + 1.2 * tall, float(pixels.shape[0])))
    scaled = None if tie is None else (tie[0] * share, tie[1] * share, tie[2] * share, tie[3] * share)
    return Photo(pixels, (left, top, right, bottom), scaled, garment, size, hidden, night)


def analyst_cut(pixels: Pixels, box: Box, draw: np.random.Generator, loose: float = 0.12) -> Pixels:
    """What an analyst cuts out by hand: each side up to 1.5 times `loose` too wide, or a little too narrow."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    off = draw.uniform(-0.05, loose * 1.5, 4)
    x0, y0 = max(0, int(left - off[0] * wide)), max(0, int(top - off[1] * high))
    x1, y1 = int(right + off[2] * wide), int(bottom + off[3] * high)
    cut: Pixels = pixels[y0 : max(y1, y0 + 12), x0 : max(x1, x0 + 12)]
    return cut


def _background(draw: np.random.Generator, high: int, wide: int) -> Pixels:
    """A room or street out of focus: soft colors and some edges."""
    coarse = draw.integers(20, 235, (int(draw.integers(3, 9)), int(draw.integers(3, 9)), 3), dtype=np.uint8)
    room = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    for _ in range(int(draw.integers(3, 9))):
        corner = (int(draw.integers(wide)), int(draw.integers(high)))
        other = (int(draw.integers(wide)), int(draw.integers(high)))
        cv2.rectangle(room, corner, other, draw.uniform(10, 245, 3).tolist(), int(draw.integers(2, 12)))
    return cv2.GaussianBlur(room, (0, 0), float(draw.uniform(1, 5)))


def _body(high: int, wide: int) -> Pixels:
    outline = [(0.12, 1), (0.06, 0.25), (0.34, 0.05), (0.66, 0.05), (0.94, 0.25), (0.9, 1)]
    mask = np.zeros((high, wide), np.uint8)
    cv2.fillPoly(mask, [np.array([(int(wide * x), int(high * y)) for x, y in outline])], 255, cv2.LINE_AA)
    shown: Pixels = mask[..., None].astype(np.float32) / 255
    return shown


def _dressed(picture: Pixels, cloth: Pixels, school: School, draw: np.random.Generator) -> tuple[Pixels, Box | None]:
    """Shirt, tie and lapels; the box of the tie."""
    high, wide = picture.shape[:2]
    middle = int(wide * 0.47)
    end = int(high * draw.uniform(0.38, 0.62)) if school.garment == "blazer" else int(high * 0.26)
    opening = np.zeros((high, wide), np.uint8)
    corners = np.array([(int(wide * 0.35), int(high * 0.03)), (int(wide * 0.62), int(high * 0.03)), (middle, end)])
    cv2.fillPoly(opening, [corners], 255, cv2.LINE_AA)
    open_share = opening[..., None].astype(np.float32) / 255
    shade = 1 + soft(draw, high, wide, 0.45 * wide / _WIDE, 0.08)[..., None]
    picture = picture * (1 - open_share) + np.array(bgr(school.shirt), np.float32) * shade * open_share
    box: Box | None = None
    if school.tie is not None:
        half, top = int(wide * 0.085), int(high * 0.06)
        left, tall = middle - half, end - top
        shape = np.zeros((end, 2 * half), np.uint8)
        sides = [(0.75, 0), (1.25, 0), (1.75, 1), (0.25, 1)]
        cv2.fillPoly(shape, [np.array([(int(half * x), int(end * y)) for x, y in sides])], 255, cv2.LINE_AA)
        part = picture[top:end, left : left + 2 * half]
        share = shape[:tall, :, None].astype(np.float32) / 255 * open_share[top:end, left : left + 2 * half]
        lit = tie_cloth(school.tie, end, 2 * half)[:tall] * (1 + soft(draw, tall, 2 * half, half, 0.08)[..., None])
        part[:] = part * (1 - share) + lit * share
        box = (float(left), float(top), float(left + 2 * half), float(end))
    if school.garment == "blazer":
        for side in (-1, 1):
            edge = [
                (middle + side * int(wide * 0.13), int(high * 0.04)),
                (middle + side * int(wide * 0.24), int(high * 0.25)),
                (middle + side * int(wide * 0.15), int(high * 0.3)),
                (middle, end),
            ]
            lapel = np.zeros((high, wide), np.uint8)
            cv2.fillPoly(lapel, [np.array(edge)], 255)
            picture = np.where(lapel[..., None] > 0, cloth * np.float32(0.86), picture)
            cv2.polylines(picture, [np.array(edge)], True, (np.array(bgr(school.color)) * 0.6).tolist(), 2)
    return picture, box


def _with_crest(
    picture: Pixels, school: School, charges: Charges, draw: np.random.Generator, unit: float, folds: Pixels
) -> tuple[Pixels, Pixels]:
    high, wide = picture.shape[:2]
    thread, cover = sewn(draw, draw_crest(school, charges))
    x, y = wide * draw.uniform(0.66, 0.74), high * draw.uniform(0.44, 0.55)
    if school.garment == "blazer" and draw.random() < 0.8:
        start, end = (int(x - 0.75 * unit), int(y - 0.62 * unit)), (int(x + 0.75 * unit), int(y - 0.58 * unit))
        cv2.line(picture, start, end, (np.array(bgr(school.color)) * 0.55).tolist(), max(1, round(unit / 50)))
    yaw, pitch, roll = np.radians(draw.normal(0, (18, 12, 8)))
    flat = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)], float) * unit / 2
    turns = [
        np.array([(np.cos(roll), -np.sin(roll), 0), (np.sin(roll), np.cos(roll), 0), (0, 0, 1)]),
        np.array([(1, 0, 0), (0, np.cos(pitch), -np.sin(pitch)), (0, np.sin(pitch), np.cos(pitch))]),
        np.array([(np.cos(yaw), 0, np.sin(yaw)), (0, 1, 0), (-np.sin(yaw), 0, np.cos(yaw))]),
    ]
    solid = flat @ (turns[0] @ turns[1] @ turns[2]).T
    far = 4.5 * unit
    corners = (solid[:, :2] * (far / (far + solid[:, 2:])) + (x, y)).astype(np.float32)
    square = np.array([(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)], np.float32)
    warp = cv2.getPerspectiveTransform(square, corners)
    shown = cv2.warpPerspective(thread, warp, (wide, high), flags=cv2.INTER_AREA)
    share = cv2.warpPerspective(cover, warp, (wide, high), flags=cv2.INTER_LINEAR).reshape(high, wide, 1)
    drawn = _drawn_corners(cover, warp)
    done: Pixels = picture * (1 - share) + shown * (1 + folds[..., None]) * share
    return done, drawn


def _drawn_corners(cover: Pixels, warp: Pixels) -> Pixels:
    """Where the corners of what is drawn of the crest come to lie."""
    rows, columns = np.flatnonzero(cover.max((1, 2)) > 0.1), np.flatnonzero(cover.max((0, 2)) > 0.1)
    x0, x1, y0, y1 = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    box = np.array([[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]], np.float32)
    corners: Pixels = cv2.perspectiveTransform(box, warp)[0]
    return corners


def _hidden(picture: Pixels, corners: Pixels, draw: np.random.Generator, unit: float) -> tuple[Pixels, float]:
    """A strap, a sleeve or strands over a part of the crest."""
    high, wide = picture.shape[:2]
    mask = np.zeros((high, wide), np.uint8)
    (left, top), (right, bottom) = corners.min(0), corners.max(0)
    kind, share = draw.choice(("strap", "sleeve", "strands")), float(draw.uniform(0.05, 0.32))
    color = draw.uniform(8, 110, 3).astype(np.float32)
    if kind == "strap":
        x, half = left + draw.uniform(0, 1) * (right - left), share * (right - left) / 2
        lean = draw.normal(0, 0.3 * unit, 2)
        band = [(x - half, 0), (x + half, 0), (x + half + lean[0], high), (x - half + lean[1], high)]
        cv2.fillPoly(mask, [np.array(band, np.int32)], 255, cv2.LINE_AA)
    elif kind == "sleeve":
        middle = (int(draw.choice((left, right))), int(draw.choice((top, bottom))))
        axes = (int(share * 1.3 * unit), int(share * unit))
        cv2.ellipse(mask, middle, axes, float(draw.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
        color = draw.uniform(30, 200, 3).astype(np.float32)
    else:
        for _ in range(int(8 + share * 60)):
            x = left + draw.uniform(-0.2, 1) * (right - left)
            end = (int(x + draw.normal(0, 0.2 * unit)), int(bottom + draw.uniform(-0.6, 0.3) * unit))
            cv2.line(mask, (int(x), 0), end, 255, max(1, round(draw.uniform(0.01, 0.03) * unit)), cv2.LINE_AA)
    crest = np.zeros((high, wide), np.uint8)
    cv2.fillConvexPoly(crest, corners.astype(np.int32), 255)
    hidden = float(((mask > 127) & (crest > 0)).sum() / max(1, int((crest > 0).sum())))
    part = mask[..., None].astype(np.float32) / 255
    over = color * (1 + soft(draw, high, wide, 0.2 * unit, 0.12)[..., None])
    return picture * (1 - part) + over * part, hidden


def _lit(picture: Pixels, corners: Pixels, draw: np.random.Generator, unit: float, night: bool) -> Pixels:
    high, wide = picture.shape[:2]
    picture = picture * np.clip(1 + soft(draw, high, wide, 2.1 * unit, 0.22)[..., None], 0.25, 2)
    if draw.random() < 0.3:
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
        middle, turn = corners.mean(0), float(draw.uniform(0, 2 * np.pi))
        side = (x - middle[0]) * np.cos(turn) + (y - middle[1]) * np.sin(turn) + draw.normal(0, 0.3 * unit) > 0
        shade = cv2.GaussianBlur(side.astype(np.float32), (0, 0), float(draw.uniform(0.01, 0.12)) * unit)
        picture = picture * (1 - 0.4 * shade[..., None])
    bright = np.clip(picture / 255, 0, 1.3) * draw.uniform(0.55, 1.35) * (1 + draw.normal(0, 0.07, 3))
    if night:
        bright = bright * draw.uniform(0.25, 0.5) * np.array([0.7, 0.92, 1.1])
    bright = np.clip(bright, 0, 1) ** draw.uniform(0.75, 1.35)
    gray = bright.mean(-1, keepdims=True)
    lit: Pixels = np.clip(gray + (bright - gray) * draw.uniform(0.55, 1.2), 0, 1).astype(np.float32) * 255
    return lit


def _shot(picture: Pixels, share: float, size: float, draw: np.random.Generator) -> Pixels:
    """The lens, the sensor and the JPEG of a phone."""
    shot = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    if draw.random() < 0.3:
        length = int(draw.integers(3, 3 + max(2, int(6 * size / 120))))
        blade: Pixels = np.zeros((length, length), np.float32)
        blade[length // 2] = 1
        turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), float(draw.uniform(0, 180)), 1)
        blade = cv2.warpAffine(blade, turn, (length, length))
        even: Pixels = blade / max(float(blade.sum()), 1e-6)
        shot = cv2.filter2D(shot, -1, even)
    shot = cv2.GaussianBlur(shot, (0, 0), float(draw.uniform(0.3, 1.5)) * float(np.clip(size / 110, 0.6, 1.6)))
    shot = shot + draw.standard_normal(shot.shape, np.float32) * np.float32(draw.uniform(1, 9))
    quality = (cv2.IMWRITE_JPEG_QUALITY, int(draw.integers(30, 86)))
    decoded = cv2.imdecode(cv2.imencode(".jpg", np.clip(shot, 0, 255).astype(np.uint8), quality)[1], cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded
