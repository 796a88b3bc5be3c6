"""Ways of hiding a phone met in the fourth to eleventh round of texts, and what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, lexicon, numbering, phone_parts

READ = [
    ("f\u043eur \u043en\u0435 f\u0456v\u0435 / f\u0456v\u0435 five five / z\u0435r\u043e one one zero", "US",
     "+14155550110"),
    ("Snow removal 4l6 / 5S5 / 0l9Z", "CA", "+14165550192"),
    ("Painter, 212 \u2013 555 \u2013 \u039f1\u039f6", "US", "+12125550106"),
    ("phone = 512 + 555 + 0144, just dial", "US", "+15125550144"),
    ("0+2+0+7+9+4+6+0+4+4+8 leave the pluses out", "GB", "+442079460448"),
    ("Refs on request. 555 01 12, the area code is eight one six", "US", "+18165550112"),
    ("원룸 500/40. 공일공 일이삼사 오육칠팔", "KR", "+821012345678"),
    ("zeero twoo zerro, sevan nyne foor sicks, zerow ayt wun fiv", "GB", "+442079460815"),
    ("fore one fiv 555 zeero won too six, txt me", "US", "+14155550126"),
    ("7O2 - SSS - OI42 relaxing", "US", "+17025550142"),
    ("(21O) * 555 * O17I San Antonio", "US", "+12105550171"),
    ("34O*123*457O trilocale", "IT", "+393401234570"),
    ("555 0181, area code is four zero four. Ask for Nikki.", "US", "+14045550181"),
    ("callTina07911123447anytime dog walking", "GB", "+447911123447"),
    ("Zero sevan nine wun wun 123 fore five ate", "GB", "+447911123458"),
    ("sıfır beş üç iki, yüz yirmi üç, kırk beş altmış sekiz", "TR", "+905321234568"),
    ("O\u26611\u26611\u26618\u26614\u26619\u26616\u2661O\u26618\u26616\u26616", "GB", "+441184960866"),
    ("Massage Aarhus 500 kr, to nul et to tre fire fem seks", "DK", "+4520123456"),
    ("ring toogtyve tredive syvogfyrre halvtreds", "DK", "+4522304750"),
    ("Vaskehjelp Oslo, fire null 12 tre fire 56", "NO", "+4740123456"),
    ("нуль п'ятдесят, 123 сорок п'ять 67", "UA", "+380501234567"),
    ("нуль дев\u2019яносто дев'ять 123 4567", "UA", "+380991234567"),
    ("noveseistrês trêstrêsdois doisumum", "PT", "+351963332211"),
    ("plus neunundvierzig 151 1234 5734", "DE", "+4915112345734"),
    ("plus trei sapte trei, 612 34 567", "MD", "+37361234567"),
    ("+四四 7400 123 601", "GB", "+447400123601"),
    ("Masaj Londra zona 2, 07911 unu doi trei 6 0 4", "GB", "+447911123604"),
    ("Masáže Praha 2, šest nula jedna 123 čtyři pět šest", "CZ", "+420601123456"),
    ("Call (251) 555 - zero one hundred", "US", "+12515550100"),
    ("zap (11) 9 um dois três quatro - 5690", "BR", "+5511912345690"),
    ("txt me at 503 | 555 | 0128", "US", "+15035550128"),
    ("walk /6/1/5/5/5/5/0/1/5/1/ leave msg", "US", "+16155550151"),
    ("555-0169 (area 804) for the bike", "US", "+18045550169"),
    ("Call Earl. Area code 5-4-1, number 5-5-5-0-1-1-0", "US", "+15415550110"),
    ("My number begins with 206, then three fives, and ends 0152.", "US", "+12065550152"),
    ("nine-seven-one, 555, and the last four are 0-1-6-1", "US", "+19715550161"),
    ("seven then seven then five please,\nafter that 555, and finish with oh one three nine", "US", "+17755550139"),
    ("02 zero then 7 nine 4 six then the last four which are 0 2 4 five", "GB", "+442079460245"),
    ("First half: 904 55\nSecond half: 5 01 76\nYou can figure it out", "US", "+19045550176"),
    ("My number ends in 0185, it starts with 615 555", "US", "+16155550185"),
    ("503 (in case you want to book)\n555 (texting is best)\n0176 (no calls after 11pm)", "US", "+15035550176"),
    ("Text Roxy\n\U0001f319 661\n\U0001f319 555\n\U0001f319 0142\n100/hh 170/h", "US", "+16615550142"),
    ("S0four-5SS-0l2five ask for Dee", "US", "+15045550125"),
    ("lets talk (4l5)5five5-Oone67", "US", "+14155550167"),
    ("O6.22.33.44.55 geen anoniem", "NL", "+31622334455"),
    ("ぜろきゅうぜろ の 1111 の 2222", "JP", "+819011112222"),
    ("temperatures 41 55 50 12 38 44 47, call five oh 3 five55 0192", "US", "+15035550192"),
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
    ("My last four are 0119, starts with 510 555. Junk hauling", "US", "+15105550119"),
    ("Last 4 digits: 0119. First six: 510-555", "US", "+15105550119"),
    ("tre47.12tre.45sei9 Badante referenziata", "IT", "+393471234569"),
    ("V\u00e6relse Aarhus, ring to0 en1 22 tre3", "DK", "+4520112233"),
    ("nine oh one 555 zero1twentytwo", "US", "+19015550122"),
    ("New couch, text $303,555,0162", "US", "+13035550162"),
    ("text $303.555.0162", "US", "+13035550162"),
    ("zero six, cinquante 6, vingt 3, 45 67", "FR", "+33656234567"),
    ("zero 6 . 12 . 34 . cinquante 6 . 84", "FR", "+33612345684"),
    ("kosong 8 lima dua \u2605 7788 \u2605 9900", "ID", "+6285277889900"),
    ("Massage O6/39/98/O1/4O 60\u20ac / 1h", "FR", "+33639980140"),
    ("Viber o917 / 8OO / 1122", "PH", "+639178001122"),
    ("text 2l4/555/Ol66", "US", "+12145550166"),
    ("math grades 6-12, 3_1_4_5_5_5_0_1_2_9", "US", "+13145550129"),
    ("Null-Drei-Null zwei-drei-eins-zwo-fünf sieben-drei-drei. 80 PS, bis 120.000 km", "DE", "+493023125733"),
]
NOTHING = [
    ("Art.-Nr. 0302-312-51; Lager A4.12", "DE"),
    ("5 + 10 + 15 + 20 + 25", "US"),
    ("12+34+56+78+90 = 270", "US"),
    ("1+1+2+3+5+8", "GB"),
    ("Fiets 28 inch, frame 57, framenr. GZ1234567", "NL"),
    ("encoded in gb18030 or iso8859-15", "DE"),
    (" 6  7  8  9       8  9 10 11\n13 14 15 16      15 16 17 18", "US"),
    ("callCenter24 opens 10 to 6", "US"),
    ("Req ID 2026-118834, 90 day probation", "US"),
    ("| 212 | 555 | 14 |\n| 33 | 44 | 5 |", "US"),
    ("sizes 6/7/8/9/10/11/12", "US"),
    ("1/2/3/4/5/6", "US"),
    ("to fire men en tre uker", "NO"),
    ("first half: 24 21, second half: 18 20", "US"),
    ("the file ends with 0185 lines and starts with 61 headers", "US"),
    ("area 51, 900 sq ft (area 804)", "US"),
    ("\u0441\u0456\u043c'\u044f \u0437 \u0434\u0432\u043e\u0445", "UA"),
    ("503 people in 2019\n555 in 2020\n1976 in all", "US"),
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
    ("Ref. ad 2025-11-0487, posted today", "US"),
    ("ad ref 2025-11-0487", "US"),
    ("2025-11-0487", "US"),
    ("updated 2025-11-0487 by mail", "US"),
    ("Used since 2025! 256GB memory, 8 cores", "US"),
    ("ship to 32121-6254. I am home by 6", "US"),
    ("Job req # 2025/11/0487", "US"),
    ("Case 2024/03/12345", "US"),
    ("Posting no. 2023.06.5501", "US"),
    ("permit 2019-0123-44", "US"),
    ("docket 2025-555-014", "US"),
    ("Anzeige Nr. 2021-555-0147", "US"),
    ("Annuncio rif. 3401234567", "IT"),
    ("Annonce n\u00b0 0639988101", "FR"),
    ("Sec. 415.555(b)(1)(23) of the city code", "US"),
    ("last four games, 2019 points, first six 510 points", "US"),
    ("tre3 sei6 otto8", "IT"),
    ("seen on 21/O1/2025", "DK"),
    ("open 24/7, 10/1O, pages 12/1O/l4/16", "US"),
    ("worth $303,555,016 or $3,035,550,162", "US"),
    ("'\\uc548\\ub155\\ud558\\uc138\\uc694'", "DE"),
    ("vingt 3 euros, trente 5 minutes", "FR"),
    ("ages 1, 2, 3-4-5-6-7-8-9-10", "US"),
]
BESIDE = [
    ("(725) 555-0150. Also used the number 725.555.O159", "US", "+17255550159"),
    ("312-555-O147 or 725 555 0150", "US", "+13125550147"),
    ("2l3 555 Ol66 ask for Rey, office 725-555-0150", "US", "+12135550166"),
    ("call 415 * 555 * 0123 or (725) 555-0150", "US", "+14155550123"),
    ("Office 480-555-0125\nAfter hours text four eight zero 555 oh one three nine", "US", "+14805550139"),
]
"""Hidden numbers with a plainly written one beside them."""
PLAIN = [
    ("text 202-511-0487", "US", "+12025110487"),
    ("Ref 202 511 0487", "US", "+12025110487"),
    ("my number 2025-55-0123", "US", "+12025550123"),
    ("anuncio 612345678", "ES", "+34612345678"),
]
"""What a reference or a year and a month only look like."""


@pytest.mark.parametrize(("text", "region", "number"), READ + PLAIN, ids=[text for text, *_ in READ + PLAIN])
def test_is_read(text: str, region: str, number: str) -> None:
    (item,) = extract(text, kinds=["phone"], region=region)
    assert item.value == number
    assert text[item.start : item.end] == item.raw


@pytest.mark.parametrize(("text", "region", "number"), BESIDE, ids=[text for text, *_ in BESIDE])
def test_is_read_beside_a_plain_number(text: str, region: str, number: str) -> None:
    assert number in {item.value for item in extract(text, kinds=["phone"], region=region)}
    assert len(extract(text, kinds=["phone"], region=region)) == 2


@pytest.mark.parametrize(("text", "region"), NOTHING, ids=[text for text, _ in NOTHING])
def test_is_no_phone(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize("word", [word for word in lexicon.MULTIPLIERS if "i" in word])
def test_letters_equal_to_others_in_upper_case_alone_are_no_multiplier(word: str) -> None:
    written = word.replace("i", "\u0130")
    text = f"first {written} 5 then one two three four"
    assert phone_parts.hits(text, numbering.hinted("US"), in_words=True) == []


@pytest.mark.parametrize("said", ["tr\u0130ple fives", "triple f\u0130ves", "three five\u017f", "four f\u0131ves"])
def test_nor_are_they_a_digit_said_how_often(said: str) -> None:
    text = f"first 206 then {said} then 0152"
    assert phone_parts.hits(text, numbering.hinted("US"), in_words=True) == []


@pytest.mark.parametrize("said", ["three fives", "triple fives", "TREBLE FIVES"])
def test_a_digit_said_how_often(said: str) -> None:
    (hit,) = phone_parts.hits(f"first 206 then {said} then 0152", numbering.hinted("US"), in_words=True)
    assert hit[2] == "+12065550152"
