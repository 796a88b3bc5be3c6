"""Postcodes with their country, where their form or the words around them tell one from any other number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import characters
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import shape_of
from minerva.identifiers.spans import without_overlaps
from minerva.identifiers.tables import table

_FIVE = "AL BA CU CR DE DO EE EG ES FI FR GR GT HR ID IL IT KR KW LT MA MC ME MX MY PE PK RS SA SN TH TR UA US UY VN"
FOUR = "AT AU BD BE BG CH CY DK GE HU LU MD NO NZ PH TN ZA"
_SIX = "BY CN CO EC IN KG KZ MN RO RU SG TJ TM UZ VN"
FORMS: dict[str, str] = {
    **dict.fromkeys(FOUR.split(), r"[0-9]{4}"),
    **dict.fromkeys(_SIX.split(), r"[0-9]{6}"),
    **dict.fromkeys(_FIVE.split(), r"[0-9]{5}"),
    "US": r"[0-9]{5}(?:-[0-9]{4})?",
    "GB": r"(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})",
    "CA": r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] ?[0-9][ABCEGHJ-NPRSTV-Z][0-9]",
    "NL": r"[1-9][0-9]{3} ?[A-Z]{2}",
    "IE": r"[AC-FHKNPRTV-Y][0-9][0-9W] ?[0-9AC-FHKNPRTV-Y]{4}",
    "GR": r"[1-8][0-9]{2} ?[0-9]{2}",
    "SE": r"[1-9][0-9]{2} ?[0-9]{2}",
    "CZ": r"[1-7][0-9]{2} ?[0-9]{2}",
    "SK": r"[089][0-9]{2} ?[0-9]{2}",
    "PL": r"[0-9]{2}-[0-9]{3}",
    "PT": r"[1-9][0-9]{3}-[0-9]{3}",
    "BR": r"[0-9]{5}-?[0-9]{3}",
    "JP": r"[0-9]{3}-?[0-9]{4}",
}
"""Postcodes by country in capitals (the postal authorities' own forms, as Universal Postal Union S42 lists them)."""
_CAPITALS = late(rf"(?<![A-Za-z0-9])(?:(?P<GB>{FORMS['GB']})|(?P<CA>{FORMS['CA']}))(?![A-Za-z0-9])")
STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|"
    "PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_ZIP = late(r"[0-9](?<=[ ,.][0-9])[0-9]{4}(?:-[0-9]{4})?(?![0-9\-])")
"""Begins with a digit, so that the search skips to it."""
_STATE_BEFORE = late(rf"(?<![A-Za-z])(?:{STATES})[ ,.]{{1,3}}$")
STATE_NAMES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois"
    "|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri"
    "|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma"
    "|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington"
    "|west virginia|wisconsin|wyoming"
)
_NAME_BEFORE = late(rf"(?<![A-Za-z])(?i:{STATE_NAMES}),? $")
_LONGEST_STATE = 16
"""Characters of the longest name of a state, with comma and blank."""
_AUSTRALIAN = late(r"(?<![A-Za-z])(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT),? (?P<code>[0-9]{4})(?![0-9])")
_JAPANESE = late(r"〒 ?(?P<code>[0-9]{3}-?[0-9]{4})(?![0-9])")
_LETTERS = {"D": "DE", "F": "FR", "A": "AT", "CH": "CH", "I": "IT", "E": "ES", "B": "BE", "NL": "NL", "PL": "PL",
            "L": "LU", "S": "SE", "SE": "SE", "DK": "DK", "FI": "FI", "H": "HU", "CZ": "CZ", "SK": "SK", "P": "PT",
            "RO": "RO", "DE": "DE", "FR": "FR", "AT": "AT", "IT": "IT", "ES": "ES"}  # fmt: skip
