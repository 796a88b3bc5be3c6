"""Phone numbers drawn on scenes, read by the networks: the share that ends in the right identifier. Seeded.

    .venv/bin/python -m benchmarks.images.ocr [--numbers 160] [--models build/native/models]

`build.py package --native` fetches the models. Exit code 1 under the bar of 0.93.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from benchmarks.images.scenes import Pixels, scene
from minerva.identifiers import extract
from minerva.images.ocr import TextReader

BAR = 0.93
SEED = 20261201
WRITTEN = ("({}) {}-{}", "{}-{}-{}", "{} {} {}", "{}.{}.{}", "+1 {} {} {}", "call {} {} {}", "Text {}-{}-{} now")
AREAS = ("212", "312", "415", "503", "617", "702", "808", "917")
FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX)
SIZE = (640, 480)


def drawn(chance: random.Random, draw: np.random.Generator) -> tuple[bytes, str]:
    """A JPEG with a number of the reserved range drawn on it, and the identifier that it is."""
    area, last = chance.choice(AREAS), f"01{chance.randrange(100):02d}"
    text = chance.choice(WRITTEN).format(area, "555", last)
    pixels: Pixels = cv2.resize(scene(draw), SIZE, interpolation=cv2.INTER_CUBIC)
    font, scale = chance.choice(FONTS), chance.uniform(0.9, 1.7)
    thick = chance.choice((2, 3))
    (wide, high), _ = cv2.getTextSize(text, font, scale, thick)
    if wide > SIZE[0] - 40:
        scale *= (SIZE[0] - 40) / wide
        (wide, high), _ = cv2.getTextSize(text, font, scale, thick)
    at = (chance.randrange(10, SIZE[0] - wide - 9), chance.randrange(high + 40, SIZE[1] - 40))
    inks = [(255, 255, 255), (0, 0, 0)] if chance.random() < 0.7 else [(0, 0, 0), (255, 255, 255)]
    if chance.random() < 0.6:
        cv2.putText(pixels, text, at, font, scale, inks[1], thick + 4, cv2.LINE_AA)
    else:
        cv2.rectangle(pixels, (at[0] - 8, at[1] - high - 10), (at[0] + wide + 8, at[1] + 14), inks[1], -1)
    cv2.putText(pixels, text, at, font, scale, inks[0], thick, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), chance.uniform(-5, 5), 1.0)
    pixels = cv2.warpAffine(pixels, turn, SIZE, borderMode=cv2.BORDER_REPLICATE)
    quality = chance.randrange(45, 90)
    return cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes(), f"phone:+1{area}555{last}"


def main() -> int:
    """Prints the share and every miss; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=160)
    parser.add_argument("--models", type=Path, default=Path("build/native/models"))
    given = parser.parse_args()
    chance, draw = random.Random(SEED), np.random.default_rng(SEED)
    right, wrong, began = 0, 0, time.perf_counter()
    with TextReader(given.models) as reader:
        for number in range(given.numbers):
            data, wanted = drawn(chance, draw)
            text = "\n".join(line.text for line in reader.read(data))
            found = {item.identifier for item in extract(text, kinds=("phone",), region="US")}
            right += wanted in found
            wrong += bool(found - {wanted})
            if wanted not in found:
                print(f"  picture {number}: {wanted} read as {text!r}", flush=True)
    share = right / given.numbers
    print(f"seed {SEED}: {right} of {given.numbers} numbers end in the right identifier: {share:.3f} (bar {BAR})")
    print(
        f"pictures with another identifier: {wrong}; {1000 * (time.perf_counter() - began) / given.numbers:.0f} ms each"
    )
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
