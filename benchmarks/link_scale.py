"""Linking at scale: CPU-seconds, peak memory and pairwise F1 of a full link, with numpy and without, beside Splink.

    python3 build.py bench link_scale [--records 1000000] [--seed 11] [--plain] [--growth] [--splink 100000]

Each measurement is a process of its own that makes its records (not timed), links them through the library (timed) and
prints one line. Peak memory is the process's, records included. Invented people: names with errors, a city, and
on average three of their phones, e-mail addresses, user names and URLs a record; some numbers are front desks.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.linking_hubs import pairwise
from minerva.linking import DEFAULT, resolve
from minerva.linking.model import LinkRecord

START = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "zo")
END = ("ra", "len", "nis", "mond", "ko", "sson", "ti", "vic", "ley", "nez", "ton", "ma")
CITIES = 400
HELD = (("phone", 0.9), ("email", 0.8), ("username", 0.8), ("url", 0.5))
SHARED_BY_HUB = 300
HUB_SHARE = 0.05


def people(size: int, seed: int) -> tuple[list[LinkRecord], list[int]]:
    """Returns `size` records and the person behind each; sizes of persons: Pareto, 1 to 40 records, mean about 3.7."""
    draw = random.Random(seed)
    first = [a + b for a in START for b in END][:200]
    last = [a + b + c for a in START for b in START for c in END]
    hubs = max(3, int(size * HUB_SHARE) // SHARED_BY_HUB)
    records: list[LinkRecord] = []
    truth: list[int] = []
    person = 0
    while len(records) < size:
        name, city = f"{draw.choice(first)} {draw.choice(last)}", f"city {draw.randrange(CITIES)}"
        own = {
            "phone": [f"phone:+1415{person:08d}{number}" for number in range(1 + (draw.random() < 0.4))],
            "email": [f"email:u{person}.{number}@example.com" for number in range(1 + (draw.random() < 0.3))],
            "username": [f"username:u{person}_{number}" for number in range(1 + (draw.random() < 0.3))],
            "url": [f"url:https://u{person}.example.com/"],
        }
        for _ in range(min(40, int(draw.paretovariate(1.15)))):
            held = [draw.choice(own[kind]) for kind, share in HELD if draw.random() < share]
            if draw.random() < HUB_SHARE:
                held.append(f"phone:+1212{draw.randrange(hubs):08d}")
            number = len(records)
            records.append(
                LinkRecord(
                    f"{(number * 2654435761) % 2**64:016x}{number:016x}", "bench", "ad", tuple(sorted(set(held))),
                    _typed(name, draw), "", city if draw.random() < 0.85 else "", "", "", 1_600_000_000 + number,
                )
            )  # fmt: skip
            truth.append(person)
        person += 1
    return records[:size], truth[:size]


def _typed(name: str, draw: random.Random) -> str:
    """Returns the name, in two of five cases with a letter left out or doubled."""
    if draw.random() > 0.4:
        return name
    place = draw.randrange(len(name))
    return name[:place] + (name[place] * 2 if draw.random() < 0.5 else "") + name[place + 1 :]


def one_value(size: int, seed: int) -> tuple[list[LinkRecord], list[int]]:
    """Returns `size` records that all share one value, and nothing else with each other."""
    records, _ = people(size, seed)
    shared = "phone:+12125550100"
    made = [
        record._replace(identifiers=(f"email:own{number}@example.com", shared)) for number, record in enumerate(records)
    ]
    return made, list(range(size))


WORLDS: dict[str, Callable[[int, int], tuple[list[LinkRecord], list[int]]]] = {"people": people, "one value": one_value}


def measured(way: str, world: str, size: int, seed: int) -> dict[str, Any]:
    """Returns what one full link cost and found; called in a process of its own."""
    if way == "plain":
        sys.modules["numpy"] = None  # type: ignore[assignment]  # as on a host without it
    records, truth = WORLDS[world](size, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = sum(len(record.identifiers) for record in records)
    start = time.process_time()
    if way == "splink":
        from benchmarks.link_splink import link_with_splink

        found: Sequence[object] = link_with_splink(records)
    else:
        members = resolve(records, {}, "bench", DEFAULT).members
        found = [members[record.record_id] for record in records]
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    precision, recall, f1 = pairwise(found, truth)
    return {
        "way": way, "world": world, "records": size, "identifiers": held, "cpu_s": round(seconds, 2),
        "peak_gib": round(peak / 2**20, 3), "before_gib": round(before / 2**20, 3),
        "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4),
    }  # fmt: skip


def in_child(way: str, world: str, size: int, seed: int) -> dict[str, Any]:
    """Returns `measured` of a child process."""
    command = [sys.executable, "-m", "benchmarks.link_scale", "--child", way, world, str(size), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Linking at scale: CPU, memory and F1 of a full link.")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--plain", action="store_true", help="the path without numpy too")
    parser.add_argument("--growth", action="store_true", help="an eighth of the records too")
    parser.add_argument("--one-value", action="store_true", help="all records share one value")
    parser.add_argument("--splink", type=int, default=0, metavar="N", help="Splink beside it, on N records")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        way, world, size, seed = options.child
        print(json.dumps(measured(way, world, int(size), int(seed))))
        return
    runs = [("numpy", "people", options.records)]
    if options.growth:
        runs.insert(0, ("numpy", "people", options.records // 8))
    if options.plain:
        runs.append(("plain", "people", options.records))
    if options.one_value:
        runs += [("numpy", "one value", options.records // 8), ("numpy", "one value", options.records)]
    if options.splink:
        runs += [("numpy", "people", options.splink), ("splink", "people", options.splink)]
    print(f"seed {options.seed}\n")
    print("| way | world | records | identifiers | CPU-s | us a record | peak GiB | GiB before | P | R | F1 |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for way, world, size in runs:
        found = in_child(way, world, size, options.seed)
        each = found["cpu_s"] * 1e6 / size
        print(
            f"| {way} | {world} | {size:,} | {found['identifiers']:,} | {found['cpu_s']:.1f} | {each:.1f}"
            f" | {found['peak_gib']:.2f} | {found['before_gib']:.2f} | {found['precision']:.3f}"
            f" | {found['recall']:.3f} | {found['f1']:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
