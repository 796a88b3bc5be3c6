"""Where the networks of crests lie: in the native package, or in a work tree; an option names another folder."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from minerva.native_package import MODELS, package_folder

NAMES = ("backbone.onnx", "heads.npz")


def models_folder(given: Union[Path, None] = None) -> Union[Path, None]:
    """The folder that holds all models; None where there is none."""
    if given is None:
        package = package_folder()
        tree = Path(__file__).resolve().parents[2] / "minerva_native" / MODELS
        given = (tree if package is None else package / "lib" / MODELS) / "schools"
    return given if all((given / name).is_file() for name in NAMES) else None
