"""Whether key frames of two lists are of one video: several frames alike are, a single one is only likely.

Black frames and title cards are in the videos of strangers: they are left out before (key_frames.py), and one frame
that is shared, of a title that was missed, is never enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minerva.images.distance import SAME, tier
from minerva.images.forms import nearest_form

ENOUGH = 3
"""Frames alike that are one video, however long the videos are; of short ones two, if they are half of one of them."""
ONCE = 0.5
"""How sure one frame, or two of many, make of one video; or a picture of one record that is a frame of the other's."""


class Shown(NamedTuple):
    """What one record shows: frames of a video as (hash, place), and hashes of pictures."""

    frames: Sequence[tuple[int, int]]
    pictures: Sequence[int]


def same_video(one: Shown, other: Shown) -> tuple[float, str]:
    """How sure two records show one video, 0 to 1, and in words what is alike, with the frames that are most alike."""
    pairs = _pairs(one.frames, other.frames)
    alike = min(len({place for place, _ in pairs}), len({place for _, place in pairs}))
    if alike:
        which = f"frame {pairs[0][0]} and frame {pairs[0][1]}"
        if alike >= ENOUGH or (alike > 1 and 2 * alike >= min(len(one.frames), len(other.frames))):
            return 1.0, f"same video ({alike} frames alike, as {which})"
        return ONCE, f"{'two frames' if alike > 1 else 'one frame'} of a video alike ({which})"
    for frames, pictures in ((one.frames, other.pictures), (other.frames, one.pictures)):
        pairs = _pairs(frames, [(value, 0) for value in pictures])
        if pairs:
            return ONCE, f"a picture of one is frame {pairs[0][0]} of the other's video"
    return 0.0, ""


def _pairs(ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of those that are the same picture, mirrored and turned ones too; the nearest first."""
    near = [
        (nearest_form(one, other)[0], place, other_place) for one, place in ones for other, other_place in others
    ]  # fmt: skip
    return [(place, other) for bits, place, other in sorted(near) if tier(bits) == SAME]
