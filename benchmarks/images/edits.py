"""What edits a fingerprint survives: pictures x edits, searched with what `hash` gives for the edited copy.

    .venv/bin/python -m benchmarks.images.edits [--pictures DIR] [--size 200] [--crops few] [--seed 1]

DIR holds pictures without people, drawn scenes fill up (Debian: `apt-get download desktop-base mate-backgrounds
gnome-backgrounds`, unpacked with `dpkg-deb -x`). Each picture is stored with its crops; each edited copy is asked with
its eight forms, those of the trimmed picture and of small turns. Also counted: copies near another picture.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.images.scenes import Pixels, pictures
from minerva.images.decode import Decoder, Fingerprint

RADII = (31, 50, 70)
Edit = Callable[[Pixels, np.random.Generator], Pixels]


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    data = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded


def resized(pixels: Pixels, across: float, down: float) -> Pixels:
    return cv2.resize(pixels, None, fx=across, fy=down, interpolation=cv2.INTER_AREA)


def bordered(pixels: Pixels, down: float, across: float, color: int) -> Pixels:
    high, wide = round(pixels.shape[0] * down), round(pixels.shape[1] * across)
    return np.pad(pixels, ((high, high), (wide, wide), (0, 0)), constant_values=color)


def cropped(pixels: Pixels, share: float, draw: np.random.Generator) -> Pixels:
    """A crop that loses this share of each side, at a random offset."""
    height, width = pixels.shape[:2]
    high, wide = round(height * (1 - share)), round(width * (1 - share))
    top, left = int(draw.integers(height - high + 1)), int(draw.integers(width - wide + 1))
    return pixels[top : top + high, left : left + wide]


def tilted(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(pixels, turn, (width, height))


def written(pixels: Pixels, lines: int, draw: np.random.Generator) -> Pixels:
    """Lines of text, each 8 % of the height, white with a dark edge."""
    done = pixels.copy()
    height = done.shape[0]
    scale = 0.08 * height / 22
    top = int(draw.integers(round(0.1 * height), round(0.9 * height) - lines * round(0.1 * height) + 1))
    for line in range(lines):
        place = (10, top + (line + 1) * round(0.1 * height))
        for color, thick in (((0, 0, 0), 6), ((255, 255, 255), 2)):
            cv2.putText(done, "call 555-0142 now", place, cv2.FONT_HERSHEY_SIMPLEX, scale, color, thick)
    return done


def stickered(pixels: Pixels, share: float, draw: np.random.Generator) -> Pixels:
    done = pixels.copy()
    radius = round(done.shape[0] * share / 2)
    middle = (int(draw.integers(radius, done.shape[1] - radius)), int(draw.integers(radius, done.shape[0] - radius)))
    cv2.circle(done, middle, radius, (40, 210, 250), -1)
    return done


def screenshot(pixels: Pixels) -> Pixels:
    """The picture in the middle of a phone's screen, with bars of another program."""
    screen = np.full((1600, 740, 3), 245, np.uint8)
    screen[:110], screen[1440:] = 30, 60
    small = cv2.resize(pixels, (740, round(740 * pixels.shape[0] / pixels.shape[1])), interpolation=cv2.INTER_AREA)
    small = small[:1200]
    screen[200 : 200 + len(small)] = small
    for row in range(5):
        cv2.rectangle(screen, (30 + 140 * row, 1470), (120 + 140 * row, 1560), (200, 200, 200), -1)
    return screen


