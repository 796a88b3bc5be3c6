"""Columns of a sample: how often each is filled, a few of its values, and a guess at what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.intake.mapping.cleaning import clean_text
from minerva.intake.mapping.mapper import MOST_COLUMNS, flatten
from minerva.intake.rows import Row
from minerva.intake.workbench.guesses import Guess, guess
from minerva.places.towns import locate

EXAMPLES = 4
EXAMPLE_CHARS = 120
_LIKELY_TOWNS = 0.8


@dataclass(frozen=True)
class ColumnProfile:
    """name: as a mapping writes it (dotted into objects); filled and distinct: counts of rows and of values."""

    name: str
    filled: int
    distinct: int
    examples: tuple[str, ...]
    guess: Guess

    def shown(self, rows: int) -> dict[str, Any]:
        """The column as the page reads it."""
        return {
            "name": self.name,
            "filled": self.filled,
            "rate": round(self.filled / rows, 3) if rows else 0,
            "distinct": self.distinct,
            "examples": [text[:EXAMPLE_CHARS] for text in self.examples],
            "guess": {
                "kind": self.guess.kind,
                "why": self.guess.why,
                "forms": list(self.guess.forms),
                "sure": self.guess.sure,
            },
        }


def profile(rows: Iterable[Row], country: str = "") -> list[ColumnProfile]:
    """The columns of rows in the order in which they first appear."""
    values: dict[str, list[str]] = {}
    for row in rows:
        for name, value in flatten(row.columns or {}).items():
            if name in values or len(values) < MOST_COLUMNS:
                values.setdefault(name, []).extend(_texts(value))
    found = []
    for name, texts in values.items():
        distinct = list(dict.fromkeys(texts))
        found.append(
            ColumnProfile(name, len(texts), len(distinct), tuple(distinct[:EXAMPLES]), guess(name, distinct, country))
        )
    return _with_key(_with_city(found, values, country), sum(1 for row in rows if row.columns))


def _texts(value: Any) -> list[str]:
    """The one text of a cell; of a list its first, since counts are those of rows."""
    items = value if isinstance(value, list) else [value]
    texts = [clean_text(item) for item in items if not isinstance(item, (dict, list))]
    return [text for text in texts if text][:1]


def _with_city(found: list[ColumnProfile], values: dict[str, list[str]], country: str) -> list[ColumnProfile]:
    """Where no heading says city: the one column whose values are towns of the country."""
    if not country or any(item.guess.kind == "city" for item in found):
        return found
    for at, item in enumerate(found):
        texts = values[item.name][:100]
        if item.guess.kind or not texts or any(character.isdigit() for character in "".join(texts)):
            continue
        towns = sum(locate(text, country=country) is not None for text in texts)
        if towns >= _LIKELY_TOWNS * len(texts):
            return [*found[:at], _guessed(item, Guess("city", "its values are towns")), *found[at + 1 :]]
    return found


def _with_key(found: list[ColumnProfile], rows: int) -> list[ColumnProfile]:
    """Of the columns with a heading of a key, the first whose values are all there and differ; others are numbers."""
    best = next((item for item in found if item.guess.kind == "key" and item.filled == item.distinct == rows), None)
    return [
        _guessed(item, Guess("key", "its heading; a value of its own in every row", sure=True)) if item is best
        else _guessed(item, Guess("number", "its heading")) if item.guess.kind == "key"
        else item
        for item in found
    ]  # fmt: skip


def _guessed(item: ColumnProfile, said: Guess) -> ColumnProfile:
    return ColumnProfile(item.name, item.filled, item.distinct, item.examples, said)


def distinct_key(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """The fewest of the named columns, in their order, whose values together tell all rows apart; [] if none do.

    A column that a quarter of the rows lacks is none; rows that lack a part of the key do not count here.
    """
    columns = [row.columns if set(names) <= set(row.columns) else flatten(row.columns) for row in rows if row.columns]
    flat = [{name: _texts(each.get(name)) for name in names} for each in columns]
    chosen: list[str] = []
    for name in names:
        if sum(1 for row in flat if row[name]) * 4 < len(flat) * 3:
            continue
        chosen.append(name)
        keys = [tuple(row[each][0] for each in chosen) for row in flat if all(row[each] for each in chosen)]
        if len(set(keys)) == len(keys):
            return chosen
    return []
