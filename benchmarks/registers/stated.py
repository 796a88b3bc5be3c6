"""How often joins by name and address are right, by how sure they say they are and by what the two addresses tell.

    .venv/bin/python -m benchmarks.registers.stated [--folder DIR]

Open registers with their own ids as truth, as they are and with postcodes, house numbers or towns taken out of all
rows: few registers lack them, and a row of the field may. A join calls itself no surer than these were right
(minerva/linking/places/stated.py). Left out are Wales, whose two writings copy one another, and New York, whose truth
is the building, whoever owns it. Nothing is drawn.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from math import inf
from pathlib import Path
from unittest.mock import patch

from benchmarks.link_worlds import Row
from benchmarks.registers.sets import FOLDER, SETS
from minerva.linking import resolve
from minerva.linking.model import read_row
from minerva.linking.places import pairs
from minerva.linking.places.stated import NO_NUMBER, doubts_in, told_by

NAMES = ("northern_ireland", "scotland", "chicago")
TAKEN = ((), ("postcode",), ("number",), ("postcode", "city"), ("postcode", "number"))
"""What is taken out of the rows, one run each."""
SURE = 0.97
"""Joins that are so sure at least by what their weights say are counted."""
OTHERS = "number or postcode"
_NUMBER = re.compile(r"^\W*\d+[a-z]?(?:[-/ ]+\d+[a-z]?)*\s+|\b(?:unit|suite|apt)\b\W*\S+|#\s*\S+", re.IGNORECASE)


def without(row: Row, taken: tuple[str, ...]) -> Row:
    """Returns a row without some of what it tells."""
    found = {**row, **{each: "" for each in taken if each in row}}
    return {**found, "address": _NUMBER.sub("", str(row["address"]))} if "number" in taken else found


def counted(name: str, folder: Path) -> Iterator[tuple[str, bool]]:
    """Yields (what two addresses tell, or a doubt that the sentence names as well; whether it is right) of each sure
    join by name and address."""
    chosen = SETS[name](folder)
    for taken in TAKEN:
        records = {row["record_id"]: read_row(without(row, taken)) for row in chosen.rows}
        with patch.object(pairs, "most_stated", return_value=inf):  # as if nothing had been counted yet
            entities = resolve(records.values(), {}, "registers").entities
        for entity in entities:
            for join in entity.joins:
                if join.rule != "name_address" or not {join.a, join.b} <= chosen.truth.keys():
                    continue
                told, right = told_by(records[join.a], records[join.b]), chosen.truth[join.a] == chosen.truth[join.b]
                if join.strength >= SURE:
                    yield told, right
                    kind = NO_NUMBER if told == NO_NUMBER else OTHERS
                    yield from ((f"{kind}: {doubt}", right) for doubt in doubts_in(join.why))


def main() -> None:
    """Prints a line for each register and all together: right, of how many, and the share with one right and one wrong
    more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    total: dict[str, list[bool]] = defaultdict(list)
    for name in NAMES:
        of_set: dict[str, list[bool]] = defaultdict(list)
        for told, right in counted(name, folder):
            of_set[told].append(right)
            total[told].append(right)
        _show(name, of_set)
    _show("together", total)


def _show(name: str, found: dict[str, list[bool]]) -> None:
    for told, right in sorted(found.items()):
        share = (sum(right) + 1) / (len(right) + 2)
        print(f"{name:18s} {told:52s} {sum(right):6d} of {len(right):6d} right, {share:.4f}", flush=True)


if __name__ == "__main__":
    main()