EDITS: dict[str, Edit] = {
    "JPEG 50": lambda p, d: jpeg(p, 50),
    "JPEG 30": lambda p, d: jpeg(p, 30),
    "half the size": lambda p, d: resized(p, 0.5, 0.5),
    "a quarter of the size": lambda p, d: resized(p, 0.25, 0.25),
    "aspect 4:5": lambda p, d: resized(p, 0.8, 1.0),
    "gray": lambda p, d: cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR),
    "40 % darker": lambda p, d: cv2.convertScaleAbs(p, alpha=0.6),
    "40 % lighter": lambda p, d: cv2.convertScaleAbs(p, alpha=1.4),
    "blur": lambda p, d: cv2.GaussianBlur(p, (0, 0), 2),
    "mirrored": lambda p, d: p[:, ::-1],
    "turned by 90 degrees": lambda p, d: np.rot90(p),
    "border 5 %": lambda p, d: bordered(p, 0.05, 0.05, 255),
    "letterbox 15 %": lambda p, d: bordered(p, 0.15, 0.0, 0),
    "crop 5 %": lambda p, d: cropped(p, 0.05, d),
    "crop 10 %": lambda p, d: cropped(p, 0.10, d),
    "crop 20 %": lambda p, d: cropped(p, 0.20, d),
    "tilted by 2 degrees": lambda p, d: tilted(p, 2),
    "tilted by 5 degrees": lambda p, d: tilted(p, 5),
    "one line of text": lambda p, d: written(p, 1, d),
    "three lines of text": lambda p, d: written(p, 3, d),
    "sticker 20 %": lambda p, d: stickered(p, 0.2, d),
    "sticker 35 %": lambda p, d: stickered(p, 0.35, d),
    "mirrored, text, JPEG 30": lambda p, d: jpeg(written(p[:, ::-1], 1, d), 30),
    "crop 10 % and text": lambda p, d: written(cropped(p, 0.10, d), 1, d),
    "screenshot of a phone": lambda p, d: screenshot(p),
}


def rows_of(hashes: Sequence[str]) -> Pixels:
    return np.frombuffer(bytes.fromhex("".join(hashes)), np.uint64).reshape(-1, 4)


def stored(print_of: Fingerprint) -> Pixels:
    parts = [print_of.whole.pdq, *([print_of.trimmed.pdq] if print_of.trimmed else []), *print_of.crops]
    return rows_of(parts)


def asked(print_of: Fingerprint) -> Pixels:
    forms = [*print_of.whole.dihedral, *(print_of.trimmed.dihedral if print_of.trimmed else ())]
    return rows_of([*forms, *(each for turn in print_of.turned for each in turn)])


def nearest(query: Pixels, bank: Pixels) -> Pixels:
    """The distance of each stored hash to the nearest of the hashes that are asked with."""
    bits: Pixels = np.bitwise_count(query[:, None, :] ^ bank[None, :, :]).sum(axis=2, dtype=np.uint16).min(axis=0)
    return bits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--crops", default="few")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found, real = pictures(options.pictures, options.size, options.seed)
    draw = np.random.default_rng(options.seed)
    with Decoder(options.crops) as decoder:
        banks = [stored(decoder.fingerprint(encoded(each))) for each in found]
    bank, owner = np.concatenate(banks), np.repeat(np.arange(len(banks)), [len(each) for each in banks])
    size = len(found)
    print(f"{size} pictures, {real} of them real; {len(bank) / size:.1f} hashes stored for each; share found in %")
    print("| edit | plain 31 | 31 | 50 | 70 |\n|---|---|---|---|---|")
    false, pairs, least = dict.fromkeys(RADII, 0), 0, 256
    with Decoder(turns=True) as decoder:
        for name, edit in EDITS.items():
            hits, plain = dict.fromkeys(RADII, 0), 0
            for number, pixels in enumerate(found):
                query = decoder.fingerprint(encoded(np.ascontiguousarray(edit(pixels, draw))))
                bits = nearest(asked(query), bank)
                plain += int(nearest(rows_of([query.whole.pdq]), banks[number][:1])[0] <= 31)
                best = np.full(size, 256)
                np.minimum.at(best, owner, bits)
                others = np.delete(best, number)
                pairs, least = pairs + len(others), min(least, int(others.min()))
                for radius in RADII:
                    hits[radius] += int(best[number] <= radius)
                    false[radius] += int((others <= radius).sum())
            shares = " | ".join(f"{100 * count / size:.1f}" for count in (plain, *hits.values()))
            print(f"| {name} | {shares} |", flush=True)
    print(f"false: {false} of {pairs} pairs of an edited copy and another picture; the nearest other at {least} bits")


def encoded(pixels: Pixels) -> bytes:
    return bytes(cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, 90))[1].tobytes())


if __name__ == "__main__":
    main()
