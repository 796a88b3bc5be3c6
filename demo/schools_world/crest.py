"""Crests: shields, round badges, name logos and monograms, drawn as blue, green, red and opacity."""

from __future__ import annotations

import cv2
import numpy as np

from demo.schools_world.charges import Charges
from demo.schools_world.palette import Pixels, bgr, is_dark
from demo.schools_world.school import Crest, School

SIDE = 256
Color = tuple[int, int, int]
_PLACES = {
    1: ((0.5, 0.42, 0.6),),
    2: ((0.28, 0.4, 0.36), (0.72, 0.4, 0.36)),
    3: ((0.27, 0.24, 0.32), (0.73, 0.24, 0.32), (0.5, 0.66, 0.36)),
    4: ((0.27, 0.22, 0.3), (0.73, 0.22, 0.3), (0.3, 0.56, 0.3), (0.7, 0.56, 0.3)),
}
"""Number of charges -> middle and size of each, in shares of the shield."""
_HERSHEY = (cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_DUPLEX)
_BUILT_IN = (("sans", 400), ("sans", 700), ("sans", 900), ("italic", 600), ("italic", 900), ("uni", 400))
_FACES: dict[str, cv2.FontFace] = {}


def draw_crest(school: School, charges: Charges) -> Pixels:
    """The crest of a school on a clear ground, 256 x 256 x 4."""
    sheet = np.zeros((SIDE, SIDE, 4), np.uint8)
    {"shield": _shield, "monogram": _shield, "round": _round, "wordmark": _logo}[school.crest.layout](
        sheet, school, charges
    )
    if school.motto:
        _ribbon(sheet, school)
    return sheet


def _shield(sheet: Pixels, school: School, charges: Charges) -> None:
    crest = school.crest
    x0, x1, y0 = 36.0, 220.0, 8.0
    y1 = 206.0 if school.motto else 248.0
    wide, high = x1 - x0, y1 - y0
    outline = _outline(crest.outline, x0, y0, x1, y1)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(mask, [_fine(outline)], 255, cv2.LINE_AA, 4)
    field = np.empty((SIDE, SIDE, 3), np.uint8)
    field[:] = bgr(crest.first)
    _divide(field, crest, x0, y0, x1, y1)
    if crest.layout == "monogram":
        _write(
            field, school.initials, (x0 + wide / 2, y0 + high * 0.42), wide * 0.8, high * 0.34, _on(crest), crest.font
        )
    else:
        for charge, (across, down, size) in zip(crest.charges, _PLACES[len(crest.charges)], strict=True):
            x, y = x0 + wide * across, y0 + high * down
            ground = field[min(int(y), SIDE - 1), int(x)]
            color = crest.light if int(ground.sum()) < 380 else crest.dark
            _stamp(field, charges.masks[charge], x, y, wide * size, bgr(color))
    sheet[..., :3] = field
    sheet[..., 3] = mask
    edge = bgr(crest.border) if crest.border else ((250, 250, 250) if crest.first == "black" else (22, 22, 22))
    _line(sheet, outline, edge, 6 if crest.border else 2)


def _outline(kind: int, x0: float, y0: float, x1: float, y1: float) -> Pixels:
    wide, high, middle = x1 - x0, y1 - y0, (x0 + x1) / 2
    t = np.linspace(0, 1, 32)
    if kind == 3:
        return np.array([(x0, y0), (x1, y0), (x1, y0 + high * 0.8), (middle, y1), (x0, y0 + high * 0.8)])
    bend, from_top = ((t**2.2, 0.35), (1 - np.sqrt(1 - t * t), 0.5), (t**3, 0.2))[kind]
    down = y0 + high * from_top + high * (1 - from_top) * t
    right = np.stack([x1 - wide / 2 * bend, down], 1)
    left = np.stack([x0 + wide / 2 * bend, down], 1)[::-1]
    dip = high * 0.06 if kind == 2 else 0.0
    top = np.array([(x0, y0 + dip), (middle, y0), (x1, y0 + dip)])
    return np.concatenate([top, right, left])


