"""Cashtags: a name behind a dollar sign, or behind one that is said, that money is sent to with Cash App."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers.lexicon import alternation
from minerva.identifiers.payment_services import PAYING, SERVICE_BY_WORD, STOP
from minerva.identifiers.reading import Reading
from minerva.identifiers.told import Told
from minerva.identifiers.username_around import ends_clause
from minerva.identifiers.username_bare import LEAST, is_unknown, is_unlisted

_CASHTAG = re.compile(r"(?<![\w$])\$(?P<tag>[A-Za-z][A-Za-z0-9_\-]{0,19})(?![\w$])")
_SHORT_CASHTAG = re.compile(r"(?<![\w$/])CA ?[:=\-]? ?$")
"""Cash App cut short, which is also a state, a country and an authority of certificates."""
_PAYING = frozenset(
    ["zelle", "venmo", "paypal", "chime", "cash", "cashapp", "deposit", "deposits", "tip", "tips", "payment",
     "payments", "checks", "cheques"]
)  # fmt: skip
"""One of these must be told beside it."""
_PRICE_WORDS = _PAYING | {
    "dollar", "dollars", "bucks", "canadian", "price", "prices", "total", "hourly", "daily", "weekly", "monthly",
    "nightly", "balance", "donation", "donations", "rates", "money", "change", "amount", "budget", "value",
}  # fmt: skip
"""What is said of Canadian dollars."""
_SAID_CASHTAG = re.compile(
    r"(?<!\w)(?:dollar[ -]?sign|signo de d[oó]lar(?:es)?|signe (?:du )?dollar|dollar(?:zeichen|teken|tegn|tecken))\)?"
    r"(?: (?:then|and then|and|followed by|plus))? ?"
    # Where case is ignored `[a-z]` takes letters beyond ASCII too: `\u017f`, `\u0131`.
    r"(?-i:(?P<tag>[A-Za-z][A-Za-z0-9_\-]{2,19}))(?![\w$])",
    re.IGNORECASE,
)
SAYING = frozenset(["dollar", "dolar", "dollarsign", "dollarzeichen", "dollarteken", "dollartegn", "dollartecken"])
"""Words that say the sign."""
_CASH_WORDS = re.compile(
    r"c[ .*\-]?[a@4][ .*\-]?[s$5][ .*\-]?h[ .*\-]?[a@4][ .*\-]?p[ .*\-]?p|cash ?-?tag|\bca?pp\b", re.IGNORECASE
)
_CODE = re.compile(r"[=(){};&|\[\]\"'<>`]")
_NEARBY = 40


def cashtags(reading: Reading) -> Iterator[Told]:
    """Cashtags as a text tells them."""
    text = reading.text
    if not SAYING.isdisjoint(reading.words):
        for match in _SAID_CASHTAG.finditer(text):
            around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
            tag = match.group("tag").lower().rstrip("-_")
            name_like = is_name_like(match.group("tag")) and (not _is_long_word(match.group("tag")) or is_unknown(tag))
            if name_like and tag not in STOP and _CASH_WORDS.search(around) is not None:
                yield Told(match.start(), match.start("tag") + len(tag), f"cashapp/{tag}", "spoken_name", 0.8)
    if "$" in text:
        for match in _CASHTAG.finditer(text):
            tag = match.group("tag").lower().rstrip("-_")
            around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
            named = _CASH_WORDS.search(around) is not None
            short = not named and _is_short_told(reading, match)
            bare = (_is_tag_like(match.group("tag")) or _is_paid(text, match)) and _CODE.search(
                text[max(0, match.start() - 2) : match.end() + 2]
            ) is None
            if (named or short or bare) and tag not in STOP and tag not in SERVICE_BY_WORD:
                end = match.start("tag") + len(tag)
                yield Told(match.start(), end, f"cashapp/{tag}", "cashtag", 0.95 if named else 0.6)


def _is_short_told(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a dollar sign and a name stand behind a short form of Cash App among words of paying."""
    text, tag = reading.text, match.group("tag")
    return (
        len(tag) >= 5
        and tag.lower() not in _PRICE_WORDS
        and any(char.islower() for char in tag)
        and _SHORT_CASHTAG.search(text, max(0, match.start() - 5), match.start()) is not None
        and text[match.end() : match.end() + 1] != "/"
        and (not _PAYING.isdisjoint(reading.words) or _is_alone(text, match) or is_unlisted(tag))
    )


_HUMPS = re.compile(r"(?:[A-Z][a-z]{1,14}){2,5}[0-9]{0,4}")


@cache
def _paid() -> re.Pattern[str]:
    between = r"(?: [a-z]{1,7}| \$?[0-9]{1,5}){0,3}"
    return re.compile(rf"(?<!\w)(?:{alternation(list(PAYING))}){between}:? $", re.IGNORECASE)


def _is_paid(text: str, match: re.Match[str]) -> bool:
    """Whether a name behind a dollar sign ends a clause that asks to pay: `pay ahead $TroopOvenMitts`."""
    tag = match.group("tag")
    if not (_HUMPS.fullmatch(tag) or is_unlisted(tag)) or tag.lower() in _PRICE_WORDS:
        return False
    start = match.start()
    return ends_clause(text, match.end()) and _paid().search(text, max(0, start - 48), start) is not None


_LABEL = re.compile(r"(?:^|[\n,;|(])\s?CA ?[:=] ?$")
_OF_CODE = re.compile(r"[={};<>\"'`\\]|file|path|cert|name|key", re.IGNORECASE)


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Whether CA begins a clause that ends with the name, in a line that is no code: `CA: $jen4uuu`."""
    if _LABEL.search(text, max(0, match.start() - 8), match.start()) is None:
        return False
    end = text.find("\n", match.end())
    line = text[text.rfind("\n", 0, match.start()) + 1 : end if end >= 0 else len(text)]
    return line.count("$") == 1 and len(match.group("tag")) >= 6 and _OF_CODE.search(line) is None


def _is_long_word(tag: str) -> bool:
    return tag.isalpha() and tag.islower() and len(tag) >= LEAST


def is_name_like(tag: str) -> bool:
    """Whether a word is rather a name than an ordinary word: long, with a digit or sign, or with capitals within."""
    capitals_within = not tag.isupper() and tag[1:] != tag[1:].lower()
    return len(tag) >= 8 or (len(tag) >= 5 and (capitals_within or not tag.isalpha()))


def _is_tag_like(tag: str) -> bool:
    """Whether a word behind a dollar sign is rather a cashtag than a price, a ticker or a variable."""
    digits = sum(char.isdigit() for char in tag)
    letters = [char for char in tag if char.isalpha()]
    return len(tag) >= 5 and 0 < digits <= 4 and len(letters) >= 3 and any(char.islower() for char in letters)
