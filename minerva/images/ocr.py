"""OCR: gives a picture's bytes to the limited child that reads text in it, and checks what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

from minerva.images.errors import MissingLibraryError
from minerva.images.formats import read_picture
from minerva.images.ocr_models import is_complete, models_folder
from minerva.images.picture_child import DecodeLimits, PictureChild
from minerva.native_package import NAME

_CHILD = "minerva.images.ocr_child"
LIMITS = DecodeLimits(memory_bytes=1024 * 1024 * 1024, seconds=30.0)
"""The networks hold what they compute: over 256 MiB for a picture of usual size."""
_MOST_LINES, _LONGEST = 200, 1000


@dataclass(frozen=True)
class TextLine:
    """A line that was read; `score` says how sure its letters are on average, 0 to 1."""

    text: str
    score: float


def why_not_read() -> str:
    """Why text cannot be read here, in words; empty where the models are at hand."""
    if models_folder() is not None:
        return ""
    return f"reading text in pictures needs the models of the package {NAME}, which is not installed beside the app"


class TextReader(PictureChild):
    """Reads text in pictures, one after the other, from one child; a context manager.

    models: a folder of the models; those of the native package if none is given. Raises MissingLibraryError.
    """

    def __init__(self, models: Union[Path, None] = None, limits: DecodeLimits = LIMITS) -> None:
        folder = models or models_folder()
        if folder is None or not is_complete(folder):
            raise MissingLibraryError(why_not_read() or "the folder of models lacks one of them")
        super().__init__(_CHILD, {"models": str(folder.resolve())}, limits)

    def read(self, data: bytes) -> tuple[TextLine, ...]:
        """The lines of a picture from top to bottom. Raises PictureError, and MissingLibraryError without a child."""
        answer = self.ask(read_picture(data).pixels)
        try:
            return tuple(_line(each) for each in answer["lines"][:_MOST_LINES])
        except (KeyError, TypeError, ValueError):
            self.close()
            raise self.refusal("died") from None


def _line(answer: Any) -> TextLine:
    text, score = answer[0], answer[1]
    if not isinstance(text, str) or not isinstance(score, float) or not math.isfinite(score) or not 0 <= score <= 1.001:
        raise ValueError
    printable = "".join(each if each.isprintable() else " " for each in text)
    return TextLine(printable[:_LONGEST].strip(), min(1.0, score))
