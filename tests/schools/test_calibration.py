"""Confidences: scores are scaled by what the committed table says of the signals that took part."""

from __future__ import annotations

import numpy as np

from minerva.schools.calibration import TABLE, scale_of
from minerva.schools.signals_numpy import confidences


def test_each_mix_of_signals_has_its_own_scale_whatever_their_order() -> None:
    assert scale_of(["crest", "tie", "garment"]) == scale_of({"garment": 1, "crest": 2, "tie": 3})
    assert scale_of(["crest"]) != scale_of(["crest", "words"])
    assert scale_of(["a mix that was not measured"]) == 1


def test_the_committed_table_is_within_reason() -> None:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) >= 6
    assert all(0.5 <= float(scale) <= 3 and int(photos) >= 50 for _, scale, photos in rows)


def test_a_larger_scale_makes_the_first_surer_and_keeps_the_order() -> None:
    total = np.array([3.0, 1.0, 0.0])
    low, high = confidences(total), confidences(total * 1.3)
    assert high[0] > low[0]
    assert (np.argsort(-high) == np.argsort(-low)).all()
    assert abs(float(high.sum()) - 1) < 1e-9
