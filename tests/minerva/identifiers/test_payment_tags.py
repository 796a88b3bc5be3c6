"""Payment tags as they are told in words, and words about payment that are no tag."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.explain import WHY

TOLD = {
    "the sign in words": ("dollar sign JenSpa on cash app", "cashapp/jenspa", 0.8),
    "the service first": ("cash app: dollar sign jen4u", "cashapp/jen4u", 0.8),
    "the sign in one word": ("cash app is dollarsign oaktilesx", "cashapp/oaktilesx", 0.8),
    "the sign in one word, German": ("Cash App: Dollarzeichen oaktilesx", "cashapp/oaktilesx", 0.8),
    "a disguised service": ("c@sh app $jenforyou", "cashapp/jenforyou", 0.97),
    "a tag named as such": ("my cashtag is JenForYou", "cashapp/jenforyou", 0.75),
    "the service behind": ("@jen-example on venmo", "venmo/jen-example", 0.92),
    "the service in brackets": ("@jenexample (venmo)", "venmo/jenexample", 0.92),
    "a possessive": ("my venmo's @jenexample", "venmo/jenexample", 0.97),
}
SEVERAL = {
    "both": ("guitar class, venmo or cashapp both plumfretwork", ["cashapp/plumfretwork", "venmo/plumfretwork"]),
    "I am": ("hold one w/ $10 on venmo, im @Plum-Bikes there", ["venmo/plum-bikes"]),
    "I am, of a phone": ("on venmo I’m @plum-bikes", ["venmo/plum-bikes"]),
    "Spanish": ("por venmo soy @plum-bikes", ["venmo/plum-bikes"]),
    "in brackets": (
        "I take Cash App ($plumsgarage) or Venmo (plum-garage)",
        ["cashapp/plumsgarage", "venmo/plum-garage"],
    ),
    "in brackets, first": (
        "Venmo (plum-garage) or Cash App ($plumsgarage)",
        ["venmo/plum-garage", "cashapp/plumsgarage"],
    ),
    "under": ("venmo under plum-oven", ["venmo/plum-oven"]),
    "asked to pay": ("a dozen is 12. Pay ahead $PlumOvenMitts", ["cashapp/plumovenmitts"]),
    "asked to send": ("send 20 to $plumovenmitts", ["cashapp/plumovenmitts"]),
    "a short form": ("Hoodies $30 shipped, CA $threadbareplum", ["cashapp/threadbareplum"]),
}
NONE = (
    "venmo or cashapp both work",
    "venmo and cashapp both instantly, paypal both preferred",
    "venmo, im happy to pay",
    "on venmo im new",
    "Venmo (non-profit) or cash",
    "Cash App ($20) or Venmo (same-day)",
    "pay ahead $20, pay $money, deposit $fifty",
    "send $amount to $recipient",
    "echo pay to $accountHolderName; exit",
    "CA $hundred",
    "venmo under-the-table, venmo under review",
    "dollar sign next to the cash app logo",
    "dollarsign beside the cash app logo",
    "a dollar sign means cash",
    "my cashtag is broken",
    "meet @ noon (venmo)",
    "@jen4u on insta",
)


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "value", "confidence"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "deposit first, {} thanks"], ids=["alone", "within"])
def test_a_tag_told_in_words_is_read(text: str, value: str, confidence: float, around: str) -> None:
    whole = around.format(text)
    (found,) = extract(whole, kinds=["payment_tag"])
    assert (found.value, found.confidence) == (value, confidence)
    assert whole[found.start : found.end] == found.raw


@pytest.mark.parametrize(("text", "values"), SEVERAL.values(), ids=list(SEVERAL))
def test_tags_told_in_further_ways_are_read(text: str, values: list[str]) -> None:
    found = extract(text, kinds=["payment_tag"])
    assert sorted(item.value for item in found) == sorted(values)
    assert all(text[item.start : item.end] == item.raw and item.method in WHY for item in found)


@pytest.mark.parametrize("text", NONE)
def test_words_about_payment_are_no_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []
