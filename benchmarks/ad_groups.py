"""Groups of short ads: the shipped answer to invented sets whose templates are known.

    .venv/bin/python -m benchmarks.ad_groups [--faults]

Cases: benchmarks/cases/text_unseen.jsonl, written without sight of the code (2026-11-27), and text_check.jsonl, others
of what it found, written before anything was mended on it. A line: {"set", "id", "text", "group"}: the template the
text is made from, or null where it only sounds like one. Each set is one run of `python -m minerva.text`. A pair is
right where both sides hold one template and one group.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from minerva.text.__main__ import answer

CASES = Path(__file__).parent / "cases"
FILES = ("text_unseen", "text_check")
Pairs = set[tuple[str, str]]


def read_sets(file: str) -> dict[str, list[dict[str, Any]]]:
    """Returns the ads of each set of one of FILES."""
    sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (CASES / f"{file}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        sets[case["set"]].append(case)
    return sets


def pairs_of(labels: dict[str, Any]) -> Pairs:
    """Returns the pairs of ids with one label."""
    return {(a, b) for a, b in combinations(sorted(labels), 2) if labels[a] is not None and labels[a] == labels[b]}


def said_and_true(cases: list[dict[str, Any]]) -> tuple[Pairs, Pairs]:
    """Returns the pairs that the command line groups, and those of one template."""
    said = {str(each["id"]): each["group"] for each in answer(json.dumps(case) for case in cases)}
    return pairs_of(said), pairs_of({case["id"]: case["group"] for case in cases})


def of_file(file: str) -> tuple[Pairs, Pairs]:
    """Returns the pairs that are grouped in all sets of a file, and those of one template."""
    all_said: Pairs = set()
    all_true: Pairs = set()
    for cases in read_sets(file).values():
        said, true = said_and_true(cases)
        all_said |= said
        all_true |= true
    return all_said, all_true


def main() -> None:
    """Prints for each file a line per set and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    faults = parser.parse_args().faults
    for file in FILES:
        print(f"{file}\n\n| set | ads | pairs of one template | precision | recall |\n|---|---|---|---|---|")
        sets = read_sets(file)
        for name, cases in sets.items():
            _print_line(name, len(cases), *said_and_true(cases))
        all_said, all_true = of_file(file)
        _print_line("all", sum(map(len, sets.values())), all_said, all_true)
        print()
        for a, b in sorted(all_said ^ all_true) if faults else ():
            print(f"{'missed' if (a, b) in all_true else 'wrong'}: {a} / {b}")


def _print_line(name: str, ads: int, said: Pairs, true: Pairs) -> None:
    right = len(said & true)
    print(f"| {name} | {ads} | {len(true)} | {right / max(1, len(said)):.3f} | {right / max(1, len(true)):.3f} |")


if __name__ == "__main__":
    main()
