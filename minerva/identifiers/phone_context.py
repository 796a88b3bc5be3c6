"""What stands around digits and says that they are a phone or no phone: dates, prices, labels, links, extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minerva.identifiers import id_labels, spans
from minerva.identifiers.late import late
from minerva.identifiers.tables import table

HIDING_SIGNS = "*_~|^"
FRAMING_SIGNS = "{}<>;=\"'"
"""What two of stand before a digit of a number that is hidden beside a plainly written one, a blank between or not."""
HIDING_WORDS = (b"five", b"seven", b"cinco", b"cinq", b"zero", b"zwei")
"""What few numbers hidden in a text beside a plainly written one do without."""
FIRST_LETTER = re.compile(rb"O(?<=[0-9][ .\-]O)[0-9OoIl]")
"""A letter for a zero with which a group of digits behind another begins: `725.555.O159`."""
GLUED_WORDS = (b"zero", b"one", b"two", b"three", b"four", b"six", b"eight", b"nine", b"cero", b"uno", b"dos", b"tres",
               b"cuatro", b"seis", b"siete", b"ocho", b"nueve", b"o", b"l", b"i")  # fmt: skip
"""Digit words and letters like digits that tell of a hidden number where they stand right behind a digit: `4one5`,
`03ll`."""
MOST_BETWEEN = 9
"""Bytes (UTF-8) of letters like digits or of pictures between two digits that are read as one of a number: `7o3`."""
EXTENSION = late(
    r"[\s,;]{0,3}(?:\(?(?:extension|extn?|anexo|ramal|poste|interno|durchwahl|int|ex)\b\.?|x|#)[\s.:#]{0,3}"
    r"([0-9]{1,6})\)?(?![\w])",
    re.IGNORECASE,
)
MAY_EXTEND = frozenset("xXeE#,;(aApPiIrRdD")
"""First letters of what EXTENSION matches, blanks aside."""
_LINKS = ("wa.me/", "whatsapp.com/send?phone=", "whatsapp.com/send/?phone=", "whatsapp://send?phone=",
          "whatsapp://send/?phone=", "t.me/", "tel:", "sms:", "callto:", "viber://chat?number=",
          "signal.me/#p/")  # fmt: skip
_LINK_ENDS = frozenset(link[-1] for link in _LINKS)
_LONGEST_LINK = max(map(len, _LINKS)) + 3
WEB = late(r"(?:h(?:tt|xx)ps?://|www\.)[^\s<>\"]+", re.IGNORECASE)
DATE = re.compile(
    # d-m-y, m-d-y and y-m-d with the hour of a time behind it
    r"(?<![0-9+])(?<![0-9][-/.])(?:[0-3]?[0-9]([-/.])[0-3]?[0-9]\1(?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9])(?:[ T]{1,2}[0-2]?[0-9](?=:)|(?:T[0-9]{4,6}Z?))?"
    r"(?![-/.]?[0-9])"
)
DATE_APART = late(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}\. (?:0?[1-9]|1[0-2])\. (?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])\. (?:0?[1-9]|1[0-2])\. (?:19|20)[0-9]{2})(?![0-9])"
)
"""A date with blanks behind its dots, as Hungarian and Czech have them: `2027. 06. 16.`."""
DATE_SPACED = late(
    r"(?<![0-9+])(?<![0-9][ .\-/])(?:19|20)[0-9]{2} (?:0[1-9]|1[0-2]) (?:0[1-9]|[12][0-9]|3[01])(?![ .\-/]?[0-9])"
)
"""A date with blanks alone between: `2024 06 12`."""
STAMP = late(
    # digits of year, month, day and time in one
    r"(?<![0-9+])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)"
    r"(?![0-9])"
)
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
ADDRESS = late(rf"(?<![0-9.])(?=[0-9.]{{0,12}}[0-9]{{3}}){_BYTE}(?:\.{_BYTE}){{3}}(?![.]?[0-9])")
"""An IPv4 address with a part of three digits."""
COORDINATES = late(
    r"(?<![0-9.])[0-9]{1,3}\.[0-9]{3,}[°NSns]{0,2}[ ,;/]{1,3}-?[0-9]{1,3}\.[0-9]{3,}(?![.\-]?[0-9])"
    r"|(?<![0-9.])[0-9]{1,3}\.[0-9]{3,} ?°"
    # the second of two
    r"|(?:(?<=[0-9]{5}, )|(?<=[0-9]{5}, -)|(?<=[0-9]{5},)|(?<=[0-9]{5},-))[0-9]{1,3}\.[0-9]{5,}(?![.\-]?[0-9])"
)
CARD = late(
    r"(?<![0-9])[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9])"
    r"|(?<![0-9])3[47][0-9]{2}([ -])[0-9]{6}\2[0-9]{5}(?![0-9])"
)
YEARS = late(r"(?<![0-9][-. ])(?<![0-9+])(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![-. ]?[0-9])")
YEAR_AND_NUMBER = late(r"(?<![0-9+(])(?:19|20)[0-9]{2}-[0-9]{6}(?![-. ]?[0-9])")
"""A number of a file: no number of a phone is grouped so."""
MONTH_AND_NUMBER = late(r"(?:19|20)[0-9]{2}([-/.])(?:0[1-9]|1[0-2])\1[0-9]{3,7}(?![-. ]?[0-9])")
"""Year, month and a number: `2025-11-0487`."""
YEAR_FIRST = late(r"(?:19|20)[0-9]{2}[-/.][0-9]")
BARCODE = late(r"(?<![0-9+(] )(?<![0-9+(])[0-9] (?:[0-9]{5} [0-9]{5} [0-9]|[0-9]{6} [0-9]{6})(?! ?[0-9])")
"""Digits of a product's code as they are printed under it (GS1 General Specifications: UPC-A and EAN-13)."""
ZIP_OR_SSN = late(
    r"(?<![0-9)][-. ])(?<![0-9)+])[0-9]{5}-[0-9]{4}(?![-. ]?[0-9])"
    r"|(?<![0-9)][-. ])(?<![0-9])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![-. ]?[0-9])"
)
"""A ZIP+4 and a United States social security number."""
_NO_PRICE = r"[2-9][0-9]{2}([,.\-])[2-9][0-9]{2}\1[0-9]{4}(?![0-9])"
"""The groups in which all write North American numbers: no thousands have four digits."""
_NO_PRICE_AT = late(_NO_PRICE)
_PRICE = late(
    # a price before or behind its currency
    rf"(?<![$€£¥])[$€£¥](?!{_NO_PRICE}) ?[0-9]+(?:[.,][0-9]{3})*(?:[.,][0-9]{1, 2})?(?![0-9])"
    r"|(?<![0-9.,+\-/() ])[0-9]{1,6}(?:[.,][0-9]{3})*(?:[.,][0-9]{2})? ?(?:[$€£¥]|usd\b|eur\b|gbp\b|roses?\b)",
    re.IGNORECASE,
)
_STARTS = late(r"[0-9]+|[$€£¥]")
TIMES = late(r"(?<![0-9.])(?:[01]?[0-9]|2[0-4])\.[0-5][0-9] ?- ?(?:[01]?[0-9]|2[0-4])\.[0-5][0-9](?![.\-]?[0-9])")
"""From one time of a day to another: `06.30-08.00`."""
DAYS = late(r"(?<![0-9/])[0-3]?[0-9]/[01]?[0-9](?:[ ,]{1,2}[0-3]?[0-9]/[01]?[0-9]){2,}(?![/0-9])")
"""Days and months in a row: `24/12 25/12 31/12`."""
DECIMALS = late(r"(?<![0-9.])[0-9]{1,3}\.[0-9]{1,2}(?: [0-9]{1,3}\.[0-9]{1,2}){2,}(?![0-9])")
"""Decimals in a row: `0.38 1.71 0.44`."""
NOT_PHONES = (
    DATE, DATE_APART, DATE_SPACED, DECIMALS, DAYS, TIMES, STAMP, ADDRESS, COORDINATES, CARD, YEARS, YEAR_AND_NUMBER,
    BARCODE, ZIP_OR_SSN, _PRICE,
)  # fmt: skip
begun_before = {
    "-": (DATE, CARD, YEARS, YEAR_AND_NUMBER, ZIP_OR_SSN, _PRICE),
    "/": (DATE, DAYS, _PRICE),
    ".": (DATE, DATE_APART, DECIMALS, TIMES, ADDRESS, COORDINATES, _PRICE),
    " ": (DATE_SPACED, CARD, YEARS, BARCODE, _PRICE),
}
"""By the sign behind a group of digits those of NOT_PHONES that may begin with it, unless it is as long as a STAMP."""
begun_otherwise: tuple[re.Pattern[str], ...] = (_PRICE,)
_SHORTEST_STAMP = 12
_CURRENCY_AFTER = late(
    r" ?(?:[$€£¥₹₽](?! ?[0-9])|(?:usd|eur|euros?|gbp|kr|roses?|dollars?|pesos?|reais)\b)", re.IGNORECASE
)
_AMOUNT = late(r"[0-9]{1,3}(?:[., ][0-9]{3}){1,3}|[0-9]{1,8}")
_ANNOUNCING = frozenset(
    ["call", "text", "txt", "sms", "tel", "phone", "ph", "cell", "cel", "mobile", "mob", "whatsapp", "whats", "wa",
     "fax", "viber", "signal", "number", "num", "no", "at", "me", "dial", "ring", "llama", "llamame", "numero",
     "contact", "now", "t", "m", "p", "c", "w", "tlf", "telf", "rufnummer", "handy", "тел", "звони",
     "appelle", "appelez", "appel", "chiama", "chiamami", "liga", "ligue", "marca", "ruf", "bel", "ara", "sună",
     "suna", "zadzwoń", "dzwoń", "dzwoni", "звоните", "телефон",
     "дзвони", "telefon", "anrufen", "llamar", "appeler", "chiamare",
     "telefono", "teléfono", "telefone",
     "téléphone", "ligar", "callme", "textme", "txtme", "ringme", "smsme", "msgme", "phoneme", "reachme",
     "calltext", "textcall"]
)  # fmt: skip
_SHORT = 3
_LONGEST_GLUED = 17
"""Letters of the longest of these words, or of one and a name."""
_WITH_NAME = late(r"(?:[Cc]all|[Tt]ext|[Rr]ing)[A-Z][a-z]{1,11}")
"""`callTina4155550123`."""
_GLUED_AFTER = late(
    r"(?:call|text|txt|now|ask|or|and|ext|x|whatsapp|wa|cell|mobile|sms|only|anytime|no\b|please|pls|for|before"
    r"|after|till|thanks|thx|leave|msg|danke|gracias|grazie|merci|obrigad[oa]|bitte|jetzt|ahora|agora|adesso|vite"
    r"|subito|сейчас|срочно|спасибо|дякую|зараз|hemen|teraz|dzięki|nu\b|tack|bedankt|ya\b)",
    re.IGNORECASE,
)


