"""How common words are in names of organizations wherever one looks, by country and kind of record, as data: what a set
of few records cannot show of itself.

benchmarks/registers/words.py counts them in open registers and writes the file, which says from what and how.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from minerva.addresses.postcodes import country_of_postcode
from minerva.linking.model import LinkRecord

FILE = Path(__file__).parents[1] / "data" / "word_frequencies.json"
_CALLING = (("phone:+44", "GB"), ("phone:+353", "IE"), ("phone:+1", "US"))
_PHONE, _ELSEWHERE = "phone:+", "-"
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Country -> kind of record -> word -> names that hold it."""


@lru_cache(maxsize=1)
def table() -> Counts:
    """Returns the words that are shipped, as `counted` of the benchmark gives them."""
    found: Counts = json.loads(FILE.read_text(encoding="utf-8"))["names"]
    return found


def country_of(record: LinkRecord) -> str:
    """Returns the country that a record's postcode tells, or its phone numbers where they agree; "" where neither
    does."""
    told = country_of_postcode(record.parsed_address().postcode)
    if told:
        return told
    phones = {next((country for start, country in _CALLING if value.startswith(start)), _ELSEWHERE)
              for value in record.identifiers if value.startswith(_PHONE)}  # fmt: skip
    return phones.pop() if len(phones) == 1 else ""


def known_words(*records: LinkRecord) -> Mapping[str, int]:
    """Returns word -> names that hold it, where the records are from and of the kinds that they are of."""
    countries = {country for record in records if (country := country_of(record))}
    kinds = {record.record_type for record in records if record.record_type}
    return words_of_kind(countries.pop() if len(countries) == 1 else "", kinds.pop() if len(kinds) == 1 else "")


@lru_cache(maxsize=256)
def words_of_kind(country: str, kind: str) -> Mapping[str, int]:
    """Returns the words of a country and kind; of all kinds the most, a doubling less, where that is not told or not
    counted; of all countries where that is not told, and none of one that is told and not counted."""
    kinds = [table().get(country, {})] if country else list(table().values())
    found: dict[str, int] = {}
    for each in kinds:
        less = 0 if kind in each else 1
        for words in [each[kind]] if kind in each else each.values():
            for word, names in words.items():
                found[word] = max(names >> less, found.get(word, 0))
    return found
