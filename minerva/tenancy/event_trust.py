"""Which events are records as the app's handler signed them, from the first letter of their text to the last.

The text of an event is what was signed, and a field of a record counts as far as the text says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Union

from minerva.records.model import INDEX_PREFIX
from minerva.records.shown import IDENTIFIER, is_of_record, shown
from minerva.records.signing import FIELDS, Signed, SignedText, signed_row, signed_text
from minerva.tenancy.signing import MOST_CHECKED

TRUST, SIGNED_WORDS, UNTRUSTED_WORDS = "trust", "signed by Minerva", "untrusted: not stored by Minerva"
OLD_WORDS = "signed the old way: its text is not covered"
Ask = Callable[[str, dict[str, Any]], Mapping[str, Any]]
MARKED = 500
"""Events of one question."""
_COLUMNS = (*FIELDS, IDENTIFIER, "signature")


def held(asked: Sequence[tuple[str, Signed]], ask: Ask) -> set[int]:
    """Positions of what the handler signed for the institution beside it."""
    by_tenant: dict[str, list[int]] = {}
    for at, (tenant, _) in enumerate(asked):
        by_tenant.setdefault(tenant, []).append(at)
    found: set[int] = set()
    for tenant, places in by_tenant.items():
        for start in range(0, len(places), MOST_CHECKED):
            page = places[start : start + MOST_CHECKED]
            signed = [[asked[at][1].digest, asked[at][1].mark] for at in page]
            untrusted = set(ask("records_check", {"tenant_id": tenant, "signed": signed})["untrusted"])
            found.update(at for place, at in enumerate(page) if place not in untrusted)
    return found


def whole(texts: Sequence[str], ask: Ask) -> list[Union[SignedText, None]]:
    """Each text as the handler signed it whole, None for any other."""
    read = [found if (found := signed_text(text)) is not None and found.signed.whole else None for text in texts]
    asked = [(at, each) for at, each in enumerate(read) if each is not None]
    good = held([(each.tenant_id, each.signed) for _, each in asked], ask)
    kept: list[Union[SignedText, None]] = [None] * len(texts)
    for place in good:
        at, each = asked[place]
        kept[at] = each
    return kept


def marked(events: Iterable[Mapping[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    """Each event with TRUST in words. What is signed has the fields of a record from its text alone; what is not, stays
    as it is."""
    part: list[Mapping[str, Any]] = []
    for event in events:
        part.append(event)
        if len(part) == MARKED:
            yield from _marked(part, ask)
            part = []
    yield from _marked(part, ask)


def _marked(events: Sequence[Mapping[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    read = [_read(event) for event in events]
    asked = [(at, each[0], each[1]) for at, each in enumerate(read) if each is not None]
    good = {asked[place][0] for place in held([(tenant, signed) for _, tenant, signed in asked], ask)}
    for at, (event, found) in enumerate(zip(events, read)):
        if found is None or at not in good:
            yield {**event, TRUST: UNTRUSTED_WORDS}
            continue
        _, signed, fields = found
        words = SIGNED_WORDS if signed.whole else OLD_WORDS
        told = {name: fields.get(name, "") if is_of_record(name) else value for name, value in event.items()}
        yield {**told, TRUST: words}


def _read(event: Mapping[str, Any]) -> Union[tuple[str, Signed, Mapping[str, Any]], None]:
    """Institution, what is signed, and the fields of the text. None where nothing of the event can be signed."""
    text = signed_text(str(event.get("_raw", "")))
    if text is None or event.get("sourcetype", _kind(text)) != _kind(text):
        return None
    row = {name: event.get(f"{INDEX_PREFIX}{name}") for name in _COLUMNS}
    indexed = signed_row({**row, "source_id": event.get("source")})
    if indexed != text.signed or event.get(f"{INDEX_PREFIX}tenant_id") != text.tenant_id:
        return None
    try:
        return text.tenant_id, text.signed, shown(text.event)
    except (TypeError, AttributeError, RecursionError):  # no attributes that a record has
        return None


def _kind(text: SignedText) -> str:
    return f"minerva:{text.event['key']['record_type']}"
