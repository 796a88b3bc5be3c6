"""Key frames of a video: which are kept, which say something, and which are folded into others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import cv2
import numpy as np
import pytest

from minerva.images.decode import Decoder
from minerva.images.key_frames import MOST_TELLING, Frame, fold, telling
from minerva.limited_process import LIMITED
from tests.images.drawn import Pixels, encoded, scene

pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")


def title(words: str, ground: tuple[int, int, int] = (0, 0, 0), letters: tuple[int, int, int] = (255,) * 3) -> Pixels:
    """A title card: words on one color."""
    card = np.full((240, 320, 3), ground, np.uint8)
    for line, part in enumerate(words.split()):
        cv2.putText(card, part, (30, 80 + 60 * line), cv2.FONT_HERSHEY_DUPLEX, 1.8, letters, 3, cv2.LINE_AA)
    return card


Frames = Callable[[Iterable[Pixels]], list[Frame]]


@pytest.fixture(scope="module")
def frames_of() -> Iterator[Frames]:
    with Decoder(evenness=True) as decoder:
        yield lambda pictures: fold(
            (at, decoder.fingerprint(encoded(".jpg", each))) for at, each in enumerate(pictures, 1)
        )


def test_neighbors_that_are_nearly_one_picture_become_one_and_each_keeps_its_place(frames_of: Frames) -> None:
    first, second = scene(seed=3), scene(seed=9)
    kept = frames_of([first, cv2.GaussianBlur(first, (3, 3), 0), second, cv2.convertScaleAbs(second, alpha=0.9), first])
    assert [(each.place, each.folded, each.is_telling) for each in kept] == [(1, 2, True), (3, 1, True)]


@pytest.mark.parametrize(
    "plain",
    [
        np.zeros((240, 320, 3), np.uint8),
        np.full((240, 320, 3), 250, np.uint8),
        title("LATE SHOW"),
        title("see you soon", (240, 240, 240), (10, 10, 10)),
        cv2.addWeighted(scene(seed=3), 0.04, np.zeros((240, 320, 3), np.uint8), 0.96, 0),
        np.random.default_rng(1).integers(0, 12, (240, 320, 3), np.uint8),
    ],
    ids=["black", "white", "title on black", "title on white", "fade to black", "noise on black"],
)
def test_black_frames_fades_and_title_cards_say_nothing(plain: Pixels, frames_of: Frames) -> None:
    (frame,) = frames_of([plain])
    assert not frame.is_telling
    assert telling([frame]) == []


def test_a_scene_under_the_bars_of_a_letterbox_is_the_scene(frames_of: Frames) -> None:
    bare = scene(seed=3)
    framed = cv2.copyMakeBorder(bare, 90, 90, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    (frame,) = frames_of([framed, bare])
    assert (frame.folded, frame.is_telling) == (1, True)


def test_a_plain_frame_swallows_no_other_and_many_frames_are_thinned(frames_of: Frames) -> None:
    (one,) = frames_of([scene(seed=3)])
    dark = Frame(1, one.pdq, 10, True, one.found)
    assert [each.place for each in [dark, *fold([(2, one.found)])]] == [1, 2]
    many = [Frame(place, one.pdq, 90, False, one.found) for place in range(1, 101)]
    thinned = [each.place for each in telling(many)]
    assert (len(thinned), thinned[0], len(set(thinned))) == (MOST_TELLING, 1, MOST_TELLING)
