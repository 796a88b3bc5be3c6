"""User names of one person that differ: F1 of the shipped scorer beside trigram overlap and Jaro-Winkler.

    .venv/bin/python -m benchmarks.username_pairs

Cases: benchmarks/cases/usernames.csv (invented people; see username_cases). Odd lines fix each method's threshold, the
most right answers, and even lines are scored.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from minerva.names.usernames import USERNAME_THRESHOLD, compare_usernames

CASES = Path(__file__).parent / "cases" / "usernames.csv"
Case = tuple[str, str, bool]


def read_cases() -> tuple[list[Case], list[Case]]:
    """Returns (odd, even) cases."""
    with CASES.open(encoding="utf-8", newline="") as stream:
        cases = [(row["a"], row["b"], row["same"] == "1") for row in csv.DictReader(stream)]
    return cases[::2], cases[1::2]


def trigrams(a: str, b: str) -> float:
    """Returns the share of letter trigrams that both hold."""
    one, other = ({f"^{name.lower()}$"[place : place + 3] for place in range(len(name))} for name in (a, b))
    return len(one & other) / len(one | other)


def jaro_winkler(a: str, b: str) -> float:
    """Returns rapidfuzz's similarity of the lower-case names."""
    return float(JaroWinkler.similarity(a.lower(), b.lower()))


def shipped(a: str, b: str) -> float:
    """Returns the shipped score."""
    return compare_usernames(a, b).score


def threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """Returns the score from which on "same" gives the most right answers."""
    ordered = sorted(scored, reverse=True)
    right = sum(not same for _, same in ordered)
    best, found = right, 2.0
    for score, same in ordered:
        right += 1 if same else -1
        if right > best:
            best, found = right, score
    return found


def quality(scored: Sequence[tuple[float, bool]], least: float) -> tuple[float, float, float]:
    """Returns precision, recall and F1 of the answers at or over `least`."""
    both = sum(same for score, same in scored if score >= least)
    said, true = sum(score >= least for score, _ in scored), sum(same for _, same in scored)
    precision, recall = both / max(1, said), both / max(1, true)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Prints the table."""
    odd, even = read_cases()
    print(f"{len(odd)} pairs fix the threshold, {len(even)} are scored\n")
    print("| method | precision | recall | F1 | pairs/CPU-s |\n|---|---|---|---|---|")
    methods: list[tuple[str, Callable[[str, str], float]]] = [
        ("trigram overlap", trigrams), ("Jaro-Winkler", jaro_winkler), ("compare_usernames", shipped)
    ]  # fmt: skip
    for name, method in methods:
        start = time.process_time()
        fixed = threshold([(method(a, b), same) for a, b, same in odd])
        scored = [(method(a, b), same) for a, b, same in even]
        rate = (len(odd) + len(even)) / (time.process_time() - start)
        precision, recall, f1 = quality(scored, fixed)
        print(f"| {name} (at {fixed:.3f}) | {precision:.3f} | {recall:.3f} | {f1:.3f} | {rate:,.0f} |")
    precision, recall, f1 = quality([(shipped(a, b), same) for a, b, same in even], USERNAME_THRESHOLD)
    print(
        f"| compare_usernames (shipped threshold {USERNAME_THRESHOLD}) | {precision:.3f} | {recall:.3f} | {f1:.3f} | |"
    )


if __name__ == "__main__":
    main()