def _divide(field: Pixels, crest: Crest, x0: float, y0: float, x1: float, y1: float) -> None:
    wide, high, mx = x1 - x0, y1 - y0, (x0 + x1) / 2
    my, color = y0 + high * 0.45, bgr(crest.second)
    end, arm = float(SIDE), wide * 0.12
    shapes: dict[str, list[list[tuple[float, float]]]] = {
        "plain": [],
        "pale": [_box(mx, 0, end, end)],
        "fess": [_box(0, my, end, end)],
        "quarterly": [_box(mx, 0, end, my), _box(0, my, mx, end)],
        "chevron": [
            [(x0, y0 + high * 0.75), (mx, y0 + high * 0.35), (x1, y0 + high * 0.75), (x1, y0 + high * 0.92),
             (mx, y0 + high * 0.52), (x0, y0 + high * 0.92)]
        ],
        "chief": [_box(0, 0, end, y0 + high * 0.3)],
        "bend": [[(x0 - wide * 0.1, y0), (x0 + wide * 0.2, y0), (x1 + wide * 0.2, y1), (x1 - wide * 0.1, y1)]],
        "saltire": [
            [(x0, y0), (x0 + arm, y0), (x1, y1 - arm), (x1, y1), (x1 - arm, y1), (x0, y0 + arm)],
            [(x1, y0), (x1, y0 + arm), (x0 + arm, y1), (x0, y1), (x0, y1 - arm), (x1 - arm, y0)],
        ],
        "cross": [_box(mx - wide * 0.09, 0, mx + wide * 0.09, end), _box(0, my - wide * 0.09, end, my + wide * 0.09)],
        "bars": [_box(0, y0 + high * k / 7, end, y0 + high * (k + 1) / 7) for k in (1, 3, 5)],
    }  # fmt: skip
    for shape in shapes[crest.division]:
        cv2.fillPoly(field, [_fine(np.array(shape))], color, cv2.LINE_AA, 4)


def _round(sheet: Pixels, school: School, charges: Charges) -> None:
    crest = school.crest
    bottom = 210.0 if school.motto else 251.0
    radius = (bottom - 5) / 2
    middle = (128.0, 5 + radius)
    cv2.circle(sheet, _dot(middle), int(radius * 16), (*bgr(crest.first), 255), -1, cv2.LINE_AA, 4)
    inner = radius * 0.72
    cv2.circle(sheet, _dot(middle), int(inner * 16), (*bgr(crest.second), 255), -1, cv2.LINE_AA, 4)
    edge = crest.border or crest.dark
    cv2.circle(sheet, _dot(middle), int(inner * 16), (*bgr(edge), 255), 3, cv2.LINE_AA, 4)
    if crest.ring:
        _write_round(
            sheet, f"{school.name} {school.kind}".upper(), middle, radius * 0.86, radius * 0.17, _on(crest), crest.font
        )
    color = bgr(crest.light) if is_dark(bgr(crest.second)) else bgr(crest.dark)
    for place, charge in enumerate(crest.charges[:2]):
        alone = len(crest.charges) == 1
        shift = 0.0 if alone else (-0.42 if place == 0 else 0.42) * inner
        _stamp(sheet, charges.masks[charge], middle[0] + shift, middle[1], inner * (1.15 if alone else 0.85), color)


def _logo(sheet: Pixels, school: School, charges: Charges) -> None:
    crest = school.crest
    color = bgr(crest.first) if sum(bgr(crest.first)) < 520 else bgr(crest.dark)
    if len(crest.charges) > 1:
        cv2.ellipse(
            sheet,
            (128, 90),
            (104, 84),
            0,
            20 * crest.style,
            150 + 20 * crest.style,
            (*bgr(crest.second), 255),
            8,
            cv2.LINE_AA,
        )
    _stamp(sheet, charges.masks[crest.charges[0]], 128, 84, 146, color)
    _write(sheet, school.name, (128, 186), 244, 32, color, crest.font)
    _write(sheet, school.kind, (128, 222), 230, 22, color, crest.font)


def _ribbon(sheet: Pixels, school: School) -> None:
    y, half, light = 230.0, 13.0, school.crest.light
    ground = bgr(light if light in ("gold", "yellow") else "white")
    shape = np.array([(8, y - half), (248, y - half), (238, y), (248, y + half), (8, y + half), (18, y)])
    cv2.fillPoly(sheet, [_fine(shape)], (*ground, 255), cv2.LINE_AA, 4)
    _line(sheet, shape, (20, 20, 20), 1)
    said = school.motto.upper() if school.crest.style else school.motto
    _write(sheet, said, (128, y), 200, 19, bgr("navy" if school.crest.style == 2 else "black"), school.crest.font)


