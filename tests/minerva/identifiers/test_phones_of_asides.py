"""Numbers with asides of any words and digits between their groups, and with words of order alone."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

READ = [
    ("an hour in the aside", "US", "WhatsApp 720 (after 9 am please) 555 (almost done) 0150", "+17205550150"),
    ("one aside", "IE", "Text me on 085 (don't use the chat) 8764794", "+353858764794"),
    ("a time in the aside", "MX", "Mi número: 33 (no uso el chat) 2550 (después de las 12:00) 6648", "+523325506648"),
    (
        "asides that speak of calls alone",
        "US",
        "Tree removal. 770 (call) 555 (or text) 0149. Photos by mail",
        "+17705550149",
    ),
    (
        "a trunk prefix and asides alone",
        "DE",
        "Babysitterin, 12 Euro. 0163 (bitte ab 16 Uhr) 770 (kein WhatsApp) 4182",
        "+491637704182",
    ),
    (
        "words and digits between asides",
        "CA",
        "You can reach me on 6 1 3 (almost done) five 5 5 (wait, there is more) zero one 9 two",
        "+16135550192",
    ),
    ("words alone", "US", "call nine-one-seven (not 212!) five-five-five (easy) zero-one-six-eight", "+19175550168"),
    ("words of order and an aside", "RU", "Пишите в ватсап 8910 а потом 582 (после 12:00) 7147", "+79105827147"),
    ("in square brackets", "US", "Call 720 [after 9 am] 555 [no texts] 0150", "+17205550150"),
    ("between dashes", "US", "Call 720 - after 9 am - 555 - no texts - 0150", "+17205550150"),
    ("between long dashes", "US", "Call 720 \u2013 after 9 am \u2013 555 \u2013 no texts \u2013 0150", "+17205550150"),
    ("other digits", "RO", "Numărul meu: 𝟶𝟽𝟹𝟽 (după 8:00) 𝟽𝟶𝟻 (mai urmează) 𝟺𝟺𝟾", "+40737705448"),
    ("full brackets", "CN", "手机 138（微信同号）0013（随时，9点后）8000", "+8613800138000"),
    ("words of order alone", "BE", "Camion 20 m3. Le 0470 puis 56, encore 32, et enfin 55", "+32470563255"),
    (
        "words of order alone, in three groups",
        "CA",
        "Cours de piano. Le 418, suivi de 555, et terminez par 0168",
        "+14185550168",
    ),
]
NOT_READ = [
    ("rooms", "US", "Rooms 212 (king size) 555 (queen size) 0123 (suite)"),
    ("prices", "US", "text 212 (was $300) 555 (now $200) 0123"),
    ("a year in brackets", "US", "Call 720 (2015) 5550123"),
    ("chapters", "US", "Chapter 212 (see page 5) section 555 (ibid.) 0123"),
    ("pages", "US", "see pages 212 (volume 3) 555 (volume 4) 0123 for more"),
    ("an order", "US", "order no. 212 (call us) 555 (or text) 0123"),
    ("measures", "US", "phone 7 (2021 model) 256 (gigabytes) 450 dollars"),
    ("hours", "GB", "from 0800 then 1000 then 1200"),
    ("counts between dashes", "US", "Sizes 212 - blue ones - 555 only"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_number_is_read_over_its_asides(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_groups_with_asides_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []


def test_asides_within_asides_are_looked_at_once() -> None:
    text = "call 5 (a " * 2_000 + "5" + " a) 5" * 2_000
    assert extract(text, kinds=["phone"], region="US") == []


@pytest.mark.usefixtures("as_stated")
def test_what_is_read_over_asides_is_told_as_a_guess_with_all_of_its_asides() -> None:
    (found,) = extract("Call 720 (after 9 am) 555 (or so) 0181 now", kinds=["phone"], region="US")
    assert found.confidence <= 0.6
    assert found.raw == "720 (after 9 am) 555 (or so) 0181"
