"""Rough photos of crests for training: made by another routine than the photos of the test world, on purpose."""

from __future__ import annotations

import cv2
import numpy as np

from demo.schools_world.palette import COLORS, NAMES, Pixels

_SIDE = 128
_SEWN = 128
_SIZE = 84.0
_Y, _X = np.mgrid[0:_SIDE, 0:_SIDE].astype(np.float32)
_SEWN_Y, _SEWN_X = np.mgrid[0:_SEWN, 0:_SEWN].astype(np.float32)
_GRAYS = (255, 235, 235, 200, 128)


def clean(crest: Pixels, draw: np.random.Generator) -> Pixels:
    """A crest as galleries hold it, cut to what is drawn, on some gray ground."""
    rows, columns = np.flatnonzero(crest[..., 3].max(1)), np.flatnonzero(crest[..., 3].max(0))
    cut = crest[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    share = cut[..., 3:] / 255
    gray = _GRAYS[int(draw.integers(len(_GRAYS)))]
    return (cut[..., :3] * share + gray * (1 - share)).astype(np.uint8)


def rough(crest: Pixels, draw: np.random.Generator, *, window: bool = False) -> Pixels:
    """A crest on cloth, tilted, rumpled, lit, partly covered and blurred; blue, green and red.

    It is cut out loosely, as an analyst would; with `window`, as by a window of a photo in which nobody looked for it.
    """
    crest = cv2.resize(crest, (_SEWN, _SEWN), interpolation=cv2.INTER_AREA)
    rows, columns = np.flatnonzero(crest[..., 3].max(1)), np.flatnonzero(crest[..., 3].max(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    cover: Pixels = crest[..., 3].astype(np.float32) / 255
    ground = np.array(COLORS[NAMES[int(draw.integers(len(NAMES)))]][::-1], np.float32) + draw.normal(0, 14, 3).astype(
        np.float32
    )
    thread = _sewn(crest[..., :3].astype(np.float32), draw)
    if draw.random() < 0.12:
        cover = cv2.GaussianBlur(cv2.dilate(cover, np.ones((7, 7), np.uint8)), (0, 0), 1.0)
    across, down = float(right - left), float(bottom - top)
    source = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    target, size = _tilted(across / down, draw)
    warp = cv2.getPerspectiveTransform(source, target)
    on = cv2.warpPerspective(cover, warp, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)[..., None]
    shown = cv2.warpPerspective(thread, warp, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    picture = _cloth(ground, draw) * (1 - on) + shown * on
    picture = _rumpled(picture, draw)
    if draw.random() < 0.5:
        picture = _covered(picture, target, draw)
    picture = _lit(picture, draw)
    shot, low, high = _taken(picture, target, size, draw)
    return _window(shot, low, high, draw) if window else _cut(shot, low, high, draw)


def _sewn(thread: Pixels, draw: np.random.Generator) -> Pixels:
    """Colors of thread that are not those of the drawing, and the lines in which it is sewn."""
    bins = thread.astype(np.uint8) // 40
    key = (bins[..., 0] * 49 + bins[..., 1] * 7 + bins[..., 2]) % 64
    thread = thread + cv2.blur(draw.normal(0, 15, (64, 3)).astype(np.float32)[key], (3, 3))
    kind = draw.random()
    if kind < 0.25:
        return thread
    thread = cv2.GaussianBlur(thread, (0, 0), float(draw.uniform(0.4, 1.3)))
    angles = draw.uniform(0, np.pi, 2)
    wave = float(draw.uniform(1.6, 2.8))
    lines = [np.sin((_SEWN_X * float(np.cos(a)) + _SEWN_Y * float(np.sin(a))) * wave) for a in angles]
    grid = np.where(key % 2 == 0, lines[0], lines[1])
    sewn: Pixels = thread * (1 + float(draw.uniform(0.03, 0.14)) * grid[..., None])
    return sewn


def _tilted(aspect: float, draw: np.random.Generator) -> tuple[Pixels, float]:
    """Where the corners of the crest lie on the cloth, and the longer side of their box."""
    size = _SIZE
    wide, high = (size, size / aspect) if aspect > 1 else (size * aspect, size)
    wide, high = wide * (1 - abs(draw.normal(0, 0.07))), high * (1 - abs(draw.normal(0, 0.05)))
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float) * (wide / 2, high / 2)
    corners *= 1 + draw.normal(0, 0.035, (4, 2))
    turn = float(np.radians(draw.normal(0, 8)))
    spin = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    shear = np.array([(1.0, draw.normal(0, 0.05)), (draw.normal(0, 0.05), 1.0)])
    placed = (corners @ spin @ shear + _SIDE / 2).astype(np.float32)
    return placed, float((placed.max(0) - placed.min(0)).max())


def _cloth(ground: Pixels, draw: np.random.Generator) -> Pixels:
    if draw.random() < 0.5:
        weave = 0.04 * np.sin((_X + _Y) * float(draw.uniform(1, 2)))
    else:
        weave = 0.06 * np.sin(_X * float(draw.uniform(0.6, 1.2))) * np.sin(_Y * float(draw.uniform(0.4, 0.9)))
    grain = draw.standard_normal((_SIDE, _SIDE), np.float32) * 5
    cloth: Pixels = np.clip(ground, 0, 255) * (1 + weave[..., None]) + grain[..., None]
    return cloth


def _soft(draw: np.random.Generator, cells: int) -> Pixels:
    coarse = draw.standard_normal((cells, cells)).astype(np.float32)
    return cv2.resize(coarse, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC)


def _rumpled(picture: Pixels, draw: np.random.Generator) -> Pixels:
    most = float(draw.uniform(0.5, 4))
    moved = cv2.remap(
        picture.astype(np.float32), _X + _soft(draw, 4) * most, _Y + _soft(draw, 4) * most, cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    return moved * (1 + 0.12 * _soft(draw, 3) + 0.05 * _soft(draw, 6))[..., None]


def _covered(picture: Pixels, corners: Pixels, draw: np.random.Generator) -> Pixels:
    """A band, a disk or strands over a part of the crest."""
    mask = np.zeros((_SIDE, _SIDE), np.uint8)
    low, high = corners.min(0), corners.max(0)
    kind, share = int(draw.integers(3)), float(draw.uniform(0.05, 0.32))
    color = (
        draw.uniform(8, 110, 3).astype(np.float32)
        if kind != 1
        else np.array([135, 160, 205], np.float32) * np.float32(draw.uniform(0.4, 1.1))
    )
    if kind == 0:
        at = float(draw.uniform(low[0], high[0]))
        lean = float(draw.normal(0, 25))
        cv2.line(mask, (round(at - lean), 0), (round(at + lean), _SIDE), 255, max(2, round(share * _SIZE)))
    elif kind == 1:
        middle = (round(float(draw.choice([low[0], high[0]]))), round(float(draw.uniform(low[1], high[1]))))
        cv2.ellipse(
            mask,
            middle,
            (round(share * 1.3 * _SIZE), round(share * 0.95 * _SIZE)),
            float(draw.uniform(0, 180)),
            0,
            360,
            255,
            -1,
        )
    else:
        for _ in range(round(6 + share * 50)):
            at = float(draw.uniform(low[0] - 20, high[0] + 10))
            end = (round(at + float(draw.normal(0, 25))), round(float(draw.uniform(low[1], high[1] + 20))))
            cv2.line(mask, (round(at), 0), end, 255, int(draw.integers(1, 4)), cv2.LINE_AA)
    part = mask[..., None].astype(np.float32) / 255
    return picture * (1 - part) + color * part


def _lit(picture: Pixels, draw: np.random.Generator) -> Pixels:
    picture = picture * np.clip(1 + 0.22 * _soft(draw, 3), 0.25, 2)[..., None]
    if draw.random() < 0.25:
        a = float(draw.uniform(0, 2 * np.pi))
        shade = ((_X - _SIDE / 2) * np.cos(a) + (_Y - _SIDE / 2) * np.sin(a) + float(draw.normal(0, 30)) > 0).astype(
            np.float32
        )
        picture = picture * (1 - 0.4 * cv2.GaussianBlur(shade, (0, 0), float(draw.uniform(1, 12))))[..., None]
    bright = (
        np.clip(picture / 255, 0, 1.3)
        * float(draw.uniform(0.5, 1.35))
        * (1 + draw.normal(0, 0.07, 3)).astype(np.float32)
    )
    if draw.random() < 0.12:
        bright = bright * float(draw.uniform(0.25, 0.6)) * np.array([1.1, 0.95, 0.75], np.float32)
    bright = np.clip(bright, 0, 1) ** float(draw.uniform(0.7, 1.35))
    gray = bright.mean(-1, keepdims=True)
    shown: Pixels = np.clip(gray + (bright - gray) * float(draw.uniform(0.5, 1.2)), 0, 1) * 255
    return shown


def _taken(picture: Pixels, corners: Pixels, size: float, draw: np.random.Generator) -> tuple[Pixels, Pixels, Pixels]:
    """The photo at its own size, and two corners of the crest in it."""
    wanted = float(np.exp(draw.uniform(np.log(32), np.log(130))))
    share = wanted / size
    small = cv2.resize(picture.astype(np.float32), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    if draw.random() < 0.3:
        length = int(draw.integers(2, 3 + max(2, round(wanted / 25))))
        blade = np.zeros((length, length), np.float32)
        a = float(draw.uniform(0, np.pi))
        tip = (length / 2 * np.cos(a), length / 2 * np.sin(a))
        middle = length / 2
        cv2.line(blade, (int(middle - tip[0]), int(middle - tip[1])), (int(middle + tip[0]), int(middle + tip[1])), 1.0)
        small = cv2.filter2D(small, -1, blade / max(float(blade.sum()), 1.0))
    small = cv2.GaussianBlur(small, (0, 0), float(draw.uniform(0.3, 1.5)) * float(np.clip(wanted / 110, 0.5, 1.5)))
    small = small + draw.standard_normal(small.shape, np.float32) * np.float32(draw.uniform(1, 9))
    shot = np.clip(small, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", shot, (cv2.IMWRITE_JPEG_QUALITY, int(draw.integers(30, 91))))[1]
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded, corners.min(0) * share, corners.max(0) * share


def _cut(shot: Pixels, low: Pixels, high: Pixels, draw: np.random.Generator) -> Pixels:
    """What an analyst cuts out, a little off on each side."""
    wide, tall = high - low
    margins = draw.uniform(-0.06, 0.15, 4)
    x0, y0 = max(0, round(low[0] - margins[0] * wide)), max(0, round(low[1] - margins[1] * tall))
    x1, y1 = round(high[0] + margins[2] * wide), round(high[1] + margins[3] * tall)
    cut: Pixels = shot[y0 : max(y1, y0 + 8), x0 : max(x1, x0 + 8)]
    return cut


def _window(shot: Pixels, low: Pixels, high: Pixels, draw: np.random.Generator) -> Pixels:
    """A square that holds most of the crest: .8 to 1.5 of its longer side, its middle up to a fifth off."""
    longer = float((high - low).max())
    side = longer * float(draw.uniform(0.8, 1.5))
    left, top = (low + high) / 2 + draw.uniform(-0.2, 0.2, 2) * longer - side / 2
    x0, y0 = max(0, round(float(left))), max(0, round(float(top)))
    cut: Pixels = shot[y0 : max(round(float(top) + side), y0 + 8), x0 : max(round(float(left) + side), x0 + 8)]
    return cut
