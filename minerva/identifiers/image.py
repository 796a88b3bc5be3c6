"""Hashes of pictures: PDQ, which says how near two pictures are, or MD5, SHA-1 and SHA-256 of a file. Columns only."""

from __future__ import annotations

import re

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_FRAME = re.compile(r"[0-9a-f]{64}/[1-9][0-9]{0,3}")


class Image(Kind):
    """The hash in lower case. Strangers use one stock picture: equality alone joins nobody."""

    NAME = "image"
    TITLE = "Image"
    STRONG = False

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        digest = value.strip().lower()
        if not _HASH.fullmatch(digest):
            raise InvalidIdentifier(cls.NAME, "expected 64 hexadecimal digits (PDQ, SHA-256), 40 (SHA-1) or 32 (MD5)")
        if len(set(digest)) == 1:
            raise InvalidIdentifier(cls.NAME, "one digit over and over stands for a missing hash")
        return digest

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return False

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        digest = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2
        return (Example(digest.upper(), digest.upper(), digest, qualifier="pdq"),)


class ImageCrop(Image):
    """The PDQ of a part of a picture: a copy that was cropped so has nearly this hash. It is compared with pictures."""

    NAME = "image_crop"
    TITLE = "Crop of an image"


class ImageFrame(Kind):
    """The PDQ of a key frame of a video and its place in the list, `hash/3`: no equal one joins, but several do."""

    NAME = "image_frame"
    TITLE = "Frame of a video"
    STRONG = False

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        digits, _, place = value.strip().lower().partition("/")
        if not _FRAME.fullmatch(f"{digits}/{place}") or len(set(digits)) == 1:
            raise InvalidIdentifier(cls.NAME, "expected 64 hexadecimal digits of PDQ, a slash and the frame's place")
        return f"{digits}/{place}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return False

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        frame = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2 + "/3"
        return (Example(frame.upper(), frame.upper(), frame, qualifier="pdq"),)
