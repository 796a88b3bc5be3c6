"""Ways of hiding a phone that were met in the fourth round of texts, each with what looks like it and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, lexicon, numbering, phone_parts

READ = [
    ("seveeen oneee threeee fiveeee fiveee fiveee zeroooo oneee twooo niiine", "US", "+17135550129"),
    ("\U0001f31ftwo\U0001f31fone\U0001f31ffour\U0001f31f555\U0001f31f0\U0001f31f1\U0001f31fsix\U0001f31fone", "US",
     "+12145550161"),
    ("\u2795 \U0001f3e0 6 5 0 \U0001f3e0 five55 \U0001f3e0 0111 \U0001f3e0", "US", "+16505550111"),
    ("text five one two... 555... oh one six three", "US", "+15125550163"),
    ("four two four\nfive 55\noh one 4 eight", "US", "+14245550148"),
    ("Six(6) Zero(0) Two(2) Five(5) Five(5) Five(5) Zero(0) One(1) Nine(9) Six(6)", "US", "+16025550196"),
    ("T-H-R-E-E O-N-E Z-E-R-O five five five zero one seven three", "US", "+13105550173"),
    ("tre3otto 12tre 45sei7", "IT", "+393381234567"),
    ("9 O 4 - S S S - O I 2 S", "US", "+19045550125"),
    ("O6 \u2702 3 9 \u2702 9 8 \u2702 6 1 \u2702 O 8", "FR", "+33639986108"),
    ('"8" "6" "0" "5" "5" "5" "0" "1" "2" "1"', "US", "+18605550121"),
    ("5,8,5,5,5,5,0,1,6,7", "US", "+15855550167"),
    ("x4x0x2x5x5x5x0x1x5x6x call", "US", "+14025550156"),
    ("514x555x0143", "CA", "+15145550143"),
    ("Call <b>602</b><i>-555-</i><u>0182</u> now", "US", "+16025550182"),
    ("\uff10\uff19\uff10\u30fc\uff11\uff12\uff13\uff14\u30fc\uff15\uff16\uff17\uff18", "JP", "+819012345678"),
    ("5550146. Back before 8. Oh, and the area code is 919.", "US", "+19195550146"),
    ("area code 415 honey ... 555 0177 is the rest", "US", "+14155550177"),
    ("98345-6712 e o DDD é 31", "BR", "+5531983456712"),
    ("(949) dont be shy (555) ask at the desk (0179)", "US", "+19495550179"),
    ("call 415 - its ok - 555 - really - 0187 anytime", "US", "+14155550187"),
    ("Begins with three two three. Middle's triple five. Ends zero one five seven.", "US", "+13235550157"),
    ("My number starts 604 555. It ends 0119.", "CA", "+16045550119"),
]
NOTHING = [
    ("Serial no. 0045 5512 7780 engraved beneath the saddle", "IT"),
    ("P.IVA 01234567890, fattura su richiesta", "IT"),
    ("table 210x297x1000 mm", "US"),
    ("rooms 12x14x9, 10x10x8", "US"),
    ("sooo many girls, nooo calls, one of twoo", "US"),
    ("Room 415 - quiet - 2 beds - 120", "US"),
    ("first three, then two and last four of nine", "US"),
    ("area code 415, open 10 to 10", "US"),
    ("call one two\n555\n60", "US"),
    ('{"five": 5, "four": 4, "one": 1, "three": 3, "two": 2}', "DE"),
    ("x = y s - 465000, z s - 302500", "DE"),
]


@pytest.mark.parametrize(("text", "region", "number"), READ, ids=[text for text, *_ in READ])
def test_is_read(text: str, region: str, number: str) -> None:
    (item,) = extract(text, kinds=["phone"], region=region)
    assert item.value == number
    assert text[item.start : item.end] == item.raw


@pytest.mark.parametrize(("text", "region"), NOTHING, ids=[text for text, _ in NOTHING])
def test_is_no_phone(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize("word", [word for word in lexicon.MULTIPLIERS if "s" in word or "k" in word])
def test_letters_equal_to_others_in_upper_case_alone_are_no_multiplier(word: str) -> None:
    written = word.replace("s", "\u017f").replace("k", "\u212a")
    text = f"first {written} 5 then one two three four"
    assert phone_parts.hits(text, numbering.hinted("US"), in_words=True) == []
