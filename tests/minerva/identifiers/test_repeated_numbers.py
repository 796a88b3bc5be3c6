"""A number that a text repeats in one breath, with no country known: no share of what is likely exceeds the whole."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract


@pytest.mark.parametrize("text", ["60 min" * 16, "2046884351acht463953775820760 min" + "60 min" * 15, "55 " * 24])
def test_no_confidence_exceeds_one(text: str) -> None:
    assert all(0 < item.confidence <= 1 for item in extract(text))


def test_each_repetition_is_as_sure_as_the_others() -> None:
    found = extract("2046884351acht463953775820760 min" + "60 min" * 15, kinds=["phone"])
    assert len({item.confidence for item in found if item.identifier == "phone:+4560606060"}) == 1
