"""Columns of a sample: how often each is filled, a few of its values, and a guess at what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from minerva.intake.mapping.cleaning import clean_text
from minerva.intake.mapping.mapper import MOST_COLUMNS, flatten
from minerva.intake.rows import Row
from minerva.intake.workbench.guesses import Guess, guess
from minerva.places.towns import locate

EXAMPLES = 4
EACH = "[]."
"""Between a list and what is taken of its items."""
EXAMPLE_CHARS = 120
_LIKELY_TOWNS = 0.8


@dataclass(frozen=True)
class ColumnProfile:
    """name: as a mapping writes it (dotted into objects, `[]` where a row may hold several); filled and distinct:
    counts of rows and of values; several: whether a row holds more than one."""

    name: str
    filled: int
    distinct: int
    examples: tuple[str, ...]
    guess: Guess
    several: bool = False

    def shown(self, rows: int) -> dict[str, Any]:
        """The column as the page reads it."""
        return {
            "name": self.name,
            "filled": self.filled,
            "rate": round(self.filled / rows, 3) if rows else 0,
            "distinct": self.distinct,
            "several": self.several,
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
    flat = [flatten(row.columns or {}) for row in rows]
    repeated = _repeated(flat)
    values: dict[str, list[list[str]]] = {}
    for row in flat:
        held: dict[str, list[str]] = {}
        for name, value in _named(row, repeated, ""):
            if name in held or name in values or len(values) + len(held) < MOST_COLUMNS:
                held.setdefault(name, []).extend(_texts(value))
        for name, texts in held.items():
            values.setdefault(name, []).append(texts)
    found, firsts = [], {}
    for name, cells in values.items():
        firsts[name] = [texts[0] for texts in cells if texts]
        distinct = list(dict.fromkeys(text for texts in cells for text in texts))
        said = guess(heading_of(name), distinct, country)
        several = EACH in name or any(len(texts) > 1 for texts in cells)
        found.append(ColumnProfile(name, len(firsts[name]), len(distinct), tuple(distinct[:EXAMPLES]), said, several))
    return _with_key(_with_city(found, firsts, country), sum(1 for row in flat if row))


def heading_of(column: str) -> str:
    """The words of a column's name: without the marks of a list and of an element's text."""
    return column.replace(EACH, ".").replace(".#text", "").replace("@", "")


def _repeated(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Paths at which any row holds a list of objects, outer ones first; in every row it is then a list, of one too."""
    found: set[str] = set()

    def walk(row: Mapping[str, Any], above: str) -> None:
        for name, value in row.items():
            items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
            if items and len(found) < MOST_COLUMNS:
                found.add(f"{above}{name}")
            for item in items:
                walk(flatten(item), f"{above}{name}{EACH}")

    for row in rows:
        walk(row, "")
    return sorted(found, key=len)


def _named(row: Mapping[str, Any], repeated: Sequence[str], above: str) -> Iterator[tuple[str, Any]]:
    """Names as a mapping writes them, with the value of each cell."""
    for name, value in row.items():
        path = f"{above}{name}"
        for root in repeated:
            if path.startswith(f"{root}."):
                path = f"{root}{EACH}{path[len(root) + 1 :]}"
        if path not in repeated:
            yield path, value
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _named(flatten(item), repeated, f"{path}{EACH}")
            else:
                yield f"{path}{EACH}#text", item


def _texts(value: Any) -> list[str]:
    """The texts of a cell: one, or those of a list."""
    items = value if isinstance(value, list) else [value]
    texts = [clean_text(item) for item in items if not isinstance(item, (dict, list))]
    return [text for text in texts if text]


def _with_city(found: list[ColumnProfile], values: Mapping[str, list[str]], country: str) -> list[ColumnProfile]:
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
    best = next(
        (
            item
            for item in found
            if item.guess.kind == "key" and item.filled == item.distinct == rows and not item.several
        ),
        None,
    )
    return [
        _guessed(item, Guess("key", "its heading; a value of its own in every row", sure=True)) if item is best
        else _guessed(item, Guess("number", "its heading")) if item.guess.kind == "key"
        else item
        for item in found
    ]  # fmt: skip


def _guessed(item: ColumnProfile, said: Guess) -> ColumnProfile:
    return replace(item, guess=said)


def distinct_key(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """The fewest of the named columns, in their order, whose values together tell all rows apart; [] if none do.

    A column that a quarter of the rows lacks is none; rows that lack a part of the key do not count here.
    """
    columns = [row.columns if set(names) <= set(row.columns) else flatten(row.columns) for row in rows if row.columns]
    flat = [{name: _texts(each.get(name)) for name in names} for each in columns]
    chosen: list[str] = []
    for name in names:
        if sum(1 for row in flat if row[name]) * 4 < len(flat) * 3 or any(len(row[name]) > 1 for row in flat):
            continue
        chosen.append(name)
        keys = [tuple(row[each][0] for each in chosen) for row in flat if all(row[each] for each in chosen)]
        if len(set(keys)) == len(keys):
            return chosen
    return []
