"""Identifiers of many texts: what `extract` finds in each of them, read in lockstep (lockstep.py)."""

from __future__ import annotations

from collections.abc import Sequence

from minerva.identifiers.evidence import Evidence, by_span
from minerva.identifiers.kind import Kind
from minerva.identifiers.lockstep import groups, in_groups
from minerva.identifiers.reading import Reading


def extract_each(
    texts: Sequence[str],
    kinds: Sequence[type[Kind]],
    are_addresses: bool,
    regions: Sequence[str | None],
    field: str,
) -> list[list[Evidence]]:
    """The identifiers of `kinds` in each text, with its region, by start. `are_addresses`: the kinds are e-mail
    addresses, and URLs or domains."""
    found = _found(texts, kinds, are_addresses, regions, field)
    for own in found:
        if len(own) > 1:
            own.sort(key=by_span)
    return found


def _found(
    texts: Sequence[str],
    kinds: Sequence[type[Kind]],
    are_addresses: bool,
    regions: Sequence[str | None],
    field: str,
) -> list[list[Evidence]]:
    names = [kind.NAME for kind in kinds]
    if names == ["phone"]:
        from minerva.identifiers import phone_texts

        return phone_texts.in_texts(texts, regions, field)
    if names == ["email"]:
        from minerva.identifiers import email

        return email.in_texts(texts, field)
    if are_addresses:
        from minerva.identifiers import url

        searches = (url.search_addresses(text, kinds, region, field) for text, region in zip(texts, regions))
        return in_groups(searches, texts)
    found: list[list[Evidence]] = []
    for count in groups(texts):
        first = len(found)
        found += _kind_by_kind(texts[first : first + count], kinds, regions[first : first + count], field)
    return found


def _kind_by_kind(
    texts: Sequence[str], kinds: Sequence[type[Kind]], regions: Sequence[str | None], field: str
) -> list[list[Evidence]]:
    readings = list(map(Reading, texts))
    found: list[list[Evidence]] = [[] for _ in texts]
    for kind in kinds:
        for own, more in zip(found, kind.extract_each(readings, regions, field)):
            own += more
    return found
