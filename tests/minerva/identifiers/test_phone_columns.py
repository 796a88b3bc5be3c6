"""Phones in columns: others put among them, and those of texts that repeat."""

from __future__ import annotations

import pytest

from minerva.identifiers.phone_columns import PhoneColumns


def columns(*rows: tuple[int, int]) -> PhoneColumns:
    """Phones of texts, each by its text and start."""
    given = [(text, start, start + 12, f"+1415555{text:02d}{start:02d}", "digits", 0.9, ()) for text, start in rows]
    return PhoneColumns(*map(list, zip(*given, strict=True))) if given else PhoneColumns.none()


@pytest.mark.parametrize("held", [0, 1, 3, 50], ids=["none there", "one there", "few there", "many there"])
def test_other_phones_stand_by_text_and_in_their_order(held: int) -> None:
    own = [(3 * text, start) for text in range(held) for start in (0, 20)]
    others = [(4, 0), (4, 20), (1, 5), (200, 7)]
    rows = list(zip(*columns(*others), strict=True))
    together = columns(*own).and_rows(rows)
    assert together == columns(*sorted(own + others))


def test_texts_that_are_one_have_the_phones_of_that_one() -> None:
    searched = columns((0, 3), (0, 30), (2, 1))
    assert searched.spread([2, 1, 0, 0, 2]) == PhoneColumns(
        [0, 2, 2, 3, 3, 4],
        [1, 3, 30, 3, 30, 1],
        [13, 15, 42, 15, 42, 13],
        ["+14155550201", "+14155550003", "+14155550030", "+14155550003", "+14155550030", "+14155550201"],
        ["digits"] * 6,
        [0.9] * 6,
        [()] * 6,
    )
