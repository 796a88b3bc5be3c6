"""Where the models lie: beside the native package's libraries, or in a work tree; an option names another folder."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Union

NAMES = ("backbone.onnx", "heads.npz")
_HIGHEST = 5
"""Folders above OpenCV in which the native package's models are looked for."""


@lru_cache(maxsize=8)
def models_folder(given: Union[Path, None] = None) -> Union[Path, None]:
    """The folder that holds all models; None where there is none."""
    tree = Path(__file__).resolve().parents[2] / "minerva_native" / "models" / "schools"
    places = [given] if given is not None else [tree, *_beside_opencv()]
    return next((each for each in places if all((each / name).is_file() for name in NAMES)), None)


def _beside_opencv() -> list[Path]:
    found = importlib.util.find_spec("cv2")
    if found is None or not found.origin:
        return []
    return [above / "models" / "schools" for above in list(Path(found.origin).resolve().parents)[:_HIGHEST]]
