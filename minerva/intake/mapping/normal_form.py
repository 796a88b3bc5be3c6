"""Normal form of values by the type of their field: dates, countries, regions, languages, amounts, numbers.

What cannot be read for certain stays as the source wrote it: a day that may be a month is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Union

from minerva.intake.mapping.dates import format_utc, parse_moment
from minerva.places.countries import CODED_REGIONS, country_code, region_code

Value = Union[str, "list[str]"]

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00:00(?:\.0+)?Z?")
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})")
_MONTH_DAY = re.compile(r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WHOLE_DAY_S = 86_400
_AMOUNT = re.compile(
    r"(?P<before>[A-Z]{2,3}\$?|[$€£₹₽₴₺₩฿₱])?\s*(?P<number>-?\d[\d.,' ]*)\s*(?P<after>[A-Z]{3}|[€£₽₴₺])?"
)
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW", "฿": "THB", "₱": "PHP"}
"""Signs of one currency; the dollar's is of many."""
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


def normal_attributes(
    attributes: Mapping[str, Value], types: Mapping[str, str], formats: Mapping[str, Sequence[str]]
) -> dict[str, Value]:
    """Returns the attributes in the normal form of their types. formats: of dates, by name, where the facts say them;
    an attribute of the source's own is a date by them.

    An amount with its currency beside it fills `currency`, where the kind has that field and the source none.
    """
    made: dict[str, Value] = {}
    for name, value in attributes.items():
        kind = types.get(name, "")
        if kind == "date" or formats.get(name):
            made[name] = _each(value, partial(normal_date, formats=formats.get(name, ())))
        elif kind in _FORMS:
            made[name] = _each(value, _FORMS[kind])
        else:
            made[name] = value
        if kind == "amount" and isinstance(value, str) and "currency" in types and not attributes.get("currency"):
            made["currency"] = currency_of(value)
    return made


def normal_place(texts: dict[str, str], default_country: str) -> None:
    """Puts a country's code, and a region's where addresses write it so, in place of their names."""
    if texts.get("country"):
        texts["country"] = normal_country(texts["country"])
    country = texts.get("country") or default_country
    if texts.get("region") and country in CODED_REGIONS:
        texts["region"] = region_code(texts["region"], country) or texts["region"]


def normal_country(text: str) -> str:
    """Returns the ISO 3166-1 code, or the text of what is no country or may be two."""
    return country_code(text) or text


def normal_language(text: str) -> str:
    """Returns the code of a language tag without its region, in lower case; other texts as they are."""
    found = _LANGUAGE.fullmatch(text.strip())
    return found[1].lower() if found else text


def normal_date(text: str, formats: Sequence[str] = ()) -> str:
    """Returns a year, month, day or moment (UTC) as precisely as it is stated.

    formats: as of `observed`. Without them ISO, eight digits and days with the month in English words are read;
    `03/04/2026` needs a format.
    """
    text = text.strip()
    for form in formats:
        moment = parse_moment(text, form)
        if moment is not None:
            return _written(moment, form)
    midnight = _MIDNIGHT.fullmatch(text)
    if midnight or _DAY.fullmatch(text):
        return midnight[1] if midnight else text
    moment = parse_moment(text, "iso")
    if moment is not None:
        return _written(moment, "iso")
    found = _COMPACT.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3])) or text
    found = _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text)
    return (found and _day(int(found["year"]), _month(found["month"]), int(found["day"]))) or text


def normal_amount(text: str) -> str:
    """Returns an amount as digits with a decimal point, without separators and currency."""
    found = _AMOUNT.fullmatch(text.strip())
    return (found and _number(found["number"].strip(), hundreds=True)) or text


def normal_number(text: str) -> str:
    """Returns a number without separators of thousands; `1,234` may be either and stays."""
    return _number(text.strip(), hundreds=False) or text


def currency_of(text: str) -> str:
    """Returns the ISO 4217 code that stands beside an amount, "" if none does or its sign is of several."""
    found = _AMOUNT.fullmatch(text.strip())
    beside = (found["before"] or found["after"] or "") if found else ""
    return _SIGNS.get(beside, beside if len(beside) == 3 and beside.isalpha() else "")


def _each(value: Value, form: Callable[[str], str]) -> Value:
    return form(value) if isinstance(value, str) else [form(item) for item in value]


def _written(moment: datetime, form: str) -> str:
    """The moment as precisely as its format states it."""
    if form in ("iso", "epoch", "epoch_ms"):
        whole_day = moment.timestamp() % _WHOLE_DAY_S == 0 if form != "iso" else False
        return moment.strftime("%Y-%m-%d") if whole_day or (form == "iso" and _is_midnight(moment)) else _stamp(moment)
    if re.search("%[HIXcsT]", form) and not _is_midnight(moment):
        return _stamp(moment)
    return moment.strftime("%Y-%m-%d" if re.search("%[djxD]", form) else "%Y-%m" if re.search("%[mbB]", form) else "%Y")


def _stamp(moment: datetime) -> str:
    return format_utc(moment) if moment.tzinfo else moment.strftime("%Y-%m-%dT%H:%M:%S")


def _is_midnight(moment: datetime) -> bool:
    return moment.tzinfo is None and not (moment.hour or moment.minute or moment.second)


def _month(word: str) -> int:
    """The number of a month by its English name or a beginning of it, 0 if there is none."""
    return next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), 0)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str, hundreds: bool) -> str:
    """Digits with a decimal point; hundreds: at most two decimals are written, so that three digits are thousands."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    digits = digits.replace(" ", "").replace("'", "")
    marks = sorted(set(re.sub(r"\d", "", digits)))
    if len(marks) == 2:
        decimal = max(marks, key=digits.rindex)
        other = marks[0] if decimal == marks[1] else marks[1]
        whole, _, part = digits.rpartition(decimal)
        if not re.fullmatch(rf"\d{{1,3}}(\{other}\d{{3}})+", whole) or not part.isdigit():
            return ""
        return f"{sign}{whole.replace(other, '')}.{part}"
    if len(marks) == 1:
        mark = marks[0]
        if re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}}){{2,}}", digits):
            return sign + digits.replace(mark, "")
        if re.fullmatch(rf"\d{{1,3}}\{mark}\d{{3}}", digits):
            return sign + digits.replace(mark, "") if hundreds else ""
        if re.fullmatch(rf"\d+\{mark}\d+", digits) and (mark == "." or hundreds):
            return sign + digits.replace(mark, ".")
        return ""
    return sign + digits if digits.isdigit() else ""


_FORMS: Mapping[str, Callable[[str], str]] = {
    "country": normal_country, "language": normal_language, "amount": normal_amount, "number": normal_number,
}  # fmt: skip
