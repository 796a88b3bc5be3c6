"""Time of a fingerprint: PDQ alone beside pdqhash where that can be imported, and the whole way through the child.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m benchmarks.images.speed [--repeats 20]

pdqhash (Meta's core in C++, no wheels for Linux) is built by pip with gcc, in an environment of its own. Where it is
there, the bits that differ from it on 300 drawn scenes are counted too.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import cv2
import numpy as np

from benchmarks.images.scenes import Pixels, scene
from minerva.images.decode import Decoder
from minerva.images.pdq_numpy import pdq_of


def cpu_ms(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=20)
    repeats = parser.parse_args().repeats
    try:
        reference = importlib.import_module("pdqhash")
    except ModuleNotFoundError:
        reference = None
    draw = np.random.default_rng(1)
    for width, height in ((480, 320), (1620, 1080)):
        pixels = cv2.resize(scene(draw), (width, height), interpolation=cv2.INTER_CUBIC)
        ours = cpu_ms(partial(pdq_of, pixels), repeats)
        colors = np.ascontiguousarray(pixels[..., ::-1])
        theirs = ""
        if reference is not None:
            one = cpu_ms(partial(reference.compute, colors), repeats)
            eight = cpu_ms(partial(reference.compute_dihedral, colors), repeats)
            theirs = f"; pdqhash {one:.1f} ms, with eight forms {eight:.1f} ms"
        data = cv2.imencode(".jpg", pixels)[1].tobytes()
        with Decoder() as decoder:
            decoder.fingerprint(data)
            start = time.perf_counter()
            for _ in range(repeats):
                decoder.fingerprint(data)
            way = 1000 * (time.perf_counter() - start) / repeats
        print(f"{width} x {height}: PDQ with eight forms {ours:.1f} ms CPU{theirs}; whole way {way:.1f} ms elapsed")
    if reference is not None:
        bits = [differing(reference, scene(draw)) for _ in range(300)]
        print(f"bits that differ from pdqhash on 300 scenes: {sum(bits)}, on {sum(map(bool, bits))} of them")


def differing(reference: Any, pixels: Pixels) -> int:  # Any: a module that is there or not
    vector, _ = reference.compute(np.ascontiguousarray(pixels[..., ::-1]))
    ours = int(pdq_of(pixels).pdq, 16)
    return bin(ours ^ int(np.packbits(vector).tobytes().hex(), 16)).count("1")


if __name__ == "__main__":
    main()
