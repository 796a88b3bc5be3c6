"""Quality of linking on invented messy records: shared front desks, moves, aliases, stock texts, names told many ways.

    python3 build.py bench link_messy [--faults]

benchmarks/cases/messy_records.jsonl and messy_records_check.jsonl hold records as `python -m minerva.linking` reads
them, without a type, with the operation that wrote each; none of it is real. Prints pairwise and B-cubed precision,
recall and F1 beside plain components and equal phone. --faults lists the pairs that ours gets wrong, grouped by what
the two records say of each other.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from benchmarks.link_quality import components, equal_phone, minerva, scores
from benchmarks.link_worlds import LinkSet, Row
from minerva.addresses import compare_addresses, parse_address
from minerva.names import compare_names

CASES = Path(__file__).parent / "cases"
SETS = ("messy_records", "messy_records_check")
TRUTH = "operation"
METHODS = {"plain components": components, "equal phone": equal_phone, "minerva.linking": minerva}
SHOWN = ("name", "address", "city", "phone", "email", "username", "text")


def messy(name: str) -> LinkSet:
    """Returns a set of benchmarks/cases; the linker does not see the truth."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    truth = {row["record_id"]: row.pop(TRUTH) for row in rows}
    return LinkSet(name, rows, truth)


def faults(chosen: LinkSet, found: Mapping[str, str]) -> Iterator[tuple[str, str, Row, Row]]:
    """Yields ("joined" | "missed", what the two say of each other, record, record) of each pair that is wrong."""
    for a, b in combinations(chosen.rows, 2):
        one, other = a["record_id"], b["record_id"]
        same, joined = chosen.truth[one] == chosen.truth[other], found[one] == found[other]
        if same != joined:
            yield "joined" if joined else "missed", said(a, b), a, b


def said(a: Row, b: Row) -> str:
    """Returns in which fields two records agree (+) and differ (-), as far as both tell them."""
    told = []
    if a["name"] and b["name"]:
        told.append(f"name {compare_names(a['name'], b['name']).score:.1f}")
    if a["address"] and b["address"]:
        level = compare_addresses(parse_address(a["address"], ""), parse_address(b["address"], "")).level
        told.append(f"address {level}")
    for field in ("phone", "email", "username"):
        left, right = ("".join(filter(str.isalnum, row[field].lower()))[-10:] for row in (a, b))
        if left and right:
            told.append(f"{'+' if left == right else '-'}{field}")
    if a["text"] and b["text"]:
        one, other = ({*row["text"].lower().split()} for row in (a, b))
        told.append(f"{'+' if 2 * len(one & other) > min(len(one), len(other)) else '-'}text")
    return " ".join(told)


def _show_faults(chosen: LinkSet, found: Mapping[str, str]) -> None:
    groups: dict[tuple[str, str], list[tuple[Row, Row]]] = defaultdict(list)
    for verdict, what, a, b in faults(chosen, found):
        groups[verdict, what].append((a, b))
    for (verdict, what), pairs in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]))):
        print(f"  {verdict}, {what}: {len(pairs)}")
        for a, b in pairs:
            for row in (a, b):
                print("    ", chosen.truth[row["record_id"]], row["record_id"], " | ".join(row[each] for each in SHOWN))
            print()


def main() -> None:
    """Prints one block per set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", action="store_true", help="list the pairs that ours gets wrong")
    parser.add_argument("--set", action="append", choices=SETS, dest="names")
    options = parser.parse_args()
    for chosen in map(messy, options.names or SETS):
        print(f"{chosen.name}: {len(chosen.rows)} records, {len(set(chosen.truth.values()))} operations")
        for name, method in METHODS.items():
            found = method(chosen)
            told = "   ".join(
                f"{kind} {p:.3f} {r:.3f} {f:.3f}" for kind, (p, r, f) in scores(found, chosen.truth).items()
            )
            print(f"  {name:17s} {told}", flush=True)
        if options.faults:
            _show_faults(chosen, found)


if __name__ == "__main__":
    main()
