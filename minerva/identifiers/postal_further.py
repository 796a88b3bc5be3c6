"""Forms of addresses of further countries: types behind the name from Prague to Tallinn, streets with an article,
three-digit codes of Iceland, Malay, Thai and Indian streets in Latin letters, blocks of Singapore, numbers behind an
English type in East Africa.

Each is looked for only where a word or a code that it needs is in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postal_forms import HOUSE, JOINING, NAME, NAMES, OLD_AND_NEW, may_be_street
from minerva.identifiers.postal_tails import COLON_OR_MONEY, TOWN, UPPER, continental_tail, english_tail, front_of
from minerva.identifiers.tables import table

_WORDS = table("postal_words")
Found = Iterator[tuple[int, int, float]]

_FIRST_DIGIT = r"[1-9](?<![\w$£€#/.\-][1-9])"
"""Begins with a digit, so that the search skips to it."""
_WORD = rf"[{UPPER}][\w'’\-]{{1,20}}"
_WORD_OR_NUMBER = rf"[{UPPER}0-9][\w'’/\-]{{0,20}}"


def _both(words: list[str]) -> str:
    """Words as they are and with a first capital, as a gate knows them."""
    return alternation([*words, *(word[0].upper() + word[1:] for word in words)])


_STRONG_BEHIND: list[str] = _WORDS["behind"]
_WEAK_BEHIND: dict[str, list[str]] = _WORDS["behind_weak"]
_DOTTED = ["nám", "tř", "g", "pr", "al"]
_WEAK = rf"(?:{alternation(_DOTTED)})\.|(?:{alternation([word for word in _WEAK_BEHIND if word not in _DOTTED])})\.?"
_BEHIND_GATE = late(rf" (?:(?:{_both(_STRONG_BEHIND)})|{_WEAK}),? [0-9]")
_BEHIND = late(
    rf"(?<![\w])(?P<name>(?:[0-9]{{1,2}}\. )?(?:[{UPPER}][\w.'’\-]{{0,24}} ){{1,3}})"
    rf"(?:(?P<strong>{_both(_STRONG_BEHIND)})|(?P<weak>{_WEAK})),? {HOUSE}"
)
_CLOSED = late(r" ?(?:[.,;:)(\n]|$)")
_TWO_WORDS = late(rf"(?<!\w)(?<![\w] )(?P<name>{NAME} (?:{JOINING})?[{UPPER}][\w'’\-]{{1,24}}),? {HOUSE}")
_TITLED = late(rf"(?<![\w])(?P<name>(?i:{alternation(_WORDS['titles'])}) {NAME}(?: {NAME})?),? {HOUSE}")
_OF_TWO_WORDS = frozenset(["RS", "HR", "BA", "ME", "MK", "SI", "CZ", "SK"])
_LETTERS = late(r"[^\W\d_]{2}")
_NOT_FIRST = frozenset(_WORDS["not_first"])
_GREEK_GATE = late("[Α-ω]")
_GREEK = late(rf"(?<![\w])(?P<type>(?i:{alternation(_WORDS['greek'])}))\.? (?P<name>{NAMES}),? {HOUSE}")
_PORTUGUESE_GATE = late(rf"[0-9]{{4}}-[0-9]{{3}} [{UPPER}]")
_PORTUGUESE = late(rf"(?<!\w)(?<![\w] )(?P<name>{NAME}),? (?:n\.?º ?)?{HOUSE}(?=[^\n]{{0,40}}[0-9]{{4}}-[0-9]{{3}} )")
_TOWNS_OF_ICELAND = alternation(_WORDS["icelandic_towns"])
_ICELAND_GATE = late(rf"[1-9][0-9]{{2}} (?i:{_TOWNS_OF_ICELAND})(?!\w)")
_ICELAND = late(
    rf"(?<![\w])(?:{NAME} )?{NAME} {HOUSE}(?:,? (?:[1-9]\. hæð|íbúð [0-9]{{1,4}}))?,? (?:IS-)?[1-9][0-9]{{2}} "
    rf"(?i:{_TOWNS_OF_ICELAND})(?!\w)"
)
_ARTICLE = late(
    rf"{_FIRST_DIGIT}[0-9]{{0,3}}(?: ?(?:bis|ter|quater)|[A-Z])?,? (?:(?:[Ll]a|[Ll]es?) |[Ll]['’])"
    rf"(?P<name>{NAME}(?: {JOINING}{{0,2}}{NAME}){{0,3}})"
)
_FRENCH = frozenset([None, "FR", "MC", "LU", "BE", "CH", "RE", "GP", "MQ"])
_FIVE = late(r"[0-9]{5} ")
_MALAY = late(
    rf"{_FIRST_DIGIT}[0-9]{{0,4}}[A-Z]?(?:[\-/][0-9]{{1,4}}[A-Z]?)?,? (?i:{alternation(_WORDS['malay'])})\.? "
    rf"{_WORD_OR_NUMBER}(?: {_WORD_OR_NUMBER}){{0,3}}"
)
_MALAY_ALONE = frozenset(["MY", "SG", "BN", "ID"])
_NUMBER_SIGN = late(r"(?<![\w])(?:No|Lot|NO|LOT)\.? ?$")
_SOI = late(
    rf"{_FIRST_DIGIT}[0-9]{{0,3}}(?:/[0-9]{{1,4}})?,? (?:(?:{_WORD} ){{1,2}}Soi [0-9]{{1,3}}(?:/[0-9]{{1,2}})?"
    rf"|Soi {_WORD}(?: {_WORD})?(?: [0-9]{{1,3}})?)(?!\w)(?:,? (?:{_WORD} ){{1,2}}(?:Road|Rd)\b\.?)?"
)
_ASIAN_TAIL = late(rf"(?:, {_WORD_OR_NUMBER}(?: {_WORD_OR_NUMBER}){{0,3}}){{0,3}},? [0-9]{{5}}(?![\w\-])(?:,? {TOWN})?")
_INDIAN_GATE = late(r"[0-9](?:st|nd|rd|th) (?:[A-Z] )?(?:Cross|Main)")
_NUMBERED = r"[0-9]{1,2}(?:st|nd|rd|th) (?:[A-Z] )?(?:Cross|Main|Block|Phase|Stage|Sector)(?: (?:Road|Rd\.?))?"
_INDIAN = late(
    rf"(?:(?<![\w/\-])(?:No\.? ?|# ?)?[1-9][0-9]{{0,4}}[A-Z]?(?:/[0-9]{{1,4}}[A-Z]?)?,? )?(?<!\w)"
    rf"(?=[0-9]{{1,2}}[a-z]{{2}} (?:[A-Z] )?(?:Cross|Main))"
    rf"{_NUMBERED}(?:, (?:{_NUMBERED}|{_WORD}(?: {_WORD}){{0,3}})){{1,5}}"
    r"[ ,\-–]{1,3}[1-9][0-9]{2} ?[0-9]{3}(?!\w)"
)
_SINGAPORE_GATE = late(r"(?i:blk|block)|Singapore [0-9]{6}|S ?\([0-9]{6}\)")
_SINGAPORE = late(
    rf"(?:(?<!\w)(?P<block>(?i:blk|block))\.? ?|(?<![\w$£€#/.\-]))[1-9][0-9]{{0,3}}[A-Z]?,? (?:{_WORD} ){{1,4}}?"
    rf"(?i:{alternation(_WORDS['english'])})\b\.?(?: [0-9]{{1,2}}(?![\w,.]?[0-9]))?"
    r"(?:,? ?#[0-9]{1,2}-[0-9]{1,4}[A-Z]?(?!\w))?(?P<code>,? (?:Singapore|S) ?\(?[0-9]{6}\)?(?!\w))?"
)
_AFRICAN = late(
    rf"(?<!\w)(?:[{UPPER}][\w.'’\-]{{1,20}} ){{1,3}}(?:{_both(_WORDS['english_before_number'])})\b\.?,? {HOUSE}"
)
_EAST_AFRICA = frozenset(["KE", "TZ", "UG", "RW", "ET", "ZM", "ZW", "MW"])


def further(text: str, region: str | None) -> Found:
    """Begin, end and sureness of everything in `text` that has one of these forms; they may overlap."""
    if region in _FRENCH:
        yield from _with_article(text, region)
    if _BEHIND_GATE.search(text) is not None:
        yield from _behind(text, region)
    if region in _OF_TWO_WORDS:
        yield from _coded(_TWO_WORDS, text, region)
        yield from _coded(_TITLED, text, region)
    if not text.isascii() and _GREEK_GATE.search(text) is not None:
        yield from _told(_GREEK, text, region)
    if _PORTUGUESE_GATE.search(text) is not None:
        yield from _coded(_PORTUGUESE, text, region)
    if _ICELAND_GATE.search(text) is not None:
        yield from ((*match.span(), 0.85) for match in _ICELAND.finditer(text))
    yield from _of_asia(text, region)
    if region in _EAST_AFRICA:
        for match in _AFRICAN.finditer(text):
            end, told = english_tail(text, match.end(), region)
            if told or (_may_stand_alone(text, match) and _CLOSED.match(text, match.end()) is not None):
                yield match.start(), end, 0.7 if told else 0.65


def _with_article(text: str, region: str | None) -> Found:
    for match in _ARTICLE.finditer(text):
        end, told = continental_tail(text, match.end(), region)
        if told == 2 and _FIVE.search(text, match.end(), end) is not None:
            yield front_of(text, match.start()), end, 0.75


def _behind(text: str, region: str | None) -> Found:
    for match in _BEHIND.finditer(text):
        end, told = continental_tail(text, match.end(), region)
        weak = match.group("weak")
        if told < 2 and not _may_stand_alone(text, match):
            continue
        if weak and told < 2 and (region not in _WEAK_BEHIND[weak.strip(".")] or not _CLOSED.match(text, match.end())):
            continue
        if may_be_street("", match.group("name")):
            yield match.start(), end, (0.7, 0.75, 0.85)[told]


def _told(pattern: re.Pattern[str], text: str, region: str | None) -> Found:
    for match in pattern.finditer(text):
        end, told = continental_tail(text, match.end(), region)
        if told == 2 or _may_stand_alone(text, match):
            yield match.start(), end, (0.7, 0.75, 0.85)[told]


def _coded(pattern: re.Pattern[str], text: str, region: str | None) -> Found:
    """Names without a type: with a postcode and a town alone."""
    for match in pattern.finditer(text):
        name = match.group("name")
        first = name.split()[0]
        if (
            first.lower() in _NOT_FIRST
            or not (first[1:].islower() or pattern is _TITLED)
            or not may_be_street("", name)
        ):
            continue
        end, told = continental_tail(text, match.end(), region)
        if told == 2 and _LETTERS.search(text, match.end(), end) is not None:
            yield match.start(), end, 0.8


def _may_stand_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a house's without a postcode: no year, no price, no measure."""
    return int(match.group("house")) not in OLD_AND_NEW and COLON_OR_MONEY.match(text, match.end()) is None


