"""Where a postal address stands in a text: the forms of countries, from the unit to the postcode and the town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postal_tails import COLON_OR_MONEY, UPPER, continental_tail, english_tail, front_of
from minerva.identifiers.tables import table

_WORDS = table("postal_words")


NAME = rf"[{UPPER}][\w.'’\-]{{0,24}}"
JOINING = rf"(?:(?:{alternation(_WORDS['joining'])}) |[dl]['’])"
NAMES = rf"{JOINING}{{0,3}}{NAME}(?: {JOINING}{{0,3}}{NAME}){{0,4}}"
_DATED = rf"[0-9]{{1,2}}\.? (?:de )?[{UPPER}][^\W\d_]{{2,20}}(?: [0-9]{{4}})?"
"""The day that a street is named for: `3 Maja`, `7 de Setembro`."""
HOUSE = (
    r"(?P<house>[1-9][0-9]{0,3}(?![0-9]))(?: ?bis\b| ?ter\b|[A-Za-z](?!\w)| [A-Za-z](?=,|$)| [a-z](?= [0-9]{4,5} ))?"
    r"(?: ?[\-–][0-9]{1,4}[A-Za-z]?(?!\w)| - [0-9]{1,4}[A-Za-z]?(?=,)|-(?:[A-Za-z]|hs|bis|I{1,3}|IV)(?!\w)"
    r"| (?:hs|huis|I{1,3}|IV)(?=,))?(?: ?/ ?[0-9]{1,4}[A-Za-z]?(?![\w])|/[A-Za-z][0-9]{0,3}(?!\w)){0,2}(?!\w)"
)
_NO = r"(?:[Nn](?:[º°ro]|um)?\.? ?[º°]?:? ?|#)?"
_BEFORE_NUMBER = r"(?<![\w$£€#/.\-])"
_WHOLE = "|".join(re.escape(word.title()) for word in _WORDS["whole"])
_SIDES = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)"
_ENGLISH_WORD = rf"[{UPPER}0-9][\w.'’\-]{{0,20}}"
_ENGLISH = late(
    rf"{_BEFORE_NUMBER}(?:[0-9]{{1,4}}[A-Za-z]?/)?(?P<house>[0-9]{{1,5}})[A-Za-z]?(?:-[0-9]{{1,5}})?(?:,(?= [^0-9]))? "
    rf"(?:{_SIDES}\.? )?(?P<street>(?:{_ENGLISH_WORD} ){{1,4}}?)(?P<type>(?i:{alternation(_WORDS['english'])}))\b\.?"
    rf"(?: {_SIDES}\b\.?(?! [a-z]))?"
)


def _leading(name: str) -> str:
    """A type before a name, with what stands between them: `ul. `, `rua `, `C/`."""
    words = _WORDS[name]
    dotted = [word for word in words if word in _WORDS["dotted"]]
    short = [word for word in words if word in _WORDS["short"]]
    whole = [word for word in words if word not in short and word not in dotted]
    slashed = [word for word in whole if word.endswith("/")]
    ways = [
        rf"(?:{alternation(part)}){gap}"
        for part, gap in ((dotted, r"\. ?"), (short, r"(?:\. ?| )"), (slashed, " ?"))
        if part
    ]
    return rf"(?P<type>(?i:{'|'.join([*ways, f'(?:{alternation(whole)}) '])}))"


_WITHOUT_TYPE = late(
    rf"{_BEFORE_NUMBER}[0-9]{{1,5}}[A-Za-z]?,? (?:{_SIDES}\.? )?(?:{_WHOLE}|(?:State |US )?(?:Route|Highway|Hwy"
    rf"|Rte) [0-9]{{1,3}})(?!\w)"
)
_ROMAN_FIRST = late(
    rf"{_BEFORE_NUMBER}(?P<house>[0-9]{{1,4}})(?:[ \-]?(?:bis|ter|quater)|[A-Za-z])?(?:[\-/][0-9]{{1,4}})?,? "
    rf"{_leading('romance_first')}(?P<name>{JOINING}{{0,3}}{_DATED}|{NAMES})"
)


_GERMAN = _WORDS["glued"]["german"]
_APART = rf"(?:{'|'.join(word[0].upper() + re.escape(word[1:]) for word in _WORDS['apart_german'])})"
_GERMAN_STREET = (
    rf"(?P<name>[{UPPER}][a-zäöüß]{{2,20}}er (?:Haupt|Land)str(?:aße|asse|\.)|[{UPPER}][a-zäöüß]{{1,30}}"
    rf"(?:{alternation(_GERMAN)})"
    rf"|[{UPPER}][\w.]{{1,20}}(?:-[{UPPER}][\w.]{{0,20}}){{0,4}}-{_APART}"
    rf"|[{UPPER}][\w\-]{{1,30}}(?:e|er|en|es) {_APART}"
    rf"|(?:Straße|Strasse|Platz|Allee) de[rs] [{UPPER}0-9][\w.]{{0,20}}(?: [{UPPER}][\w]{{1,20}})?)"
)
_ARTICLES = "|".join(word[0].upper() + word[1:] for word in _WORDS["before"])
_COUNTED = r",? ?(?:(?i:no?|nr|br)[.:º°]* ?|(?:д|дом|буд)\.? ?|#)?"


_GENERIC = late(
    rf"(?<![\w])(?:(?i:{alternation(_WORDS['generic_first'])}) )?(?P<name>[{UPPER}][\w\-]{{2,30}}),? {HOUSE}"
    rf"(?=(?:, [^,\n]{{1,12}})?,? (?:in )?(?:[A-Z]{{1,2}}-)?"
    rf"(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}} [0-9]{{2}}|[0-9]{{4,5}}(?: ?[A-Z]{{2}})?) [{UPPER}])"
)
_STREETS_OF_ONE_WORD = frozenset(
    ["DE", "AT", "CH", "LI", "LU", "NL", "BE", "DK", "NO", "SE", "FI", "CZ", "SK", "PL", "HU", "GR", "EE", "LV", "LT",
     "HR", "SI", "RS", "BG"]
)  # fmt: skip
"""Countries where many streets have one word for a name and none for a type."""
_NORDIC = frozenset(["SE", "NO", "DK", "FI", "IS"])
_GERMAN_SPEAKING = frozenset(["DE", "AT", "CH", "LI"])
OLD_AND_NEW = range(1900, 2100)


class Form(NamedTuple):
    """How one family of countries writes a street and a house number.

    `alone`: whether a street and a number without a postcode are an address, or in which countries they are one.
    """

    core: re.Pattern[str]
    alone: bool | frozenset[str]


_FORMS = (
    Form(_ROMAN_FIRST, True),
    Form(
        late(rf"(?<![\w]){_leading('romance')}(?P<name>{JOINING}{{0,3}}{_DATED}|{NAMES})(?:,? {_NO}|, ?){HOUSE}"),
        True,
    ),
    Form(
        late(rf"(?<![\w])(?i:gran v[ií]a|(?:la |las )?ramblas?)(?: (?:de )?{NAMES})?(?:,? {_NO}|, ?){HOUSE}"),
        True,
    ),
    Form(
        late(
            r"(?<![\w])(?i:calle|cl|carrera|cra|kra|cr|transversal|diagonal|avenida|av)\.? [0-9]{1,3} ?[A-Z]?"
            r"(?: (?:Bis|Sur|Norte))?"
            r" ?(?:#|N[o°º]\.?) ?(?P<house>[0-9]{1,3})[A-Z]? ?- ?[0-9]{1,3}(?!\w)"
        ),
        True,
    ),
    Form(
        late(
            rf"(?<![\w])(?P<type>[CR]\.|(?i:pl\.)) ?(?P<name>{JOINING}{{0,3}}{_DATED}|{NAMES})(?:,? {_NO}"
            rf"|, ?){HOUSE}"
        ),
        False,
    ),
    Form(
        late(
            rf"(?<![\w]){_leading('slavic')}(?P<name>(?:(?:św|gen|ks|dr|prof|kard|bp|płk|kpt|mjr|marsz"
            rf"|abp)\. )?(?:{_DATED}|{NAMES})),? (?:č\.? ?)?{HOUSE}"
        ),
        True,
    ),
    Form(
        late(rf"(?<![\w]){_leading('romanian')}(?P<name>{JOINING}?(?:{_DATED}|{NAMES})),? (?:(?i:nr)[.:]? ?){HOUSE}"),
        True,
    ),
    Form(
        late(
            rf"(?<![\w]){_leading('cyrillic')}(?P<name>{JOINING}?(?:{_DATED}|[0-9]{{1,3}}-[а-я]{{1,2}} {NAME}"
            rf"|{NAMES}))"
            rf"{_COUNTED} ?{HOUSE}"
        ),
        True,
    ),
    Form(
        late(
            rf"(?<![\w])(?P<name>[А-ЯЁІЇЄ][\w\-]{{2,24}}) (?P<type>улица|проспект|переулок|бульвар|шоссе|проезд"
            rf"|пр\.|пр-т|ул\.|пер\.|наб\.){_COUNTED} ?"
            rf"{HOUSE}"
        ),
        True,
    ),
    Form(late(rf"(?<![\w]){_leading('javanese')}(?P<name>{NAMES}),? (?:(?i:no)[.:]? ?)?{HOUSE}"), True),
    Form(late(rf"(?<![\w\-]){_GERMAN_STREET} {HOUSE}"), True),
    Form(
        late(rf"(?<![\w])(?:{_ARTICLES}) (?P<name>(?i:{alternation(_WORDS['places'])})) {HOUSE}"),
        True,
    ),
    Form(
        late(rf"(?<![\w])(?:{_ARTICLES}) (?P<name>[{UPPER}][\w\-]{{1,24}}(?: [{UPPER}][\w\-]{{1,24}})?) {HOUSE}"),
        False,
    ),
    Form(
        late(
            rf"(?<![\w])(?:(?i:{alternation(_WORDS['german_first'])}) )?[{UPPER}][a-zäöüß\-]{{1,30}}"
            rf"(?:{alternation([*_WORDS['glued']['german_coded'], 'zeile'])}) {HOUSE}"
        ),
        False,
    ),
    Form(
        late(
            rf"(?<![\w])(?:(?i:{alternation(_WORDS['modifiers'])}) ){{0,2}}[{UPPER}][\w'\-]{{1,30}}"
            rf"(?:{alternation(_WORDS['glued']['dutch'])}) {HOUSE}"
        ),
        True,
    ),
    Form(
        late(
            rf"(?<![\w])(?:[{UPPER}][\w'\-]{{1,24}} (?:van (?:de[nr]? )?)?(?i:{alternation(_WORDS['apart_dutch'])})"
            rf"|(?:(?i:{alternation(_WORDS['modifiers'])}) ){{0,2}}[{UPPER}][\w'\-]{{0,30}}"
            rf"(?:{alternation(_WORDS['glued']['dutch_coded'])})"
            rf"|Laan van (?:de |het )?[{UPPER}][\w\-]{{2,24}}|(?i:{alternation(_WORDS['apart_dutch'])})) {HOUSE}"
        ),
        False,
    ),
    Form(
        late(
            rf"(?<![\w])(?:[{UPPER}][\w.\-]{{1,24}} ){{0,2}}"
            rf"[{UPPER}][\w\-]{{1,30}}(?:{alternation(_WORDS['glued']['nordic'])}) {HOUSE}"
        ),
        True,
    ),
    Form(
        late(rf"(?<![\w])(?:[{UPPER}][\w.\-]{{1,24}} ){{1,3}}(?:gate|gata|allé|väg|vej|vei|plass|plads) {HOUSE}"),
        _NORDIC,
    ),
    Form(late(rf"(?<![\w])(?P<name>[{UPPER}][a-zäöüß]{{1,30}}ring) {HOUSE}"), _GERMAN_SPEAKING),
    Form(
        late(
            rf"(?<![\w])[{UPPER}][\w\-]{{1,30}}(?:{alternation(_WORDS['glued']['nordic_coded'])}) {HOUSE}"
            rf"(?: [A-H] [0-9]{{1,3}}(?!\w))?"
        ),
        False,
    ),
    Form(
        late(
            rf"(?<![\w])(?:[1-9][0-9]{{3}} [{UPPER}][\w\-]{{2,20}}(?:, [IVX]{{1,6}}\.(?: ker(?:ület|\.))?)?, )?"
            rf"[{UPPER}][\w\-]{{1,24}}(?: [{UPPER}][\w\-]{{1,24}}){{0,2}} "
            rf"(?P<type>{alternation(_WORDS['hungarian'])}) {HOUSE}\.?"
        ),
        True,
    ),
    Form(
        late(
            rf"(?<![\w])(?:[{UPPER}][\w\-]{{1,24}} Mah(?:\.|allesi),? )?(?:[{UPPER}][\w\-]{{1,24}} "
            rf"|[0-9]{{1,4}}\. ){{1,3}}"
            rf"(?P<type>(?i:{alternation(_WORDS['turkish'])})),? (?:(?i:no|numara)[.:]? ?:? ?)?{HOUSE}"
        ),
        True,
    ),
    Form(_GENERIC, False),
)
_SHORT = frozenset(
    [word for word in _WORDS["english"] if len(word) <= 3 or word in ("way", "place", "close", "court", "square")]
) | frozenset(_WORDS["english_weak"])
"""Types that are also words or parts of them: only with a capital, a city or a postcode."""
_MEASURES = frozenset(["meter", "meters", "metre", "metres", "foot", "feet", "ft", "yard", "yards", "mile", "miles"])
"""Before `Square` they measure an area: `100 Meter Square`."""
_TIMES = frozenset(["minute", "minutes", "min", "mins", "hour", "hours"])
"""Before a type they measure a way: `10 Minutes Walk, London SW1A 2AA`."""
_NOT_STREETS = frozenset(_WORDS["not_streets"])
_NOT_ADJECTIVES = frozenset(_WORDS["not_adjectives"])
_NOT_NAMES = frozenset(_WORDS["not_names"])
_WEAK = frozenset(_WORDS["english_weak"])
_NOT_ENGLISH = frozenset(_WORDS["not_english"])
_BEFORE_TIME = late(r"[0-9] ?(?:am|pm)? to $", re.IGNORECASE)
_BEFORE_YEAR = late(r"(?<!\w)(?:since|until|till|before|of|from|in|to|by) $", re.IGNORECASE)


def stretches(text: str, region: str | None) -> Iterator[tuple[int, int, float]]:
    """Begin, end and sureness of everything in `text` that has the form of an address; they may overlap."""
    for match in _ENGLISH.finditer(text):
        found = _english(text, match, region)
        if found is not None:
            yield found
    for match in _WITHOUT_TYPE.finditer(text):
        end, told = english_tail(text, match.end(), region)
        if told >= 2:
            yield front_of(text, match.start()), end, 0.8
    for core, alone in _FORMS:
        for match in core.finditer(text):
            groups = match.groupdict()
            if not may_be_street(groups.get("type") or "", groups.get("name") or ""):
                continue
            end, told = continental_tail(text, match.end(), region)
            lone = alone if isinstance(alone, bool) else region in alone
            if core is _GENERIC and region is not None and region not in _STREETS_OF_ONE_WORD:
                continue
            if told < 2 and (not lone or COLON_OR_MONEY.match(text, match.end()) is not None):
                continue
            if told == 0 and int(groups["house"]) in OLD_AND_NEW and core is not _ROMAN_FIRST:
                continue
            yield front_of(text, match.start()), end, (0.7, 0.75, 0.85)[told]


def _english(text: str, match: re.Match[str], region: str | None) -> tuple[int, int, float] | None:
    kind = match.group("type").lower()
    if match.group("street").strip().lower() in _MEASURES and kind in ("square", "sq"):
        return None
    end, told = english_tail(text, match.end(), region)
    house, first = match.group("house"), match.group("street").lower().split()[0]
    if house[0] == "0" or first in _TIMES:
        return None
    if told < 2 and (first in _NOT_ENGLISH or _is_time(text, match.start(), int(house))):
        return None
    if told < 2 and (kind in _WEAK or (kind in _SHORT and not match.group("type")[0].isupper())):
        return None
    return front_of(text, match.start()), end, (0.65, 0.65, 0.8, 0.9)[told]


def _is_time(text: str, start: int, number: int) -> bool:
    """Whether the number at `start` is an hour or a year: `9 to 5 Main Street`, `since 2019 Main Street Salon`."""
    before = _BEFORE_YEAR if number in OLD_AND_NEW else _BEFORE_TIME
    return before.search(text, max(0, start - 10), start) is not None


def may_be_street(kind: str, name: str) -> bool:
    """Whether the words make a street: no `Parkplatz 3`, no `via WhatsApp 24`."""
    words = name.lower().split()
    if not words:
        return True
    if words[0] in _NOT_NAMES:
        return False
    return words[-1] not in _NOT_STREETS or (len(words) > 1 and words[0] not in _NOT_ADJECTIVES)