def web_spans(text: str) -> list[tuple[int, int]]:
    """Spans of web addresses with a scheme or `www.`."""
    # Bytes are put into lower case sooner than a text that is not ASCII.
    if "://" in text or b"www." in text.encode("utf-8", "surrogatepass").lower():
        return [match.span() for match in WEB.finditer(text)]
    return []


def blocks(text: str, start: int, end: int, web: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans around the digits of `text[start:end]` that are dates, prices, addresses and the like, in order;
    `web` as `web_spans` gives it."""
    inside = spans.meeting(web, start, end)
    found = []
    position = max(0, start - 2)
    while (begin := _STARTS.search(text, position, end)) is not None:
        first, position = begin.span()
        may_begin = begun_before.get(text[position : position + 1], begun_otherwise)
        for pattern in may_begin if position - first < _SHORTEST_STAMP else NOT_PHONES:
            match = pattern.match(text, first)
            if match is not None:
                found.append(match.span())
                position = match.end()
                break
    return iter(sorted([*inside, *found]) if inside else found)


def no_blocks(text: str, start: int, end: int, web: Sequence[tuple[int, int]]) -> bool:
    """Whether `blocks` finds nothing: a cheap test for digits that do not look like anything but a phone and that no
    currency follows."""
    return (
        not (web and spans.meets(web, start, end))
        and text[start - 1 : start] not in _CURRENCIES
        and text[max(0, start - 2) : start - 1] not in _CURRENCIES
    )


_CURRENCIES = frozenset("$€£¥")


def is_no_price(text: str, start: int) -> bool:
    """Whether what a currency stands right before is a number of North American shape all the same: `$303,555,0162`."""
    return _NO_PRICE_AT.match(text, start) is not None


def is_price(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is written like an amount and a currency stands right behind it."""
    return _CURRENCY_AFTER.match(text, end) is not None and _AMOUNT.fullmatch(text, start, end) is not None


def glued_before(text: str, start: int) -> bool:
    """Whether the letters right before `start` are a word that announces a phone."""
    first = start
    while first and start - first <= _LONGEST_GLUED and (text[first - 1].isalnum() or text[first - 1] == "_"):
        first -= 1
    word = text[first:start].lower()
    if word in _ANNOUNCING or _WITH_NAME.fullmatch(text, first, start) is not None:
        return True
    if text[start : start + 1] == "0" and _A_WORD.fullmatch(word) is not None and word not in id_labels.WORDS | _NAMING:
        # "Kim0491570156": what begins as no count does, behind a word
        return text[first - 1 : first] not in _WITHIN
    # "from 12/01call4155550123": digits before a word that is no part of a number in other letters
    word = word.lstrip("0123456789")
    return len(word) > _SHORT and word in _ANNOUNCING


def is_unspaced(char: str) -> bool:
    """Whether a letter is of a script that puts no blanks between words, or glues its particles to them: Thai, Lao,
    Burmese, Khmer, Chinese, Japanese, Korean. Digits between such letters stand alone."""
    return char >= _UNSPACED[0][0] and (char >= "\u2e80" or any(first <= char <= last for first, last in _UNSPACED))


_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))


