"""Looks: what a crest, a tie, a garment or a photo shows, as numbers; pictures are decoded in the limited child."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import numpy as np

from minerva.images.formats import read_picture
from minerva.images.picture_child import LIMITS, DecodeLimits, PictureChild
from minerva.schools.models import models_folder
from minerva.schools.shades import NAMES

Array = np.ndarray[Any, np.dtype[Any]]
_MOST_EMBLEM = 64 * 1024
_MOST_VECTORS = 2_000


@dataclass(frozen=True)
class Emblem:
    """A school's own crest: a small clean copy as PNG, and its embedding where models are there."""

    png: bytes
    vector: Union[Array, None]


PHOTO_LIMITS = DecodeLimits(seconds=25.0)
"""A whole photo has two or three hundred windows in which a crest may be, 30 to 50 ms of CPU each."""


class Looker(PictureChild):
    """Looks at pictures, one after the other, in one child; a context manager. Raises PictureError for a bad one."""

    def __init__(self, models: Union[Path, None] = None, limits: DecodeLimits = LIMITS) -> None:
        folder = models_folder(models)
        self.has_models = folder is not None
        super().__init__("minerva.schools.look_child", {"models": None if folder is None else str(folder)}, limits)

    def emblem(self, data: bytes) -> Emblem:
        """What a gallery keeps of a crest."""
        answer = self._look(data, "emblem")
        vectors = self._vectors(answer)
        try:
            png = base64.b64decode(answer["emblem"], validate=True)
        except (KeyError, TypeError, ValueError, binascii.Error):
            raise self._broken() from None
        if len(png) > _MOST_EMBLEM or not png.startswith(b"\x89PNG"):
            raise self._broken()
        return Emblem(png, None if vectors is None else vectors[0])

    def crest(self, data: bytes) -> Union[Array, None]:
        """The embedding of an analyst's crop of a crest, in one row; None without models."""
        return self._vectors(self._look(data, "crest"))

    def photo(self, data: bytes) -> Union[Array, None]:
        """The embeddings of what may be a crest in a photo; None without models."""
        return self._vectors(self._look(data, "photo"))

    def garment(self, data: bytes) -> Array:
        """The color of a piece of cloth."""
        return self._numbers(self._look(data, "garment").get("color"), 3, 600.0)

    def tie(self, data: bytes, in_photo: bool) -> Array:
        """The shares of the named colors in a tie, cut from a photo or a picture of the tie alone."""
        return self._numbers(self._look(data, "tie_photo" if in_photo else "tie").get("shares"), len(NAMES), 1.0)

    def _look(self, data: bytes, part: str) -> dict[str, Any]:
        return self.ask(read_picture(data).pixels, {"part": part})

    def _vectors(self, answer: dict[str, Any]) -> Union[Array, None]:
        if not self.has_models:
            return None
        try:
            numbers = np.frombuffer(base64.b64decode(answer["vectors"], validate=True), np.float16).astype(np.float32)
            vectors = numbers.reshape(-1, 256)
        except (KeyError, TypeError, ValueError, binascii.Error):
            raise self._broken() from None
        lengths = np.linalg.norm(vectors, axis=1)
        if not 0 < len(vectors) <= _MOST_VECTORS or not np.all(np.abs(lengths - 1) < 0.05):
            raise self._broken()
        return vectors

    def _numbers(self, found: Any, count: int, most: float) -> Array:
        if not isinstance(found, Sequence) or len(found) != count:
            raise self._broken()
        if not all(isinstance(each, (int, float)) and abs(each) <= most for each in found):
            raise self._broken()
        return np.array(found, np.float32)

    def _broken(self) -> Exception:
        self.close()
        return self.refusal("died")
