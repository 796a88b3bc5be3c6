"""Phones and addresses told in ways found missing in the thirtieth round of texts not seen before, with what looks like
them and is none."""

from __future__ import annotations

ADDRESSES = {
    "German, a provider alone": ("schreibt mir: oak.tiles.mia bei gmail", "oak.tiles.mia@gmail.com"),
    "Dutch, a provider alone": ("stuur iets naar oak.tiles.mia bij gmail", "oak.tiles.mia@gmail.com"),
    "Portuguese, a provider alone": ("chama no email oak_tiles7 no gmail", "oak_tiles7@gmail.com"),
    "Czech for write, with accents": (
        "Úklid. Pište oak podtržítko tiles zavináč example tečka org", "oak_tiles@example.org",
    ),
    "Czech for write, without": ("Uklid. Piste oak_tiles zavinac example tecka org", "oak_tiles@example.org"),
    "Czech for write, capitals": (
        "ÚKLID. PIŠTE OAK PODTRŽÍTKO TILES ZAVINÁČ EXAMPLE TEČKA ORG", "oak_tiles@example.org",
    ),
    "Slovak for write": ("Ponuka. Píšte oak.tiles zavináč example bodka org", "oak.tiles@example.org"),
    "French, told in turn": (
        "Adresse : oak point tiles, puis a commercial, puis example point net", "oak.tiles@example.net",
    ),
    "signs with their letters apart": ("OAKTILES A T EXAMPLE D O T COM", "oaktiles@example.com"),
    "a dot in words before a spaced sign": ("oak dot tiles @ gmail.com", "oak.tiles@gmail.com"),
    "a provider in two words": ("oak dot tiles @ g mail . com", "oak.tiles@gmail.com"),
    "a small word within a name": ("Email oak from tiles, all one word, at gmail dot com", "oakfromtiles@gmail.com"),
    "Chinese, another sign to replace": ("发邮件到 oaktiles#qq.com（请把#换成@）", "oaktiles@qq.com"),
    "Korean, another sign to replace": ("메일 oaktiles7#example.com (#을 @로 바꾸세요)", "oaktiles7@example.com"),
    "Serbian in Cyrillic": ("Пишите: oak тачка tiles мајмун example тачка org", "oak.tiles@example.org"),
}  # fmt: skip
NO_ADDRESSES = {
    "a full mailbox": ("mein Postfach bei gmail ist voll",),
    "nobody there": ("schreibt mir bitte nicht bei gmail",),
    "no provider wanted": ("call me, no gmail please",),
    "a shirt": ("i have a t shirt and d o t labels",),
    "Finnish dots": ("yksi piste kaksi piste kolme",),
}
NUMBERS = {
    "Dutch, the last ones counted": (
        "Mijn nummer begint met 06 5194 en de laatste vier zijn 7 2 0 3.", "NL", "+31651947203",
    ),
    "German, the last ones counted": (
        "Meine Nummer beginnt mit 0151 2345 und die letzten vier sind 6 7 8 9", "DE", "+4915123456789",
    ),
    "Italian, the last ones counted": (
        "il mio numero inizia con 347 123 e le ultime quattro sono 4567", "IT", "+393471234567",
    ),
    "Polish, the last ones counted": (
        "mój numer zaczyna się od 601 234 a ostatnie trzy to 567", "PL", "+48601234567",
    ),
    "Bulgarian tens": (
        "Тел. нула осем осем осем, четиридесет и едно, двадесет и седем, деветдесет и три", "BG", "+359888412793",
    ),
    "Russian, a letter for a zero": ("писать 8 девять 2 один 4 4 5 семь 1 3 о", "RU", "+79214457130"),
    "Arabic, linked": ("جوالي ٠٥٥ ثم ثلاثة واحد ثمانية ثم ٤٠٢٧", "SA", "+966553184027"),
    "Chinese, linked": ("八五二 然后 六一二三 再 四五六七", "HK", "+85261234567"),
    "Thai, linked": ("ศูนย์แปดหนึ่ง แล้วก็ สองสามสี่ ห้าหกเจ็ดแปด", "TH", "+66812345678"),
}  # fmt: skip
NO_NUMBERS = {
    "Korean, an order": ("사이즈, 주문번호 0104827-1936, 정가 139,000원", "KR"),
    "Korean, a parcel": ("송장번호: 0104827-1936", "KR"),
    "Chinese, a draw": ("双色球03 11 17 22 28 31+09复式合买", "CN"),
    "Japanese, an order": ("注文番号 090-1234-5678", "JP"),
    "Spanish, a reference": ("Local de 64 m2, ref. 600123-457, IBI 312,40 €", "ES"),
}
