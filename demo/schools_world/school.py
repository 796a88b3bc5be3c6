"""One invented school: all of it follows from the world's seed and the school's number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from demo.schools_world import palette
from demo.schools_world.charges import Charges
from demo.schools_world.word_lists import WORDS

_FIRST = ("Upper ", "Little ", "Great ", "North ", "The ", "Old ")
_KINDS = {
    "Primary School": "primary", "Junior School": "primary", "Infant School": "primary", "C of E Primary": "primary",
    "Catholic Primary": "primary", "High School": "secondary", "Academy": "secondary", "Grammar School": "secondary",
    "School": "secondary", "College": "secondary", "Community School": "secondary", "Church School": "primary",
}  # fmt: skip
LAYOUTS = {"shield": 48, "round": 22, "wordmark": 20, "monogram": 10}
DIVISIONS = {
    "plain": 34, "pale": 8, "fess": 8, "quarterly": 12, "chevron": 10, "chief": 8, "bend": 7, "saltire": 4, "cross": 5,
    "bars": 4,
}  # fmt: skip
_COUNTS = {"1": 45, "2": 12, "3": 28, "4": 15}
_STRIPES = {"0": 12, "1": 43, "2": 33, "3": 12}
FONTS = 9


@dataclass(frozen=True)
class Tie:
    """A ground color and stripes: color and width of each, repeated every `period` widths of the tie."""

    base: str
    stripes: tuple[tuple[str, float], ...]
    period: float
    left: bool


@dataclass(frozen=True)
class Crest:
    """What a crest shows; `charges` are numbers of masks."""

    layout: str
    outline: int
    division: str
    first: str
    second: str
    light: str
    dark: str
    border: str
    charges: tuple[int, ...]
    font: int
    ring: bool
    style: int


@dataclass(frozen=True)
class School:
    number: int
    name: str
    kind: str
    county: str
    town: str
    motto: str
    initials: str
    garment: str
    color: str
    shade: float
    shirt: str
    tie: Tie | None
    crest: Crest
    words: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        return f"{100000 + self.number}"

    def facts(self) -> dict[str, Any]:
        """The school's facts.json."""
        tie = self.tie
        return {
            "id": self.id,
            "name": f"{self.name} {self.kind}",
            "phase": _KINDS[self.kind],
            "place": self.town,
            "county": self.county,
            "motto": self.motto,
            "garment": self.garment,
            "garment_color": self.color,
            "tie_colors": [] if tie is None else list(dict.fromkeys([tie.base, *(color for color, _ in tie.stripes)])),
            "tie_pattern": "none" if tie is None else "striped" if tie.stripes else "plain",
            "crest_shape": self.crest.layout,
            "charges": list(dict.fromkeys(self.words)),
            "words": [self.initials] if self.crest.layout == "monogram" else [],
        }


class World:
    """The schools of a seed. The commonest charges are in many crests, the rarest in few, as in heraldry."""

    def __init__(self, charges: Charges, seed: int) -> None:
        self.charges, self.seed = charges, seed
        self._order = np.random.default_rng((seed, 999)).permutation(len(charges))
        weights = 1 / (np.arange(len(charges)) + 12)
        self._reach = np.cumsum(weights / weights.sum())

    def school(self, number: int) -> School:
        draw = np.random.default_rng((self.seed, number))
        town = _one(draw, WORDS["starts"]) + _one(draw, WORDS["ends"])
        name = (
            f"St {_one(draw, WORDS['saints'])}'s"
            if draw.random() < 0.4
            else _one(draw, WORDS["starts"]) + _one(draw, WORDS["ends"])
        )
        if draw.random() < 0.12:
            name = _one(draw, _FIRST) + name
        kind = _one(draw, tuple(_KINDS))
        blazer = draw.random() < (0.75 if _KINDS[kind] == "secondary" else 0.08)
        color = palette.pick(draw, palette.BLAZERS if blazer else palette.JUMPERS)
        crest = self._crest(draw)
        motto = ""
        if crest.layout != "wordmark" and draw.random() < 0.62:
            source = WORDS["latin"] if draw.random() < 0.6 else WORDS["english"]
            motto = " ".join(source[k] for k in draw.choice(len(source), int(draw.integers(2, 5)), replace=False))
        return School(
            number,
            name,
            kind,
            _one(draw, WORDS["counties"]),
            town,
            motto,
            "".join(word[0] for word in f"{name} {kind}".split() if word != "of")[:4],
            "blazer" if blazer else "jumper",
            color,
            float(draw.normal(0, 8)),
            "white" if draw.random() < 0.75 else ("sky blue" if draw.random() < 0.6 else "yellow"),
            _tie(draw, color) if blazer or draw.random() < 0.25 else None,
            crest,
            () if crest.layout == "monogram" else tuple(self.charges.words[k] for k in crest.charges),
        )

    def _crest(self, draw: np.random.Generator) -> Crest:
        first, second = palette.one(draw, palette.DARK), palette.one(draw, palette.LIGHT)
        if draw.random() < 0.35:
            first, second = second, first
        if draw.random() < 0.4:
            second = palette.one(draw, palette.NAMES)
        layout = palette.pick(draw, LAYOUTS)
        count = int(palette.pick(draw, _COUNTS))
        if layout in ("wordmark", "round"):
            count = min(count, 2)
        alike, charges = draw.random() < 0.35, [self._charge(draw)]
        while len(charges) < count:
            charges.append(charges[0] if alike else self._charge(draw))
        return Crest(
            layout,
            int(draw.integers(4)),
            palette.pick(draw, DIVISIONS),
            first,
            second,
            palette.one(draw, palette.LIGHT),
            palette.one(draw, palette.DARK),
            palette.one(draw, palette.NAMES) if draw.random() < 0.5 else "",
            tuple(charges),
            int(draw.integers(FONTS)),
            draw.random() < 0.75,
            int(draw.integers(3)),
        )

    def _charge(self, draw: np.random.Generator) -> int:
        return int(self._order[min(int(np.searchsorted(self._reach, draw.random())), len(self._order) - 1)])


def _one(draw: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(draw.integers(len(words)))]


def _tie(draw: np.random.Generator, color: str) -> Tie:
    base = palette.pick(draw, palette.BLAZERS) if draw.random() < 0.4 else color
    stripes: list[tuple[str, float]] = []
    for _ in range(int(palette.pick(draw, _STRIPES))):
        said = palette.one(draw, palette.NAMES)
        while said == base or (stripes and said == stripes[-1][0]):
            said = palette.one(draw, palette.NAMES)
        stripes.append((said, (0.08, 0.14, 0.25, 0.4)[int(draw.integers(4))]))
    return Tie(base, tuple(stripes), (0.22, 0.32, 0.45, 0.6)[int(draw.integers(4))], bool(draw.random() < 0.8))
