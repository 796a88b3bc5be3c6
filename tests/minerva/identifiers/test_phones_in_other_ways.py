"""Phones hidden in ways found missing in a third round of texts not seen before, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.lexicon import MEANINGS, MISSPELLED

HIDDEN = {
    "English typing errors": ("thre one too, fvie five five, zeor one sxi nine", "US", "+13125550169"),
    "doubled letters": ("sevne oh two fiev five five zerro won eigt six", "US", "+17025550186"),
    "Spanish by ear": ("seis zero cero cero cero cero uno cinko siete", "ES", "+34600000157"),
    "German by ear": ("nul drei null zwei drei ains zwei fünf acht virr sex", "DE", "+493023125846"),
    "Portuguese by ear": ("onze, nove zero zero zero zero, zero um quato sinco", "BR", "+5511900000145"),
    "Romanian typing error": ("zero sapte doi zero zero zero zero unu cinc noua", "RO", "+40720000159"),
    "Russian by ear": ("восим девять ноль ноль ноль ноль ноль ноль один пядь семь", "RU", "+79000000157"),
    "Thai by ear": ("สูน แปด หนึง สูน สูน สูน สูน หนึง เจด ห้า", "TH", "+66810000175"),
    "a weak word thrice": ("chiamami al tre tre tre zero zero zero zero uno due sei", "IT", "+393330000126"),
    "glued from oh on": ("SIXONENINE555OHONETHREEFIVE", "US", "+16195550135"),
    "French point": ("01 point 99 point 00 point 33 point 81", "FR", "+33199003381"),
    "Portuguese dash with its accents": ("11 traço 90000 traço 0148", "BR", "+5511900000148"),
    "Romanian dash": ("0720 liniuta 000 liniuta 139", "RO", "+40720000139"),
    "letters for most digits": ("4IS-SSS-OI32", "US", "+14155550132"),
    "letters for most digits, trunk": ("O77OO 9OO S6l", "GB", "+447700900561"),
    "QQ and mobile": ("QQ/电话 13800000147", "CN", "+8613800000147"),
}
NOTHING = {
    "order of a shop": ("Amazon order 415-5550136-2298471", "US"),
    "order behind a sign": ("# 503-5550144-1180277", "US"),
    "QQ": ("QQ 1000054321 加我", "CN"),
    "QQ number": ("qq号:1000099887", "CN"),
    "decimals": ("the score is 3 point 1 4 1 5 9", "US"),
    "model": ("model SSO-OIS-2OO", "US"),
    "ciphers in words": ("SOS, IOU 2 lbs of oil, ISO 9OO1", "US"),
    "prose with errors": ("sevne days, fvie nights, zerro stress and thre meals", "US"),
    "prose with a row": ("tre tre giorni e due notti", "IT"),
}


@pytest.mark.parametrize(("text", "region", "number"), HIDDEN.values(), ids=list(HIDDEN))
def test_a_number_is_read(text: str, region: str, number: str) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region=region)] == [number]


@pytest.mark.parametrize(("text", "region"), NOTHING.values(), ids=list(NOTHING))
def test_what_looks_like_a_number_is_none(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


def test_a_word_with_a_typing_error_means_one_digit_and_is_no_standard_word() -> None:
    assert len(MISSPELLED) > 400
    assert all(len(set(MEANINGS[word].values())) == 1 for word in MISSPELLED)