def _on(crest: Crest) -> Color:
    return bgr(crest.light) if is_dark(bgr(crest.first)) else bgr(crest.dark)


def _stamp(sheet: Pixels, mask: Pixels, x: float, y: float, size: float, color: Color) -> None:
    """A charge in one color; on a clear ground it brings its opacity."""
    side = max(4, round(size))
    left, top = round(x - side / 2), round(y - side / 2)
    small = cv2.resize(mask, (side, side), interpolation=cv2.INTER_AREA)
    _lay(sheet, small, left, top, color)


def _lay(sheet: Pixels, mask: Pixels, left: int, top: int, color: Color) -> None:
    a, b = max(0, top), min(SIDE, top + mask.shape[0])
    c, d = max(0, left), min(SIDE, left + mask.shape[1])
    if a >= b or c >= d:
        return
    part = sheet[a:b, c:d]
    share = mask[a - top : b - top, c - left : d - left].astype(np.float32)[..., None] / 255
    part[..., :3] = np.round(part[..., :3] * (1 - share) + np.array(color, np.float32) * share)
    if sheet.shape[2] == 4:
        part[..., 3] = np.maximum(part[..., 3], mask[a - top : b - top, c - left : d - left])


def _written(text: str, height: float, font: int) -> Pixels:
    """A line of text as a mask, cut to its letters."""
    if font < len(_HERSHEY):
        scale = height / 22
        (wide, high), low = cv2.getTextSize(text, _HERSHEY[font], scale, 2)
        mask = np.zeros((high + low + 8, wide + 8), np.uint8)
        cv2.putText(mask, text, (4, high + 4), _HERSHEY[font], scale, 255, 1 + (height > 24), cv2.LINE_AA)
    else:
        name, weight = _BUILT_IN[font - len(_HERSHEY)]
        if name not in _FACES:
            _FACES[name] = cv2.FontFace(name)
        size = max(6, round(height * 1.3))
        image = np.zeros((3 * size, size * (len(text) + 2), 3), np.uint8)
        cv2.putText(image, text, (size, 2 * size), (255, 255, 255), _FACES[name], size, weight)
        mask = image[..., 0]
    rows, columns = np.flatnonzero(mask.max(1)), np.flatnonzero(mask.max(0))
    if not len(rows):
        return np.zeros((2, 2), np.uint8)
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _write(
    sheet: Pixels, text: str, middle: tuple[float, float], wide: float, high: float, color: Color, font: int
) -> None:
    mask = _written(text, high, font)
    share = min(1.0, wide / mask.shape[1])
    if share < 1:
        mask = cv2.resize(mask, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    _lay(sheet, mask, round(middle[0] - mask.shape[1] / 2), round(middle[1] - mask.shape[0] / 2), color)


def _write_round(
    sheet: Pixels, text: str, middle: tuple[float, float], radius: float, high: float, color: Color, font: int
) -> None:
    """Text along the top of a circle."""
    line = _written(text, high * 1.4, font)
    share = high / max(1, line.shape[0])
    length = line.shape[1] * share
    squeeze = min(1.0, 5.4 * radius / max(length, 1.0))
    span = length * squeeze / radius
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    dx, dy = x - middle[0], y - middle[1]
    along = (np.arctan2(dx, -dy) + span / 2) * radius / (share * squeeze)
    across = (radius + high / 2 - np.hypot(dx, dy)) / share
    mask = cv2.remap(line, along.astype(np.float32), across.astype(np.float32), cv2.INTER_AREA, borderValue=0)
    _lay(sheet, mask, 0, 0, color)


def _line(sheet: Pixels, points: Pixels, color: Color, thick: int) -> None:
    cv2.polylines(sheet, [_fine(points)], True, (*color, 255), thick, cv2.LINE_AA, 4)


def _box(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _fine(points: Pixels) -> Pixels:
    return np.round(points * 16).astype(np.int32)


def _dot(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * 16), round(point[1] * 16)
