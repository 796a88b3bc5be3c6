"""Ten joins and ten refusals as the command line of linking explains them: the table of docs/linking.md.

    .venv/bin/python -m benchmarks.registers.explained

Invented records of two registers, linked in one run with others of the same, since what many share is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minerva.linking.__main__ import answer

CASES = Path(__file__).parents[1] / "cases" / "joins_and_refusals.json"
Pair = tuple[dict[str, Any], dict[str, Any]]


def read() -> dict[str, Any]:
    """Returns the cases: joined and refused pairs, and the rows among which they stand."""
    found: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def answered() -> Iterator[tuple[str, Pair, Pair]]:
    """Yields (joined or refused, rows, answers) of each pair."""
    cases = read()
    rows = [{"record_id": f"r{place}", **row} for place, row in enumerate(
        [row for kind in ("joined", "refused") for pair in cases[kind] for row in pair] + cases["among"])]  # fmt: skip
    answers = list(answer(map(json.dumps, rows)))
    for place in range(len(cases["joined"]) + len(cases["refused"])):
        one, other = 2 * place, 2 * place + 1
        kind = "joined" if place < len(cases["joined"]) else "refused"
        yield kind, (rows[one], rows[other]), (answers[one], answers[other])


def told(answers: Pair) -> str:
    """Returns what the command says of two: the reason of their join, or what the one is to the other, or nothing."""
    one, other = answers
    names = {str(each["record_id"]): name for each, name in zip(answers, ("the one", "the other"), strict=True)}
    if one["entity_id"] == other["entity_id"]:
        said = next((each for each in one["reasons"] if f"with {other['record_id']}:" in each), "")
        return said.partition(": ")[2] or "through a third record"
    said = "; ".join(each for each in one.get("related", []))
    for written, name in (*names.items(), (other["entity_id"], "the other"), (one["entity_id"], "the one")):
        said = said.replace(written, name)
    return said or "-"


def table() -> str:
    """Returns both tables as Markdown."""
    found: dict[str, list[str]] = {"joined": [], "refused": []}
    because = iter(read()["because"])
    for kind, rows, answers in answered():
        last = f" {next(because)} |" if kind == "refused" else ""
        found[kind].append(f"| {_shown(rows[0])} | {_shown(rows[1])} | {told(answers)} |{last}")
    heads = ("| One | Other | What it says |", "|---|---|---|")
    joined = "\n".join((*heads, *found["joined"]))
    refused = "\n".join((f"{heads[0]} Because |", f"{heads[1]}---|", *found["refused"]))
    return f"Joined:\n\n{joined}\n\nRefused, and what is told instead:\n\n{refused}\n"


def _shown(row: dict[str, Any]) -> str:
    fields = ("name", "address", "city", "postcode", "phone")
    return ", ".join([*(row[each] for each in fields if row.get(each)), *row.get("identifiers", [])])


if __name__ == "__main__":
    print(table())
