"""Names looked up in a list: what `minervamatch kind=organization` finds, beside equal names and rapidfuzz.

    trusts     trusts of England in the register of companies; parted in halves by company
    scotland_names  schools of one year, with their authority, in the list of the year before
    ror        organizations as authors write them, in a list of the other writings: of ten parts by hash each is asked
               of the nine others; only who is in the list counts

Cut-offs and weights were tuned on the first half alone.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minerva.names.against_list import ListedNames
from minerva.names.forms import name_form
from minerva.names.romanize import latin_words

PARTS = 10
FUZZY = 88.0
"""Least `ratio` of an answer of rapidfuzz; what benchmarks/name_search.py asks for."""
FUZZY_MOST = 20_000_000
"""Comparisons up to which rapidfuzz is asked: it looks at every name of the list for each one."""
Named = tuple[str, str]
"""(id, name)."""


@dataclass
class NameList:
    """listed: (holder, name) of the list; asked: (true holder or "", name); ranked: the best counts, however alike."""

    name: str
    listed: list[Named]
    asked: list[Named]
    ranked: bool = False


def trusts(folder: Path, half: int) -> Iterator[NameList]:
    """Trusts of England in the register of companies."""
    rows = _rows(folder / "schools_england" / "trusts_matched_to_companies.csv")
    listed = {row["company"]: row["company-name"] for row in rows if row["company"]}
    asked = [(row["company"], row["name"]) for row in rows if half_of(row["company"] or row["name"]) == half]
    yield NameList("trusts of England in the register of companies", list(listed.items()), asked)


def scotland_names(folder: Path, half: int) -> Iterator[NameList]:
    """Schools of Scotland: names of 2024 in the list of 2023."""
    before = _rows(folder / "schools_scotland" / "schools_2023.csv")
    after = _rows(folder / "schools_scotland" / "names_2024.csv")
    listed = {row["SeedCode"]: f"{row['SchoolName']}, {row['LAName']}" for row in before}
    asked = [(row["SeedCode"] if row["SeedCode"] in listed else "", f"{row['School Name']}, {row['Local Authority']}")
             for row in after if half_of(row["SeedCode"]) == half]  # fmt: skip
    yield NameList("schools of Scotland, 2024 in 2023", list(listed.items()), asked)


def ror(folder: Path, half: int) -> Iterator[NameList]:
    """Organizations as authors write them, in a list of the other writings."""
    rows = [(row["ror_id"], row["affiliation"]) for row in _rows(folder / "organisation_names_ror/affiliations.csv")]
    for part in range(PARTS):
        listed = [each for each in rows if _part(each[1]) != part]
        held = {holder for holder, _ in listed}
        asked = [each for each in rows if _part(each[1]) == part and each[0] in held and half_of(each[0]) == half]
        yield NameList("organizations of ROR in their other writings", listed, asked, ranked=True)


LISTS: Mapping[str, Callable[[Path, int], Iterator[NameList]]] = {
    "trusts": trusts, "scotland_names": scotland_names, "ror": ror,
}  # fmt: skip


def half_of(holder: str) -> int:
    """Returns 0 for the half that was tuned on, 1 for the other."""
    return hashlib.sha256(holder.encode()).digest()[0] % 2


def _part(name: str) -> int:
    return zlib.crc32(name.encode()) % PARTS


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def equal_name(chosen: NameList) -> list[str]:
    """Returns the holder of each name asked for, "" for none: names equal but for case, accents and signs."""
    held: dict[str, set[str]] = defaultdict(set)
    for holder, name in chosen.listed:
        held[" ".join(latin_words(name))].add(holder)
    found = (held.get(" ".join(latin_words(name)), set()) for _, name in chosen.asked)
    return [next(iter(each)) if len(each) == 1 else "" for each in found]


def fuzzy(chosen: NameList) -> list[str]:
    """rapidfuzz `ratio` of sorted words, the best of the list."""
    from rapidfuzz import fuzz, process

    forms = [name_form(name) for _, name in chosen.listed]
    least = 0.0 if chosen.ranked else FUZZY
    found = []
    for _, name in chosen.asked:
        best = process.extractOne(name_form(name), forms, scorer=fuzz.ratio, score_cutoff=least)
        found.append(chosen.listed[best[2]][0] if best else "")
    return found


def ours(chosen: NameList) -> list[str]:
    """The command line `python -m minerva.names organizations`; of a ranked list the best, however alike."""
    known = ListedNames(_line(*each) for each in chosen.listed)
    return [(known.best(name) if chosen.ranked else known.answer(_line("", name))["match"]) or ""
            for _, name in chosen.asked]  # fmt: skip


def _line(number: str, name: str) -> str:
    return json.dumps({"id": number, "name": name})


def shares(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Returns precision, recall and F1 of (true, found)."""
    right = sum(bool(true) and true == found for true, found in pairs)
    said, true = sum(bool(found) for _, found in pairs), sum(bool(each) for each, _ in pairs)
    return right / max(1, said), right / max(1, true), 2 * right / max(1, said + true)


def measure(name: str, folder: Path, *, beside: bool) -> None:
    """Prints the block of a list, by half."""
    methods: list[tuple[str, Callable[[NameList], list[str]]]] = [("equal name", equal_name)]
    if beside and importlib.util.find_spec("rapidfuzz.fuzz_cpp"):
        methods.append(("rapidfuzz", fuzzy))
    methods.append(("minerva.names", ours))
    for half, told in ((0, "tuned on"), (1, "held back")):
        parts = list(LISTS[name](folder, half))
        asked = sum(len(part.asked) for part in parts)
        print(f"{parts[0].name}: {len(parts[0].listed)} listed, {asked} asked, half {told}")
        for method, answer in methods:
            if method == "rapidfuzz" and asked * len(parts[0].listed) > FUZZY_MOST:
                continue
            pairs: list[tuple[str, str]] = []
            started = time.process_time()
            for part in parts:
                pairs += zip((true for true, _ in part.asked), answer(part), strict=True)
            seconds = time.process_time() - started
            print(f"  {method:24s} {'{:.3f} {:.3f} {:.3f}'.format(*shares(pairs))}   cpu-s {seconds:.1f}", flush=True)


def wrong(chosen: NameList) -> Iterator[tuple[Any, ...]]:
    """Yields (name, true holder, found holder) of wrong answers."""
    for (true, name), found in zip(chosen.asked, ours(chosen), strict=True):
        if true != found:
            yield name, true, found
