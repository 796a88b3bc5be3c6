"""E-mail addresses in spellings that sites, keyboards and readers aloud make of their signs and hosts, and what looks
like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "two ends without dots": ("oaktiles77 at yahoo co uk", "oaktiles77@yahoo.co.uk"),
    "two ends, one dot said": ("oaktiles77 at yahoo dot co uk", "oaktiles77@yahoo.co.uk"),
    "two ends of a provider in two words": ("oaktiles77 at hot mail co uk", "oaktiles77@hotmail.co.uk"),
    "two ends of another country": ("oaktiles77 arroba hotmail com br", "oaktiles77@hotmail.com.br"),
    "points around words": ("oaktiles77...at...gmail...dot...com", "oaktiles77@gmail.com"),
    "two points around words": ("oaktiles77..at..gmail..dot..com", "oaktiles77@gmail.com"),
    "a provider's letters by dots": ("oaktiles77@g.m.a.i.l.com", "oaktiles77@gmail.com"),
    "a provider's letters by dots, a word": ("oaktiles77 at y.a.h.o.o.com", "oaktiles77@yahoo.com"),
    "a provider as it sounds": ("oaktiles77 at gee mail", "oaktiles77@gmail.com"),
    "number signs around words": ("oaktiles #at# mail #dot# example", "oaktiles@mail.example"),
    "letters by hyphens at a provider": ("O-A-K-T-I-L-E-S at gmail", "oaktiles@gmail.com"),
    "a hyphen for the dot": ("oaktiles77@gmail-com", "oaktiles77@gmail.com"),
    "an underscore for the dot": ("oaktiles77@hotmail_com", "oaktiles77@hotmail.com"),
    "a slash for the dot": ("oaktiles77@yahoo/com", "oaktiles77@yahoo.com"),
    "French, a provider of there": ("oaktiles77 chez orange.fr", "oaktiles77@orange.fr"),
    "French, another": ("oaktiles77 chez free.fr", "oaktiles77@free.fr"),
    "German, the dot said": ("oaktilesmia bei gmx punkt de", "oaktilesmia@gmx.de"),
    "as JSON escapes it": (r"oaktiles77\u0040gmail\u002ecom", "oaktiles77@gmail.com"),
    "the letter of both": ("oaktiles77 [æt] gmail [dot] com", "oaktiles77@gmail.com"),
    "name and host": ("name: oaktiles77, host: gmail.com", "oaktiles77@gmail.com"),
    "user name and domain": ("username oaktiles77 / domain gmail.com", "oaktiles77@gmail.com"),
    "backwards, signs said": ("backwards: moc tod liamg ta 77selitkao", "oaktiles77@gmail.com"),
    "backwards, signs in brackets": ("moc[tod]liamtoh[ta]77selitkao", "oaktiles77@hotmail.com"),
    "backwards, signs apart": ("moc . oohay @ 77selitkao", "oaktiles77@yahoo.com"),
}
NONE = {
    "a firm of a country": "she works at yahoo co uk office",
    "a number sign": "order 5 #at# no. 3",
    "a host that is told of": "name: Oak Tiles, host: example.com",
    "a French shop": "cours chez oaktiles.fr",
    "a German shop": "Termine bei web.de buchen",
    "German for where someone is": "ich bin bei gmx punkt de",
    "words backwards": "moc is a car of liamg",
    "a network's hyphen": "we sat at live-com studio",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [item.value for item in mails(around.format(text))] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []
