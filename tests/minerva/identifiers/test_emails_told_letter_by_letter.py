"""E-mail addresses whose digits and letters are told one after another, and words of sentences before a provider."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "digits in words": ("oaktiles then four seven written as digits, at hotmail dot com", "oaktiles47@hotmail.com"),
    "digits in words, in brackets": ("write to oaktiles four seven (as digits) at mail dot example",
                                     "oaktiles47@mail.example"),
    "Spanish digits": ("oaktiles cuatro siete en cifras arroba gmail punto com", "oaktiles47@gmail.com"),
    "Portuguese digits": ("oaktiles quatro sete em números arroba gmail ponto com", "oaktiles47@gmail.com"),
    "German digits": ("oaktiles vier sieben als Ziffern at gmail punkt com", "oaktiles47@gmail.com"),
    "French digits": ("oaktiles quatre sept en chiffres arobase gmail point com", "oaktiles47@gmail.com"),
    "Italian digits": ("oaktiles quattro sette in cifre chiocciola gmail punto com", "oaktiles47@gmail.com"),
    "a number of digits": ("mail oaktiles then the number four four, at hot mail dot com", "oaktiles44@hotmail.com"),
    "tens": ("It is oaktiles, then sixty six, at proton dot me", "oaktiles66@proton.me"),
    "a round number": ("oaktiles forty at gmail dot com", "oaktiles40@gmail.com"),
    "dashes and a dot": ("That's O-A-K dot T at example dot com", "oak.t@example.com"),
    "blanks": ("o a k t i l e s @ example.com", "oaktiles@example.com"),
    "blanks behind words": ("pics\nor o a k t i l e s @ example.com\non request", "oaktiles@example.com"),
    "blanks, at": ("o a k t i l e s at mail dot example", "oaktiles@mail.example"),
    "slashes": ("o/a/k/t/i/l/e/s at mail dot example", "oaktiles@mail.example"),
    "slashes with blanks": ("o / a / k / t / i / l / e / s at mail dot example", "oaktiles@mail.example"),
    "stars": ("o*a*k*t*i*l*e*s at mail dot example", "oaktiles@mail.example"),
    "hearts": ("o♥a♥k♥t♥i♥l♥e♥s at gmail dot com", "oaktiles@gmail.com"),
    "commas, Spanish": ("o,a,k,t,i,l,e,s arroba gmail punto com", "oaktiles@gmail.com"),
    "slashes, a sign in brackets": ("o/a/k/t/i/l/e/s/7 (at) gmail (dot) com", "oaktiles7@gmail.com"),
    "an apostrophe of a name": ("o'tiles at gmail dot com", "o'tiles@gmail.com"),
}  # fmt: skip
NONE = {
    "it's a": "It's a gmail dot com address",
    "it's at": "it's at gmail dot com",
    "that's at": "that's at mail dot example",
    "c'est": "c'est chez gmail point com",
    "don't": "I don't at gmail.com",
    "a way told": "write the digits, at hotmail dot com",
    "a part of a path": "read a/b at mail dot example",
    "a list": "sizes s/m/l at shop.example",
    "a network before a name": "Tiles from $6 - t1kt0k @oaktiles.by.mia",
    "a network before a name of two parts": "1nsta @oaktiles.by",
    "a name of three parts": "oaktiles7 @pottery.by.wren",
    "a name with an underscore": "oaktiles7 @pottery.by_wren",
    "numbers": "twenty at the door, forty at most",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [item.value for item in mails(around.format(text))] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
