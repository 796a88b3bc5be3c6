"""PDQ: the hashes of Meta's own core on drawn scenes, the eight forms, borders, crops and turns."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from minerva.images.frames_numpy import TURNS, crops, trimmed, turned
from minerva.images.pdq_numpy import Array, brightness, pdq_of
from tests.images.drawn import scene

# By pdqhash 0.2.8, which wraps Meta's core in C++: height, width, seed of the scene; hash; quality.
OF_METAS_CORE = (
    (240, 320, 1, "31742e057ea6e05e0efd479078111f1bc8f47bb0ad4572b68c667b5587e1989c", 100),
    (64, 64, 2, "e5b64a4876f0fd609a49c4b5b14f7e96ec257d0eff92982b2392cee406e10391", 100),
    (480, 200, 3, "89d6674d2c16db34ecd9b3b692e5c6935266d2974896fa4c297269d92a3532a4", 100),
    (63, 700, 4, "09635b4bea5242595adbfed29a5102963e56ffd47486c176bc14fd145ca16c0d", 100),
    (1100, 1500, 5, "0ddcabd56ccbd31089da7a98f444e2110af4efd4fa5412bd876261c43e113bde", 100),
    (20, 33, 6, "952bb56ab52dd5b5b56a954a555ad6525a52565a56d25552df4276d5d9005a14", 71),
)


def distance(first: str, second: str) -> int:
    return bin(int(first, 16) ^ int(second, 16)).count("1")


@pytest.mark.parametrize(("height", "width", "seed", "expected", "quality"), OF_METAS_CORE)
def test_a_drawn_scene_gets_the_hash_of_metas_core(
    height: int, width: int, seed: int, expected: str, quality: int
) -> None:
    assert pdq_of(scene(height, width, seed))[:2] == (expected, quality)


def test_brightness_and_colors_get_the_same_hash() -> None:
    assert pdq_of(brightness(scene())) == pdq_of(scene())


FORMS = (
    lambda each: each,
    lambda each: np.rot90(each),
    lambda each: each[::-1, ::-1],
    lambda each: np.rot90(each, -1),
    lambda each: each[::-1],
    lambda each: each[:, ::-1],
    lambda each: each.transpose(1, 0, 2),
    lambda each: each[::-1, ::-1].transpose(1, 0, 2),
)


@pytest.mark.parametrize("form", range(8))
def test_each_of_the_eight_hashes_is_that_of_a_picture_so_turned(form: int) -> None:
    found = pdq_of(np.ascontiguousarray(FORMS[form](scene(300, 400)))).pdq
    distances = [distance(found, each) for each in pdq_of(scene(300, 400)).dihedral]
    assert min(distances) == distances[form] <= 20


def framed(top: int, bottom: int, left: int, right: int, color: int = 250) -> Array:
    return np.pad(scene(), ((top, bottom), (left, right), (0, 0)), constant_values=color)


@pytest.mark.parametrize("color", [0, 128, 250])
def test_a_uniform_border_is_trimmed_to_the_picture(color: int) -> None:
    box = trimmed(framed(20, 33, 0, 14, color))
    assert box == (20, 260, 0, 320)


def test_a_picture_without_a_border_or_of_one_color_stays_whole() -> None:
    assert trimmed(scene()) == (0, 240, 0, 320)
    assert trimmed(np.full((50, 60, 3), 9, np.uint8)) == (0, 50, 0, 60)
    assert trimmed(framed(600, 0, 0, 0)) == (0, 840, 0, 320)


def test_crops_lie_within_the_picture_and_no_two_are_the_same() -> None:
    for grid, number in (("none", 0), ("few", 27), ("many", 100)):
        boxes = list(crops(240, 320, grid))
        assert len(set(boxes)) == len(boxes) == number
        assert all(0 <= top < bottom <= 240 and 0 <= left < right <= 320 for top, bottom, left, right in boxes)


def test_a_crop_is_near_one_of_the_grid_and_not_near_the_whole() -> None:
    cut = pdq_of(scene(400, 500)[18:, 21:]).pdq
    grid = [pdq_of(scene(400, 500)[top:bottom, left:right]).pdq for top, bottom, left, right in crops(400, 500, "many")]
    assert min(distance(cut, each) for each in grid) <= 31 < distance(cut, pdq_of(scene(400, 500)).pdq)


def test_a_turned_picture_is_near_its_own_turn_back() -> None:
    bright = brightness(scene(300, 400))
    back = pdq_of(turned(turned(bright, 4.0), -4.0)).pdq
    assert distance(back, pdq_of(bright).pdq) <= 31
    assert set(TURNS) == {-each for each in TURNS}


def test_different_scenes_are_far_apart() -> None:
    hashes = [pdq_of(scene(seed=seed)).pdq for seed in range(20)]
    assert min(distance(*pair) for pair in combinations(hashes, 2)) > 31
