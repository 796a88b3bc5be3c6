"""Numbers with words, stars or hexadecimal signs for separators, echoes in brackets or letters to skip between their
digits; numbers of orders, frames and accounts, which are no phones."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

READ = [
    ("a word between all groups", "FR", "Tél +33 barre 6 barre 27 barre 39 barre 23 barre 94.\nMerci", "+33627392394"),
    ("glued behind a plus in words", "AU", "WhatsApp PlusSixOneFourZeroEightThreeSevenNineTwoZeroTwo.", "+61408379202"),
    ("glued behind a plus in Russian", "RU", "ПлюсСемьДевятьОдинДваТриЧетыреПятьНульДваДевятьДевять", "+79123450299"),
    (
        "spelled words with slashes",
        "IT",
        "Chiama il t r e / q u a t t r o / q u a t t r o / z e r o / s e i / s e t t e / s e i / s e i / u n o / "
        "q u a t t r o. Chi prima",
        "+393440676614",
    ),
    ("a first word tied to the next", "BR", "Tel: um.1.nove.5.zero.sete.5.três.três.seis.4. Fácil", "+5511950753364"),
    ("words that say a digit again", "US", "Txt 6(six)2(two)3(three) 555 0(zero)1(one)5(five)4(four)", "+16235550154"),
    ("letters to skip, one at the end", "US", "Numbers only, skip the letters: 9a7b1c5d5e5f0g1h6i3j", "+19715550163"),
    ("a link in hexadecimal signs", "US", "Tap here: tel:%2B1%20801%20555%200124", "+18015550124"),
    ("a link without a plus sign", "US", "Tap here: sms:801%20555%200124 now", "+18015550124"),
    ("Cyrillic letters behind a dash", "UA", "Мій номер: О50-ЧЧЗ-25-13\nОстання ціна 1 740 грн.", "+380504432513"),
    ("stars and letters", "PT", "Bolos caseiros. Contacto: g3*O6*3B*5s*I.", "+351930638551"),
]
NOT_READ = [
    ("an order, Turkish", "TR", "Sipariş no 53277-18840, 3 gün dediler, 11 gün oldu."),
    ("an order, Polish", "PL", "Zamówienie nr 512-000-863 nadal nie przyszło"),
    ("a frame, Italian", "IT", "Bicicletta telaio n. 3471862B09, misura 54, anno 2016."),
    ("a frame, French", "FR", "Vélo volé, cadre n° 06 39 98 00 12, merci de me dire"),
    ("a frame, German", "DE", "Fahrrad gestohlen, Rahmennummer 0163 7704182"),
    ("a frame, English", "GB", "Stolen bike, frame no. 07700 900123, blue"),
    (
        "an account and a word like digits",
        "IT",
        "Caparra di 158 euro su IT60 X054 2811 1010 0000 0123 456 solo dopo la visita.",
    ),
    ("per cent", "US", "20%2 off, 50%20 more: lot 80155501%20"),
    ("plus sizes", "US", "plus sizes, plusone and plustwo, five of six"),
    ("letters that belong to codes", "US", "skip code 9a7b1c5d5e5f0g1h6i3j4k5l6m"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_number_is_read_over_odd_separators(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


def test_many_words_for_a_plus_sign_are_no_number() -> None:
    assert extract("plus" * 5_000 + "one", kinds=["phone"], region="US") == []


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_numbers_are_no_phones(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []
