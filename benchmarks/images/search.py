"""Search time of a bank of random hashes: build, open, and CPU time a query by radius.

.venv/bin/python -m benchmarks.images.search [--size 1000000] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from minerva.images.bank import Bank, build


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    kept: list[int] = []

    def rows() -> Iterator[tuple[int, str]]:
        for number in range(options.size):
            value = draw.getrandbits(256)
            if number % (options.size // 20) == 0:
                kept.append(value)
            yield value, f"p{number}"

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bank"
        start = time.process_time()
        build(path, rows())
        print(
            f"{options.size} hashes: build {time.process_time() - start:.1f} s CPU, {path.stat().st_size / 1e6:.0f} MB"
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        bank = Bank(path)
        print(f"open {1000 * (time.process_time() - start):.1f} ms")
        for bits, forms in ((31, 1), (31, 8), (50, 1), (50, 8), (70, 1)):
            times, found = [], 0
            for value in kept[:20]:
                query = value
                for bit in draw.sample(range(256), bits):
                    query ^= 1 << bit
                queries = [query, *(draw.getrandbits(256) for _ in range(forms - 1))]
                start = time.process_time()
                found += sum(match.distance == bits for match in bank.search(queries, bits))
                times.append(1000 * (time.process_time() - start))
            print(f"radius {bits}, {forms} hashes: median {statistics.median(times[1:]):.1f} ms CPU; found {found}/20")
        print(f"memory {before // 1024} MiB at the most while building")


if __name__ == "__main__":
    main()
