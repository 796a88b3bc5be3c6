"""E-mail addresses told in ways found missing in the eleventh and twelfth round of texts not seen before, with what
looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, mail_forms

TOLD = {
    "a tight bracket": ("transfer to oakwoodlot(a)example.com today", "oakwoodlot@example.com"),
    "a tight square bracket": ("oakwoodlot[a]example.org", "oakwoodlot@example.org"),
    "a tight bracket, a provider": ("Retouches 12€. oakretouche(a)laposte.net", "oakretouche@laposte.net"),
    "sign in brackets": ("oakhilltiles (@ sign) example.org", "oakhilltiles@example.org"),
    "symbol": ("oakhilltiles @ symbol gmail dot com", "oakhilltiles@gmail.com"),
    "two brackets and blanks around dots": ("Email: oakwell . tiles [[at]] example . org", "oakwell.tiles@example.org"),
    "brackets and blanks around dots": ("oak.tiles (chez) laposte . net", "oak.tiles@laposte.net"),
    "a blank before the dot": ("seats 120. oaksatmill @example .com", "oaksatmill@example.com"),
    "a provider in two words": ("oakfold.tiles at bt internet dot com", "oakfold.tiles@btinternet.com"),
    "a provider of another country": ("oaktiles at libero dot it", "oaktiles@libero.it"),
    "letters of sign and dot apart": ("oakcity.tiles a t aol d o t com", "oakcity.tiles@aol.com"),
    "number behind the name": ("oakmom then the number 4 at gmail.com", "oakmom4@gmail.com"),
    "digits behind the name": ("oakmom followed by the digits 26 at gmail dot com", "oakmom26@gmail.com"),
    "announced, no top level": ("email me oakthunderband at gmail\nPost 12", "oakthunderband@gmail.com"),
    "capital sign, a comma": ("or oakslessons AT gmail, reply in 24 hrs", "oakslessons@gmail.com"),
    "announced at a firm": ("email oakacresrv at aol", "oakacresrv@aol.com"),
}
GUESSED = {
    "a provider alone": ("send resume to oakgrill22 gmail\nAlso 15.50", "oakgrill22@gmail.com"),
    "a provider with its top level": ("Reply to oakfoxglove gmail com", "oakfoxglove@gmail.com"),
    "marked, with its top level": ("fast delivery, oak_tiles hotmail com", "oak_tiles@hotmail.com"),
}
NONE = [
    "see note 3(a)site.name", "read(a)buffer.zip", "foo(a)list.here", "the usual @gmail.com",
    "researchers at yahoo.", "engineers, contractors at aol", "we use office365 gmail and slack",
    "log in with gmail com", "my storage2 gmail is full", "4 at gmail.com", "the 4 at gmail dot com",
    "1 (a)example.com", "meet @ noon . Come", "our regular @hotmail.com", "the number 4 at 5.com"
]  # fmt: skip


@pytest.mark.parametrize("around", ["{}", "- {}\nFri 9-5", "12 rooms. {}"], ids=["alone", "lines", "behind"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str) -> None:
    assert [item.value for item in extract(around.format(text), kinds=["email"])] == [address]


@pytest.mark.parametrize(("text", "address"), GUESSED.values(), ids=list(GUESSED))
def test_a_mailbox_right_before_its_provider_is_guessed(text: str, address: str) -> None:
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.method) == (address, "guessed")
    assert found.confidence < 0.8


@pytest.mark.parametrize("text", NONE)
def test_prose_holds_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.parametrize("text", [*(text for text, _ in (*TOLD.values(), *GUESSED.values())), *NONE])
def test_no_way_is_left_out_that_would_find_something(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(text, kinds=["email"])
    monkeypatch.setattr(mail_forms, "every_way", True)
    assert extract(text, kinds=["email"]) == found
