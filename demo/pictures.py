"""Draws the demo's pictures from a number: scenes of invented shapes without people, and edited copies of them.

Needs numpy and OpenCV; without them the world has no pictures, and the demo says so.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from assembly import paths
from minerva.native_package import COMMON, MODELS, NAME, folder_of

EDITS = ("plain", "saved again", "framed", "smaller")
"""What happened to a copy. The number of an edit is its place."""
SIDES = (240, 320)


def link_native_package(apps: Path) -> None:
    """Puts the native package beside installed apps, as links to the numpy and OpenCV that run the demo."""
    library = apps / NAME / "lib"
    for name, folder in (("numpy", folder_of(sys.version_info[:2])), ("cv2", COMMON)):
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.submodule_search_locations
        home = Path(found.submodule_search_locations[0])
        (library / folder).mkdir(parents=True)
        for part in (home, *home.parent.glob(f"{'opencv_python_headless' if name == 'cv2' else name}.libs")):
            (library / folder / part.name).symlink_to(part)
    (library / MODELS).symlink_to(paths.ROOT / "minerva_native" / MODELS)


def can_draw() -> bool:
    """Whether pictures can be drawn here."""
    return all(importlib.util.find_spec(name) is not None for name in ("numpy", "cv2"))


@lru_cache(maxsize=256)
def drawn(seed: int, edit: int) -> bytes:
    """Returns a JPEG of the scene of this number after an edit; the same bytes each time."""
    import cv2

    pixels = _scene(seed)
    quality = 88
    if EDITS[edit] == "saved again":
        quality = 45
    elif EDITS[edit] == "framed":
        pixels = cv2.copyMakeBorder(pixels, 18, 18, 26, 26, cv2.BORDER_CONSTANT, value=(24, 24, 24))
        quality = 60
    elif EDITS[edit] == "smaller":
        pixels = cv2.resize(pixels, (224, 168), interpolation=cv2.INTER_AREA)
    return bytes(cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes())


def _scene(seed: int) -> Any:
    """Rows x columns x (blue, green, red): colors that pass into each other, and shapes where chance puts them."""
    import cv2
    import numpy as np

    chance = random.Random(seed)
    height, width = SIDES
    down, across = np.mgrid[0:height, 0:width]
    layers = []
    for _ in range(3):
        slope = chance.uniform(-0.5, 0.5) * down + chance.uniform(-0.4, 0.4) * across
        layers.append(np.clip(chance.randrange(90, 190) + slope, 0, 255))
    pixels = np.ascontiguousarray(np.stack(layers, axis=-1).astype(np.uint8))
    for number in range(18):
        color = tuple(chance.randrange(256) for _ in range(3))
        at = (chance.randrange(width), chance.randrange(height))
        size = (chance.randrange(18, 90), chance.randrange(14, 70))
        if number % 3 == 0:
            cv2.rectangle(pixels, at, (at[0] + size[0], at[1] + size[1]), color, -1)
        elif number % 3 == 1:
            cv2.ellipse(pixels, at, (size[0] // 2, size[1] // 2), chance.randrange(180), 0, 360, color, -1)
        else:
            cv2.line(pixels, at, (at[0] - size[0], at[1] + size[1]), color, chance.randrange(4, 14))
    return pixels
