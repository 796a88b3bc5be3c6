"""Phones told in parts: with joining words between the groups, or with the area code named apart."""

from __future__ import annotations

import pytest

from minerva.identifiers import area_parts, extract, joined_parts, numbering
from tests.minerva.work import lines_run


def _phones(text: str, region: str) -> list[str]:
    return [each.value for each in extract(text, kinds=["phone"], region=region)]


@pytest.mark.parametrize(
    ("text", "region", "phone"),
    [
        ("My number is 360 and 555 and 0106, ask for Lee", "US", "+13605550106"),
        ("For bookings ring 07700 followed by 900 156.", "GB", "+447700900156"),
        ("Text 07700 plus 900157 today", "GB", "+447700900157"),
        ("Reach me on 0491 call 570 me 156", "AU", "+61491570156"),
        ("Reach me on 0491 xx 570 xx 157!", "AU", "+61491570157"),
        ("Number >> 0491 (no spam) 570 (no spam) 158", "AU", "+61491570158"),
        ("SMS only 07700 lol 900158", "GB", "+447700900158"),
        ("Please call or text 020 ...then... 7946 ...then... 0428", "GB", "+442079460428"),
        ("Hit me up, start with 07700 and then 900159", "GB", "+447700900159"),
        ("Second line: 07700 and 90 and 01 and 60.", "GB", "+447700900160"),
        ("Telefono: 320 poi 3541071.", "IT", "+393203541071"),
        ("Joignable au 06 puis 39981234.", "FR", "+33639981234"),
        ("Meu número é 923 depois 145 e a seguir 805.", "PT", "+351923145805"),
        ("Rooms 5 and 12 are free, call 415 plus 555 plus 0117", "US", "+14155550117"),
        ("Text +44 7700 then 900161", "GB", "+447700900161"),
    ],
)
def test_parts_with_joining_words_between_are_one_number(text: str, region: str, phone: str) -> None:
    assert _phones(text, region) == [phone]


@pytest.mark.parametrize(
    ("text", "region", "phone"),
    [
        ("Text me at area code nine one four, number 555 0146.", "US", "+19145550146"),
        ("Call (424) is the area code, 555-0139 is the number", "US", "+14245550139"),
        ("Домашний: 291-50-67, код города 843", "RU", "+78432915067"),
        ("Telefon warszawski: kierunkowy 22, numer 356 70 14", "PL", "+48223567014"),
        ("Prefisso di Torino 011, poi 58 2 3 4 0 7", "IT", "+390115823407"),
        ("Ph 7946.0468 with area code 020 in front", "GB", "+442079460468"),
        ("By phone only: 7946 0092 (area code 020).\nSize 6/41", "GB", "+442079460092"),
        ("Text area 702 number 5550124. Sizes 6, 8", "US", "+17025550124"),
        ("Just call area code 0 2 0 then 7946 and 0000.", "GB", "+442079460000"),
        ("Call 555 0192 (area code 571). Ad id: 2021/8904!", "US", "+15715550192"),
    ],
)
def test_an_area_code_named_apart_is_part_of_the_number(text: str, region: str, phone: str) -> None:
    assert _phones(text, region) == [phone]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Rooms 212 and 555 and 1234 are taken", "US"),
        ("I have 360 and 555 and 5306 of them", "US"),
        ("Call about 415 and 555 and 1200 sq ft", "US"),
        ("Number 360 bed 555 and 5306", "US"),
        ("Text 415 plus 555 plus 1200 € deposit", "US"),
        ("Call extension 415 and 628 or 1234", "US"),
        ("Numbers 100 and 200 and 3000", "US"),
        ("Number 07700 per 900156", "GB"),
        ("Call between 10 and 12 and 14 and 1630", "GB"),
        ("Dial 643 and 635066", "ES"),
        ("Call 2000 and then 3000 and 4000", "GB"),
        ("The area is 702 feet, number 5554724", "US"),
        ("Area 51 and area 212 with 555 people and 1234 cars", "US"),
        ("Prefix 020 is followed by 4 digits", "GB"),
        ("In the area 120 m2, price 5554724", "GB"),
    ],
)
def test_other_numbers_with_joining_words_between_are_no_phones(text: str, region: str) -> None:
    assert _phones(text, region) == []


@pytest.mark.parametrize(
    ("text", "region", "phones"),
    [
        ("Phone 07700 900156 and 020 7946 0123", "GB", ["+447700900156", "+442079460123"]),
        ("Call 212 555 0123 then 0124, rooms 5 and 12", "US", ["+12125550123"]),
    ],
)
def test_numbers_with_joining_words_between_stay_apart(text: str, region: str, phones: list[str]) -> None:
    assert _phones(text, region) == phones


def test_what_nothing_can_be_found_in_is_not_searched() -> None:
    assert not joined_parts.may_hold(b"$80 for 60 min, 2 beds and 1 bath, rooms 415 or 555")
    assert joined_parts.may_hold(b"360 and 555")
    assert joined_parts.may_hold(b"020 ...then... 7946")


@pytest.mark.parametrize(
    "piece",
    ["call 07 and ", "5 and 5 and ", "area code 555 ", "area code one ", "07700 plus ", "and ", " 99", "(area "],
)
def test_twice_as_many_parts_take_twice_the_work(piece: str) -> None:
    rules = numbering.hinted("GB")

    def work(times: int) -> int:
        text = piece * times

        def read() -> None:
            joined_parts.may_hold(text.encode())
            joined_parts.hits(text, rules)
            area_parts.hits(text, rules)

        return lines_run(read)

    work(10)
    assert work(800) < 2.1 * work(400) + 200
