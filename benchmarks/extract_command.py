"""minervaextract end to end: the staged app's command as a child process over the chunked protocol, beside baselines.

    .venv/bin/python -m benchmarks.extract_command [--events 20000] [--chunk 5000] [--repeats 3] [--seed 7] [--plain]

Events are ads of the demo world, half of them written plainly for the most part, half hidden in every way it knows;
with --plain all of them as plain as the demo writes them. minervaextract takes numpy into use by itself, late in a
long search, where the Python has it.
Prints events/s of wall time and of CPU time (start-up included), medians, for each Python found, and the CPU-seconds
of a run over a single event. Baselines of the same run: an SDK command that changes nothing, one with the matcher.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from assembly.packages.stage import stage_app
from benchmarks.chunk_driver import csv_of, frame, pythons
from demo.world import LEVELS, build

FIELDS = "fields=title,text"
COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "SDK pass-through": ("benchpass.py", ()),
    "SDK + PhoneNumberMatcher": ("benchmatcher.py", ()),
    "minervaextract kinds=phone": ("minervaextract.py", (FIELDS, "region_field=country", "kinds=phone")),
    "minervaextract, every kind": ("minervaextract.py", (FIELDS, "region_field=country")),
}
BASELINE = "SDK + PhoneNumberMatcher"


class Spent(NamedTuple):
    """Seconds of one child process, and how many phone numbers its output rows hold."""

    wall: float
    cpu: float
    phones: int


def ads(count: int, seed: int, plain: bool = False) -> list[dict[str, Any]]:
    """Returns rows of `count` ads: the first half as the demo writes them, the rest hard and with held-back ways; or
    all of them plain."""
    rows: list[dict[str, Any]] = []
    halves = (("medium", False, count // 2), ("hard", True, count - count // 2))
    for name, held_back, wanted in (("medium", False, count),) if plain else halves:
        level = replace(LEVELS[name], plain=1.0) if plain else LEVELS[name]
        world = build(records=max(200, wanted * 2), seed=seed, level=level, held_back=held_back)
        published = [item for items in world.published.values() for item in items if item.source_id == "classified_ads"]
        for item in published[:wanted]:
            row = item.row
            rows.append(
                {"_time": "1790000000", "record_id": item.key, "title": row["title"], "text": row["body"],
                 "city": row["city"], "country": row["country"]}
            )  # fmt: skip
    return rows


def sent(rows: Sequence[dict[str, Any]], chunk: int, arguments: Sequence[str], dispatch: Path, script: str) -> bytes:
    """Returns the frames that splunkd would write."""
    info = {
        "args": list(arguments), "raw_args": list(arguments), "dispatch_dir": str(dispatch), "sid": "1",
        "app": "minerva_app", "owner": "nobody", "username": "bench", "session_key": "key",
        "splunkd_uri": "https://127.0.0.1:1", "splunk_version": "10.2.3", "search": "", "command": script,
        "maxresultrows": 50000, "earliest_time": "0", "latest_time": "0",
    }  # fmt: skip
    frames = [frame({"action": "getinfo", "preview": False, "searchinfo": info})]
    for first in range(0, len(rows), chunk):
        frames.append(frame({"action": "execute", "finished": False}, csv_of(list(rows[first : first + chunk]))))
    return b"".join([*frames, frame({"action": "execute", "finished": True})])


def run(python: str, script: Path, data: bytes, folder: Path) -> Spent:
    """Runs one child over `data`. Raises RuntimeError if it fails."""
    (folder / "sent").write_bytes(data)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    with (folder / "sent").open("rb") as source, (folder / "answer").open("wb") as answer:
        begin = time.perf_counter()
        child = subprocess.Popen([python, str(script)], stdin=source, stdout=answer, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{script.name} ended with {child.returncode}")
    phones = len(re.findall(rb"[,\n]\"?\+[0-9]{7,15}", (folder / "answer").read_bytes()))
    return Spent(wall, usage.ru_utime + usage.ru_stime, phones)


def main() -> None:
    """Prints one table per Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--chunk", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plain", action="store_true", help="plain ads alone")
    options = parser.parse_args()
    rows = ads(options.events, options.seed, options.plain)
    size = sum(len(row["title"]) + len(row["text"]) for row in rows) / len(rows)
    print(f"seed {options.seed}: {len(rows)} ads of {size:.0f} characters, chunks of {options.chunk}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        binaries = stage_app(folder) / "bin"
        for path in (Path(__file__).parent / "baseline_commands").glob("bench*.py"):
            shutil.copyfile(path, binaries / path.name)
        for version, python in pythons().items():
            measure(version, python, binaries, rows, options)


def measure(version: str, python: str, binaries: Path, rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Prints the table of one Python; the commands take turns, so that load falls on all of them."""
    folder = binaries.parent.parent
    spent: dict[str, list[Spent]] = {label: [] for label in COMMANDS}
    first: dict[str, float] = {}
    for repeat in range(options.repeats + 1):
        for label, (script, arguments) in COMMANDS.items():
            # The first round, over one event, also lets Python keep its compiled modules.
            given = rows if repeat else rows[:1]
            data = sent(given, options.chunk, arguments, folder, script)
            outcome = run(python, binaries / script, data, folder)
            if repeat:
                spent[label].append(outcome)
            else:
                first[label] = run(python, binaries / script, data, folder).cpu
    proof = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    numpy = subprocess.run([python, "-c", "import numpy"], capture_output=True, check=False).returncode == 0
    print(f"{version}: {proof}, {'with' if numpy else 'without'} numpy")
    base = statistics.median(each.cpu for each in spent[BASELINE])
    for label, each in spent.items():
        wall, cpu = (statistics.median(getattr(one, unit) for one in each) for unit in ("wall", "cpu"))
        print(
            f"  {label:28s} {len(rows) / wall:8,.0f} events/s wall {len(rows) / cpu:8,.0f} events/s CPU"
            f"  x{base / cpu:5.2f}  start {first[label]:.2f} CPU-s  phones {each[0].phones:,}"
        )


if __name__ == "__main__":
    main()
