"""Payment tags as they are told in words, and words about payment that are no tag."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "the sign in words": ("dollar sign JenSpa on cash app", "cashapp/jenspa", 0.8),
    "the service first": ("cash app: dollar sign jen4u", "cashapp/jen4u", 0.8),
    "a disguised service": ("c@sh app $jenforyou", "cashapp/jenforyou", 0.97),
    "a tag named as such": ("my cashtag is JenForYou", "cashapp/jenforyou", 0.75),
    "the service behind": ("@jen-example on venmo", "venmo/jen-example", 0.92),
    "the service in brackets": ("@jenexample (venmo)", "venmo/jenexample", 0.92),
    "a possessive": ("my venmo's @jenexample", "venmo/jenexample", 0.97),
}
NONE = (
    "dollar sign next to the cash app logo",
    "a dollar sign means cash",
    "my cashtag is broken",
    "meet @ noon (venmo)",
    "@jen4u on insta",
)


@pytest.mark.parametrize(("text", "value", "confidence"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "deposit first, {} thanks"], ids=["alone", "within"])
def test_a_tag_told_in_words_is_read(text: str, value: str, confidence: float, around: str) -> None:
    whole = around.format(text)
    (found,) = extract(whole, kinds=["payment_tag"])
    assert (found.value, found.confidence) == (value, confidence)
    assert whole[found.start : found.end] == found.raw


@pytest.mark.parametrize("text", NONE)
def test_words_about_payment_are_no_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []
