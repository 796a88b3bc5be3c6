"""Ways of hiding a phone that were met in the fifth round of texts, each with what looks like it and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = [
    ("Call 7O2.SSS.OIS3 today", "US", "+17025550153"),
    ("(2l2) SSS-OISS", "US", "+12125550155"),
    ("text ZIZ 555 OI8Z", "US", "+12125550182"),
    ("SO3~555~OlS8 after six", "US", "+15035550158"),
    ("my cell 98lOOlOlOO", "IN", "+919810010100"),
    ("text 4l5 ~ fiVe5fivE ~ O1seven9", "US", "+14155550179"),
    ("8 девять О3 пять55 77 восемь8", "RU", "+79035557788"),
    ("tre28 uno2tre4 unodue3", "IT", "+393281234123"),
    ("call 5-0-3  555 oh169", "US", "+15035550169"),
    ("tre sei sei cinque cinque quattro quattro tre tre due no anonimi", "IT", "+393665544332"),
    ("tre66 cinque cinque quattro quattro tre tre due no anonimi", "IT", "+393665544332"),
    ("nau do aath saat saat cheh paanch char do no", "IN", "+919287765429"),
    ("double nine triple eight triple seven double six", "IN", "+919988877766"),
    ("//619//555//0177//", "US", "+16195550177"),
    ("#4#6#9#5#5#5#0#1#8#4#", "US", "+14695550184"),
    ("#305 #555 #0147 #movers", "US", "+13055550147"),
    ("open from 10 to 8. 7 0 2 5 5 5 0 1 3 6", "US", "+17025550136"),
    ("read it right to left 9810555213", "US", "+13125550189"),
    ("a plumber?callme7025550119anytime", "US", "+17025550119"),
    ("ring02079460219forquote", "GB", "+442079460219"),
    ("253 and then 555 and 0104 is the rest", "US", "+12535550104"),
    ("in the 310, thats 555, my last four are 0142", "US", "+13105550142"),
    ("Start with 702 dear reader, continue with 555 and finish it with 0124", "US", "+17025550124"),
    ("214 (that is where I live) 555 (as always) 0161", "US", "+12145550161"),
    ("text 512 _no robots_ 555 _no sellers_ 0163", "US", "+15125550163"),
    ("text 512 *no robots* 555 *no sellers* 0163", "US", "+15125550163"),
    ("nine one six (the valley) then five five five and at the end zero one seven three", "US", "+19165550173"),
    ("It begins 020 7946. Ends 0277.", "GB", "+442079460277"),
    ("0491 is the start, 570 the middle bit, and 158 to finish", "AU", "+61491570158"),
    ("555-0152, prefix 360", "US", "+13605550152"),
    ("55 que es la lada, luego 4321 y terminas con 8765", "MX", "+525543218765"),
    ("Commencez par 01 99, puis 00 77 et pour finir 88", "FR", "+33199007788"),
]
NOTHING = [
    ("SOS SSS 2OIS", "US"),
    ("so lol loo solo 2", "US"),
    ("serial no. 98lOOlOlOO", "IN"),
    ("Lows of the week: 41 55 50 12 38 44 47", "US"),
    ("T 33, 41 55 50 12 38", "US"),
    ("rent 250 first, then 350 and 1250 deposit", "US"),
    ("Room 212 (sea view) 350 (garden) 90", "US"),
    ("it costs 300 to start, 400 in the middle and 1200 to finish", "US"),
    ("no 5 no 6 no 7 no 8 no 9 no", "IT"),
    ("oh12 oh my", "US"),
    ("#12 #345 #678 #9012", "US"),
    ("#1 #2 #3 #4 #5 #6 #7", "US"),
]


@pytest.mark.parametrize(("text", "region", "number"), READ, ids=[text for text, *_ in READ])
def test_is_read(text: str, region: str, number: str) -> None:
    (item,) = extract(text, kinds=["phone"], region=region)
    assert item.value == number
    assert text[item.start : item.end] == item.raw


@pytest.mark.parametrize(("text", "region"), NOTHING, ids=[text for text, _ in NOTHING])
def test_is_no_phone(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
