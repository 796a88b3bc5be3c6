"""Key frames of one video, given as a list of pictures: one hash a frame with its place in the list, near-duplicates
folded into the first of them, and which of them say something of the video.

A black frame, a fade or a title card is in the videos of strangers: it is evidence of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minerva.images.distance import LEAST_QUALITY, TIERS, distance

if TYPE_CHECKING:
    from minerva.images.decode import Fingerprint

MOST_FRAMES = 100
"""Pictures of one list that are looked at."""
MOST_TELLING = 32
"""Frames of one video that are evidence; of more, every so many."""
MOST_EVEN = 0.6
"""Share of a frame that may be of one shade: beyond it, it is a black frame, a fade or a title card."""
_SAME = TIERS[0][0]


@dataclass
class Frame:
    """One frame that is kept. place: of the first picture in the list, from 1; folded: how many more are near it."""

    place: int
    pdq: str
    quality: int
    is_plain: bool
    found: Fingerprint
    folded: int = 0

    @property
    def is_telling(self) -> bool:
        """Whether it says something of the video that it is of."""
        return self.quality >= LEAST_QUALITY and not self.is_plain

    def to_dict(self) -> dict[str, Any]:
        """As it is answered: the fingerprint with place, how many were folded into it, and whether it is plain."""
        return {**self.found.to_dict(), "place": self.place, "folded": self.folded, "is_telling": self.is_telling}


def fold(found: Iterable[tuple[int, Fingerprint]]) -> list[Frame]:
    """The frames that differ, in the order of the list; each other is folded into the first that is near it. The hash
    of a frame is that without its border: bars of a letterbox come and go with the player."""
    kept: list[Frame] = []
    for place, each in found:
        hashes = each.trimmed or each.whole
        frame = Frame(place, hashes.pdq, hashes.quality, each.evenness > MOST_EVEN, each)
        twin = next((one for one in kept if one.is_telling >= frame.is_telling and _are_near(one, frame)), None)
        if twin is not None:
            twin.folded += 1
        else:
            kept.append(frame)
    return kept


def _are_near(one: Frame, other: Frame) -> bool:
    return distance(int(one.pdq, 16), int(other.pdq, 16)) <= _SAME


def telling(frames: Iterable[Frame]) -> list[Frame]:
    """The frames that are evidence, spread over the video where there are many."""
    good = [frame for frame in frames if frame.is_telling]
    if len(good) <= MOST_TELLING:
        return good
    return [good[at * len(good) // MOST_TELLING] for at in range(MOST_TELLING)]
