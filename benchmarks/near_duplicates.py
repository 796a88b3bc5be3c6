"""Near-duplicate text: texts per CPU-second, pair precision and recall, beside datasketch, rensa and the method of
InfoShield (benchmarks/infoshield.py) in the same run.

    python3 build.py bench near_duplicates [--texts 20000] [--repeats 3] [--seed N] [--large 1000000]

Texts of about 400 characters: campaigns made from one template (six changed words, and in half of them words added, a
block moved or the end cut off) and single texts. `--large` adds one run of our own alone, with its peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.infoshield import group_by_description
from benchmarks.linking_hubs import pairwise
from minerva.components import components
from minerva.text.grouping import group_plainly
from minerva.text.grouping_numpy import group_with_numpy
from minerva.text.options import DEFAULT

Grouping = Callable[[Sequence[str]], Sequence[int]]
PERMUTATIONS = 128
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "zo")
ACCENTED = 0.03  # share of words with a letter outside ASCII, as in English and Spanish mixed


def texts_with_truth(size: int, seed: int) -> tuple[list[str], list[int]]:
    """Returns shuffled texts and the template of each."""
    draw = random.Random(seed)
    vocabulary = ["".join(draw.choices(SYLLABLES, k=draw.choice((1, 2, 2, 3)))) for _ in range(2500)]
    vocabulary = [f"{word}é" if draw.random() < ACCENTED else word for word in vocabulary]

    def words() -> list[str]:
        return [vocabulary[int(len(vocabulary) * draw.random() ** 2)] for _ in range(draw.randint(68, 92))]

    made: list[tuple[str, int]] = []
    template = 0
    while len(made) < size:
        base, template = words(), template + 1
        if draw.random() > 0.09:
            made.append((" ".join(base), template))
            continue
        slots = draw.sample(range(len(base)), 6)
        for _ in range(min(40, 2 + int(draw.paretovariate(1.1)))):
            made.append((" ".join(_changed(base, slots, vocabulary, draw)), template))
    made = made[:size]
    draw.shuffle(made)
    return [text for text, _ in made], [number for _, number in made]


def _changed(base: Sequence[str], slots: Sequence[int], vocabulary: Sequence[str], draw: random.Random) -> list[str]:
    found = list(base)
    for slot in slots:
        found[slot] = draw.choice(("ada", "berta", "€", "+44", "room")) + str(draw.randrange(10**6))
    kind = draw.random()
    if kind < 0.3:
        for _ in range(draw.randint(1, 4)):
            found.insert(draw.randrange(len(found)), draw.choice(vocabulary))
    elif kind < 0.45:
        cut = draw.randrange(10, len(found) - 10)
        found = found[cut:] + found[:cut]
    elif kind < 0.55:
        found = found[: int(len(found) * 0.75)]
    return found


def with_datasketch(texts: Sequence[str]) -> list[int]:
    """MinHash of three-word shingles and MinHashLSH at 0.5; what a query returns is joined."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS)
    edges = []
    for place, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in _shingles(text)])
        edges += [(other, place) for other in index.query(sketch)]
        index.insert(place, sketch)
    return components(len(texts), edges)


def with_rensa(texts: Sequence[str]) -> list[int]:
    """RMinHash and RMinHashLSH with 32 bands at 0.5; candidates are verified by the sketches' Jaccard estimate."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=32)
    sketches: list[Any] = []
    edges = []
    for place, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(_shingles(text))
        edges += [(other, place) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= 0.42]
        index.insert(place, sketch)
        sketches.append(sketch)
    return components(len(texts), edges)


def _shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[place : place + 3]) for place in range(len(words) - 2)]


def numpy_path(texts: Sequence[str]) -> list[int]:
    """Ours where numpy is at hand."""
    return group_with_numpy(texts, DEFAULT)


CONTENDERS: dict[str, tuple[Grouping, int]] = {
    "datasketch MinHashLSH": (with_datasketch, 4),
    "rensa RMinHashLSH": (with_rensa, 1),
    "InfoShield's method, own plain code": (group_by_description, 40),
    "minerva.text, plain": (group_plainly, 2),
    "minerva.text, numpy": (numpy_path, 1),
}
"""Name -> (function, divisor of the number of texts it is timed on: the slow ones get fewer)."""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Near-duplicate text beside datasketch and rensa.")
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--large", type=int, default=0, metavar="N")
    options = parser.parse_args()
    texts, truth = texts_with_truth(options.texts, options.seed)
    rates: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    quality: dict[str, tuple[float, float, float]] = {}
    for _ in range(options.repeats):
        for name, (group, divisor) in CONTENDERS.items():
            size = len(texts) // divisor
            start = time.process_time()
            labels = group(texts[:size])
            rates[name].append(size / (time.process_time() - start))
            quality[name] = pairwise(labels, truth[:size])
    print(
        f"{options.texts:,} texts of {sum(map(len, texts)) / len(texts):.0f} characters, seed {options.seed},", end=" "
    )
    print(f"median of {options.repeats} interleaved repeats\n")
    print("| method | texts per CPU-second | x datasketch | x rensa | pair precision | pair recall |")
    print("|---|---|---|---|---|---|")
    median = {name: statistics.median(found) for name, found in rates.items()}
    sketch, rensa = median["datasketch MinHashLSH"], median["rensa RMinHashLSH"]
    for name, rate in median.items():
        precision, recall, _ = quality[name]
        print(f"| {name} | {rate:,.0f} | {rate / sketch:.1f} | {rate / rensa:.2f} | {precision:.4f} | {recall:.4f} |")
    if options.large:
        _large(options.large, options.seed)


def _large(size: int, seed: int) -> None:
    texts, truth = texts_with_truth(size, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    labels = numpy_path(texts)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    precision, recall, _ = pairwise(labels, truth)
    print(f"\n{size:,} texts, numpy path: {spent:.1f} CPU-s, peak {peak / 2**20:.2f} GiB with the texts", end=" ")
    print(f"({before / 2**20:.2f} GiB before), precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    main()
