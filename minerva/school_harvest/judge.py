"""Judge: whether a picture from a website may be kept, and a clean copy of it; decoded in the limited child alone."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minerva.images.errors import PictureError
from minerva.images.formats import read_picture
from minerva.images.picture_child import LIMITS, DecodeLimits, PictureChild

LEAST_SIDE = 40
MOST_SKIN = 0.02
"""Of the picture that one region may take whose colors are those of skin and differ as those of a photo do."""
LONGEST_SHAPE = 3.0
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Verdict:
    """`refused` says why a picture is dropped ("" if it is not); `png` is a copy without any metadata."""

    refused: str
    png: bytes = b""


class Judge(PictureChild):
    """Judges pictures one after the other; a context manager. Raises MissingLibraryError without the native package."""

    def __init__(self, limits: DecodeLimits = LIMITS) -> None:
        super().__init__("minerva.school_harvest.judge_child", {}, limits)

    def judge(self, data: bytes, part: str) -> Verdict:
        """The verdict on a picture that is thought to show a crest, a tie or a garment."""
        try:
            answer = self.ask(read_picture(data).pixels, {"part": part})
            return _verdict(answer, part)
        except PictureError as error:
            return Verdict(error.code)


def _verdict(answer: Mapping[str, Any], part: str) -> Verdict:
    try:
        width, height = int(answer["width"]), int(answer["height"])
        skin, png = float(answer["skin"]), base64.b64decode(answer["png"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        return Verdict("broken")
    if min(width, height) < LEAST_SIDE:
        return Verdict("too_small")
    if part == "crest" and max(width, height) > LONGEST_SHAPE * min(width, height):
        return Verdict("no_emblem")
    if skin > MOST_SKIN:
        return Verdict("skin")
    if not png.startswith(b"\x89PNG") or len(png) > _MOST_BYTES:
        return Verdict("broken")
    return Verdict("", png)
