"""How many entries a second the offline matching of two lists masks, and how long an exchange takes.

    python3 build.py bench set_match [--entries 1000]

CPU time of one process; each entry is masked twice, once by either side.
"""

from __future__ import annotations

import argparse
import statistics
import time

from minerva.deconfliction import set_match
from minerva.deconfliction.curve import multiply, point_of, scalar_of

REPEATS = 3


def main() -> None:
    """Prints points a second, and the CPU time of each side of one exchange."""
    parser = argparse.ArgumentParser(prog="build.py bench set_match")
    parser.add_argument("--entries", type=int, default=1000)
    count = parser.parse_args().entries
    secret = scalar_of(bytes(range(32)))
    points = [point_of(str(number), b"") for number in range(count)]
    speeds = []
    for _ in range(REPEATS):
        start = time.process_time()
        multiply(secret, points)
        speeds.append(count / (time.process_time() - start))
    print(f"masking: {statistics.median(speeds):,.0f} points a second and core")
    mine = [f"email:u{number}@mail.example" for number in range(count)]
    theirs = [f"email:u{number}@mail.example" for number in range(count // 2, count + count // 2)]
    start = time.process_time()
    offered, first = set_match.offer(mine, secret, "ab" * 16)
    middle = time.process_time()
    answered, second = set_match.answer(theirs, scalar_of(bytes(range(1, 33))), offered, count)
    then = time.process_time()
    common, closing = set_match.finish(first, answered, count)
    end = time.process_time()
    agreed = common == set_match.result(second, closing)
    print(f"{count} entries each, {len(common)} in common, both agree: {agreed}")
    print(f"offering side {middle - start + end - then:.1f} s, answering side {then - middle:.1f} s of CPU")


if __name__ == "__main__":
    main()