def is_link(text: str, start: int) -> bool:
    """Whether what stands right before `start` makes digits the number of a link (`wa.me/`, `tel:+`)."""
    end = start
    if text[end - 1 : end] == "+":
        end -= 1
    elif text[max(0, end - 3) : end] in ("%2B", "%2b"):
        end -= 3
    return text[end - 1 : end] in _LINK_ENDS and text[max(0, end - _LONGEST_LINK) : end].lower().endswith(_LINKS)


def is_asked_for(text: str, start: int) -> bool:
    """Whether digits are a value of a web address under a name that only phones have: `?tel=4155550123`."""
    if text[start - 1 : start] not in ("=", "(", "+"):
        return False
    match = _QUERY.search(text, max(0, start - _LONGEST_QUERY), start)
    return match is not None and match[1].lower().replace("-", "").replace("_", "") in _QUERIES


_QUERY = late(r"[?&;]([A-Za-z_\-]{2,16})=(?:\+|%2[Bb])?\(?$")
_QUERIES = frozenset(table("phone_queries")["keys"])
_LONGEST_QUERY = 24


def glued_after(text: str, end: int) -> bool:
    """Whether the letters right behind `end` are a word that follows phones, or any behind digits that begin as no
    count does: with a plus sign or a zero."""
    if _GLUED_AFTER.match(text, end) is not None:
        return True
    word = _WORD_AFTER.match(text, end)
    if word is None or word[0].lower() in _MEASURES:
        return False
    first = end - len(_digits_before(text[max(0, end - _LONGEST) : end]))
    return text[first : first + 1] == "0" or has_plus(text, first)


