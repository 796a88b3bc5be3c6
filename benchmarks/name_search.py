"""Names against a list: queries per CPU-second and recall beside rapidfuzz brute force, in the same run.

    python3 build.py bench name_search [--entries 1000000] [--queries 200] [--brute 10] [--seed 8]

Invented names; of the queries, seven in ten are entries with one or two errors or swapped words. Recall is against
`process.extract(scorer=token_sort_ratio, score_cutoff=88)` on the same forms; both report every hit.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minerva.names.forms import name_form
from minerva.names.index import PlainIndex
from minerva.names.index_numpy import NumpyIndex

START = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "zo")
END = ("ra", "len", "nis", "mond", "ko", "sson", "ti", "vic", "ley", "nez", "ton", "ma")
CUTOFF = 88


def entries(size: int, draw: random.Random) -> list[str]:
    """Returns invented names of two or three words."""
    first = [a + b for a in START for b in END]
    last = [a + b + c for a in START for b in START for c in END]
    return [
        " ".join([draw.choice(first), *([draw.choice(first)] if draw.random() < 0.25 else []), draw.choice(last)])
        for _ in range(size)
    ]


def queries(names: Sequence[str], size: int, draw: random.Random) -> list[str]:
    """Returns what is looked for."""
    found = []
    for fresh in entries(size, draw):
        if draw.random() < 0.3:
            found.append(fresh)
            continue
        name = draw.choice(names)
        for _ in range(draw.choice((1, 1, 2))):
            place = draw.randrange(len(name))
            name = name[:place] + draw.choice(("", "a", "e", "n")) + name[place + 1 :]
        found.append(" ".join(reversed(name.split())) if draw.random() < 0.3 else name)
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Names against a list beside rapidfuzz.")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--brute", type=int, default=10, help="queries asked of process.extract")
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    from rapidfuzz import __version__, fuzz, process

    draw = random.Random(options.seed)
    names = entries(options.entries, draw)
    asked = [name_form(query) for query in queries(names, options.queries, draw)]
    start = time.process_time()
    forms = [name_form(name) for name in names]
    print(f"{len(names):,} entries, seed {options.seed}, rapidfuzz {__version__}; forms {_since(start):.1f} CPU-s")
    start = time.process_time()
    index = NumpyIndex.build(forms)
    built = _since(start)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        index.save(path)
        start = time.process_time()
        index = NumpyIndex.load(path)
        print(
            f"built {built:.2f} CPU-s, loaded {_since(start):.2f} CPU-s, {path.stat().st_size / 2**20:.0f} MiB stored\n"
        )
    rates: dict[str, float] = {}
    start = time.process_time()
    brute = [
        {row[2] for row in process.extract(query, forms, scorer=fuzz.token_sort_ratio, score_cutoff=CUTOFF, limit=None)}
        for query in asked[: options.brute]
    ]
    rates["rapidfuzz process.extract token_sort_ratio"] = options.brute / _since(start)
    start = time.process_time()
    scores = process.cdist(asked, forms, scorer=fuzz.ratio, score_cutoff=CUTOFF, dtype=np.uint8, workers=1)
    rates["rapidfuzz process.cdist ratio, words sorted before"] = len(asked) / _since(start)
    best = [set(np.flatnonzero(row).tolist()) for row in scores]
    start = time.process_time()
    found = [{each.position for each in index.search(query, CUTOFF / 100)} for query in asked]
    rates["minerva.names, numpy"] = len(asked) / _since(start)
    plain = PlainIndex(forms)
    start = time.process_time()
    slow = [{each.position for each in plain.search(query, CUTOFF / 100)} for query in asked[: options.brute]]
    rates["minerva.names, plain"] = options.brute / _since(start)
    base = rates["rapidfuzz process.extract token_sort_ratio"]
    print("| method | queries per CPU-s | x token_sort_ratio |\n|---|---|---|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.2f} | {rate / base:,.1f} |")
    print(f"\nhits: brute force {sum(map(len, brute))}, cdist {sum(map(len, best))}, ours {sum(map(len, found))}")
    for label, reference, ours in (
        ("token_sort_ratio", brute, found), ("cdist", best, found), ("plain beside numpy", found, slow),
    ):  # fmt: skip
        lost = sum(len(one - other) for one, other in zip(reference, ours, strict=False))
        added = sum(len(other - one) for one, other in zip(reference, ours, strict=False))
        total = max(1, sum(len(one) for one, _ in zip(reference, ours, strict=False)))
        print(f"against {label}: recall {1 - lost / total:.3f}, lost {lost}, added {added}")


def _since(start: float) -> float:
    return time.process_time() - start


if __name__ == "__main__":
    main()
