"""Pictures of events: twins in any of eight forms, quality, notes; forms of a hash alone are near the true ones."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from benchmarks.chunk_driver import run_command
from minerva.images.forms import NAMES, forms
from minerva.images.match_rows import OptionError
from minerva.images.pdq_numpy import pdq_of
from minerva.images.picture_rows import annotate, read_options
from tests.images.drawn import scene

OPTIONS = read_options({})


def row(pdq: str, quality: object = 90) -> dict[str, Any]:
    return {"image_pdq": pdq, "image_quality": str(quality)}


def test_forms_of_a_hash_are_near_those_of_the_picture() -> None:
    distances = []
    for seed in range(12):
        found = pdq_of(scene(seed=seed))
        made = [f"{form:064x}" for form in forms(int(found.pdq, 16))]
        assert (made[0], made[6]) == (found.dihedral[0], found.dihedral[6])
        distances += [
            (int(one, 16) ^ int(other, 16)).bit_count() for one, other in zip(made, found.dihedral, strict=True)
        ]
    assert max(distances) <= 26
    assert len(NAMES) == 8


@pytest.mark.parametrize(
    ("turned", "form"),
    [
        pytest.param(lambda pixels: pixels, "as it is", id="the same"),
        pytest.param(lambda pixels: cv2.flip(pixels, 1), "mirrored left to right", id="mirrored"),
        pytest.param(lambda pixels: cv2.rotate(pixels, cv2.ROTATE_180), "turned by 180 degrees", id="upside down"),
    ],
)
def test_a_copy_in_any_form_is_a_twin_and_the_form_is_named(turned: Any, form: str) -> None:
    one, other = pdq_of(scene()), pdq_of(np.ascontiguousarray(turned(scene())))
    rows = list(annotate([row(one.pdq, one.quality), row(other.pdq), row(pdq_of(scene(seed=5)).pdq)], OPTIONS))
    assert [each["image_twins"] for each in rows] == [1, 1, 0]
    assert rows[0]["image_twin_form"] == form
    assert rows[0]["image_twin"] == other.pdq
    assert (rows[0]["image_twin_tier"], rows[0]["image_best_quality"]) == ("same", one.quality)
    assert rows[2]["image_twin"] is None
    assert len(rows[2]["image_forms"]) == 8


def test_a_plain_picture_has_no_twin_and_it_is_said() -> None:
    pdq = pdq_of(scene()).pdq
    first, second = annotate([row(pdq), row(pdq, 20)], OPTIONS)
    assert (first["image_twins"], second["image_twins"], second["image_pictures"]) == (0, None, 0)
    assert "quality below 50" in second["image_note"]


def test_two_pictures_of_one_event_are_no_twins() -> None:
    pdq = pdq_of(scene()).pdq
    (only,) = annotate([{"image_pdq": [pdq, pdq], "image_quality": ["90", "90"]}], OPTIONS)
    assert (only["image_pictures"], only["image_twins"]) == (2, 0)


def test_the_command_reads_rows_and_says_what_a_wrong_option_is() -> None:
    pdq = pdq_of(scene()).pdq
    outcome = run_command("minervaimage.py", [], [[row(pdq)], [row(pdq)]])
    assert (outcome.code, outcome.errors) == (0, [])
    assert [each["image_twins"] for each in outcome.rows] == ["1", "1"]
    with pytest.raises(OptionError, match="radius: expected a whole number from 0 to 70"):
        read_options({"radius": "71"})