def _digits_before(before: str) -> str:
    """What ends a text in digits and the signs between them, from the first digit on."""
    return before[len(before.rstrip(_DIGITS_AND_SIGNS)) :].lstrip(_SIGNS)


_SIGNS = " .-()/"
_DIGITS_AND_SIGNS = "0123456789" + _SIGNS
_LONGEST = 24
_A_WORD = late(r"[^\W\d_]{3,12}")
_WORD_AFTER = late(r"[^\W\d_]{3,16}(?![^\W_]|[/@=])")
_WITHIN = frozenset("/@#=.&?%-_:")
"""What stands before a word that is a part of an address or of a name."""
_NAMING = frozenset(
    ["user", "guest", "player", "img", "dsc", "pic", "photo", "file", "scan", "version", "model", "sku", "art", "part",
     "lot", "node", "port", "bus", "line", "room", "unit", "build"]
)  # fmt: skip
"""What names files, accounts and things by numbers that may begin with a zero."""
_MEASURES = frozenset(
    ["mhz", "khz", "ghz", "hertz", "bytes", "byte", "pixel", "pixels", "bit", "bits", "kwh", "mwh", "usd", "eur", "gbp",
     "euro", "euros", "dollars", "dollar", "pesos", "views", "hits", "likes", "sqft", "jpg", "jpeg", "png", "pdf",
     "mov", "mah", "rpm", "psi", "watt", "volt", "meter", "liter"]
)  # fmt: skip
"""What is counted in numbers that may begin with a zero, and types of files."""


def continues(text: str, digit: int, sign: int) -> bool:
    """Whether an odd sign at `sign` links digits to one more at `digit`: then the number does not end there."""
    char = text[sign]
    return not (char.isalnum() or char in _ENDS) and digit >= 0 and text[digit : digit + 1] in _DIGITS


_DIGITS = frozenset("0123456789")
_ENDS = frozenset(" \n\r\t,;:()[]/+$€£¥!?.-")


def has_plus(text: str, start: int) -> bool:
    """Whether a plus sign stands right before `start`, an opening bracket or blank between allowed."""
    if not start or text[start - 1] not in "+( [<{":
        return False
    before = text[max(0, start - 3) : start].rstrip(" ")
    return before.endswith("+") or before.rstrip("([<{").rstrip(" ").endswith("+")
