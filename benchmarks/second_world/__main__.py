"""Writes a second world into a folder: records.jsonl, truth.jsonl and keys.jsonl.

    python -m benchmarks.second_world --out DIR [--seed 1] [--businesses 2000] [--prevalence 0.02]
                                      [--region lakes] [--evasion 0.5]

The three join by `key` and `business_id`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.second_world import PRESETS, generate


def main(given: list[str] | None = None) -> None:
    """Writes the files, and says how much is in them."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.second_world", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--businesses", type=int, default=2000)
    asked.add_argument("--prevalence", type=float, default=0.02, help="share of illicit businesses, 0 to 0.2")
    asked.add_argument("--region", choices=list(PRESETS), default="lakes")
    asked.add_argument("--evasion", type=float, default=0.5, help="how well illicit operators hide, 0 to 1")
    asked.add_argument("--out", type=Path, required=True, help="a folder; it is made")
    options = asked.parse_args(given)
    try:
        world = generate(options.seed, options.businesses, options.prevalence, options.region, evasion=options.evasion)
    except ValueError as error:
        asked.error(str(error))
    options.out.mkdir(parents=True, exist_ok=True)
    rows = _write(options.out / "records.jsonl", world.records)
    _write(options.out / "truth.jsonl", ({"business_id": key, **asdict(value)} for key, value in world.truth.items()))
    _write(
        options.out / "keys.jsonl", ({"key": key, "business_id": value} for key, value in sorted(world.keys.items()))
    )
    illicit = sum(each.illicit for each in world.truth.values())
    print(f"{rows} records of {len(world.truth)} businesses, {illicit} of them illicit, in {options.out}")


def _write(path: Path, items: Iterable[object]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for item in items:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
            count += 1
    return count


if __name__ == "__main__":
    main()
