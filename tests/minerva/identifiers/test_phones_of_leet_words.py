"""Numbers in digit words of any language that are written with digits and signs for some of their letters."""

from __future__ import annotations

import pytest

from minerva.identifiers import leet_words
from tests.minerva.identifiers.conftest import Phones

READ = [
    ("en", "US", "call 7wo 0ne 2wo f1ve fiv3 5ive z3ro 0ne eigh7 $ix", "+12125550186"),
    ("en, a sign first", "IE", "Ring z3ro-eigh7-f1ve-z3ro-tw0-f1v3-7wo-s1x-$ix-n1ne", "+353850252669"),
    ("de", "CH", "Ruf an: NULL 5I3BEN @CHT ZW3I ACH7 FÜNF N3UN ZW31 E1NS FÜNF", "+41782859215"),
    (
        "de, a sign for a letter",
        "DE",
        "null . 31ns . $ieben . zw3i . fünf . fünf . sieb3n . ach7 . zw31 . null . dr31",
        "+491725578203",
    ),
    ("it", "IT", "WhatsApp 7re . quattr0 . ot7o . set73 . qu@ttr0 . un0 . 0tto . quat7ro . un0 . tr3", "+393487418413"),
    ("pl", "PL", "P1ĘĆ . SIED3M . 0SI3M . $Z3ŚĆ . DZ1EWIĘĆ . OS1EM . $ZEŚĆ . SIED3M . J3DEN", "+48578698671"),
    ("sv", "SE", "Ring n0ll-5ju-7re-e7t-n0ll-5ju-7vå-fyr4-n1o-tr3", "+46731072493"),
    (
        "es, one that may be another word and a digit",
        "MX",
        "Llamadas al tre5 . tre5 . cu47ro . c3ro . c3r0 . un0 . se1s . nuev3 . d0s . s1et3",
        "+523340016927",
    ),
    ("ro", "RO", "suna z3ro 5apt3 tr3i do1 p4tru c1nci un0 do1 tr3i p4tru", "+40732451234"),
    ("nl", "NL", "bel nu1 z3s 33n tw33 dr1e v1er v1jf z3s z3v3n ach7", "+31612345678"),
    ("words and digits glued together", "MX", "marca al cinco5 doce 34 cinco6 79", "+525512345679"),
]
NOT_READ = [
    ("sizes", "US", "sizes 5ix and 7even in stock, se1 and b3"),
    ("codes", "US", "promo codes z3ro, n1ne and f0ur end today"),
    ("names", "GB", "players s1x_7even and zer0cool joined 2night"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_words_with_digits_for_letters_are_read(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_few_such_words_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []


@pytest.mark.parametrize(
    ("word", "meant"), [("eigh7", "eight"), ("qu@ttr0", "quattro"), ("five5", ""), ("0one", ""), ("b3ach", "")]
)
def test_a_word_is_read_as_the_digit_word_it_is_drawn_for(word: str, meant: str) -> None:
    assert leet_words.meant(word) == meant


def test_a_text_without_a_sure_word_stays_as_it_is() -> None:
    assert leet_words.plain("tre5 due2 se1") is None
