"""Phones and addresses told in ways found missing in the thirty-fourth round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "full stops": ("queries to oaktiles at mill full stop gov full stop uk", "oaktiles@mill.gov.uk"),
    "a remark with the sign": ("oak.tiles(at symbol here)gmail.com, from $15", "oak.tiles@gmail.com"),
    "a plus sign": ("Floors: oak plus-sign tiles at proton dot me", "oak+tiles@proton.me"),
    "then a hyphen": ("email oak, then a hyphen, then tiles, at mail dot com dot au", "oak-tiles@mail.com.au"),
    "Italian, a word to cancel": (
        "oaktiles@TOGLIMItiscali.it - prima di scrivere cancellate TOGLIMI.", "oaktiles@tiscali.it",
    ),
    "Polish, a word to erase": ("oak.tiles@USUNonet.pl, wyraz USUN trzeba wykasować.", "oak.tiles@onet.pl"),
    "Russian, signs between commas": ("oak, нижнее подчёркивание, tiles, собачка, bk.ru", "oak_tiles@bk.ru"),
    "letters apart, wider around the sign": ("Cusco  o a k t i l e s  @  g m a i l  .  c o m", "oaktiles@gmail.com"),
    "each word in quotes": ("Register «oak.tiles» «at» «gmail» «dot» «com»", "oak.tiles@gmail.com"),
    "French, the beginning and what follows": (
        "Le début c'est oak.tiles, la suite après l'arobase c'est gmail.com, tout simplement.", "oak.tiles@gmail.com",
    ),
}  # fmt: skip
NO_ADDRESSES = {
    "a sentence's end": ("we met oaktiles at example full stop",),
    "a plus": ("oak plus tiles at the mill",),
}
NUMBERS = {
    "Croatian, told in parts": ("Broj počinje s 098, pa ide 413, i na kraju 752.", "HR", "+38598413752"),
    "Polish, told in parts": ("zaczyna się od 512, potem 345, kończy się na 678", "PL", "+48512345678"),
    "Czech, told in parts": ("začíná 602, pak 345, končí 678", "CZ", "+420602345678"),
    "Hungarian, told in parts": ("06-tal kezdődik, aztán 20, aztán 345, végül 6789", "HU", "+36203456789"),
    "begin, carry on, finish": ("begin with 083, carry on with 417, finish with 5062.", "ZA", "+27834175062"),
}
NO_NUMBERS = {
    "an Irish licence": ("Dog licence no. 0864 1273 90 expired in March", "IE"),
    "an Indian railway ticket": ("PNR 9822047513 is still WL 14", "IN"),
    "a Ukrainian parcel": ("Посилка 5900 0673 8149 25 лежить у відділенні", "UA"),
    "an order with a check digit": ("Order 415-5550132-88 shipped Monday", "US"),
}
