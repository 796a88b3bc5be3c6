"""Ads are often written in capitals throughout: what is found in them is what is found in small letters."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

HIDDEN = [
    ("BR", "11 traço 90000 traço 0148", "a dash with a letter beyond ASCII"),
    ("RU", "8 тире 900 тире 000 тире 01 тире 78", "dashes in Cyrillic"),
    ("VN", "gọi không chín không một hai ba bốn năm sáu bảy", "digit words with letters beyond ASCII"),
    ("PL", "masaż, pięć12 - 345 - sześć80", "digit words and digits"),
    ("TW", "líng jiǔ èr bā wǔ yī líng wǔ qī sān", "pinyin with tones"),
    ("AT", "meine nummer fängt mit 0699 an. die nummer endet auf 12345574.", "beginning and end in sentences"),
    ("FR", "première partie : 06 39 98. deuxième partie : 76 54", "parts named by ordinals"),
    ("US", "my area code is three-oh-five, then the usual 555, and the last four are 0-1-seven-two", "counted digits"),
    ("US", "(916) is my area code. selling a crib. the rest of my number is 555 0133.", "an area code said first"),
    ("IT", "ripetizioni. prefisso di torino 011, poi 58 2 3 4 0 7", "an area code with its city"),
    ("MX", "tel 227 25 89, lada 222, después de las 6", "an area code behind"),
    ("GB", "num in 2 bits cos of bots: 0118 496 then 0093", "groups linked by a word"),
    ("HK", "電話 九1zero0 零two四6", "digit words of two scripts"),
    ("TH", "zero six five seven nine หนึ่ง หก เก้า eight สอง", "words of two languages"),
    ("PR", "siete ocho siete 555 0 1 treinta y dos", "a digit word of letters like digits"),
]
NO_PHONES = [
    ("US", "i lived here 1998, 2004, 2011 and again from 2019 to 2023"),
    ("US", "sewing patterns nos. 8567, 1119, 3757 and 1078, sizes 8-10-12-14, $2 each"),
    ("US", "upgraded from 3.10.4 to 3.12.0 and now build 20240815.2 fails"),
    ("US", "pump w10536347, lid switch 8318084, belt 341241, all $15 each"),
    ("US", "open house, suite 279. est. 2008, over 2700 happy customers"),
    ("US", "lots 1-85 tools, 86-240 glass, 241-310 furniture"),
    ("PH", "pants 28 29 30 32 34. stall 17, open 9 to 6"),
    ("DK", "20 meter 8.500. åbent 8.00 til 16.30. port 4"),
    ("CZ", "sraz chovatelů 5. 12. 2026 od 9:30, sál č. 2"),
    ("IT", "libero dal 22.08. sconto 30% fino al 2022-05-20"),
    ("MX", "dump: 67 65 6e 74 72 63 68 61 72 64 36 30 40 67 6d"),
]


def _values(text: str, region: str) -> set[str]:
    return {found.value for found in extract(text, kinds=["phone"], region=region)}


@pytest.mark.parametrize(("region", "text"), [case[:2] for case in HIDDEN], ids=[case[2] for case in HIDDEN])
def test_hidden_numbers_are_found_in_capitals_too(region: str, text: str) -> None:
    found = _values(text, region)
    assert len(found) == 1
    assert _values(text.upper(), region) == found


@pytest.mark.parametrize(("region", "text"), NO_PHONES, ids=[text for _, text in NO_PHONES])
def test_words_in_capitals_beside_digits_are_no_digits(region: str, text: str) -> None:
    assert (_values(text, region), _values(text.upper(), region)) == (set(), set())


@pytest.mark.parametrize("text", ["EAT-5ss-0 1-67", "call 343.5SS.OITE", "S0S-555-0I23"])
def test_capitals_joined_to_digits_by_a_sign_still_stand_for_some(text: str) -> None:
    assert len(_values(text, "US")) == 1
