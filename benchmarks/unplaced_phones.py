"""Recall and precision of phones where no country is known, beside those where it is, on the labelled texts.

    .venv/bin/python -m benchmarks.unplaced_phones [--misses] [--least 0.0]

All files benchmarks/cases/*_ads*.jsonl with phones; plus signs tell the country by themselves and are counted apart.
The texts were read while the hints were made: every second text is kept apart and shown by itself.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from typing import Any

from benchmarks.unseen_texts import CASES, rows
from minerva.identifiers import extract_each


def labelled() -> list[dict[str, Any]]:
    """Returns the labelled texts of a country that hold no other country's sign."""
    names = sorted(path.stem for path in CASES.glob("*_ads*.jsonl"))
    return [row for name in names for row in rows(name) if row.get("region") and "phones" in row]


def scores(given: Iterable[tuple[set[str], set[str]]]) -> tuple[int, int, int]:
    """Returns how many phones are told, found and right."""
    counted: Counter[str] = Counter()
    for told, found in given:
        counted.update(told=len(told), found=len(found), right=len(told & found))
    return counted["told"], counted["found"], counted["right"]


def line(label: str, counts: tuple[int, int, int]) -> str:
    """Returns a line of the table."""
    told, found, right = counts
    recall, precision = right / max(1, told), right / max(1, found)
    return f"{label:34s} {told:6,} {found:6,}  recall {recall:.3f}  precision {precision:.3f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every false find")
    parser.add_argument("--least", type=float, default=0.0, help="confidence of what is counted as found")
    options = parser.parse_args()
    cases = labelled()
    texts = [row["text"] for row in cases]
    told = [set(row["phones"]) for row in cases]
    read = {
        "country known": extract_each(texts, kinds=["phone"], regions=[row["region"] for row in cases]),
        "no country known": extract_each(texts, kinds=["phone"]),
    }
    print(f"{'':34s} {'told':>6s} {'found':>6s}")
    for name, evidence in read.items():
        found = [{item.value for item in own if item.confidence >= options.least} for own in evidence]
        pairs = list(zip(told, found, strict=True))
        print(line(name, scores(pairs)))
        print(line("  every second text", scores(pairs[1::2])))
        local = [pair for pair, text in zip(pairs, texts, strict=True) if "+" not in text]
        print(line("  texts without a plus sign", scores(local)))
        if name == "country known":
            continue
        for region in sorted({row["region"] for row in cases}):
            own = [pair for pair, row, text in zip(pairs, cases, texts, strict=True)
                   if row["region"] == region and "+" not in text]
            print(line(f"    {region}", scores(own)))
        for row, wanted, given in zip(cases, told, found, strict=True) if options.misses else ():
            if given - wanted:
                print(row["id"], row["region"], sorted(given - wanted), sorted(wanted), repr(row["text"][:160]))


if __name__ == "__main__":
    main()
