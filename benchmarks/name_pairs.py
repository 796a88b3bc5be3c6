"""Names and user names: the shipped answers by kind and by class, on pairs labelled by hand.

    .venv/bin/python -m benchmarks.name_pairs [--only SET] [--classes] [--faults]

Cases, of invented holders: benchmarks/cases/names_unseen.jsonl and names_unseen_2.jsonl, each written without sight of
the code and of the other (2026-11-27), and names_check.jsonl, other pairs of the same classes, written before anything
was mended on the unseen ones. A line: {"id", "kind": Person, Company, Organization, Username or absent, "a", "b",
"match", "why" or "class"}. --classes adds the table by class, --faults the wrong answers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from minerva.names.__main__ import name_pair, username_pair

CASES = Path(__file__).parent / "cases"
SETS = ("names_unseen", "names_unseen_2", "names_check")
KINDS = ("Person", "Company", "Organization", "Username")
NO_KIND = "none given"


def read_cases(name: str) -> list[dict[str, Any]]:
    """Returns the pairs of one file."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def kind_of(case: dict[str, Any]) -> str:
    """Returns the kind of the holders, or that none is given."""
    return str(case.get("kind", NO_KIND))


def class_of(case: dict[str, Any]) -> str:
    """Returns the class of the pair."""
    return str(case.get("class", case.get("why")))


def matches(case: dict[str, Any]) -> bool:
    """Returns the shipped answer."""
    way = username_pair if kind_of(case) == "Username" else name_pair
    return way(case["a"], case["b"], case.get("kind", ""))[1]


def quality(cases: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Returns (recall, precision) of the answers."""
    said = [case for case in cases if matches(case)]
    right = sum(case["match"] for case in said)
    return right / max(1, sum(case["match"] for case in cases)), right / max(1, len(said))


def table_line(name: str, cases: Sequence[dict[str, Any]]) -> str:
    """Returns one line of the table."""
    recall, precision = quality(cases)
    one, right = sum(case["match"] for case in cases), sum(matches(case) == case["match"] for case in cases)
    f1 = 2 * recall * precision / max(1e-9, recall + precision)
    figures = f"{right / max(1, len(cases)):.3f} | {precision:.3f} | {recall:.3f} | {f1:.3f}"
    return f"| {name} | {len(cases)} | {one} | {figures} |"


def print_table(first: str, groups: Iterable[tuple[str, Sequence[dict[str, Any]]]]) -> None:
    """Prints one table."""
    print(f"| {first} | pairs | of them one | accuracy | precision | recall | F1 |\n|---|---|---|---|---|---|---|")
    for name, cases in groups:
        print(table_line(name, cases))
    print()


def main() -> None:
    """Prints the tables of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=SETS)
    parser.add_argument("--classes", action="store_true")
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    for name in [options.only] if options.only else SETS:
        cases = read_cases(name)
        print(f"{name}\n")
        by_kind = [(kind, [case for case in cases if kind_of(case) == kind]) for kind in (*KINDS, NO_KIND)]
        names = [case for case in cases if kind_of(case) != "Username"]
        print_table("kind", [*((kind, of_kind) for kind, of_kind in by_kind if of_kind), ("all names", names)])
        if options.classes:
            classes = sorted({class_of(case) for case in cases})
            print_table("class", [(each, [case for case in cases if class_of(case) == each]) for each in classes])
        for case in cases if options.faults else ():
            if matches(case) != case["match"]:
                fault = "missed" if case["match"] else "wrong"
                print(f"{fault}: {kind_of(case)}: {case['a']} / {case['b']} ({class_of(case)})")


if __name__ == "__main__":
    main()
