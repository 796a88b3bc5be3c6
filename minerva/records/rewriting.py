"""A record with parts of its texts replaced: what other evidence points to moves along, what was replaced is gone.

The record is built anew, so its id follows from what it holds then: an id made of the replaced words would let
somebody who guesses them check the guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from minerva.records.model import TEXT_KEYS, AttributeValue, Evidence, Record

DERIVED = "lexicon_"
"""Attributes that are derived from the texts begin so; a record's id does not cover them."""
ATTRIBUTES = "attributes."


class Cut(NamedTuple):
    """`text[start:end]` becomes `instead`."""

    start: int
    end: int
    instead: str


Cuts = Callable[[str, str], Iterable[Cut]]
"""(field, text) -> what is replaced in it; cuts may overlap."""


def fields_of(record: Record) -> dict[str, tuple[str, ...]]:
    """Event key -> texts of all that a source has said in a record: its texts, and attributes as `attributes.<name>`.

    An attribute has one text for each of its values.
    """
    found: dict[str, tuple[str, ...]] = {key: (str(getattr(record, key)),) for key in TEXT_KEYS if getattr(record, key)}
    for name, value in _own(record.attributes).items():
        found[ATTRIBUTES + name] = (value,) if isinstance(value, str) else tuple(value)
    return found


def rewritten(
    record: Record,
    cuts: Cuts,
    source_key: str = "",
    added: Mapping[str, Sequence[str]] | None = None,
    left_out: Iterable[str] = (),
) -> Record:
    """The record with cuts made in each of its texts; itself if nothing changes.

    `source_key` takes the place of the source's own key, `added` are attributes more, `left_out` event keys of
    attributes that go. Evidence that a cut touches is dropped. Raises RecordError.
    """
    before = fields_of(record)
    kept = {key: texts for key, texts in before.items() if key not in set(left_out)}
    made = {key: [merged(cuts(key, text), text) for text in texts] for key, texts in kept.items()}
    after = {key: tuple(map(_apply, texts, made[key])) for key, texts in kept.items()}
    if after == before and not added and source_key in ("", record.source_key):
        return record
    attributes: dict[str, AttributeValue] = {
        key[len(ATTRIBUTES) :]: texts if isinstance(record.attributes[key[len(ATTRIBUTES) :]], tuple) else texts[0]
        for key, texts in after.items()
        if key.startswith(ATTRIBUTES)
    }
    attributes.update({name: tuple(values) for name, values in (added or {}).items()})
    derived = {name: value for name, value in record.attributes.items() if name.startswith(DERIVED)}
    moved = [item for each in record.evidence for item in _moved(each, kept.get(each.field, ()), made.get(each.field))]
    built = Record.build(
        record_type=record.record_type, source_id=record.source_id, tenant_id=record.tenant_id,
        natural_key=source_key or record.source_key, observed_time=record.observed_time,
        texts={key: texts[0] for key, texts in after.items() if not key.startswith(ATTRIBUTES)},
        attributes=attributes, marking=record.marking,
    )  # fmt: skip
    return built.with_evidence(moved, derived)


def merged(cuts: Iterable[Cut], text: str) -> list[Cut]:
    """The cuts in order and apart from each other: those that overlap become one, with the first one's words."""
    found: list[Cut] = []
    for cut in sorted(each for each in cuts if 0 <= each.start < each.end <= len(text)):
        if found and cut.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, cut.end))
        else:
            found.append(cut)
    return found


def _own(attributes: Mapping[str, AttributeValue]) -> dict[str, AttributeValue]:
    return {name: value for name, value in attributes.items() if not name.startswith(DERIVED)}


def _apply(text: str, cuts: Sequence[Cut]) -> str:
    parts, at = [], 0
    for cut in cuts:
        parts += [text[at : cut.start], cut.instead]
        at = cut.end
    return "".join([*parts, text[at:]])


def _moved(item: Evidence, texts: Sequence[str], cuts: Sequence[Sequence[Cut]] | None) -> list[Evidence]:
    """The evidence where it stands now; none if a cut touches it, or if it stands in no text of its field."""
    for text, made in zip(texts, cuts or ()):
        if text[item.start : item.end] != item.raw:
            continue
        if any(cut.start < item.end and item.start < cut.end for cut in made):
            return []
        shift = sum(len(cut.instead) - (cut.end - cut.start) for cut in made if cut.end <= item.start)
        return [item._replace(start=item.start + shift, end=item.end + shift)]
    return []
