"""Mailboxes of which the provider is told with a preposition, in a bracket, or elsewhere in the text."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "Spanish": ("Mail: oaktilesmia en gmail", "oaktilesmia@gmail.com"),
    "Portuguese": ("E-mail: oaktilesmia em hotmail", "oaktilesmia@hotmail.com"),
    "French": ("Courriel : oaktilesmia chez gmail.", "oaktilesmia@gmail.com"),
    "German": ("Mail: oaktilesmia bei gmx", "oaktilesmia@gmx.de"),
    "German, in brackets": ("pauschal: oaktilesmia (bei gmx.at)", "oaktilesmia@gmx.at"),
    "German, a name with digits": ("Termine oaktiles77 (bei gmx.at)", "oaktiles77@gmx.at"),
    "English, in brackets": ("ask oaktiles77 (at gmail.com)", "oaktiles77@gmail.com"),
    "Spanish, in brackets": ("escribe a oaktiles77 (en gmail)", "oaktiles77@gmail.com"),
    "French, in brackets": ("oaktiles77 (chez orange.fr)", "oaktiles77@orange.fr"),
    "Polish, in brackets": ("oaktiles77 (na wp.pl)", "oaktiles77@wp.pl"),
    "what someone's own is": ("my gmail is oaktilesmia", "oaktilesmia@gmail.com"),
    "what it is, a sentence of its own": ("$900/mo. gmail is oaktilesmia", "oaktilesmia@gmail.com"),
    "a name behind a firm": ("msg me @ hotmail, name's oaktiles619. I repair brass", "oaktiles619@hotmail.com"),
    "before the sign": ("It's a gmail dot com address and the part before the at sign is oaktilesmia",
                        "oaktilesmia@gmail.com"),
    "before the sign, a provider alone": ("I have gmail, the name before the at sign is oaktilesmia",
                                          "oaktilesmia@gmail.com"),
    "before the sign, Spanish": ("un correo de hotmail, antes de la arroba va oaktiles77", "oaktiles77@hotmail.com"),
    "before the sign, French": ("C'est yahoo.fr, avant l'arobase c'est oaktiles77", "oaktiles77@yahoo.fr"),
    "before the sign, German": ("E-Mail bei web.de, vor dem @ steht oaktiles77", "oaktiles77@web.de"),
    "a mailbox that is called": ("My mailbox is called oaktilesmia (all one word). It lives at gmail.",
                                 "oaktilesmia@gmail.com"),
    "followed by": ("oaktiles77 followed by gmail.com", "oaktiles77@gmail.com"),
    "followed by, with the sign": ("oaktilesmia, followed by @hotmail.com", "oaktilesmia@hotmail.com"),
    "followed by, French": ("oaktiles77 suivi de @orange.fr", "oaktiles77@orange.fr"),
    "the usual": ("first part of email: oak.tiles\nthen the usual @gmail.com", "oak.tiles@gmail.com"),
    "proton alone": ("my proton address is oaktiles505, proton dot me", "oaktiles505@proton.me"),
    "a small word within": ("oak and tiles (all one word) at mail dot example", "oakandtiles@mail.example"),
    "a small word within, behind a label": ("email oak and tiles (all one word) at mail dot example",
                                            "oakandtiles@mail.example"),
    "a minus, blanks around all": ("mia minus tiles @ mail . com", "mia-tiles@mail.com"),
    "name, host, ending": ("mail me, name: oaktilesmia host: icloud ending: com", "oaktilesmia@icloud.com"),
    "a provider's letters by hyphens": ("oaktilesmia AT G-M-A-I-L DOT C-O-M", "oaktilesmia@gmail.com"),
}  # fmt: skip
NONE = {
    "words of a list": "Mail: disponibles en gmail y hotmail",
    "newsletters": "newsletters (at gmail.com)",
    "a thing at a word": "we sell iphone15 (at live.com)",
    "a full mailbox": "mein Postfach (bei gmx.de) ist voll",
    "a word in a longer bracket": "Mail: Postfachinhaber (bei gmx.de im Paket)",
    "how it is": "my gmail is overflowing",
    "how it is not": "my gmail is unavailable",
    "how it was": "gmail is compromised.",
    "two providers": "write gmail or yahoo, the part before the @ is oaktiles77",
    "whose name": "gmail: the part before the at sign is your name",
    "what it is not": "gmail: the part before the @ is case-insensitive",
    "what happens to it": "gmail ignores dots: the part before the @ is unaffected",
    "what a site is followed by": "visit mail.example then the usual @gmail.com",
    "what trails off": "oak..tiles77 followed by gmail.com",
    "a site and dots": "visit mail..example then the usual @gmail.com",
    "a part of a letter": "an introduction followed by gmail.com",
    "a proton that is": "my proton is active",
    "a host of a site": "name: Mia, host: yahoo",
}


@pytest.mark.parametrize("around", ["{}", "Floors.\n{}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [item.value for item in mails(around.format(text))] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
