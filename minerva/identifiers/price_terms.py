"""Currencies, amounts and units as texts write them (data/prices.json), all in lower case without Latin accents."""

from __future__ import annotations

import re

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import UNSPACED, alternation
from minerva.identifiers.tables import table

_TABLE = table("prices")
NO_LETTER = rf"(?:(?<=[{UNSPACED}])|(?![^\W\d_]))"
"""Behind a word."""

_CURRENCY_OF_SIGN = {sign: currency for currency, signs in _TABLE["signs"].items() for sign in signs}
_CURRENCY_OF_NAME = {name: currency for currency, names in _TABLE["names"].items() for name in names}
NAMES = frozenset(_CURRENCY_OF_NAME)
SIGNS = frozenset(_CURRENCY_OF_SIGN)
ROSES = frozenset(_TABLE["roses"])
"""What ads write for the money of the place; round amounts alone, as bouquets are counted too."""
_FEWEST_ROSES, _ROUND, _ROUND_FOR_A_TIME = 40, 10, 5
_ALSO_NAMES = frozenset(_TABLE["also_names"])
_SHARED: dict[str, dict[str, str]] = _TABLE["shared"]
_ONLY_IN: dict[str, list[str]] = _TABLE["only_in"]
_NOT_IN: dict[str, list[str]] = _TABLE["not_in"]
_BEFORE_ONLY_IN: dict[str, list[str]] = _TABLE["before_only_in"]
_LEAST_THERE = 100
_LEAST: dict[str, int] = _TABLE["least_there"]
_OWN: dict[str, str] = _TABLE["own"]
DASHED = frozenset(_TABLE["dashed"])
"""Currencies of which a dash stands for the cents."""
_DOLLARS = frozenset(_TABLE["dollars"])
CURRENCIES = frozenset([*_CURRENCY_OF_SIGN.values(), *_CURRENCY_OF_NAME.values(), *_OWN.values()]).union(
    *[each.values() for each in _SHARED.values()]
)
_UNIT_OF: dict[str, str] = {word: unit for unit, words in _TABLE["units"].items() for word in words}
_UNITS = frozenset(_TABLE["units"])
_UNIT_ONLY_IN: dict[str, list[str]] = _TABLE["unit_only_in"]
SLANG: dict[str, str] = _TABLE["slang"]
_TIMES = {word: int(factor) for factor, words in _TABLE["multiples"].items() for word in words}

_MULTIPLE = rf"(?: ?(?:{alternation(list(_TIMES))})(?:(?<=[.{UNSPACED}])|(?![^\W\d_])))"
AMOUNT = (
    rf"(?:[0-9]{{1,3}}[.,][0-9](?={_MULTIPLE})"
    r"|(?:[0-9]{1,3}(?:[,. '\u2019\u00a0\u202f][0-9]{3}){1,3}|[0-9]{1,7})"
    rf"(?:[.,](?:[0-9]{{2}}(?![0-9]| ?[分小時时분])|-{{1,2}}))?){_MULTIPLE}?(?![0-9])"
)
_MINUTES, _HOURS = alternation(_TABLE["minutes"]), alternation(_TABLE["hours"])
_HALF_MORE = r"(?: ?(?:and|et|y|und|e|i) (?:a )?(?:half|demie?|media|meia|halb|mezza|pol)| setengah)"
COUNT = (
    rf"(?:[0-9]{{1,2}} ?(?:h|hr|std|ч) ?[0-5][0-9](?: ?min)?|(?:1/2|½) ?-?(?:{_HOURS})"
    rf"|[0-9]{{1,2}}(?:[.,][0-9]{{1,2}}|½)? ?-?(?:{_HOURS}){_HALF_MORE}?|[0-9]{{1,3}} ?-?(?:{_MINUTES})"
    r"|(?:15|20|30|40|45|50|60|75|80|90|120)m)"
)
"""A duration."""
WORD = alternation(list(_UNIT_OF))
UNIT = rf"(?:{COUNT}|{WORD}){NO_LETTER}"
_DURATION = late(
    rf"(?P<h>[0-9]{{1,2}}) ?(?:h|hr|std|ч) ?(?P<m>[0-5][0-9])(?: ?min)?|(?P<half>1/2|½) ?-?(?:{_HOURS})"
    rf"|(?P<hours>[0-9]{{1,2}})(?:[.,](?P<part>[0-9]{{1,2}})|(?P<more>½))? ?-?(?:{_HOURS})(?P<and>{_HALF_MORE})?"
    rf"|(?P<minutes>[0-9]{{1,4}}) ?-?(?:{_MINUTES}|m)"
)


