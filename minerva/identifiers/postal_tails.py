"""What stands around a street and its house number: units before and behind it, the town, the state, the postcode."""

from __future__ import annotations

import re

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postcode import FORMS, FOUR, STATE_NAMES, STATES
from minerva.identifiers.tables import table

_WORDS = table("postal_words")
UPPER = "".join(char for char in map(chr, range(0x41, 0x530)) if char.isupper() and char.isalpha())
"""Capital letters of Latin, Greek and Cyrillic script, for a class of a pattern."""


_GAP = r"(?: ?, ?\n?| - | \n?|\n)"
_VALUE = (
    r"(?:[0-9]{1,4}-[0-9]{1,4}(?!\w)|[0-9]{1,5}(?:-?[A-Za-z](?!\w))?(?!\w)|[A-Za-z][0-9]{0,4}(?!\w)"
    r"|[A-Za-z]-[0-9]{1,4}(?!\w))"
)
_ORDINAL = r"[0-9]{1,2}(?:[.º°ªoa]{1,2}|st|nd|rd|th|er|e|ème)"
_UNIT = (
    rf"(?:(?i:{alternation(_WORDS['unit'])})(?![^\W\d_])\.? ?(?:(?i:no?|nr)\.? ?)?[:#]? ?{_VALUE}(?: [A-Z](?=,|$))?"
    rf"|#{_VALUE}|{_ORDINAL}\.? ?(?i:{alternation([*_WORDS['ordinals'], *_WORDS['doors']])})(?![^\W\d_])\.?"
    rf"(?: (?i:gauche|droite|face))?"
    rf"|{_ORDINAL}[ ,]{{1,2}}(?:[A-Z](?![\w])|[0-9]{{1,2}}[ºª°](?: ?[A-Z](?!\w))?)|(?i:bajo|ático|principal|r/c"
    rf"|rés-do-chão)(?: [A-Z](?!\w))?(?!\w)"
    r"|[0-9]{1,2}[ºª°](?: ?-? ?[A-Z](?!\w))?(?!\w)|[0-9]{1,2} tr(?!\w)|[IVX]{1,5}/[0-9]{1,3}(?!\w)|st\.? (?:th"
    r"|tv|mf)(?!\w)\.?"
    r"|(?i:entlo|entresuelo|ppal|pral)\.?(?: [0-9][ºª])?|[0-9](?:r|n|t) [0-9]a(?!\w))"
)
UNITS = rf"(?:(?: ?, ?| ?- ?| ){_UNIT}){{0,4}}"
_FRONT = late(
    rf"(?<![\w\-])(?:(?:(?i:{alternation(_WORDS['front'])})\.? ?(?:[Nn]o\.? ?)?#?(?:[0-9]{{1,3}}/[0-9]{{1,2}}(?=,)"
    rf"|{_VALUE})|[0-9]{{1,2}}/F|(?i:ground|first|second|third|top|[0-9]{{1,2}}(?:st|nd|rd|th)) (?i:floor|flat))"
    r"(?:, ?| |/| / | - )){1,2}$"
)
_FRONT_WORD = late(rf"(?<![\w\-])(?i:{alternation(_WORDS['front'])})\.? ?#?$")
_SLASHED = late(r"[0-9]{1,4}[A-Za-z]?/")
_LONGEST_FRONT = 40
_TOWN_WORD = rf"[{UPPER}][\w'’\-]{{1,24}}"
TOWN = (
    rf"(?:(?i:{alternation(_WORDS['first_city'])}) {_TOWN_WORD}(?: (?:de |del |do |dos |da |la |los )?{_TOWN_WORD}(?=$"
    rf"|[\n,.;:)(|/–!?\-]| [\-–(|])){{0,2}}"
    rf"|{_TOWN_WORD}(?: (?:am|an der|im|in|aan den|aan de|sur|sous|de|del|do|dos|da|della|di|upon|nad|pod|la"
    rf"|los las|los|las) {_TOWN_WORD}){{1,2}}"
    rf"|{_TOWN_WORD}(?: {_TOWN_WORD}){{1,2}}(?=$|[\n,.;:)(|/–!?]| [\-–(|])|{_TOWN_WORD})"
)
_CLOSED = r"(?= ?$| ?[\n,.;:)(|!?]| [\-–(|])"
_PAREN = (
    rf"(?: ?\([{UPPER}][\w .'’\-]{{1,25}}\)|/[{UPPER}][\w\-]{{1,20}}|, [A-Z]{{2}}(?![\w])| [A-Z]{{2}}(?![\w])"
    rf"| [0-9]{{1,2}}(?:e|er)?(?![\w:€%]|[.,][0-9])| (?:Cedex|CEDEX)(?: [0-9]{{1,2}})?| [VNKØSC](?!\w))?"
)
_CODE = (
    r"(?:(?P<letters>[A-Z]{1,2})[\- ])?(?P<code>[1-9][0-9]{3} ?[A-Z]{2}(?!\w)|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}"
    r"|[0-9]{5}-[0-9]{3}|[0-9]{3} [0-9]{2}|[0-9]{4,6})(?![\w\-])"
)
_BEFORE_TOWN = late(
    rf"{UNITS}(?: in(?= ))?(?:, (?:Col\. )?{_TOWN_WORD}(?: {_TOWN_WORD})?)?{_GAP}{_CODE}(?P<town>(?:,? ?"
    rf"| ){TOWN}{_PAREN})?"
)
_BEHIND_TOWN = late(
    rf"{UNITS}(?:(?:, | - |,)(?:г\. ?|м\. ?|Col\. |Bairro |sector "
    rf"|sect\. )?{TOWN}(?: (?:[0-9]{{1,2}}))?){{1,3}}(?:(?: - | ?/ ?|, )[A-Z]{{2}}(?!\w))?"
    r"(?:,? - ?|, ?| )(?:CEP:? ?)?(?P<code>[0-9]{5}-?[0-9]{3}|[0-9]{6}|[0-9]{5})(?![\w\-])"
)
_FIVE_BEHIND = late(rf"{UNITS}, (?P<code>[0-9]{{6}}|[0-9]{{5}}-[0-9]{{3}})(?![\w\-])")
_TOWN_ONLY = late(
    rf"{UNITS}(?:, (?:г\. ?|м\. ?)?(?P<town>{TOWN})(?: ?\([A-Z]{{2}}\)|(?: - |/)[A-Z]{{2}}(?!\w)|/{_TOWN_WORD}"
    rf"| [0-9]{{1,2}}(?:e|er)?(?!\w))?{_CLOSED})?"
)
_BRAZILIAN = late(rf"{UNITS}(?:(?: - |, ){TOWN}){{1,3}}(?: - |/|, )(?:{alternation(_WORDS['brazilian'])})(?!\w)")
_QUEBEC = late(rf"{UNITS}(?:,? {TOWN})?,? ?(?:QC|\(Qu[eé]bec\)|Qu[eé]bec|ON|NB|MB)?,? ?{FORMS['CA']}(?!\w)")
COLON_OR_MONEY = late(
    r" ?(?:[€$£%°:²]|euros?\b|EUR|USD|Uhr|h\b|min\b|km\b|m\b|m²|m2\b|qm\b|sqm\b|AED|jaar\b|lat\b|let\b|лет\b|руб"
    r"|грн|zł|kr\b|lei\b|Std|Stunden|Jahre|anni\b|años|ans\b|[.,:][0-9])"
)
"""What makes money, a time or a measure of the number before it."""
_BIRDS = (
    r"(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT|Ontario|Quebec|Québec|Alberta|British Columbia|Manitoba|Saskatchewan"
    r"|Nova Scotia|New Brunswick)"
)
_AU = (
    r"(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT|N\.S\.W\.|Vic|Qld|Tas|New South Wales|Victoria|Queensland|South Australia"
    r"|Western Australia|Tasmania)"
)
_US_UNITS = rf"(?:,? {_UNIT}){{0,3}}"
_PLACES = rf"(?:{_GAP}{_TOWN_WORD}(?: (?:(?:of|on|upon|under|by|le) )?{_TOWN_WORD}){{0,2}})"
_TAILS: tuple[tuple[re.Pattern[str], frozenset[str] | None], ...] = (
    (late(rf"{_US_UNITS}{_PLACES}{{0,2}}{_GAP}{_BIRDS}{_GAP}?{FORMS['CA']}(?!\w)"), None),
    (late(rf"{_US_UNITS}{_PLACES}{{0,2}}{_GAP}{FORMS['CA']}(?!\w)"), None),
    (late(rf"{_US_UNITS}{_PLACES}{{0,2}}{_GAP}{_AU},? [0-9]{{4}}(?!\w)"), None),
    (late(rf"{_US_UNITS}{_PLACES}{{0,3}}{_GAP}{FORMS['GB']}(?!\w)"), None),
    (
        late(
            rf"{_US_UNITS}(?:{_GAP}(?:Co\. )?{_TOWN_WORD}(?: {_TOWN_WORD}"
            rf"| [0-9]{{1,2}}W?(?!\w))?){{0,3}}{_GAP}{FORMS['IE']}(?!\w)"
        ),
        None,
    ),
    (
        late(
            rf"{_US_UNITS}(?:{_PLACES}{_GAP})(?:{STATES}|(?i:{STATE_NAMES}))(?![A-Za-z])\.?{_GAP}[0-9]{{5}}"
            rf"(?:-[0-9]{{4}})?(?![\w\-])"
        ),
        None,
    ),
    (late(rf"{_US_UNITS}{_PLACES}{{1,2}}[ ,\-]{{1,3}}[0-9]{{6}}(?!\w)"), frozenset(["IN", "SG", "CN"])),
    (
        late(rf"{_US_UNITS}{_PLACES}{{1,2}}[ ,]{{1,2}}[0-9]{{4}}(?![\w\-])"),
        frozenset(["AU", "NZ", "ZA", "PH", "BD"]),
    ),
    (
        late(rf"{_US_UNITS}(?:{_PLACES}{{1,2}}[ ,]{{1,2}}|, )[0-9]{{5}}(?:-[0-9]{{4}})?(?![\w\-])"),
        frozenset(["US", "TH", "MY", "KE", "PK"]),
    ),
)
_STATE_TAIL = late(
    rf"{_US_UNITS}(?:{_PLACES}{_GAP}(?:{STATES})(?![A-Za-z0-9])|, {_TOWN_WORD}(?: {_TOWN_WORD}){{0,2}}, "
    rf"(?i:{STATE_NAMES})(?!\w))"
)
_NUMBERED_TOWN = late(rf"{_US_UNITS}(?:, {_TOWN_WORD}(?: {_TOWN_WORD})?)?, Dublin [0-9]{{1,2}}W?(?!\w)")
_NO_MORE = late(rf"{_US_UNITS}(?:, (?P<town>{_TOWN_WORD}(?: {_TOWN_WORD}){{0,2}}){_CLOSED})?")
_WORD = late(r"\w+")
_NOT_PLACES = frozenset(_WORDS["not_places"])
_FOUR = frozenset([*FOUR.split(), "SI", "LV"])


