"""Ways of hiding a phone that were met in the fourth to sixth round of texts, and what looks like them and is none."""

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


@pytest.mark.parametrize("word", [word for word in lexicon.MULTIPLIERS if "i" in word])
def test_letters_equal_to_others_in_upper_case_alone_are_no_multiplier(word: str) -> None:
    written = word.replace("i", "\u0130")
    text = f"first {written} 5 then one two three four"
    assert phone_parts.hits(text, numbering.hinted("US"), in_words=True) == []
