"""Postal addresses in text (US, UK, German, French, Spanish and Italian forms) with a key that can be compared.

Reading an address into parts is minerva.addresses' business; this room finds where one stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.postcode import FORMS
from minerva.identifiers.reading import Reading

_TYPES = (
    "street", "st", "avenue", "ave", "boulevard", "blvd", "road", "rd", "drive", "dr", "lane", "ln", "court", "ct",
    "place", "pl", "parkway", "pkwy", "terrace", "ter", "circle", "cir", "highway", "hwy", "square", "sq", "plaza",
    "trail", "trl", "way", "alley", "turnpike", "crescent", "close", "gardens", "mews",
)  # fmt: skip
_SHORT = frozenset(word for word in _TYPES if len(word) <= 3 or word in ("way", "place", "close", "court", "square"))
"""Types that are also words or parts of them: only with a capital, a city or a postcode."""
_LATIN = ("rue", "avenue", "boulevard", "place", "chemin", "impasse", "allee", "quai", "calle", "avenida", "paseo",
          "plaza", "carrer", "rua", "via", "viale", "corso", "piazza", "strada", "bulevardul")  # fmt: skip
_GERMAN = (
    r"[A-ZÄÖÜ][a-zäöüß]{1,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ring|ufer)"
    r"|[A-ZÄÖÜ][a-zäöüß]{1,30}er (?:Straße|Strasse|Str\.|Weg|Platz|Allee)"
)
_WORD = r"[A-ZÀ-Ý0-9][\w.'\-]{0,20}"
_UNIT = (
    r"(?:,? (?i:apt|apartment|suite|ste|unit|room|rm|floor|fl|bldg)\.? ?#?[A-Za-z0-9\-]{1,6}|,? #[A-Za-z0-9\-]{1,6})?"
)
_US_TAIL = (
    r"(?:,? (?P<city>[A-Z][\w.'\-]{1,20}(?: [A-Z][\w.'\-]{1,20}){0,2}),? (?P<state>[A-Z]{2})(?![A-Za-z0-9])"
    r"(?: (?P<zip>[0-9]{5}(?:-[0-9]{4})?))?)?"
)
_PLACE = r",? [A-Z][\w.'\-]{1,20}(?: [A-Z][\w.'\-]{1,20}){0,2}"
_CANADIAN_TAIL = rf"(?:(?:{_PLACE})?,? (?P<ca>(?:(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT),? ){FORMS['CA']})(?![\w]))"
_AUSTRALIAN_TAIL = rf"(?:(?:{_PLACE})?,? (?P<au>(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT),? [0-9]{{4}})(?![\w]))"
_UK_TAIL = rf"(?:(?:,? [A-Z][\w'\-]{{1,20}}){{0,3}},? (?P<uk>{FORMS['GB']}))?"
_ENGLISH = re.compile(
    r"(?<![\w$£€#/.\-])(?P<number>[0-9]{1,5}[A-Za-z]?(?:-[0-9]{1,5})?),? "
    r"(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.? )?"
    rf"(?P<street>(?:{_WORD} ){{1,4}}?)(?P<type>(?i:{'|'.join(_TYPES)}))\b\.?"
    rf"(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?)?{_UNIT}"
    rf"(?:{_CANADIAN_TAIL}|{_AUSTRALIAN_TAIL}|(?:{_US_TAIL}){_UK_TAIL})"
)
_FIVE = r"(?:,? (?:[A-Z]{1,2}-)?[0-9]{5}(?: [A-ZÀ-Ý][\w\-]{2,20})?)?"
def _dutch(types: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w])[A-Z][\w'\-]{{1,30}}(?:{types}) [0-9]{{1,4}}(?: ?[a-z]|-[0-9a-z]{{1,4}})?(?![\w])"
        rf",? {FORMS['NL']}(?![\w])"
    )


_DUTCH_OR_GERMAN = _dutch("weg|hof|pad|markt")
"""Streets that German has too, where two capitals behind a year are no postcode."""
_CONTINENT = (
    _dutch("straat|laan|plein|gracht|kade|singel|dijk|dreef|steeg"),
    re.compile(rf"(?<![\w])(?:{_GERMAN}) [0-9]{{1,4}}[a-z]?(?![\w]){_FIVE}"),
    re.compile(
        rf"(?<![\w$€#/.\-])[0-9]{{1,4}}(?: ?bis| ?ter)?,? (?i:{'|'.join(_LATIN)}) "
        rf"(?:(?:de|du|des|la|le|les|l'|d') ?){{0,2}}{_WORD}(?: {_WORD}){{0,3}}{_FIVE}"
    ),
    re.compile(
        rf"(?<![\w])(?i:{'|'.join(_LATIN)}) (?:(?:de|del|da|do|di|la|el|los|las|della|dei) ){{0,2}}"
        rf"{_WORD}(?: {_WORD}){{0,3}},? (?:n[.º°]? ?)?[0-9]{{1,4}}(?![\w]){_FIVE}"
    ),
)
_BOX = re.compile(
    r"(?<![\w])P\.? ?O\.? ?Box [0-9]{1,6}(?![\w])(?:,? [A-Z][\w ]{1,20},? [A-Z]{2} [0-9]{5})?", re.IGNORECASE
)
_GERMAN_ENDS = ("strasse", "straße", "str.", "weg", "platz", "allee", "gasse", "damm", "ring", "ufer")
_DUTCH_ENDS = ("straat", "laan", "plein", "gracht", "kade", "singel", "dijk", "dreef", "hof ", "pad ", "markt", "steeg")
_MEASURES = frozenset(["meter", "meters", "metre", "metres", "foot", "feet", "ft", "yard", "yards", "mile", "miles"])
"""Before `Square` they measure an area: `100 Meter Square`."""
_WORDS = frozenset({*_TYPES, *_LATIN, "box", "str"})


class PostalAddress(Kind):
    """`<number> <direction> <street> <type> <unit> <postcode>` in lower case and short forms: `123 n main st 75201`.

    Two addresses of one place give the same value where both tell the same parts; what differs is compared with
    minerva.addresses.compare_addresses.
    """

    NAME = "address"
    TITLE = "Postal address"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        normal = _key(text) if len(text) <= 300 else ""
        if not normal:
            raise InvalidIdentifier(cls.NAME, "expected a house number and a street, or a PO box")
        again = _key(normal)
        if again != normal and _key(again) != again:
            raise InvalidIdentifier(cls.NAME, "the parts cannot be told apart")
        return again

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return not _WORDS.isdisjoint(reading.words) or any(
            end in reading.lowered for end in (*_GERMAN_ENDS, *_DUTCH_ENDS)
        )

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        text = reading.text
        found: list[tuple[int, int, float]] = []
        for match in _ENGLISH.finditer(text) if cls.may_hold(reading) else ():
            tail = match.group("zip") or match.group("uk") or match.group("ca") or match.group("au")
            told = tail or match.group("state")
            if match.group("street").strip().lower() in _MEASURES and match.group("type").lower() in ("square", "sq"):
                continue
            if told or match.group("type").lower() not in _SHORT or match.group("type")[0].isupper():
                found.append((*match.span(), 0.9 if tail else 0.8 if told else 0.65))
        if cls.may_hold(reading):
            patterns = (*_CONTINENT, _BOX, _DUTCH_OR_GERMAN) if region == "NL" else (*_CONTINENT, _BOX)
            found.extend((*match.span(), 0.75) for pattern in patterns for match in pattern.finditer(text))
        last_end = 0
        for start, end, confidence in sorted(found, key=lambda each: (each[0], -each[1])):
            if start < last_end:
                continue
            try:
                value = cls.normalize(text[start:end])
            except InvalidIdentifier:
                continue
            last_end = end
            yield cls.seen(reading, (start, end), value, field, "form", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("at 123 N. Main Street, Dallas, TX 75201 now", "123 N. Main Street, Dallas, TX 75201",
                    "123 n main st 75201"),
            Example("come to 45 Elm Avenue Apt 2B.", "45 Elm Avenue Apt 2B", "45 elm ave apt 2b"),
            Example("10 Downing Street, London SW1A 2AA", "10 Downing Street, London SW1A 2AA",
                    "10 downing st sw1a 2aa"),
            Example("Musterstraße 12, 10115 Berlin", "Musterstraße 12, 10115 Berlin", "12 musterstrasse 10115"),
            Example("12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris", "12 rue de la paix 75002"),
            Example("PO Box 123, Austin, TX 78701", "PO Box 123, Austin, TX 78701", "box 123 78701"),
        )  # fmt: skip


_UK_CODE = re.compile(rf"(?<![a-z0-9])({FORMS['GB']})$", re.IGNORECASE)
_OTHER_CODE = re.compile(
    rf"(?:(?<![a-z0-9])(?:ab|bc|mb|nb|nl|ns|nt|nu|on|pe|qc|sk|yt),? )?(?<![a-z0-9])(?P<ca>{FORMS['CA']})$"
    r"|(?<![a-z0-9])(?:nsw|vic|qld|sa|wa|tas|act|nt),? (?P<au>[0-9]{4})$"
    rf"|(?<![a-z0-9])(?P<nl>{FORMS['NL']})(?: [a-z'\-]{{2,20}})?$",
    re.IGNORECASE,
)
"""A postcode of Canada, Australia or the Netherlands at the end of an address, with its province or state."""
_OWN_FOUR = re.compile(
    r"^[0-9].* (?:st|ave|blvd|rd|dr|ln|ct|pl|pkwy|ter|cir|hwy|sq|plz|trl|way|aly|cres|close|gdns|mews)"
    r"(?: (?:apt|unit|ste|rm|fl|bldg) [a-z0-9\-]{1,6})? (?P<four>[0-9]{4})$"
)
"""What a key of an Australian address looks like, of which the state is no part."""
_SUFFIX = re.compile(r" (north|south|east|west)$", re.IGNORECASE)
_OWN_UNIT = re.compile(
    r",? \b(?P<word>apt|apartment|suite|ste|unit|room|rm|floor|fl|bldg)\b\.? ?#?(?P<own>[a-z0-9\-]{1,6})"
    r"|,? #(?P<sign>[a-z0-9\-]{1,6})",
    re.IGNORECASE,
)
_UNIT_WORDS = {"apartment": "apt", "suite": "ste", "room": "rm", "floor": "fl"}
_NUMBER_LAST = re.compile(
    r"^(?P<street>[^\d,]+?),? (?:n[.º°]? ?)?(?P<number>\d{1,4}[a-z]?)(?P<rest>(?:,| |$).*)$", re.IGNORECASE
)


def _with_blank(code: re.Match[str]) -> str:
    """A postcode in small letters with one blank where its country writes one."""
    plain = (code.group("ca") or code.group("au") or code.group("nl")).replace(" ", "").lower()
    size = 3 if code.group("ca") else 4
    return f"{plain[:size]} {plain[size:]}".strip()


def _key(text: str) -> str:
    """The parts of an address in one order, empty if it has no street and no box."""
    # Imported here: most texts hold no address, and the room behind it loads its comparison too.
    from minerva.addresses.parse import parse_address

    text = re.sub(r"(?<=[a-z])str(?:\.|(?= \d))", "strasse", text.replace("ß", "ss"))
    text = re.sub(r"^(?:flat|apartment|unit|suite) \w{1,5}, ", "", text, flags=re.IGNORECASE)
    british = _UK_CODE.search(text)
    code = ""
    if british is not None:
        plain = british.group(1).replace(" ", "").lower()
        code, text = f"{plain[:-3]} {plain[-3:]}", text[: british.start()].rstrip(" ,")
    elif (other := _OTHER_CODE.search(text)) is not None:
        code, text = _with_blank(other), text[: other.start()].rstrip(" ,")
    elif (four := _OWN_FOUR.match(text)) is not None:
        code, text = four.group("four"), text[: four.start("four") - 1]
    box = re.search(r"\bbox (\d+)", text, re.IGNORECASE)
    swapped = _NUMBER_LAST.match(text)
    if swapped is not None and box is None:
        text = f"{swapped.group('number')} {swapped.group('street')}{swapped.group('rest')}"
    if box is not None:
        code = code or next(iter(re.findall(r"\b\d{5}\b", text[box.end() :])), "")
        return f"box {box.group(1)} {code}".strip()
    unit = ""
    own = _OWN_UNIT.search(text)
    if own is not None:
        word = (own.group("word") or "unit").lower()
        unit = f"{_UNIT_WORDS.get(word, word)} {own.group('own') or own.group('sign')}".lower()
        text = f"{text[: own.start()]}, {text[own.end() :].lstrip(' ,')}".rstrip(" ,")
    head = _SUFFIX.sub(lambda match: match[0][:2], text.split(",")[0])
    address = parse_address(head)
    if address.number is None or not address.street:
        return ""
    tail = re.findall(r"(?<!\d)\d{5}(?!\d)", text[len(head) :]) or re.findall(r"(?<=\D)\d{5}(?!\d)", head[6:])
    number = f"{address.number}-{address.number_end}" if address.number_end else str(address.number)
    street = " ".join(address.street)
    parts = [number, address.direction, street, address.street_type, unit, code or (tail[-1] if tail else "")]
    return " ".join(" ".join(parts).split())
