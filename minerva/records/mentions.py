"""The strong identifiers that a record mentions anywhere, whether or not its source's facts have them searched for.

Evidence names an identifier once a field, and not all fields are searched; who must not be named is looked for in all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from minerva.identifiers import KIND_BY_NAME, extract, extract_each
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
    for field, text in _unsearched(record, searched):
        items += strong_in(text, field, region or record.country)
    return _strong(items)


def mentioned_each(given: Sequence[tuple[Record, str, Collection[str]]]) -> list[list[str]]:
    """What `mentioned` says of each (record, region, searched): a text that comes again is searched once."""
    asked: list[list[tuple[str, str]]] = []
    found: dict[tuple[str, str], list[Evidence]] = {}
    for record, region, searched in given:
        hint = region or record.country
        own = [(text, hint) for _, text in _unsearched(record, searched)]
        asked.append(own)
        found.update((search, []) for search in own)
    searches = list(found)
    each = extract_each(
        [text for text, _ in searches], kinds=strong_kinds(), regions=[at or None for _, at in searches]
    )
    found.update(zip(searches, each))
    return [
        _strong([*record.evidence, *(item for search in own for item in found[search])])
        for (record, _, _), own in zip(given, asked)
    ]


def _unsearched(record: Record, searched: Collection[str]) -> Iterator[tuple[str, str]]:
    """(field, text) of all that a record holds outside of the searched fields, its key in parts."""
    for field, texts in {**fields_of(record), "source_key": tuple(record.source_key.split("|"))}.items():
        if field not in searched:
            for text in texts:
                yield field, text


def _strong(items: Sequence[Evidence]) -> list[str]:
    found = {name for item in items for name in (item.identifier, *item.alternatives)}
    kinds = frozenset(strong_kinds())
    return sorted(name for name in found if name.partition(":")[0] in kinds)


def strong_in(text: str, field: str, region: str) -> list[Evidence]:
    """Evidence of strong kinds in one text, repeats included."""
    return extract(text, kinds=strong_kinds(), region=region or None, field=field)
