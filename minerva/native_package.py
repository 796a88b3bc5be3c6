"""The optional package with native code, SA-minerva-native-linux-x86_64: found beside the app where it is installed.

Its lib/common holds what serves every Python (OpenCV, models), lib/py39 and lib/py313 what serves one (numpy).
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Union

NAME = "SA-minerva-native-linux-x86_64"
COMMON = "common"
MODELS = "models"
FINDER, READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
CHARACTERS = "PP-OCRv6_rec_small.txt"
"""What the reader of text tells apart, a character a line, in the order of its answers; taken out of it when packed."""


def folder_of(version: tuple[int, int]) -> str:
    """The folder of what serves one Python, as in py313."""
    return f"py{version[0]}{version[1]}"


def package_folder(app_library: Union[Path, None] = None) -> Union[Path, None]:
    """Where the package is installed beside the app that this library is part of; None where it is not.

    app_library: the folder that holds minerva/, lib/ of an installed app.
    """
    library = app_library or Path(__file__).resolve().parents[1]
    if library.name != "lib":
        return None
    found = library.parents[1] / NAME
    return found if (found / "lib").is_dir() else None


def use_native_package(app_library: Union[Path, None] = None) -> bool:
    """Puts the package's folders that fit this interpreter on sys.path, behind the app's own; whether they are there.

    Nothing is imported: what is found there is loaded when it is first used.
    """
    package = package_folder(app_library)
    if package is None or not sys.platform.startswith("linux"):
        return False
    folders = [package / "lib" / name for name in (folder_of(sys.version_info[:2]), COMMON)]
    if not all(folder.is_dir() for folder in folders):
        return False
    new = [str(folder) for folder in folders if str(folder) not in sys.path]
    # Before what the platform has: numpy and OpenCV must be the two that were built for each other.
    sys.path[1:1] = new
    if new:
        importlib.invalidate_caches()
    return True