"""Country letters before a postcode (`D-10115`)."""
_CITY_LAST = frozenset([*_LETTERS.values(), "NO", "LT", "LV", "EE", "HR", "SI", "RS", "BG", "GR", "TR", "UA", "MX"])
"""Countries that write the city behind the postcode."""
_BEFORE_CITY = late(
    r"(?<![\w\-./])(?:(?P<letters>[A-Z]{1,2})-)?(?P<code>[0-9]{4} ?[A-Z]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}"
    r"|[0-9]{3} [0-9]{2}|[0-9]{4,6}) (?=[^\W\d_a-z][^\W\d_]{2})"
)
_BRAZILIAN = late(r"(?<=[ ,\-])[0-9]{5}-[0-9]{3}(?![\w\-])")
_IRISH = late(r"(?<![\w])(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W) ?(?=[A-Z]{0,3}[0-9])[0-9AC-FHKNPRTV-Y]{4}(?!\w)")
_AREAS = "|".join(table("postcode_areas")["GB"])
_SMALL_BRITISH = late(rf"(?<![\w])(?:{_AREAS})[0-9][0-9a-z]? [0-9](?!st|nd|rd|th|hr|am|pm)[abd-hjlnp-uw-z]{{2}}(?!\w)")
_CITY_FIRST = frozenset(["ID", "RU", "RO", "UA", "IN", "KZ", "BY", "SG", "PK", "TH", "MD", "GE", "AM",
                         "UZ", "CO", "PE"])  # fmt: skip
"""Countries that write the city before the postcode, and have five or six digits in it."""
_BEHIND_CITY = late(r"(?<=[^\W\d_]) ?(?:, |- | )(?P<code>[0-9]{5,6})(?=[.,;)\n]|$)(?![.,][0-9])")
_CITY = late(r"(?<![\w])[^\W\d_a-zа-яіїєґ][\w.'\u2019\-]+ ?[,\-]? ?$")
_WORDS = {"\u90f5\u4fbf\u756a\u53f7": "JP", "\u90ae\u7f16": "CN", "\u90f5\u905e\u5340\u865f": "TW",
          "zip": "US", "zipcode": "US", "plz": "DE", "postleitzahl": "DE", "cap": "IT", "eircode": "IE", "cep": "BR",
          "pin": "IN", "code postal": "FR", "codigo postal": "ES",
          "cod postal": "RO", "kod pocztowy": "PL",
          "pincode": "IN", "postcode": "", "postal": "", "postnummer": "", "индекс": "RU"}  # fmt: skip
"""Words before a postcode, with the country they hint at."""
_AFTER_WORD = late(
    rf"(?<![\w])(?P<word>c[oó]digo postal|{'|'.join(_WORDS)})"
    r"(?: ?code| ?codes?)?(?: is)? ?[:.#]? ?(?P<code>[0-9A-Z][0-9A-Z \-]{2,9})",
    re.IGNORECASE,
)
_NORMAL = late(r"([A-Za-z]{2})/(.+)")


