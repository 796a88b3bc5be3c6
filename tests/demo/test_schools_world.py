"""The invented schools: all follows from the seed, and icons become charges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from demo.schools_world.__main__ import query_photo
from demo.schools_world.charges import drawn_charges, icon_charges
from demo.schools_world.crest import draw_crest
from demo.schools_world.school import World
from demo.schools_world.svg_path import Points, outlines

CHARGES = drawn_charges()


def area(ring: Points) -> float:
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("M0 0h10v10H0z", 100),
        ("m0,0 10 0 0,10-10 0z", 100),
        ("M5 0a5 5 0 1 1 0 10a5 5 0 1 1 0-10z", np.pi * 25),
        ("M5 0a5 5 0 110 10 5 5 0 110-10z", np.pi * 25),
        ("M0 0C0 10 10 10 10 0z", 50 * 1.2),
        ("M0 0Q5 10 10 0z", 100 / 3),
        ("M0 0q5 10 10 0t10 0L20-20H0z", 400),
    ],
)
def test_a_path_becomes_a_ring_of_its_area(path: str, expected: float) -> None:
    (ring,) = outlines(path)
    assert area(ring) == pytest.approx(expected, rel=0.03)


def test_a_school_its_crest_and_its_photo_follow_from_seed_and_number() -> None:
    worlds = [World(CHARGES, 4), World(CHARGES, 4), World(CHARGES, 5)]
    schools = [world.school(17) for world in worlds]
    assert schools[0] == schools[1] != schools[2]
    crests = [draw_crest(school, CHARGES) for school in schools]
    photos = [query_photo(world, school, 3)[0].pixels for world, school in zip(worlds, schools, strict=True)]
    for drawn in (crests, photos):
        assert np.array_equal(drawn[0], drawn[1])
        assert not np.array_equal(drawn[0], drawn[2])


def test_icons_whose_name_has_a_heraldic_word_become_charges(tmp_path: Path) -> None:
    body = '<path fill="currentColor" d="M0 0h512v256H0z"/>'
    icons = {"lion-head": {"body": body}, "server": {"body": body}, "round-star": {"body": '<circle r="3"/>'}}
    path = tmp_path / "icons.json"
    path.write_text(json.dumps({"icons": icons}), encoding="utf-8")
    charges = icon_charges(path)
    assert charges.words == ("lion",)
    assert 0.3 < float((charges.masks[0] > 127).mean()) < 0.6
