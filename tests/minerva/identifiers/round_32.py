"""Phones and addresses told in ways found missing in the thirty-second round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "Chinese, a number at QQ": ("QQ邮箱是2837465019，发邮件看图", "2837465019@qq.com"),
    "Russian, at a provider": ("ПОЧТА oak.tiles7 на яндексе точка ру", "oak.tiles7@yandex.ru"),
    "Czech, an a in a circle": ("oaktiles (a v kroužku) email tečka cz", "oaktiles@email.cz"),
    "words with no gaps": ("near the mill. oak tiles 4 no gaps at gmail dot com", "oaktiles4@gmail.com"),
    "commas that are dots": ("oak,tiles,mia@gmail,com (commas are dots)", "oak.tiles.mia@gmail.com"),
    "commas to be read as dots": (
        "oak,tiles77 (at) webmail,co,za - read the commas as dots", "oak.tiles77@webmail.co.za",
    ),
    "Hebrew": ("oak.tiles (אט) gmail (דוט) com", "oak.tiles@gmail.com"),
    "Malay": ("Emel oak noktah tiles alias example noktah com noktah my", "oak.tiles@example.com.my"),
    "Polish, a provider before": ("napisz na gmailu do oak.tiles", "oak.tiles@gmail.com"),
}  # fmt: skip
NO_ADDRESSES = {
    "commas of a list": ("oak, tiles and glue, two commas, no dots",),
    "QQ, a group": ("QQ群 2837465019",),
    "digits alone at a provider": ("19 @ yahoo . com",),
}
NUMBERS = {
    "double slashes": ("Msg me 646//555//Oll3 to see it", "US", "+16465550113"),
    "a zero to put before": ("Put a zero before this: 4 91 57 01 59. Ask for Bree", "AU", "+61491570159"),
    "a zero to put in front": ("Text me on 87 612 0934 but put a zero in front of it", "IE", "+353876120934"),
    "digit words and an area code": (
        "Call 555 zero one four nine (area code is 403, Calgary) and ask", "CA", "+14035550149",
    ),
}  # fmt: skip
NO_NUMBERS = {
    "a number at QQ": ("QQ邮箱是2837465019", "CN"),
    "Korean syllables of a longer word": ("20261047-2819, 사이즈 270", "KR"),
    "Finnish, an article": ("tuote 0405-2817, hinta 390 e", "FI"),
    "no zero is told of": ("sizes 4 91 57 01 59", "AU"),
}
