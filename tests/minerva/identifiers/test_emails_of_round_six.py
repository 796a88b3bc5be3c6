"""E-mail addresses told in ways found missing in a sixth round of texts not seen before, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, mail_forms

TOLD = {
    "blanks around sign and dot": ("back or free. oaktilers @ example . net", "oaktilers@example.net"),
    "blanks around sign and dots": ("oaktilers @ mail . example . org", "oaktilers@mail.example.org"),
    "letters apart": ("Bids free. o a k s at e x a m p l e dot c o m", "oaks@example.com"),
    "letters apart, a plain dot": ("o a k s at e x a m p l e . c o m", "oaks@example.com"),
    "letters apart, Spanish": ("l o s a arroba e x a m p l e punto o r g", "losa@example.org"),
    "the end apart": ("oak4tiles at example dot c o m", "oak4tiles@example.com"),
    "the end apart, a provider that is said": ("oaktilers at g mail dot c o m", "oaktilers@gmail.com"),
    "the end apart, the sign": ("oak4tiles@example dot n e t", "oak4tiles@example.net"),
    "a picture for the sign": ("Tiles $24. oaktiles📧gmail.com", "oaktiles@gmail.com"),
    "a picture, blanks": ("oaktilersnorth ✉️ yahoo.com", "oaktilersnorth@yahoo.com"),
    "pictures for sign and dot": ("oaktiles 🌀 yahoo ⚫ com", "oaktiles@yahoo.com"),
    "pictures and a host of its own": ("oaktiles 🌀 example 🔵 com", "oaktiles@example.com"),
    "a picture for the dot": ("oaktiles at example 🔴 com", "oaktiles@example.com"),
    "a remark before the sign, German": ("fliesen.nord(ohne-spam)@example.net", "fliesen.nord@example.net"),
    "a remark before the sign": ("oaktiles [no spam] @example.net", "oaktiles@example.net"),
    "a remark before the sign, French": ("toits.nord(sans-spam)@example.net", "toits.nord@example.net"),
    "Spanish, all in brackets": ("correo: losa (punto) azul (en) example (punto) com", "losa.azul@example.com"),
    "Portuguese, all in brackets": ("piso (ponto) azul (em) example (ponto) com", "piso.azul@example.com"),
}
NOTHING = {
    "a place": "dinner @ joes . it was good",
    "a place and a word": "we met @ oaks . is that so",
    "a letter": "at a b c school dot com",
    "numbers of a place": "Spa at 1 2 3 . in town",
    "a list of letters": "look at a b c d and e",
    "a word before a provider": "any questions 📧 gmail.com",
    "a label before a provider": "email📧gmail.com",
    "a firm behind a picture": "oak_tiles 🌐 example.com",
    "an address behind a picture": "write 📧 gmail or call",
    "a place and an end": "we eat @ home . net gain",
    "hours": "pay 24h 📧 gmail.com",
    "a page that is live": "oak_tiles 🔴 live.com",
    "colours": "look at paint 🔴 red",
    "a remark and a name": "thanks (no spam) @oaktiles on insta",
    "a language": "oak-tiles (en) example.com",
    "a place in brackets": "vivo (en) example.com",
}
KEPT = {
    "an address behind a picture": ("Ask Oak 📧 oaktiles@gmail.com", "oaktiles@gmail.com"),
    "an address before a picture": ("oaktiles@gmail.com 📧 yahoo.com", "oaktiles@gmail.com"),
}


@pytest.mark.parametrize(("text", "address"), [*TOLD.values(), *KEPT.values()], ids=[*TOLD, *KEPT])
@pytest.mark.parametrize("around", ["{}", "Tiles laid, $20.\n{}\nWeekends too."], ids=["alone", "within"])
def test_an_address_is_read(text: str, address: str, around: str) -> None:
    assert [found.value for found in extract(around.format(text), kinds=["email"])] == [address]


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_prose_holds_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.parametrize("text", [text for text, _ in TOLD.values()], ids=list(TOLD))
def test_no_way_is_left_out_that_would_find_something(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(text, kinds=["email"])
    monkeypatch.setattr(mail_forms, "every_way", True)
    assert extract(text, kinds=["email"]) == found
