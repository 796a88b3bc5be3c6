"""Ways of hiding a phone that were met in the sixth round of texts, each with what looks like it and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = [
    ("7!8*5S5*O!O6 ask for Ben", "US", "+17185550106"),
    ("4-6-9...5-5-5...O-1-9-O", "US", "+14695550190"),
    ("7I3\U0001f69aSSS\U0001f69aOI9O two men", "US", "+17135550190"),
    ("toys for ages 2-5. 2_0_2_5_5_5_0_1_7_1", "US", "+12025550171"),
    ("toys for ages 2-5. 2_0_two_5_5_five_0_1_seven_1", "US", "+12025550171"),
    ("from $1,200-2,600. 9..2..8...5..5..5...0..1..6..3", "US", "+19285550163"),
    ("made in 1980. 773 / triple 5 / 0 1 double 0", "US", "+17735550100"),
    ("3.4.0 # 9.9.8 # 8.7.7.6", "IT", "+393409988776"),
    ("call 99:00:11:22:33", "IN", "+919900112233"),
    ("252 minus 5s5 minus Ol08", "US", "+12525550108"),
    ("512 (that is where I live) 555 (as in the movies) 0194 (easy)", "US", "+15125550194"),
    ("676 y luego 54 y luego 32 y por último 10", "ES", "+34676543210"),
    ("price R$ 900\n51\n99988\n7766", "BR", "+5551999887766"),
    ("(reverse this) 7510 555 303", "US", "+13035550157"),
    ("Text281x555x0146 today", "US", "+12815550146"),
    ("free from 12/01contact7865550167no agents", "US", "+17865550167"),
    ("614 - five five five - O1six1", "US", "+16145550161"),
    ("O4nine1 57I 8O four", "AU", "+61491571804"),
    ("First bit 0161, next bit four9six, last bit oh432", "GB", "+441614960432"),
    ("Null-Drei-Null zwei-drei-eins-zwo-fünf sieben-drei-drei. 80 PS, bis 120.000 km", "DE", "+493023125733"),
]
NOTHING = [
    ("from $1,200-2,600. 9 to 5, 7 days", "US"),
    ("Service bis 120.000 km, 8-fach", "DE"),
    ("at 10:30, 11:15, 12:45 and 13:30", "US"),
    ("Rooms 312 (king size) 555 (queen size) 1202 (suite)", "US"),
    ("scores 12 # 34 # 56", "US"),
    ("hash 3fa7c4155550123", "US"),
    ("R$ 900\n51 reais", "BR"),
    ("WOW!!! 2OO!OOO!!", "US"),
]


@pytest.mark.parametrize(("text", "region", "number"), READ, ids=[text for text, *_ in READ])
def test_is_read(text: str, region: str, number: str) -> None:
    (item,) = extract(text, kinds=["phone"], region=region)
    assert item.value == number
    assert text[item.start : item.end] == item.raw


@pytest.mark.parametrize(("text", "region"), NOTHING, ids=[text for text, _ in NOTHING])
def test_is_no_phone(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
