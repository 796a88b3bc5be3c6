"""Phones in which letters stand for digits, most of them or between all, and what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, foreign_letters, lettered_numbers

READ = [
    ("Appelez O6 - 12 - 34 - SB - BO apres midi", "FR", "+33612345880"),
    ("Autre numéro : O6 BB Ol o4 12", "FR", "+33688010412"),
    ("WhatsApp O49ls7oBZZ", "AU", "+61491570822"),
    ("Olga will answer at +i - 45O - 5Ss - Oiz3", "CA", "+14505550123"),
    ("Hit me up sSl-SSs-0l48", "US", "+15515550148"),
    ("Contato: 3l - 96sZ3 - OlS2", "BR", "+5531965230152"),
    ("Telefone: 91z - l5Z - B4z", "PT", "+351912152842"),
    ("My number is O74Oo - 46o - 4s7", "GB", "+447400460457"),
    ("Number >> +l.6is.SsS.09zB", "US", "+16155550928"),
    ("Text me at 97ZS5SolzB", "US", "+19725550128"),
    ("Reach me on Z53/SSs/O176", "US", "+12535550176"),
    ("Text me at OzO|7946|041B", "GB", "+442079460418"),
    ("Message me on 5B7|5SS|0S9B any day", "CA", "+15875550598"),
    ("Give me a call, o7\xad4Oo 4\u20604\xadl\xad \xadIZ\xadB please", "GB", "+447400441128"),
    ("You can find me on this number: 347 - SSs - SOO8", "US", "+13475555008"),
    ("Phone: б1Ѕ.Ѕ55.Ζ92Ч", "US", "+16155552924"),
    ("Tel 0Ч91-ѕ7Ο-ІΖЗ", "AU", "+61491570123"),
    ("Bookings: о791І - 28 - Ζ8 - 8Ч", "GB", "+447911282884"),
    ("Termine unter ОӀ70 - 7ΖΖ - Ѕб78", "DE", "+491707225678"),
    ("Mon numéro : Ο7-б7-бЧ-Ӏб-з2", "FR", "+33767641632"),
    ("Text six zerο twο, fiνe fiνe fiνe, zerο οηe fiνe seveη", "US", "+16025550157"),
    ("My friend is at 305.555.0112. Text threе twо threе, fivе fivе fivе, еіght twо fоur two", "US", "+13235558242"),
    ("call 2y0y2y5y5y5y0y1y0y7", "US", "+12025550107"),
    ("SMS only 4~k~0~k~4~k~5~k~5~k~5~k~0~k~1~k~2~k~7.", "US", "+14045550127"),
]
NOT_READ = [
    "generated from 'MAPPINGS/ISO8859/8859-1.TXT' with gencodec.py",
    "part number 5S0B8ZlO12 and serial number O49IS7OBoB",
    "On 1O5 so 2O10 is ill",
    "bytes 3d2d3d2d3d2d3d2d3d2d in a row",
    "the β of 2, 5 and 5 is 5 of 0142 ο 7",
    "Σ б1Ѕ.Ѕ55.Ζ92Ч of a list",
    "SOS 250 2015 boss oil",
    "Sizes 1O 12 14 is all I got so 2O or 3O left",
]


@pytest.mark.parametrize(("text", "region", "number"), READ)
def test_letters_stand_for_digits(text: str, region: str, number: str) -> None:
    assert number in {found.value for found in extract(text, kinds=["phone"], region=region)}


@pytest.mark.parametrize("text", NOT_READ)
@pytest.mark.parametrize("region", ["US", "GB", "DE", "FR", "NO"])
def test_what_looks_like_them_is_no_phone(text: str, region: str) -> None:
    assert [found.value for found in extract(text, kinds=["phone"], region=region)] == []


def test_texts_in_greek_or_cyrillic_stay_as_they_are() -> None:
    for text in ("Массаж, звони О5О 123", "Καλημέρα, τηλ. 21Ο", "call б1Ѕ in Ωmega"):
        assert foreign_letters.in_latin(text, text.encode()) is None


def test_a_text_in_latin_letters_is_written_for_one() -> None:
    text = "fiνe, б1Ѕ-О"
    assert foreign_letters.in_latin(text, text.encode()) == "five, 615-0"


@pytest.mark.parametrize("word", ["call", "Tel.", "número:", "joignable au", "erreichbar unter", "a >"])
def test_words_announce_a_number(word: str) -> None:
    text = f"xyz {word} 5"
    assert lettered_numbers.is_announced(text, len(text) - 1)
