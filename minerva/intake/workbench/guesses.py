"""Guesses: what a column of a sample holds, told from its heading and its values. A guess is shown with its reason and
decides nothing: what becomes of a column is chosen by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from minerva.intake.mapping.dates import parse_moment
from minerva.places.countries import country_code, region_code
from minerva.places.towns import locate

FORMATS = (
    "iso", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y", "%m-%d-%Y", "%d %b %Y", "%d %B %Y",
    "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%m/%d/%y", "%d/%m/%y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f",
    "%a, %d %b %Y %H:%M:%S %z", "epoch", "epoch_ms",
)  # fmt: skip
"""Formats of dates that are tried, in this order; strptime's are those of `observed.formats`."""
_DAY_AND_MONTH = {"%m/%d/%Y": "%d/%m/%Y", "%m/%d/%y": "%d/%m/%y", "%m-%d-%Y": "%d-%m-%Y"}
_BARE = {"%Y%m%d": 8, "epoch": 10, "epoch_ms": 13}
_DATED = re.compile(r"[\d/.\-:, ]*(?:[A-Za-z]{3,9}\.?)?[\d/.\-:, ]*(?:[AaPp][Mm])?|[A-Za-z]{3}, \d.*")
_LETTERS = re.compile(r"[A-Za-z]{3}")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]")
_MOST_VALUES = 100
_NAMED_SHARE = 0.6
"""Share of the values that must fit what the heading says."""
_DOUBTED_SHARE = 0.25
"""Share that is enough where nothing else is known of the column: the guess then says how many values do not fit."""


@dataclass(frozen=True)
class Guess:
    """kind: a word such as `phone`, or ""; why: the reason in words; forms: the formats of a date; sure: whether
    heading and values both say so."""

    kind: str
    why: str = ""
    forms: tuple[str, ...] = ()
    sure: bool = False


def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading in lower case: `businessName`, `Business_Name` and `BUSINESS NAME` are alike."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", heading)
    return tuple(word for word in re.split(r"[^0-9A-Za-z\u00c0-\u024f]+", parted.lower()) if word)


def guess(heading: str, values: Sequence[str], country: str = "") -> Guess:
    """What a column holds; kind "" where nothing speaks for anything. `country` decides between orders of a date.

    A heading counts where the values do not speak against it; values alone where they can hardly be anything else.
    """
    words = " ".join(words_of(heading))
    shown = [value.strip() for value in values if value.strip()][:_MOST_VALUES]
    for kind, headings, test, _ in _RULES:
        if headings and headings.fullmatch(words) and (not shown or _share(test, shown, country) >= _NAMED_SHARE):
            return _told(kind, "its heading and its values" if shown else "its heading", shown, country, bool(shown))
    for kind, headings in _BY_HEADING:
        if headings.fullmatch(words):
            return Guess(kind, "its heading")
    if not shown:
        return Guess("")
    for kind, _, test, alone in _RULES:
        if alone and _share(test, shown, country) >= alone:
            return _told(kind, "its values", shown, country, False)
    if doubted := _doubted(words, shown, country):
        return doubted
    if sum(len(value) for value in shown) > 60 * len(shown):
        return Guess("text", "long texts")
    return Guess("number", "numbers only") if _share(_is_number, shown, country) >= 0.95 else Guess("")


def _doubted(words: str, shown: Sequence[str], country: str) -> Guess | None:
    """What the heading says where only some values fit it: a small sample with one bad value is no unknown column."""
    for kind, headings, test, _ in _RULES:
        if headings and headings.fullmatch(words):
            fit = [value for value in shown if test(value, country)]
            if fit and len(fit) >= _DOUBTED_SHARE * len(shown):
                bad = len(shown) - len(fit)
                return _told(kind, f"its heading; {bad} of {len(shown)} values do not fit it", fit, country, False)
    return None


def date_formats(values: Sequence[str], country: str = "") -> tuple[tuple[str, ...], bool]:
    """The fewest formats that read the values, at most three, and whether it is plain that they are the right ones."""
    left = [value.strip() for value in values if value.strip()][:_MOST_VALUES]
    chosen: list[str] = []
    total, plain = len(left), True
    while left and len(chosen) < 3:
        best = max(FORMATS, key=lambda form: sum(_is_moment(value, form) for value in left))
        read = [value for value in left if _is_moment(value, best)]
        if not read:
            break
        other = _DAY_AND_MONTH.get(best)
        if other and all(_is_moment(value, other) for value in read):
            plain = False
            best = best if country in ("US", "") else other
        chosen.append(best)
        left = [value for value in left if not _is_moment(value, best)]
    return tuple(chosen), plain and len(left) * 20 <= total


