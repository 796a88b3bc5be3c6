"""Numbers of which digits are said twice or more by a count, in all languages."""

from __future__ import annotations

import pytest

from minerva.identifiers import counted_digits
from tests.minerva.identifiers.conftest import Phones

READ = [
    (
        "de",
        "DE",
        "unter null, eins, sechs, null, vier, null, zweimal die drei, zweimal die neun, sechs",
        "+491604033996",
    ),
    ("ru", "RU", "восемь, девять, две единицы, четыре, ноль, пять, ноль, семь, две единицы", "+79114050711"),
    (
        "ru, another letter",
        "RU",
        "восемь / девять / один / ноль / девять / две восьмёрки / две единицы / девять / один",
        "+79109881191",
    ),
    ("uk", "UA", "нуль п'ять нуль, двічі три, дві сімки, один, дві дев\u2019ятки", "+380503377199"),
    ("tr", "TR", "sıfır, beş, çift üç, bir, üç, çift dokuz, çift iki, dokuz", "+905331399229"),
    ("pl", "PL", "dzwon dwa razy 6, jeden, dwie piątki, trzy, dwie ósemki, dziewięć", "+48661553889"),
    ("it", "IT", "chiama tre volte il tre, due volte lo zero, uno, due, tre, quattro, cinque", "+393330012345"),
    ("nl", "NL", "bel nul zes, twee keer de drie, vier, twee keer de negen, een, twee, acht", "+31633499128"),
    ("sv", "SE", "ring noll sju, två gånger tre, fyra, två femmor, ett, två gånger sex", "+46733455166"),
    ("cs", "CZ", "sedm nula jedna, dvakrát tři, čtyři, dvě pětky, osm", "+420701334558"),
    ("pt", "BR", "onze nove, duas vezes o oito, três, quatro, cinco, seis, dois setes", "+5511988345677"),
    ("es", "ES", "seis uno, dos veces el cinco, tres, dos veces el ocho, cuatro, nueve", "+34615538849"),
    ("fr", "FR", "zéro six, deux fois le sept, un, trois fois le huit, neuf, cinq", "+33677188895"),
    ("hu", "HU", "nulla hat harminc, kétszer öt, egy, kettő, kétszer hat, három", "+36305512663"),
    ("plural digits", "US", "call two 0 two, three 5s, 01 and two 7s", "+12025550177"),
    (
        "plural digits with a sign",
        "GB",
        "ring oh, two 7's, double oh, nine, two 0\u2019s, one 2 three",
        "+447700900123",
    ),
    ("a count before digits", "IT", "Fai tre volte il 3, poi 904, poi 2716, dopo le 18", "+393339042716"),
]
NOT_READ = [
    ("days", "DE", "zweimal die Woche, zweimal die neun Zimmer, drei Nullen und vier Einser"),
    ("sizes", "US", "two 7s and three 9s in stock, size five 5s sold, four 10s at 0123 Main"),
    ("grades", "RU", "две пятёрки, три тройки и две четвёрки за год"),
    ("a bed", "TR", "çift kişilik yatak, çift kapı, üç oda, iki banyo, bir mutfak"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_digit_is_read_as_often_as_it_is_told(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_counts_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []


def test_digits_told_by_a_count_stand_in_the_place_of_all_that_tells_them() -> None:
    assert counted_digits.told_times("call two times 5 now") == "call 55          now"
    assert counted_digits.told_times("three times a week 5") == "three times a week 5"