def front_of(text: str, start: int) -> int:
    """Where an address begins whose house number stands at `start`: at the unit before it, if any."""
    pattern = _FRONT_WORD if _SLASHED.match(text, start) is not None else _FRONT
    before = pattern.search(text, max(0, start - _LONGEST_FRONT), start)
    return before.start() if before is not None else start


def english_tail(text: str, start: int, region: str | None) -> tuple[int, int]:
    """The end of an address whose street ends at `start`; and 3 with a postcode, 2 with a state, 1 with a town."""
    for pattern, regions in _TAILS:
        match = pattern.match(text, start) if regions is None or region in regions else None
        if match is not None:
            return match.end(), 3
    for pattern in (_STATE_TAIL, _NUMBERED_TOWN):
        match = pattern.match(text, start)
        if match is not None:
            return match.end(), 2
    match = _NO_MORE.match(text, start)
    return _without_words(match, start)


def coded_tail(text: str, start: int) -> int | None:
    """The end of an address of an English-speaking country with town and complete postcode; None without one."""
    for pattern, regions in _TAILS:
        match = pattern.match(text, start) if regions is None else None
        if match is not None:
            rest = _WORD.search(text, start, match.end())
            return None if rest is None or rest.group().lower() in _NOT_PLACES else match.end()
    return None


