"""Phones hidden in ways found missing in a third round of texts not seen before, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, numbering, phone_parts
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
IN_PARTS = {
    "begins, continues, finishes": ("number begins with 415, continues 555 and finishes 0137", "US", "+14155550137"),
    "area, next, end": ("area 602, next 555, the end is 0148", "US", "+16025550148"),
    "start, after that, finally": ("start with 07700, after that 900, finally 455", "GB", "+447700900455"),
    "counted digits": ("first 3 digits are 503 second 3 are 555 final 4 are 0159", "US", "+15035550159"),
    "Spanish": ("primero 600, después 000, al final 163", "ES", "+34600000163"),
    "Portuguese": ("começa por 910, depois 000, termina em 148", "PT", "+351910000148"),
    "Italian": ("inizia con 333, poi 000, finisce con 0142", "IT", "+393330000142"),
    "German": ("beginnt mit 030, dann 23125, zum Schluss 377", "DE", "+493023125377"),
    "Russian": ("начинается на 8916, дальше 100, последние 0139", "RU", "+79161000139"),
    "endearments": ("212 sugar 555 daddy 0188 tonight", "US", "+12125550188"),
    "endearments in brackets": ("619 (call) 555 (me) 0147", "US", "+16195550147"),
    "a line ends": ("call 415 555\n0139", "US", "+14155550139"),
    "a line ends behind a hyphen": ("(602) 555-\r\n0175 text", "US", "+16025550175"),
    "a line ends, trunk": ("07700 900\n318", "GB", "+447700900318"),
    "flag": ("🇬🇧 07700 900 271", None, "+447700900271"),
    "flag and code": ("🇪🇸 34 600 000 147", None, "+34600000147"),
    "country code": ("country code is 44, then 7700 900 612", None, "+447700900612"),
}
NOT_IN_PARTS = {
    "nights": ("first 3 nights 415, next 4 nights 555, then 0.5 off", "US"),
    "round prices": ("primero 600, después 700, al final 900", "ES"),
    "prices with a currency": ("zuerst 100, dann 2000, am Ende 3000 Euro", "DE"),
    "times": ("begins at 10 30 then 12 45 and ends 18 15 in room 204", "US"),
    "rooms": ("Rooms 312 (king) 555 (queen) 1202 (suite)", "US"),
    "buses": ("bus 212 then 555 or 0123", "US"),
    "things": ("312 hotels 555 rooms 4100 beds", "US"),
    "menu": ("menu\n30 100\n60 180\n90 250", "US"),
    "dates in lines": ("12 15\n30 45\n2026 27", "US"),
    "ages in lines": ("ages 21 22\n23 24 25 26", "US"),
    "round prices in lines": ("600\n700 800", "ES"),
    "prices behind a flag": ("🇩🇪 100 200 3000", None),
    "no country": ("🇦🇦 07700 900 271", None),
    "a row": ("1 then 2 then 3 then 4 then 5 then 6 then 7 then 8 then 9 then 10 then 11", "US"),
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


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "region", "number"), IN_PARTS.values(), ids=list(IN_PARTS))
def test_a_number_in_parts_is_a_guess(text: str, region: str | None, number: str) -> None:
    (found,) = extract(text, kinds=["phone"], region=region)
    assert found.value == number
    assert found.confidence < 0.6
    assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize(("text", "region"), NOT_IN_PARTS.values(), ids=list(NOT_IN_PARTS))
def test_what_is_told_in_parts_is_no_number(text: str, region: str | None) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize("text", [told[0] for told in (*IN_PARTS.values(), *NOT_IN_PARTS.values())])
def test_what_parts_are_looked_for_in_is_told_by_the_words_of_the_text(text: str) -> None:
    encoded = text.encode()
    told = phone_parts.may_hold(encoded, encoded)
    assert told or phone_parts.hits(text, text.encode(), numbering.hinted("US")) == []
    assert not told or phone_parts.may_hold(b"x ::: " + encoded, b"x ::: " + encoded)


@pytest.mark.parametrize(("text", "region"), NOTHING.values(), ids=list(NOTHING))
def test_what_looks_like_a_number_is_none(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


def test_a_word_with_a_typing_error_means_one_digit_and_is_no_standard_word() -> None:
    assert len(MISSPELLED) > 400
    assert all(len(set(MEANINGS[word].values())) == 1 for word in MISSPELLED)
