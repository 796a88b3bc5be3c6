"""Prices with their currency and what they are for: `$120/hr`, `60 min 90 €`, `500 baht per night`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.price_lists import Stated, others_of_lists
from minerva.identifiers.price_patterns import NORMAL, PRICE, PRICE_ALONE, unit_before
from minerva.identifiers.price_terms import (
    CURRENCIES,
    DASHED,
    NAMES,
    ROSES,
    SIGNS,
    currency_of,
    is_name_too,
    is_round,
    number,
    own_currency,
    unit_of,
)
from minerva.identifiers.reading import Reading


class Price(Kind):
    """`<ISO 4217> <amount>[ / <unit>]`: `USD 120 / 60 min`. Dollars are the region's own where it has some."""

    NAME = "price"
    TITLE = "Price"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        reading = Reading(value)
        normal = NORMAL.fullmatch(reading.text.strip())
        if normal is not None and normal[1] in CURRENCIES and normal[3] is None:
            return f"{normal[1]} {number(normal[2])}"
        if normal is not None and normal[1] in CURRENCIES and unit_of(normal[3], None) == normal[3]:
            return f"{normal[1]} {number(normal[2])} / {normal[3]}"
        match = PRICE_ALONE.fullmatch(reading.folded.strip())
        price = _normal(match, match["unit"] or match["glued"], region) if match is not None else None
        if price is None:
            raise InvalidIdentifier(cls.NAME, "expected an amount with its currency")
        return price

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        text = reading.text
        return (
            "$" in text
            or ",-" in text
            or ":-" in text
            or not reading.words.isdisjoint(NAMES)
            or not reading.words.isdisjoint(ROSES)
            or not reading.words.isdisjoint(_SLANG)
            or (not text.isascii() and any([sign in reading.folded for sign in _FOREIGN]))  # noqa: C419 -- half the time
        )

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        if not cls.may_hold(reading):
            return
        folded = reading.folded
        found = list(_stated(reading, region))
        found += others_of_lists(folded, found, own_currency(region), region)
        for start, end, value, confidence in sorted(found):
            yield cls.seen(reading, (start, end), value, field, "currency", confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("only $120/hr today", "$120/hr", "USD 120 / 60 min"),
            Example("60 min 90 €", "60 min 90 €", "EUR 90 / 60 min"),
            Example("£80 half hour", "£80 half hour", "GBP 80 / 30 min"),
            Example("rent 1,500 usd per month", "1,500 usd per month", "USD 1500 / month"),
            Example("$99.50", "$99.50", "AUD 99.50", region="AU"),
            Example("80 roses half hour", "80 roses half hour", "USD 80 / 30 min", region="US"),
        )


_SLANG = frozenset(["hh", "qv", "hr"])
_FOREIGN = frozenset([word for word in [*SIGNS, *NAMES] if not word.isascii()]).union(["kc", "zl", "d"])


def _stated(reading: Reading, region: str | None) -> Iterator[Stated]:
    """The prices of a text whose currency stands with them."""
    folded = reading.folded
    last_end = 0
    for match in PRICE.finditer(folded):
        start, end, unit = match.start(), match.end(), match["unit"] or match["glued"]
        if is_name_too(reading.text[match.start("name") : match.end("name")] if match["name"] else ""):
            continue
        may_be_before = unit is None or match["weak"] is not None
        before = unit_before(folded, last_end, start, region) if may_be_before else None
        if before is not None:
            # "30m £30 45m £42": what stands before the first belongs to it.
            unit, start = before
            end = match.start("behind_price") if match["weak"] is not None else end
        elif unit is not None and not unit_of(unit, region):
            unit, end = None, match.start("behind_price")
        value = _normal(match, unit, region)
        if value is None:
            continue
        last_end = end
        confidence = 0.95 if unit else 0.9
        if (match["name"] or "") in ROSES:
            confidence = 0.8 if unit else 0.7
        # Of two amounts, "80-120 €", the unit stands with the last.
        if match["high"] is not None:
            yield Stated(start, match.end("after"), _with(match, number(match["after"]), "", region) or value, 0.9)
            start, value = match.start("high"), _with(match, number(match["high"]), unit_of(unit or "", region), region)
        elif match["low"] is not None and (first := _with(match, number(match["low"]), "", region)) is not None:
            yield Stated(match.start("low"), match.end("low"), first, 0.7)
            start = max(start, match.start("amount"))
        if value is not None:
            yield Stated(start, end, value, confidence)


def _normal(match: re.Match[str], unit: str | None, region: str | None) -> str | None:
    """None for what only looks like a known word to a pattern."""
    amount = number(match["after"] or match["amount"] or match["dashed"])
    return _with(match, amount, unit_of(unit, region) if unit else "", region)


def _with(match: re.Match[str], amount: str, unit: str, region: str | None) -> str | None:
    """An amount in the currency of a match, for a unit or none."""
    name = match["name"] or ""
    if name in ROSES:
        currency = own_currency(region) or "USD"
        if not is_round(amount, unit):
            return None
    elif match["dashed"] is not None:
        currency = own_currency(region) or ""
        if currency not in DASHED:
            return None
    else:
        currency = currency_of(match["sign"] or match["behind"] or "", name, amount, region) or ""
    if not currency:
        return None
    return f"{currency} {amount}" + (f" / {unit}" if unit else "")