_LONGEST = 1440
"""Minutes of the longest duration that is counted, a day."""


def unit_of(written: str, region: str | None) -> str:
    """The unit that some words write, in its normal form; empty if they are none in the region."""
    written = " ".join(written.split())
    if written in _UNITS:
        return written
    duration = _DURATION.fullmatch(written)
    if duration is not None:
        minutes = _minutes(duration)
        return f"{minutes} min" if 0 < minutes <= _LONGEST else ""
    if region is not None and region not in _UNIT_ONLY_IN.get(written, (region,)):
        return ""
    return _UNIT_OF.get(written, "")


def _minutes(duration: re.Match[str]) -> int:
    if duration["minutes"]:
        return int(duration["minutes"])
    if duration["half"]:
        return 30
    if duration["h"]:
        return int(duration["h"]) * 60 + int(duration["m"])
    more = duration["more"] or duration["and"]
    return round(float(f"{duration['hours']}.{'5' if more else duration['part'] or '0'}") * 60)


def number(written: str) -> str:
    """An amount without separators of thousands, its hundredths kept unless they are zero."""
    digits = re.match(r"[0-9.,' \u2019\u00a0\u202f\-]*", written)
    plain = re.sub(r"[ '\u2019\u00a0\u202f\-]", "", digits[0] if digits is not None else "")
    factor = _TIMES.get(written[len(digits[0]) if digits is not None else 0 :].strip(), 1)
    part = re.fullmatch(r"([0-9]{1,3})[.,]([0-9])", plain)
    if part is not None:
        return str(round(float(f"{part[1]}.{part[2]}") * factor))
    cents = re.search(r"[.,]([0-9]{2})$", plain)
    whole = int(re.sub(r"[^0-9]", "", plain[: cents.start()] if cents else plain) or "0") * factor
    return str(whole) if cents is None or cents[1] == "00" else f"{whole}.{cents[1]}"


def currency_of(sign: str, name: str, amount: str, region: str | None) -> str | None:
    """The currency that a sign or name before an amount, or one behind it (`name`), stands for in a region; None if
    it is another word there."""
    word = sign or name
    if word in _CURRENCY_OF_SIGN:
        return _OWN[region] if word == "$" and region in _DOLLARS and region else _CURRENCY_OF_SIGN[word]
    if region in _NOT_IN.get(word, ()):
        return None
    if region not in _ONLY_IN.get(word, (region,)) or (sign and region not in _BEFORE_ONLY_IN.get(word, (region,))):
        return None
    if word in _ONLY_IN and float(amount) < _LEAST.get(word, _LEAST_THERE):
        return None
    return _SHARED.get(word, {}).get(region or "") or _CURRENCY_OF_NAME.get(word)


def own_currency(region: str | None) -> str | None:
    """The money of a region, as far as it is known."""
    return _OWN.get(region or "")


def is_name_too(written: str) -> bool:
    """Whether a name of a currency as it is written is a first name or another word: `Ron`."""
    return written.istitle() and written.lower() in _ALSO_NAMES


def is_round(amount: str, unit: str) -> bool:
    """Whether so many roses are money: bouquets are counted too."""
    return (
        amount.isdigit()
        and int(amount) >= _FEWEST_ROSES
        and int(amount) % (_ROUND_FOR_A_TIME if unit.endswith("min") else _ROUND) == 0
    )
