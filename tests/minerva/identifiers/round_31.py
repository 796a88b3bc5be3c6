"""Phones and addresses told in ways found missing in the thirty-first round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "Italian, what goes before the sign": (
        "Sono su gmail, prima della chiocciola metti oak.tiles", "oak.tiles@gmail.com",
    ),
    "Italian, where one is found": (
        "Mi trovi su virgilio.it, prima della chiocciola metti oak.tiles", "oak.tiles@virgilio.it",
    ),
    "Filipino, one's own": ("Gmail ko po: oaktiles.rentals", "oaktiles.rentals@gmail.com"),
    "digits in words of a name said to be one word": (
        "Saturdays only. oaktiles two zero two five, no spaces, at gmail dot com", "oaktiles2025@gmail.com",
    ),
    "a name behind the word for it": (
        "Email is just my first and last name Carla Oaktiles, all one word, at example dot org.",
        "carlaoaktiles@example.org",
    ),
    "a named sign to put the at for": (
        "email oaktiles#example.net put the at where the hash is", "oaktiles@example.net",
    ),
    "Korean, an id at a provider": ("네이버 메일 아이디 oak_tiles 로 메일 주세요", "oak_tiles@naver.com"),
    "Bulgarian": ("Пишете на oak точка tiles маймунка abv точка bg", "oak.tiles@abv.bg"),
    "a provider without its ending": ("Drop me a line, oaktilesmia@gmail, the usual ending.", "oaktilesmia@gmail.com"),
}  # fmt: skip
NO_ADDRESSES = {
    "who is there": ("customers@yahoo love it",),
    "what was there": ("meeting@outlook was fun",),
    "a place": ("we meet where the star is @ 5 pm",),
    "a user name": ("follow us @gmail",),
}
NUMBERS = {
    "Persian hundreds, tens and units": (
        "تماس: صفر نهصد و دوازده، چهارصد و هفتاد و سه، هشتاد و پنج، شانزده", "IR", "+989124738516",
    ),
    "Arabic units before tens": (
        "الهاتف صفر ستة، واحد وستون، أربعة وسبعون، ثلاثة وثمانون، اثنان وتسعون", "MA", "+212661748392",
    ),
    "Arabic digits, one joined by and": (
        "صفر خمسة خمسة وثلاثة واحد ثمانية أربعة صفر اثنين سبعة", "SA", "+966553184027",
    ),
    "Estonian": ("Helista viis kolm kaheksa üks, seitse neli kaks kuus.", "EE", "+37253817426"),
    "an area code in front": ("PHONE 555 0150 AREA CODE IN FRONT IS 403", "CA", "+14035550150"),
    "dots with blanks and a letter for a zero": ("TEL 8 8 3 . 1 9 O . 2 7 4", "PL", "+48883190274"),
    "Brazilian, an area code, a beginning and an end": (
        "DDD 71, começa com 98815 e o final é 4026, falar com Cida.", "BR", "+5571988154026",
    ),
}  # fmt: skip
NO_NUMBERS: dict[str, tuple[str, str]] = {}