def _told(kind: str, why: str, values: Sequence[str], country: str, sure: bool) -> Guess:
    if kind != "date":
        return Guess(kind, why, sure=sure)
    forms, plain = date_formats(values, country)
    return Guess(kind, why if plain else f"{why}; see whether day and month are right", forms, sure and plain)


def _share(test: Callable[[str, str], bool], values: Sequence[str], country: str) -> float:
    return sum(1 for value in values if test(value, country)) / len(values)


def _matches(pattern: str) -> Callable[[str, str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda value, _: compiled.fullmatch(value.strip()) is not None


def _is_moment(value: str, form: str) -> bool:
    if value.isdigit():
        if form not in _BARE or len(value) != _BARE[form]:
            return False
    elif form in _BARE or not _DATED.fullmatch(value) or ("b" in form.lower()) != bool(_LETTERS.search(value)):
        return form == "iso" and bool(_STAMP.match(value)) and parse_moment(value, form) is not None
    moment = parse_moment(value, form)
    return moment is not None and 1900 <= moment.year <= datetime.now().year + 50


def _is_date(value: str, _: str) -> bool:
    return any(_is_moment(value, form) for form in FORMATS)


def _is_plain_date(value: str, _: str) -> bool:
    """A date that can be nothing else: no bare number."""
    return not value.isdigit() and any(_is_moment(value, form) for form in FORMATS)


def _is_phone(value: str, _: str) -> bool:
    digits = sum(character.isdigit() for character in value)
    shaped = re.fullmatch(r"[+(]?[\d(][\d\s().\-/]*\d(?:\s*(?:x|ext\.?)\s*\d+)?", value.strip(), re.IGNORECASE)
    return shaped is not None and 7 <= digits <= 17 and not _is_decimal(value, "")


def _is_plain_phone(value: str, country: str) -> bool:
    """A number that can be nothing but a phone, whatever its heading."""
    signs = re.search(r"^\+|\(\d{3}\)|\d{3}[\-.\s]\d{3,4}[\-.\s]?\d{3,4}", value.strip())
    return signs is not None and _is_phone(value, country) and not _is_date(value, country)


def _is_decimal(value: str, _: str) -> bool:
    return re.fullmatch(r"-?\d+\.\d{1,5}|-?\d{1,3}\.\d+", value) is not None


def _is_degrees(most: float) -> Callable[[str, str], bool]:
    def test(value: str, _: str) -> bool:
        return re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", value.strip()) is not None and abs(float(value)) <= most

    return test


def _is_number(value: str, _: str) -> bool:
    return re.fullmatch(r"-?\d[\d,]*(?:\.\d+)?", value.strip()) is not None


def _is_country(value: str, _: str) -> bool:
    return bool(country_code(value.strip()))


def _is_region(value: str, country: str) -> bool:
    return bool(region_code(value.strip(), country or "US")) or _is_words(value, country)


def _is_region_code(value: str, country: str) -> bool:
    return len(value.strip()) == 2 and bool(region_code(value.strip(), country or "US"))


def _is_words(value: str, _: str) -> bool:
    return re.fullmatch(r"[^\W\d_][^\d@/]{1,79}", value.strip()) is not None


def _is_town(value: str, country: str) -> bool:
    return _is_words(value, country) and locate(value.strip(), country=country, default_country=country) is not None


def _any(value: str, _: str) -> bool:
    return bool(value)


_EMAIL = r"[^\s@]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}"
_URL = r"(?:https?://\S+|(?:www\.)?(?:[a-z0-9_-]+\.)+[a-z]{2,24}(?:/\S*)?)"
_POSTCODE = (
    r"\d{5}(?:-?\d{4})?|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|\d{4}\s?[a-z]{2}|"
    r"\d{3,6}|bt\d{1,2}\s?\d[a-z]{2}"
)
_LETTERED_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d"
_STREET = (
    r"\d+[a-z]?\s+[^,]+\s(?:st|street|ave|avenue|road|rd|blvd|boulevard|drive|dr|lane|ln|way|court|ct|pl|place|sq|square|"
    r"terrace|close|hwy|highway|pkwy)\b.*"
)
_CODE = r"[A-Z0-9][A-Z0-9./\- ]{1,39}"
_NO = r"no|nos|nbr|num|number|numbers|id|code|ref|reference"

Test = Callable[[str, str], bool]


def _rule(kind: str, heading: str, test: Test, alone: float = 0) -> tuple[str, re.Pattern[str] | None, Test, float]:
    return kind, re.compile(heading) if heading else None, test, alone


# Kind, words of the heading, test of a value, share of values that is enough without the heading (0: never).
_RULES = (
    _rule("email", r"(?:.* )?e ?mails?(?: (?:address|addresses|\d))?|mail", _matches(_EMAIL), 0.8),
    _rule(
        "phone",
        rf"(?:.* )?(?:phones?|tel|telephone|mobile|cell|fax|whatsapp)(?: (?:{_NO}|\d+))?|contact number",
        _is_phone,
    ),
    _rule(
        "date",
        r"(?:.* )?(?:date|dates|on|at|time|posted|created|updated|modified|issued|expires|expiry|expiration|effective|"
        r"opened|closed|incorporated|dob)|date .*|start|end|valid until",
        _is_date,
    ),
    _rule("latitude", "(?:.* )?(?:lat|latitude)|y", _is_degrees(90)),
    _rule("longitude", "(?:.* )?(?:lon|lng|long|longitude)|x", _is_degrees(180)),
    _rule(
        "url", "(?:.* )?(?:urls?|links?|website|web|homepage)(?: address)?|(?:web )?(?:site|page)", _matches(_URL), 0.8
    ),
    _rule("license_number", rf"(?:.* )?(?:license|licence|permit|lic)(?: (?:{_NO}))?", _matches(_CODE)),
    _rule(
        "company_number",
        rf"(?:.* )?(?:company|companies house|entity|registration|registered|reg|charity|corporation|org)"
        rf"(?: registration)? (?:{_NO})|crn|ein|siren|lei",
        _matches(_CODE),
    ),
    _rule(
        "postcode", r"(?:.* )?(?:zip|postcode|post code|postal code|plz|eircode)(?: (?:code|\d))?", _matches(_POSTCODE)
    ),
    _rule("country", "(?:.* )?(?:country|nation)(?: code)?|nationality", _is_country, 0.95),
    _rule("region", "(?:.* )?(?:state|region|province|county)(?: (?:code|name))?", _is_region),
    _rule("city", "(?:.* )?(?:city|town|municipality|locality|suburb)(?: name)?|place", _is_words),
    _rule(
        "amount",
        "(?:.* )?(?:price|amount|fee|cost|fine|penalty|salary|wage)s?|total|value",
        _matches(r"[$\u20ac\u00a3]?\s?-?\d[\d,. ]*\s?(?:[a-z]{3}|[$\u20ac\u00a3])?"),
    ),
    _rule(
        "username",
        "(?:.* )?(?:user|username|user name|handle|screen name|nick|nickname|login)|"
        "twitter|instagram|facebook|telegram",
        _matches(r"@?[\w.\-]{2,40}"),
    ),
    _rule(
        "address",
        r"(?!(?:.* )?(?:e ?mail|mail|web|ip|url)\b)(?:.* )?(?:address|street|addr|premises)"
        r"(?: (?:\d+|line|line \d|full|name|number))?",
        lambda value, _: bool(value),
    ),
    _rule("phone", "", _is_plain_phone, 0.8),
    _rule("date", "", _is_plain_date, 0.95),
    _rule("address", "", _matches(_STREET), 0.7),
    _rule("postcode", "", _matches(_LETTERED_POSTCODE), 0.8),
    _rule("region", "", _is_region_code, 0.95),
    _rule("amount", "", _matches(r"[$\u20ac\u00a3]\s?\d[\d,.]*"), 0.8),
)
_BY_HEADING = tuple(
    (kind, re.compile(heading))
    for kind, heading in (
        ("key", rf"(?:.* )?(?:id|key|uuid|guid|objectid|fid|urn|serial|record)(?: (?:{_NO}))?|(?:{_NO})"),
        ("title", "title|headline|subject|heading"),
        ("text", "(?:.* )?(?:text|body|description|descr|details|notes?|comments?|content|narrative|message|summary)"),
        ("name", "(?:.* )?(?:name|names)|dba|business|company|establishment|operator|trading as|organi[sz]ation"),
        ("status", "(?:.* )?status"),
    )
)
