"""The strong identifiers that a record mentions anywhere, whether or not its source's facts have them searched for.

Evidence names an identifier once a field, and not all fields are searched; who must not be named is looked for in all.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from minerva.identifiers import KIND_BY_NAME, extract
from minerva.records.model import Evidence, Record
from minerva.records.rewriting import fields_of


@cache
def strong_kinds() -> tuple[str, ...]:
    """Names of the kinds that point to one actor."""
    return tuple(kind.NAME for kind in KIND_BY_NAME.values() if kind.STRONG and not kind.ATTRIBUTE)


def mentioned(record: Record, region: str = "", searched: Collection[str] = ()) -> list[str]:
    """Distinct `kind:value` of strong kinds, what a text may also stand for included, sorted.

    `region` (ISO 3166) is the hint that numbers without country code were read with. `searched` names the fields that
    have been searched with it already, so that the record's evidence says all that they hold.
    """
    items: list[Evidence] = list(record.evidence)
    for field, texts in {**fields_of(record), "source_key": tuple(record.source_key.split("|"))}.items():
        if field not in searched:
            items += [item for text in texts for item in strong_in(text, field, region or record.country)]
    found = {name for item in items for name in (item.identifier, *item.alternatives)}
    kinds = frozenset(strong_kinds())
    return sorted(name for name in found if name.partition(":")[0] in kinds)


def strong_in(text: str, field: str, region: str) -> list[Evidence]:
    """Evidence of strong kinds in one text, repeats included."""
    return extract(text, kinds=strong_kinds(), region=region or None, field=field)
