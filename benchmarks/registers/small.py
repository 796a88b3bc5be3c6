"""Quality of linking on small sets: real registers cut into districts of 4 to 60 rows, each linked alone, with and
without the words that are shipped (minerva/linking/data/word_frequencies.json).

    .venv/bin/python -m benchmarks.registers.small [--folder DIR]

The words are counted anew without the register that is measured: it is not in the table that judges it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.link_quality import minerva
from benchmarks.link_worlds import LinkSet, Row
from benchmarks.registers.sets import FOLDER, SETS
from benchmarks.registers.words import counted
from minerva.linking.places import frequencies

LEAST, MOST = 4, 60


class Pairs(NamedTuple):
    """right, wrong: pairs of records joined; missed: pairs of one holder left apart."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Returns F1 of the pairs."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} ({self.right} right, {self.wrong} wrong, {self.missed} missed)"


def outward(row: Row) -> str:
    """Returns the district of a British postcode."""
    return str(row["postcode"])[:-3].strip()


def street(row: Row) -> str:
    """Returns the street of an address, roughly, where no postcode is told."""
    return " ".join(str(row["address"]).lower().split()[1:3])


def county(row: Row) -> str:
    """Returns the last line of an address."""
    return str(row["address"]).rpartition(",")[2].strip()


CUT: Mapping[str, tuple[str, Callable[[Row], str]]] = {
    "wales": ("schools_wales", outward), "northern_ireland": ("schools_northern_ireland", outward),
    "scotland": ("schools_scotland", outward), "ireland": ("schools_ireland", county),
    "chicago": ("chicago_sites", street),
}  # fmt: skip
"""Set -> its folder, and what cuts it."""


@contextmanager
def shipped(counts: frequencies.Counts) -> Iterator[None]:
    """Has linking know these words for a while."""
    before = frequencies.FILE
    with tempfile.TemporaryDirectory() as folder:
        frequencies.FILE = Path(folder) / "words.json"
        frequencies.FILE.write_text(json.dumps({"names": counts}), encoding="utf-8")
        try:
            _forget()
            yield
        finally:
            frequencies.FILE = before
            _forget()


def _forget() -> None:
    frequencies.table.cache_clear()
    frequencies.words_of_kind.cache_clear()


def districts(chosen: LinkSet, key: Callable[[Row], str]) -> list[list[Row]]:
    """Returns the rows of a set that have a truth, by district."""
    found: dict[str, list[Row]] = {}
    for row in chosen.rows:
        if row["record_id"] in chosen.truth:
            found.setdefault(key(row), []).append(row)
    return [rows for rows in found.values() if LEAST <= len(rows) <= MOST]


def score(small: list[list[Row]], truth: Mapping[str, str]) -> Pairs:
    """Returns the pairs of all districts, each linked alone."""
    right = wrong = missed = 0
    for rows in small:
        found = minerva(LinkSet("district", rows, {}))
        for a, b in combinations(sorted(found), 2):
            one, joined = truth[a] == truth[b], found[a] == found[b]
            right, wrong, missed = right + (one and joined), wrong + (joined > one), missed + (one > joined)
    return Pairs(right, wrong, missed)


def measure(name: str, folder: Path) -> tuple[int, Pairs, Pairs]:
    """Returns the number of districts of a set, and their pairs without and with the words of other registers. Raises
    FileNotFoundError."""
    own, key = CUT[name]
    chosen = SETS[name](folder)
    small = districts(chosen, key)
    with shipped({}):
        plain = score(small, chosen.truth)
    with shipped(counted(folder, own)):
        return len(small), plain, score(small, chosen.truth)


def main() -> None:
    """Prints one line per register."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    for name in CUT:
        try:
            number, plain, known = measure(name, options.folder)
        except FileNotFoundError as error:
            print(f"{name} is not here: {error.filename}")
            continue
        print(f"{name}, {number} districts: without words {plain}; with those of other registers {known}", flush=True)


if __name__ == "__main__":
    main()