def continental_tail(text: str, start: int, region: str | None) -> tuple[int, int]:
    """The end of an address whose number ends at `start`; and 2 with a postcode, 1 with a town, 0 without."""
    match = _BEFORE_TOWN.match(text, start)
    if match is not None and _is_code(match, region):
        town = match.group("town")
        if town and town.strip(" ,").split()[0].lower() not in _NOT_PLACES:
            return match.end(), 2
        if not town and len(match.group("code")) != 4:
            return match.end("code"), 2
    for pattern in (_BEHIND_TOWN, _FIVE_BEHIND, _QUEBEC):
        match = pattern.match(text, start)
        if match is not None:
            return match.end(), 2
    brazilian = _BRAZILIAN.match(text, start)
    if brazilian is not None:
        return brazilian.end(), 1
    return _without_words(_TOWN_ONLY.match(text, start), start)


def _without_words(match: re.Match[str] | None, start: int) -> tuple[int, int]:
    """The end and sureness of a tail without postcode; a word such as `Parking` is no town."""
    if match is None:
        return start, 0
    town = match.group("town")
    if town is None:
        return match.end(), 0
    if town.lower().split()[0] in _NOT_PLACES:
        return match.start("town") - 2, 0
    return match.end(), 1


def _is_code(match: re.Match[str], region: str | None) -> bool:
    """Whether the number before a town is a postcode: four digits only where they are written, and seldom a year."""
    code = match.group("code")
    if code[-1].isalpha() and region != "NL":
        return not 1900 <= int(code[:4]) < 2100
    if len(code) != 4:
        return True
    if match.group("letters") or region in _FOUR:
        return True
    return region is None and not 1900 <= int(code) < 2100
