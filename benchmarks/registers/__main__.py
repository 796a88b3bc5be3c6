"""Quality and time of linking and of look-ups on real registers, each beside a plain rule, Splink and dedupe.

    python3 build.py bench registers [--set NAME ...] [--folder DIR] [--type site] [--times] [--faults 20]
        [--sample 100 --seed 34] [--no-peers] [--restaurants DIR]

Public registers with their own ids as truth; --folder says where they are, and what is not there is left out. Sets:
pairwise precision, recall and F1, records of the largest entity, most names in one, groups of equal name and address
left apart, CPU seconds; without truth also entities with more than four names that share only trade words. Lists:
precision, recall and F1 of who a name is, by half. Nothing is drawn but what dedupe learns from (seed 1) and what
--sample shows (--seed).
`--times` links 3,500, 7,000 and all rows of one register, and its rows repeated over ten invented towns up to 100,000
with changed names.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.link_quality import minerva, scores, splink_clusters
from benchmarks.link_registers import restaurants
from benchmarks.link_worlds import LinkSet
from benchmarks.registers import judge, lists, peers, scale
from benchmarks.registers.sets import FOLDER, SETS, little_rock

RESTAURANTS = "restaurants"
DEDUPE_MOST = 6000
"""Records up to which dedupe is run."""
Method = Callable[[LinkSet], dict[str, str]]


def methods(chosen: LinkSet, *, beside: bool) -> Iterator[tuple[str, Method]]:
    """Yields (name, method), ours last."""
    yield "equal name and postcode", peers.baseline
    if beside and importlib.util.find_spec("splink"):
        yield "Splink", splink_clusters
    if beside and importlib.util.find_spec("dedupe") and chosen.truth and len(chosen.rows) <= DEDUPE_MOST:
        yield "dedupe", peers.taught
    yield "minerva.linking", minerva


def show(name: str, chosen: LinkSet, found: Mapping[str, str], truth: Mapping[str, str], seconds: float) -> None:
    """Prints the line of a method."""
    told = "{:.3f} {:.3f} {:.3f}".format(*scores(found, truth)["pairwise"]) if truth else "-"
    unlike = "" if truth else f", names unlike {len(judge.unlike_names(chosen, found))}"
    print(f"  {name:24s} {told:17s}   {judge.describe(chosen, found)}, equal name and address apart "
          f"{judge.split_groups(chosen, found)}{unlike}   cpu-s {seconds:.1f}", flush=True)  # fmt: skip


def measure(chosen: LinkSet, options: argparse.Namespace) -> None:
    """Prints the block of a set."""
    print(f"{chosen.name}: {len(chosen.rows)} rows, {len(set(chosen.truth.values())) or 'no'} true entities")
    found: dict[str, str] = {}
    unseen = peers.unseen(chosen)
    for name, method in methods(chosen, beside=not options.no_peers):
        started = time.process_time()
        try:
            found = method(chosen)
        except Exception as error:  # what a peer says when it cannot learn from a set is its line
            if name not in ("Splink", "dedupe"):
                raise
            print(f"  {name:24s} cannot be trained on this set: {type(error).__name__}", flush=True)
            continue
        seconds = time.process_time() - started
        if name == "dedupe":
            show("dedupe, half", chosen, found, unseen, seconds)
            continue
        show(name, chosen, found, chosen.truth, seconds)
        if name == "minerva.linking" and chosen.truth and not options.no_peers:
            show("ours, dedupe's half", chosen, found, unseen, seconds)
    for entity, names in sorted(() if chosen.truth else judge.unlike_names(chosen, found).items()):
        print(f"  names unlike in {entity}: {'; '.join(names)}")
    if chosen.truth and options.faults:
        print("\n".join(judge.faults(chosen, found, options.faults)))
    if options.sample:
        print("\n".join(judge.sample(chosen, found, options.sample, options.seed)))


def linked(name: str, options: argparse.Namespace) -> LinkSet:
    """Returns a set as the options ask for it. Raises FileNotFoundError."""
    chosen = restaurants(options.restaurants) if name == RESTAURANTS else SETS[name](options.folder)
    if chosen is None:
        raise FileNotFoundError(2, "not here", str(options.restaurants))
    rows = chosen.rows[: options.rows or None]
    if options.type:
        rows = [{**row, "record_type": options.type} for row in rows]
    truth = {row["record_id"]: chosen.truth[row["record_id"]] for row in rows if row["record_id"] in chosen.truth}
    return LinkSet(chosen.name, rows, truth)


def main() -> None:
    """Prints one block per set and list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=(*SETS, RESTAURANTS, *lists.LISTS), dest="names")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--restaurants", type=Path, help="the unpacked package py_entitymatching")
    parser.add_argument("--type", default="", help="record type that all rows get")
    parser.add_argument("--times", action="store_true")
    parser.add_argument("--no-peers", action="store_true", help="without Splink, dedupe and rapidfuzz")
    parser.add_argument("--faults", type=int, default=0, metavar="PAIRS")
    parser.add_argument("--sample", type=int, default=0, metavar="ENTITIES", help="print drawn entities, to be read")
    parser.add_argument("--seed", type=int, default=34, help="of the sample")
    parser.add_argument("--rows", type=int, default=0, help="the first rows alone")
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # Splink tells each step of its training
    for name in options.names or [*SETS, RESTAURANTS, *lists.LISTS]:
        try:
            if name in lists.LISTS:
                lists.measure(name, options.folder, beside=not options.no_peers)
            else:
                measure(linked(name, options), options)
        except FileNotFoundError as error:
            print(f"{name} is not here: {error.filename}")
    if options.times:
        scale.times(little_rock(options.folder).rows)


if __name__ == "__main__":
    main()