class Postcode(Kind):
    """`<country>/<code>` in capitals, a blank or hyphen where the country writes one: `GB/SW1A 1AA`, `US/75201`."""

    NAME = "postcode"
    TITLE = "Postcode"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip().upper()
        given = _NORMAL.fullmatch(text)
        country = given.group(1) if given else (qualifier or region or "").upper()
        code = re.sub(r"\s+", " ", given.group(2) if given else text)
        if not country:
            letters = _CAPITALS.fullmatch(code)
            if letters is None:
                raise InvalidIdentifier(cls.NAME, "expected <country>/<code>, or the country as region")
            country = letters.lastgroup or ""
        form = FORMS.get(country)
        if form is None:
            raise InvalidIdentifier(cls.NAME, f"postcodes of '{country[:2]}' are not known")
        if not re.fullmatch(form, code):
            raise InvalidIdentifier(cls.NAME, f"not a postcode of {country}")
        return f"{country}/{_spaced(country, code)}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        shape = shape_of(reading)
        return (
            b"000" in shape
            or b"0xx " in shape
            or b"x0x" in shape
            or b" xx 00000 " in shape
            or _named(reading)
            or b" xx  00000" in shape
        )

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        text = reading.text
        found: list[tuple[int, int, str, float]] = []
        shape = shape_of(reading)
        for match in _CAPITALS.finditer(text) if b"0xx" in shape or b"x0x" in shape else ():
            country = match.lastgroup or ""
            sure = " " in match.group() or region == country
            found.append((*match.span(), f"{country}/{_spaced(country, match.group())}", 0.9 if sure else 0.6))
        for match in _ZIP.finditer(text):
            sureness = _behind_state(text, match.start())
            if sureness:
                found.append((*match.span(), f"US/{match.group()}", sureness))
        for pattern, country in ((_AUSTRALIAN, "AU"), (_JAPANESE, "JP")):
            found.extend(
                (*m.span("code"), f"{country}/{_spaced(country, m.group('code'))}", 0.85)
                for m in pattern.finditer(text)
            )
        for region_of, pattern in (("BR", _BRAZILIAN), ("IE", _IRISH), ("GB", _SMALL_BRITISH)):
            for match in pattern.finditer(text) if region == region_of else ():
                value = f"{region_of}/{_spaced(region_of, match.group().upper())}"
                found.append((*match.span(), value, 0.8))
        for match in _BEFORE_CITY.finditer(text):
            letters = match.group("letters")
            country = _LETTERS.get(letters, "") if letters else (region or "").upper()
            if country in _CITY_LAST and re.fullmatch(FORMS[country], match.group("code")):
                value = f"{country}/{_spaced(country, match.group('code'))}"
                found.append((*match.span("code"), value, 0.85 if letters else 0.7))
        for match in _BEHIND_CITY.finditer(text) if region in _CITY_FIRST else ():
            start, code = match.start("code"), match["code"]
            if _CITY.search(text, max(0, start - 30), start) and re.fullmatch(FORMS[region or ""], code):
                found.append((start, match.end("code"), f"{region}/{_spaced(region or '', code)}", 0.7))
        for match in _AFTER_WORD.finditer(text) if _named(reading) else ():
            country = _WORDS.get(characters.folded(match.group("word")), "") or (region or "").upper()
            form = re.match(FORMS[country], match.group("code").upper()) if country in FORMS else None
            end = match.start("code") + form.end() if form is not None else 0
            if form is not None and not text[end : end + 1].isalnum():
                found.append((match.start("code"), end, f"{country}/{_spaced(country, form.group())}", 0.85))
        for start, end, value, confidence in without_overlaps(sorted(found)):
            yield cls.seen(reading, (start, end), value, field, "form", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("in London SW1A 1AA today", "SW1A 1AA", "GB/SW1A 1AA"),
            Example("Toronto, M5V 2T6", "M5V 2T6", "CA/M5V 2T6"),
            Example("Dallas, TX 75201", "75201", "US/75201"),
            Example("zip code: 94103-1234.", "94103-1234", "US/94103-1234"),
            Example("PLZ 10115 Mitte", "10115", "DE/10115"),
            Example("postcode 2000", "2000", "AU/2000", region="AU"),
        )


def _behind_state(text: str, start: int) -> float:
    """How sure a postcode is that begins at `start` behind a state of the United States, 0 if none is there."""
    first = max(0, start - _LONGEST_STATE)
    if _STATE_BEFORE.search(text, first, start) is not None:
        return 0.9
    return 0.85 if _NAME_BEFORE.search(text, first, start) is not None else 0


def _named(reading: Reading) -> bool:
    return not _WORD_SET.isdisjoint(reading.words)


_WORD_SET = frozenset(word.split()[0] for word in _WORDS)
_GAPS = {"GB": (-3, " "), "CA": (3, " "), "NL": (4, " "), "IE": (3, " "), "GR": (3, " "), "SE": (3, " "),
         "CZ": (3, " "), "SK": (3, " "), "BR": (5, "-"), "JP": (3, "-")}  # fmt: skip


def _spaced(country: str, code: str) -> str:
    if country not in _GAPS:
        return code
    place, sign = _GAPS[country]
    plain = re.sub(r"[ \-]", "", code)
    return plain[:place] + sign + plain[place:]
