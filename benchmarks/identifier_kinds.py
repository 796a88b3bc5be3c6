"""All kinds but phones: recall and precision by kind on benchmarks/cases/kinds.jsonl, and what a router costs.

    .venv/bin/python -m benchmarks.identifier_kinds [--misses] [--repeats 5]

Router cost is CPU time per text of benchmarks/cases/benign.jsonl, on top of reading the text.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from benchmarks.tally import Tally, show_miss
from minerva.identifiers import KINDS, extract
from minerva.identifiers.reading import Reading

CASES = Path(__file__).parent / "cases"
NAMES = [kind.NAME for kind in KINDS if kind.NAME not in ("phone", "local_phone")]


def rows(name: str) -> list[dict[str, str | list[str]]]:
    """Returns the rows of benchmarks/cases/NAME.jsonl."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def kinds_of(row: dict[str, str | list[str]]) -> list[str]:
    """Returns what to search a case for: attributes only where the case is about them."""
    attributes = {kind.NAME for kind in KINDS if kind.ATTRIBUTE}
    return [name for name in NAMES if name not in attributes or str(row["id"]).startswith("attribute")]


def quality(misses: bool = False) -> Tally:
    """Returns what the cases hold and what is found, by kind. misses: prints every text that is read wrongly."""
    tally = Tally()
    for row in rows("kinds"):
        region = row["region"]
        given = {
            item.identifier
            for item in extract(str(row["text"]), kinds=kinds_of(row), region=str(region) if region else None)
        }
        wanted = set(row["identifiers"])
        # A link to a profile is a URL too; cases name it only where they are about web addresses.
        if not str(row["id"]).startswith("web"):
            given = {value for value in given if not value.startswith(("url:", "domain:"))}
        tally.add_kinds(wanted, given)
        if misses and given != wanted:
            show_miss(row, wanted, given)
    return tally


def routers(repeats: int) -> None:
    """Prints microseconds per text: reading alone, then each router on top of it."""
    texts = [str(row["text"]) for row in rows("benign")] * 10
    kinds = {kind.NAME: kind for kind in KINDS}

    def measure(name: str | None) -> float:
        spent = []
        for _ in range(repeats):
            readings = [Reading(text) for text in texts]
            for reading in readings:
                # What every search makes anyway, once for all kinds.
                _ = reading.words, reading.lowered, reading.has_dot
                kinds["iban"].may_hold(reading)
            begin = time.process_time()
            for reading in readings:
                if name is not None:
                    kinds[name].may_hold(reading)
            spent.append(time.process_time() - begin)
        return statistics.median(spent) / len(texts) * 1e6

    base = measure(None)
    print(f"\nrouters, us per text of {statistics.mean(map(len, texts)):.0f} characters (median of {repeats})")
    for name in kinds:
        print(f"  {name:16s} {max(0.0, measure(name) - base):6.2f}")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every text that is read wrongly")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    quality(options.misses).show("kind", 16)
    routers(options.repeats)


if __name__ == "__main__":
    main()
