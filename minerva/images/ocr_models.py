"""Where the networks that read text lie: in the optional native package; they come from the wheel of rapidocr."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from minerva.native_package import CHARACTERS, FINDER, MODELS, READER, package_folder

__all__ = ["CHARACTERS", "FINDER", "READER", "is_complete", "models_folder"]


def models_folder() -> Union[Path, None]:
    """The folder of the models in the native package beside the app; None where there is none."""
    package = package_folder()
    folder = None if package is None else package / "lib" / MODELS
    return folder if folder is not None and is_complete(folder) else None


def is_complete(folder: Path) -> bool:
    """Whether a folder holds both networks and the characters."""
    return all((folder / name).is_file() for name in (FINDER, READER, CHARACTERS))
