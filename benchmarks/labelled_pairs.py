"""Labelled pairs that others published: the shipped answers on names and on user names, by half.

    .venv/bin/python -m benchmarks.labelled_pairs usernames pairs.csv     columns a, b, same (1: one person)
    .venv/bin/python -m benchmarks.labelled_pairs names name_cases.csv    columns name1, name2, schema, is_match (true)

User names: pairs of accounts of officials (unitedstates/congress-legislators, CC0), and without those that are equal
but for case, each alone and with what is learned from the half that it is of. Names: contrib/name_bench of
opensanctions/nomenklatura (MIT). Pairs are parted by a hash of a holder, so that what is tuned on the first half is
checked on the second.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from minerva.names.__main__ import name_pair, username_pair
from minerva.names.username_affixes import NONE, Affixes, learned

Pair = tuple[str, str, str, bool]
"""Two names, the kind of their holders, and whether it is one."""


def read_pairs(path: Path, way: str) -> list[Pair]:
    """Returns the pairs of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if way == "usernames":
        return [(row["a"], row["b"], "", row["same"].strip() == "1") for row in rows]
    return [(row["name1"], row["name2"], row["schema"], row["is_match"] == "true") for row in rows]


def halves(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Returns the pairs in two parts; those that share a holder of the first name stay together."""
    heads: dict[str, str] = {}

    def head(name: str) -> str:
        while name in heads:
            name = heads[name]
        return name

    for a, b, _, same in pairs:
        one, other = head(a.casefold()), head(b.casefold())
        if same and one != other:
            heads[one] = other
    parts: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in pairs:
        key = min(head(pair[0].casefold()), head(pair[1].casefold()))
        parts[hashlib.sha256(key.encode()).digest()[0] % 2].append(pair)
    return parts


def answered(pairs: Iterable[Pair], way: str, among: Affixes = NONE) -> list[tuple[bool, bool]]:
    """Returns the shipped answer and the truth of each pair."""
    return [
        ((username_pair(a, b, kind, among) if way == "usernames" else name_pair(a, b, kind))[1], same)
        for a, b, kind, same in pairs
    ]


def among_all(pairs: Iterable[Pair]) -> Affixes:
    """Returns what is learned from the user names of the pairs."""
    return learned(each for pair in pairs for each in pair[:2])


def not_equal(pairs: Iterable[Pair]) -> list[Pair]:
    """Returns the pairs whose names differ in more than case."""
    return [pair for pair in pairs if pair[0].casefold() != pair[1].casefold()]


def f1(told: Sequence[tuple[bool, bool]]) -> float:
    """Returns F1 of answers beside truths."""
    both = sum(match and same for match, same in told)
    return 2 * both / max(1, sum(match for match, _ in told) + sum(same for _, same in told))


def line(name: str, pairs: Iterable[Pair], way: str, among: Affixes) -> str:
    """Returns one line of the table."""
    told = answered(pairs, way, among)
    both = sum(match and same for match, same in told)
    said, true = sum(match for match, _ in told), sum(same for _, same in told)
    right = sum(match == same for match, same in told)
    figures = f"{right / len(told):.3f} | {both / max(1, said):.3f} | {both / max(1, true):.3f}"
    return f"| {name} | {len(told)} | {figures} | {f1(told):.3f} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=("names", "usernames"))
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    pairs = read_pairs(options.file, options.way)
    print("| pairs | number | accuracy | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for name, part in (*zip(("first half", "second half"), halves(pairs), strict=True), ("all", pairs)):
        among = among_all(part) if options.way == "usernames" else NONE
        if options.way == "names":
            print(line(name, part, "names", NONE))
            continue
        other = not_equal(part)
        for said, some in ((name, part), (f"{name}, not equal", other)):
            print(line(f"{said}, each alone", some, "usernames", NONE))
            print(line(f"{said}, learned from the set", some, "usernames", among))


if __name__ == "__main__":
    main()
