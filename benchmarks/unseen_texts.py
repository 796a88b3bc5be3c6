"""Recall and precision by kind, and by way of writing, on a file of texts that the extractors' authors had not seen.

    .venv/bin/python -m benchmarks.unseen_texts [NAME] [--misses]

NAME is the last round unless given, such as unseen_ads_3. Phones, e-mails, usernames, payment tags and wallets are
looked for in every text of benchmarks/cases/NAME.jsonl, all other kinds where the case is about them: where it names
`identifiers`. A phone found behind the name of a network is a false find like any other.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.tally import Tally, show_miss
from minerva.identifiers import KINDS, extract

WIDTH = 48
CASES = Path(__file__).parent / "cases"
LATER_ROUNDS = range(2, 40)
"""Of unseen texts, after the first: `unseen_ads` and these numbers are the files."""
KEYS = {
    "phone": "phones", "email": "emails", "username": "usernames", "payment_tag": "payment_tags", "wallet": "wallets",
}  # fmt: skip
COLUMNS_ONLY = {"local_phone", "license", "company_number"}
OTHERS = [kind.NAME for kind in KINDS if kind.NAME not in KEYS and kind.NAME not in COLUMNS_ONLY]


def told(row: dict[str, Any]) -> set[str]:
    """Returns what a case holds, as `kind:value`."""
    values = {f"{kind}:{value}" for kind, key in KEYS.items() for value in row.get(key, ())}
    return values | set(row.get("identifiers", ()))


def found(row: dict[str, Any]) -> set[str]:
    """Returns what is found in a case, as `kind:value`."""
    kinds = [*KEYS, *OTHERS] if "identifiers" in row else list(KEYS)
    return {item.identifier for item in extract(row["text"], kinds=kinds, region=row["region"])}


def rows(name: str) -> list[dict[str, Any]]:
    """Returns the cases of benchmarks/cases/NAME.jsonl."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Prints the figures by kind, then by way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default=f"unseen_ads_{LATER_ROUNDS[-1]}")
    parser.add_argument("--misses", action="store_true", help="list every text that is read wrongly")
    options = parser.parse_args()
    kinds, ways = Tally(), Tally()
    for row in rows(options.name):
        wanted, given = told(row), found(row)
        kinds.add_kinds(wanted, given)
        ways.add(row["way"], wanted, given)
        if options.misses and wanted != given:
            show_miss(row, wanted, given)
    kinds.show("kind", WIDTH)
    ways.show("\nway", WIDTH)


if __name__ == "__main__":
    main()
