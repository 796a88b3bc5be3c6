"""Names and user names: recall and precision of the shipped answers by kind, on pairs labelled by hand.

    .venv/bin/python -m benchmarks.name_pairs [--faults]

Cases, of invented holders: benchmarks/cases/names_unseen.jsonl, written without sight of the code (2026-11-27), and
names_check.jsonl, other pairs of the same classes, written before anything was mended on the first. A line: {"id",
"kind": Person, Company, Organization or Username, "a", "b", "match", "why"}. --faults prints the wrong answers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from minerva.names.__main__ import name_pair, username_pair

CASES = Path(__file__).parent / "cases"
SETS = ("names_unseen", "names_check")
KINDS = ("Person", "Company", "Organization", "Username")


def read_cases(name: str) -> list[dict[str, Any]]:
    """Returns the pairs of one file."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def matches(case: dict[str, Any]) -> bool:
    """Returns the shipped answer."""
    way = username_pair if case["kind"] == "Username" else name_pair
    return way(case["a"], case["b"], case["kind"])[1]


def quality(cases: list[dict[str, Any]]) -> tuple[float, float]:
    """Returns (recall, precision) of the answers."""
    said = [case for case in cases if matches(case)]
    right = sum(case["match"] for case in said)
    return right / max(1, sum(case["match"] for case in cases)), right / max(1, len(said))


def main() -> None:
    """Prints a table per set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    faults = parser.parse_args().faults
    for name in SETS:
        cases = read_cases(name)
        print(f"{name}\n\n| kind | pairs | of them one | recall | precision |\n|---|---|---|---|---|")
        for kind in KINDS:
            of_kind = [case for case in cases if case["kind"] == kind]
            recall, precision = quality(of_kind)
            one = sum(case["match"] for case in of_kind)
            print(f"| {kind} | {len(of_kind)} | {one} | {recall:.3f} | {precision:.3f} |")
        print()
        for case in cases if faults else ():
            if matches(case) != case["match"]:
                fault = "missed" if case["match"] else "wrong"
                print(f"{fault}: {case['kind']}: {case['a']} / {case['b']} ({case['why']})")


if __name__ == "__main__":
    main()
