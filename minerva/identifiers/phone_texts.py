"""Phones of many texts: in lockstep (lockstep.py), or at once with numpy, with the answers of `phone.in_text`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minerva.identifiers import numbering, unplaced_phones
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kept import answers_to
from minerva.identifiers.lockstep import in_groups
from minerva.identifiers.phone import search_anywhere
from minerva.identifiers.phone_columns import PhoneColumns
from minerva.identifiers.plans import Dialing
from minerva.identifiers.unplaced_phones import Reading


def in_texts(texts: Sequence[str], regions: Sequence[str | None], field: str) -> list[list[Evidence]]:
    """`phone.in_text` of each text, with its region, in lockstep."""
    found = _hits_by_region(texts, regions)
    return [unplaced_phones.as_evidence(text, field, own) if own else [] for text, own in zip(texts, found)]


def hits_in_each(texts: Sequence[str], rules: Iterable[Dialing]) -> list[list[Reading]]:
    """The phones of each text, with its rules, in lockstep; each with what else it may be."""
    return in_groups(map(search_anywhere, texts, rules), texts)


def find_in_each(
    texts: Sequence[str], regions: Sequence[str | None], known: dict[tuple[str, str | None], list[Reading]]
) -> PhoneColumns:
    """What `phone.in_text` finds in each text, with its region. What short texts hold is kept in `known`, as titles
    repeat."""
    found = answers_to(list(zip(texts, regions)), known, _hits_by_region)
    rows = [(place, *hit, others) for place, own in enumerate(found) for hit, others in own]
    return PhoneColumns(*map(list, zip(*rows))) if rows else PhoneColumns.none()


def _hits_by_region(texts: Sequence[str], regions: Sequence[str | None]) -> list[list[Reading]]:
    return hits_in_each(texts, map(numbering.hinted, regions))


_MANY = 100


def find_in_all(texts: Sequence[str], regions: Sequence[str | None]) -> PhoneColumns:
    """What `phone.in_text` finds in each text, with its region, many at once. Needs numpy, whose steps cost more than
    they save where there are few texts."""
    if len(texts) < _MANY:
        return find_in_each(texts, regions, {})
    from minerva.identifiers import phone_batch_numpy

    return phone_batch_numpy.find_all(texts, regions)
