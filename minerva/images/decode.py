"""Decode: gives a picture's bytes to the limited child, by pipe and never by file, and its fingerprint back.

Checks formats and sizes before, and every answer after: the child has seen foreign bytes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Union

from minerva.images.errors import PictureError
from minerva.images.formats import read_picture
from minerva.images.picture_child import LIMITS, DecodeLimits, PictureChild

_CHILD = "minerva.images.decode_child"
_HASH = re.compile(r"[0-9a-f]{64}")
GRIDS = ("none", "few", "many")


@dataclass(frozen=True)
class Hashes:
    """PDQ of a picture or a part of it; `dihedral` are those of its eight mirrored and turned forms, its own first."""

    pdq: str
    quality: int
    dihedral: tuple[str, ...]


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a picture: hashes and sizes.

    `trimmed` is there when a uniform border was found. `crops` are hashes of parts, of quality 50 or more (to be
    stored), `turned` those of the eight forms at each small turn (to be asked with); both are empty unless ordered.
    `evenness` is the share of it that is of one shade, 0 unless ordered.
    """

    format: str
    width: int
    height: int
    whole: Hashes
    trimmed: Union[Hashes, None]
    crops: tuple[str, ...]
    turned: tuple[tuple[str, ...], ...]
    md5: str
    sha256: str
    evenness: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As it is written and answered; trimmed, crops and turned only where there are any."""
        row: dict[str, Any] = {
            **_told(self.whole), "md5": self.md5, "sha256": self.sha256, "format": self.format, "width": self.width,
            "height": self.height,
        }  # fmt: skip
        if self.trimmed is not None:
            row["trimmed"] = _told(self.trimmed)
        if self.crops:
            row["crops"] = list(self.crops)
        if self.turned:
            row["turned"] = [list(forms) for forms in self.turned]
        return row


def _told(hashes: Hashes) -> dict[str, Any]:
    return {"pdq": hashes.pdq, "quality": hashes.quality, "dihedral": list(hashes.dihedral)}


class Decoder(PictureChild):
    """Fingerprints of pictures, one after the other, from one child; a context manager.

    `grid` (none, few, many) orders hashes of crops, `turns` those of small turns, `evenness` that of frames of videos.
    """

    def __init__(
        self, grid: str = "none", turns: bool = False, limits: DecodeLimits = LIMITS, evenness: bool = False
    ) -> None:
        if grid not in GRIDS:
            raise ValueError(f"grid is one of {', '.join(GRIDS)}, not {grid}")
        super().__init__(_CHILD, {"grid": grid, "turns": turns, "evenness": evenness}, limits)

    def fingerprint(self, data: bytes) -> Fingerprint:
        """The fingerprint of a picture. Raises PictureError, and MissingLibraryError where none can be decoded."""
        picture = read_picture(data)
        answer = self.ask(picture.pixels)
        try:
            if (answer["width"], answer["height"]) != (picture.width, picture.height):
                raise PictureError("broken", "the decoded picture has another size than its header says")
            return Fingerprint(
                picture.format,
                picture.width,
                picture.height,
                _hashes_of(answer["whole"]),
                None if answer["trimmed"] is None else _hashes_of(answer["trimmed"]),
                tuple(_hash_of(each) for each in answer["crops"]),
                tuple(tuple(_hash_of(each) for each in forms) for forms in answer["turned"]),
                hashlib.md5(data, usedforsecurity=False).hexdigest(),
                hashlib.sha256(data).hexdigest(),
                min(1.0, max(0.0, float(answer.get("evenness", 0.0)))),
            )
        except (KeyError, TypeError, ValueError, OverflowError):
            self.close()
            raise self.refusal("died") from None


def _hashes_of(answer: Any) -> Hashes:
    forms = tuple(_hash_of(each) for each in answer["dihedral"])
    quality = answer["quality"]
    if len(forms) != 8 or not isinstance(quality, int) or not 0 <= quality <= 100:
        raise ValueError
    return Hashes(_hash_of(answer["pdq"]), quality, forms)


def _hash_of(answer: Any) -> str:
    if not isinstance(answer, str) or not _HASH.fullmatch(answer):
        raise ValueError
    return answer
