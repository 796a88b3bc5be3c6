"""What goes into an export: record events and entity documents as the handler gives them, read strictly into shapes.

Unknown keys are left out and counted, since an unknown class of field is never shared; wrong types are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Union

from minerva.exports.errors import ExportError, ExportTooLarge
from minerva.exports.markings import check_fits, require_level
from minerva.exports.request import ExportRequest
from minerva.identifiers import KIND_BY_NAME
from minerva.records.kinds import RECORD_TYPES
from minerva.records.marks import MARKS
from minerva.records.model import TEXT_KEYS, AttributeValue

_RECORD_KEYS = frozenset(("record_id", "record_type", "tenant_id", "source_id", "observed_time", *MARKS, *TEXT_KEYS))
_RECORD_OTHER = frozenset(("key", "attributes", "marking", "evidence", "source_key"))
_ENTITY_LISTS = ("records", "identifiers", "names", "cities", "set_aside")
_ENTITY_OTHER = frozenset(
    (
        *("entity_id", "tenant_id", "size", "kinds", "record_types", "sources", "joins", "explanation", "marking"),
        *("first_time", "last_time", "requested_id", "record_sources", "record_times", "differing"),
        *("related", "shared_building"),
    )
)
_BARRED = {
    code: "\ufffd" for code in (*range(32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)
}
# XML 1.0 has none of these, UTF-8 no surrogates, and some CSV readers stop at NUL.
_ID = re.compile(r"[A-Za-z0-9_\-]{1,64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


SET_ASIDE = "several entities hold it, so it joins none of them"
"""What is said of a contact that tells nothing of the entity: a reader would take it for its mark."""


class Sighting(NamedTuple):
    """One identifier of a record, with how it was read ("" and None: unknown here). `identifier` is `kind:value`."""

    identifier: str
    field: str
    method: str
    confidence: Union[float, None]


class JoinItem(NamedTuple):
    """Why two records stand in one entity; `identifier` is "" where none was shared."""

    a: str
    b: str
    rule: str
    identifier: str
    strength: float
    why: str


@dataclass(frozen=True)
class RecordItem:
    """One permitted projection of a record: what the policy took out is "" or missing."""

    record_id: str
    record_type: str
    tenant_id: str
    level: str
    source_id: str
    observed_time: str
    texts: Mapping[str, str]
    attributes: Mapping[str, AttributeValue]
    sightings: tuple[Sighting, ...]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Distinct `kind:value` in order of first sighting."""
        return tuple(dict.fromkeys(item.identifier for item in self.sightings))


@dataclass(frozen=True)
class EntityItem:
    """One permitted projection of an entity. Times are epoch seconds, 0 where unknown."""

    entity_id: str
    tenant_id: str
    level: str
    size: int
    records: tuple[str, ...]
    identifiers: tuple[str, ...]
    names: tuple[str, ...]
    cities: tuple[str, ...]
    set_aside: tuple[str, ...]
    """Those of its identifiers that several entities hold, so that they join none."""
    record_types: Mapping[str, int]
    sources: Mapping[str, int]
    joins: tuple[JoinItem, ...]
    explanation: str
    first_time: int
    last_time: int

    @property
    def aside_words(self) -> str:
        """Its contacts that are no mark of it, as a sentence for formats that have no column for that; "" for none."""
        values = ", ".join(each.partition(":")[2] for each in self.set_aside)
        return f"Set aside, as {SET_ASIDE}: {values}" if values else ""


Item = Union[RecordItem, EntityItem]