def _of_asia(text: str, region: str | None) -> Found:
    for match in _MALAY.finditer(text):
        end, told = _asian_tail(text, match.end(), region)
        if told or region in _MALAY_ALONE:
            sign = _NUMBER_SIGN.search(text, max(0, match.start() - 6), match.start())
            start = match.start() if sign is None else sign.start()
            yield front_of(text, start), end, 0.85 if told else 0.7
    if "Soi " in text:
        for match in _SOI.finditer(text):
            end, told = _asian_tail(text, match.end(), region)
            yield front_of(text, match.start()), end, 0.85 if told else 0.7
    if _INDIAN_GATE.search(text) is not None:
        yield from ((front_of(text, match.start()), match.end(), 0.8) for match in _INDIAN.finditer(text))
    if _SINGAPORE_GATE.search(text) is not None:
        for match in _SINGAPORE.finditer(text):
            if match.group("code") or match.group("block"):
                yield *match.span(), 0.85 if match.group("code") else 0.7


def _asian_tail(text: str, start: int, region: str | None) -> tuple[int, bool]:
    """The end of an address, and whether a postcode was told."""
    end, told = english_tail(text, start, region)
    match = _ASIAN_TAIL.match(text, start)
    if match is not None:
        return max(end, match.end()), True
    return end, told == 3
