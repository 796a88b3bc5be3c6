"""Linking through the search command: minervalink as a child process over the chunked protocol, as splunkd runs it.

    python3 build.py bench link_command [--records 1000000] [--chunk 50000] [--seed 11] [--marks 0.5] [--plain]
        [--library]

Rows have the columns of the scheduled search; a share of them (--marks) has the sketch and the style of a text of its
person, six slots of it changed, and the coordinates of the person's house. CPU-seconds and peak memory are the child's:
reading rows, linking and writing one row an entity. The records are those of `link_scale`; --library links them beside
it, without marks and without the command.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.chunk_driver import BASE_PYTHON, BIN, child_environment, csv_of, frame, rows_in, searchinfo
from benchmarks.link_scale import in_child, people
from benchmarks.linking_hubs import pairwise
from minerva.linking.model import LinkRecord
from minerva.text.signature import BINS
from minerva.text.sketch import SIGNS

WITHOUT_NUMPY = (
    "import os, runpy, sys; sys.modules['numpy'] = None; del sys.argv[0]; "
    "sys.path.insert(0, os.path.dirname(sys.argv[0])); runpy.run_path(sys.argv[0], run_name='__main__')"
)


class Marks:
    """Draws sketch, style and coordinates of records, alike for records of one person, which come one after another."""

    def __init__(self, share: float, seed: int) -> None:
        self._share, self._draw, self._owner = share, random.Random(seed), -1
        self._bins: list[str] = []
        self._style, self._spot = "", ""

    def of(self, owner: int) -> dict[str, str]:
        """Returns the three columns, empty where the record has no text."""
        draw = self._draw
        if owner != self._owner:
            self._owner, self._bins = owner, draw.choices(_PAIRS, k=BINS)
            self._style = f"{draw.choice(('0300000000', '3030000000', '0004002000'))}"
            self._spot = f"{draw.uniform(30, 45):.6f},{draw.uniform(-120, -75):.6f}"
        if draw.random() >= self._share:
            return {"sketch": "", "style": "", "geo": ""}
        bins = [*self._bins]
        for place in draw.sample(range(BINS), _CHANGED):
            bins[place] = draw.choice(_PAIRS)
        return {"sketch": "l" + "".join(bins), "style": self._style, "geo": self._spot}


_PAIRS = [one + other for one in SIGNS for other in SIGNS]
_CHANGED = 15
"""Bins of 64 drawn anew: two texts of a person then agree in some 0.58, as with six changed slots in 400 characters."""


def row_of(record: LinkRecord) -> dict[str, Any]:
    """Returns a row as `tstats ... by record_id` gives it, without marks."""
    held: Any = list(record.identifiers)
    return {
        "record_id": record.record_id, "identifier": held if len(held) != 1 else held[0], "name": record.name,
        "address": record.address, "city": record.city, "region": record.region, "postcode": record.postcode,
        "record_type": record.record_type, "source_id": record.source_id, "time": record.time,
        "indexed_time": record.time,
    }  # fmt: skip


def write_chunks(
    out: BinaryIO, records: Sequence[LinkRecord], owners: Sequence[int], marks: Marks, chunk: int, dispatch: str
) -> None:
    """Writes what splunkd sends: getinfo, the chunks, and a last one that says finished."""
    info = searchinfo("minervalink.py", ["tenant=bench"], dispatch)
    out.write(frame({"action": "getinfo", "preview": False, "searchinfo": info}))
    for at in range(0, len(records), chunk):
        given = zip(records[at : at + chunk], owners[at : at + chunk], strict=True)
        body = csv_of([{**row_of(record), **marks.of(owner)} for record, owner in given])
        out.write(frame({"action": "execute", "finished": False}, body))
    out.write(frame({"action": "execute", "finished": True}))


def measured(
    records: Sequence[LinkRecord], truth: Sequence[int], marks: Marks, chunk: int, plain: bool
) -> dict[str, float]:
    """Returns what one run of the command cost and found."""
    with tempfile.TemporaryDirectory() as folder:
        sent, answered = Path(folder) / "in", Path(folder) / "out"
        with sent.open("wb") as out:
            write_chunks(out, records, truth, marks, chunk, folder)
        script = [str(BIN / "minervalink.py")]
        command = [BASE_PYTHON, "-c", WITHOUT_NUMPY, *script] if plain else [BASE_PYTHON, *script]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        with sent.open("rb") as source, answered.open("wb") as target:
            subprocess.run(
                command, stdin=source, stdout=target, env=child_environment(_numpy_folder(plain)), check=True
            )
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        entity = {record_id: row["entity_id"] for row in rows_in(answered) for record_id in _several(row["records"])}
    found = [entity[record.record_id] for record in records]
    return {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": wall,
        "peak": after.ru_maxrss / 2**20,
        "f1": pairwise(found, truth)[2],
    }


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _numpy_folder(plain: bool) -> str:
    """Returns where numpy lies, as the package of native parts puts it on a search head's path; "" for none."""
    if plain:
        return ""
    import numpy

    return os.path.dirname(os.path.dirname(numpy.__file__))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--chunk", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--marks", type=float, default=0.5, metavar="SHARE")
    parser.add_argument("--plain", action="store_true", help="without numpy too")
    parser.add_argument("--library", action="store_true", help="the library alone beside it")
    options = parser.parse_args()
    records, truth = people(options.records, options.seed)
    held = sum(len(record.identifiers) for record in records)
    print(f"seed {options.seed}, {len(records):,} records, {held:,} identifiers, chunks of {options.chunk:,} rows\n")
    print("| way | CPU-s | wall s | peak GiB | F1 |")
    print("|---|---|---|---|---|")
    for name, plain in (("minervalink", False), ("minervalink without numpy", True)):
        if plain and not options.plain:
            continue
        found = measured(records, truth, Marks(options.marks, options.seed), options.chunk, plain)
        print(
            f"| {name} | {found['cpu']:.1f} | {found['wall']:.1f} | {found['peak']:.2f} | {found['f1']:.3f} |",
            flush=True,
        )
    if options.library:
        alone = in_child("numpy", "people", options.records, options.seed)
        print(f"| resolve | {alone['cpu_s']:.1f} | - | {alone['peak_gib']:.2f} | {alone['f1']:.3f} |")


if __name__ == "__main__":
    main()