@dataclass
class Intake:
    """Reads and counts the items of one export. `left_out` counts what could not be taken over, by reason."""

    request: ExportRequest
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def read(self, given: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
        """The items of `{"record": ...}` and `{"entity": ...}` objects, in order: records first, each id once.

        Raises ExportError, ExportTooLarge, MarkingRefused.
        """
        seen: set[tuple[str, str, str]] = set()
        for at, each in enumerate(given, 1):
            if at > self.request.max_items:
                raise ExportTooLarge("(items)", f"more than {self.request.max_items} items: narrow the query")
            item = self._one(each)
            kind = "entities" if isinstance(item, EntityItem) else "records"
            if kind == "records" and self.counts["entities"]:
                raise ExportError("record", "comes after an entity: give all records first, then the entities")
            own_id = item.entity_id if isinstance(item, EntityItem) else item.record_id
            if (kind, item.tenant_id, own_id) in seen:
                raise ExportError(kind, f"item {at} repeats the id of an earlier one")
            seen.add((kind, item.tenant_id, own_id))
            self.counts[kind] += 1
            yield item

    def _one(self, given: Mapping[str, Any]) -> Item:
        if not isinstance(given, Mapping) or len(given) != 1 or not set(given) <= {"record", "entity"}:
            raise ExportError("(item)", 'expected {"record": {...}} or {"entity": {...}}')
        ((name, content),) = given.items()
        if not isinstance(content, Mapping):
            raise ExportError(name, "expected an object")
        return self._record(content) if name == "record" else self._entity(content)

    def _record(self, given: Mapping[str, Any]) -> RecordItem:
        nested = given.get("key", {})
        if not isinstance(nested, Mapping):
            raise ExportError("record.key", "expected an object")
        flat = {**{key: value for key, value in given.items() if key not in _RECORD_OTHER}, **nested}
        self._count_unknown(flat, _RECORD_KEYS)
        record_type = _text("record.record_type", flat.get("record_type", ""))
        if record_type and record_type not in RECORD_TYPES:
            raise ExportError("record.record_type", f"expected one of {', '.join(RECORD_TYPES)}")
        observed = _text("record.observed_time", flat.get("observed_time", ""))
        if observed and not _TIME.fullmatch(observed):
            raise ExportError("record.observed_time", "expected UTC time as YYYY-MM-DDTHH:MM:SSZ")
        texts = {key: _text(f"record.{key}", flat.get(key) or "") for key in TEXT_KEYS}
        return RecordItem(
            record_id=_id("record.record_id", flat.get("record_id")),
            record_type=record_type,
            tenant_id=_text("record.tenant_id", flat.get("tenant_id") or self.request.tenant_id),
            level=self._level("record.marking", given.get("marking")),
            source_id=_text("record.source_id", flat.get("source_id", "")),
            observed_time=observed,
            texts={key: value for key, value in texts.items() if says(value)},
            attributes=_attributes(given.get("attributes", {})),
            sightings=tuple(map(_sighting, _list("record.evidence", given.get("evidence", [])))),
        )

    def _entity(self, given: Mapping[str, Any]) -> EntityItem:
        self._count_unknown(given, _ENTITY_OTHER | set(_ENTITY_LISTS))
        lists = {
            name: tuple(_text(f"entity.{name}", value) for value in _list(f"entity.{name}", given.get(name, [])))
            for name in _ENTITY_LISTS
        }
        for identifier in lists["identifiers"]:
            _check_identifier("entity.identifiers", identifier)
        return EntityItem(
            entity_id=_id("entity.entity_id", given.get("entity_id")),
            tenant_id=_text("entity.tenant_id", given.get("tenant_id") or self.request.tenant_id),
            level=self._level("entity.marking", given.get("marking")),
            size=_whole("entity.size", given.get("size", len(lists["records"]))),
            record_types=_counts("entity.record_types", given.get("record_types", {})),
            sources=_counts("entity.sources", given.get("sources", {})),
            joins=tuple(map(_join, _list("entity.joins", given.get("joins", [])))),
            explanation=_text("entity.explanation", given.get("explanation", "")),
            first_time=_whole("entity.first_time", given.get("first_time", 0)),
            last_time=_whole("entity.last_time", given.get("last_time", 0)),
            **{name: tuple(filter(says, values)) for name, values in lists.items()},
        )

    def _level(self, key: str, marking: object) -> str:
        if marking is None:
            return self.request.level
        if not isinstance(marking, Mapping):
            raise ExportError(key, "expected an object")
        level = require_level(f"{key}.level", str(marking.get("level", self.request.level)))
        check_fits(key, level, self.request.level)
        return level

    def _count_unknown(self, given: Mapping[str, Any], known: frozenset[str]) -> None:
        unknown = sum(key not in known for key in given)
        if unknown:
            self.left_out["unknown_keys"] += unknown


def percent(strength: float) -> int:
    """A strength in whole percent, never rounded up to certain."""
    return 100 if strength >= 1 else min(99, round(strength * 100))


def telling(identifiers: Iterable[str], left_out: Counter[str]) -> list[str]:
    """The identifiers that tell who. Attributes such as a price describe and are no observables: they are counted."""
    kept = []
    for identifier in identifiers:
        kind = identifier.partition(":")[0]
        if kind in KIND_BY_NAME and KIND_BY_NAME[kind].ATTRIBUTE:
            left_out[f"identifier.{kind}"] += 1
        else:
            kept.append(identifier)
    return kept


def says(text: str) -> bool:
    """Whether `text` holds more than blanks and byte-order marks; several partners' programs drop what does not."""
    return bool(text.strip("\ufeff \t\r\n"))


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ExportError(key, f"expected text, not {type(value).__name__}")
    return value if value.isprintable() else value.translate(_BARRED)


def _id(key: str, value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ExportError(key, "expected letters, digits, '_' or '-', at most 64, not empty")
    return value


def _list(key: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ExportError(key, f"expected a list, not {type(value).__name__}")
    return value


def _whole(key: str, value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise ExportError(key, "expected a whole number from 0")
    return value


def _share(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ExportError(key, "expected a number from 0 to 1")
    return float(value)


def _counts(key: str, value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping):
        raise ExportError(key, "expected an object of counts")
    return {_text(key, name): _whole(key, count) for name, count in sorted(value.items())}


def _attributes(value: object) -> Mapping[str, AttributeValue]:
    if not isinstance(value, Mapping):
        raise ExportError("record.attributes", "expected an object")
    read: dict[str, AttributeValue] = {}
    for name, each in value.items():
        key = "record.attributes"
        read[_text(key, name)] = tuple(_text(key, one) for one in each) if isinstance(each, list) else _text(key, each)
    return dict(sorted(read.items()))


def _check_identifier(key: str, identifier: str) -> str:
    kind, _, value = identifier.partition(":")
    if not kind or not value:
        raise ExportError(key, "expected kind:value")
    return identifier


def _sighting(given: object) -> Sighting:
    if not isinstance(given, Mapping):
        raise ExportError("record.evidence", "expected objects")
    identifier = _text("record.evidence.identifier", given.get("identifier", ""))
    return Sighting(
        _check_identifier("record.evidence.identifier", identifier),
        _text("record.evidence.field", given.get("field", "")),
        _text("record.evidence.method", given.get("method", "")),
        _share("record.evidence.confidence", given["confidence"]) if "confidence" in given else None,
    )


def _join(given: object) -> JoinItem:
    if not isinstance(given, Mapping):
        raise ExportError("entity.joins", "expected objects")
    return JoinItem(
        _id("entity.joins.a", given.get("a")),
        _id("entity.joins.b", given.get("b")),
        _text("entity.joins.rule", given.get("rule", "")),
        _text("entity.joins.identifier", given.get("identifier", "")),
        _share("entity.joins.strength", given.get("strength", 0)),
        _text("entity.joins.why", given.get("why", "")),
    )
