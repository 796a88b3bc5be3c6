"""What a header says of a picture, and the bounds that are held before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from minerva.images.errors import PictureError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE = 5
"""Meta's own hasher gives no hash to a picture with a shorter side."""
MAX_SIDE = 30_000


@dataclass(frozen=True)
class Picture:
    """A picture that may be decoded. `pixels` is a file of the same format with the first picture and nothing else.

    It holds no EXIF, location, comment, color profile, preview, further frame, nor anything behind the end.
    """

    format: str
    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise broken(self.format, "its header gives no size")
        size = f"{self.width} x {self.height} pixels"
        if self.width * self.height > MAX_PIXELS or max(self.width, self.height) > MAX_SIDE:
            raise PictureError("too_large", f"{size} are too many: at most {MAX_PIXELS // 1_000_000} million, no side "
                               f"over {MAX_SIDE}")  # fmt: skip
        if min(self.width, self.height) < MIN_SIDE:
            raise PictureError("too_small", f"{size} are too few: each side needs {MIN_SIDE} at least")


def broken(name: str, why: str) -> PictureError:
    """The refusal of a picture whose container is not whole."""
    return PictureError("broken", f"not a whole {name} picture: {why}")


def unsupported(name: str, what: str) -> PictureError:
    """The refusal of a kind of picture that is never decoded."""
    return PictureError("unsupported", f"{name} pictures with {what} are not decoded")
