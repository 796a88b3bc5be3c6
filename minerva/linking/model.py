"""The shapes of linking: rows in, joins and entities out, and the options with their reasons. No logic of its own."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Union

from minerva.addresses import Address, parse_address
from minerva.addresses.spot import spot_text
from minerva.linking.judgements import Contradiction
from minerva.linking.relations import MOST_RELATED, Building, Relation
from minerva.linking.skipped import Skipped
from minerva.names.absent import is_no_name
from minerva.names.romanize import LONGEST_READ
from minerva.records.kinds import named_by
from minerva.records.spans import span_text

PLACE_TYPES = named_by("place")
"""Record types whose record is the place itself: two are one only when their addresses do not contradict."""

LONGEST_IDENTIFIER = 2000

SKETCH, STYLE, GEO, SPAN = MARKS = ("sketch:", "style:", "geo:", "span:")
"""Kinds whose values describe a record and are compared, never shared: what stands in entities and blocks leaves them
out, and the policy of sharing does not know them."""

DIFFERS = "differs:"
"""Kind of what says in which field contents under one record id differ (see same_id.py). It is neither compared nor
shared, and no identifier of a record."""
ONE_OF_EACH = ("source_id", "record_type", "name", "address", "city", "region", "postcode", "text")
"""Fields of which a record has one value."""
_ONCE = (*ONE_OF_EACH, "sketch")
_LISTS = frozenset((list, tuple))

CROP = "image_crop:"
"""Kind of hashes of a picture's parts: a cropped copy is compared with them. They stand in no entity."""
NO_CONTACT = (*MARKS, DIFFERS, CROP)
"""How identifiers begin that describe a record: they name nobody whom records could share."""

MOST_OF_ONE, OF_ONE = 12, ("phone:", "email:", "username:")
"""Contacts of one of these kinds that a record may name of one holder. One with more is a list: of a forum's members,
of a page of advertisements, of a leaked file."""

LISTED = 20_000
"""Of so many records a document says source and time: of all that it lists (see MOST_IN_DOCUMENT of tenancy)."""

Column = Union[list[int], "array[int]"]

Assignment = Mapping[str, str]
"""record_id -> entity_id of an earlier run."""


class LinkRecord(NamedTuple):
    """What linking reads of one record. Missing text is ""; time is epoch seconds (0 = unknown). text is the text as
    given; `sketches.sketched` puts a sketch among the identifiers in its place, and linking looks at that alone."""

    record_id: str
    source_id: str
    record_type: str
    identifiers: tuple[str, ...]
    name: str
    address: str
    city: str
    region: str
    postcode: str
    time: int
    text: str = ""

    @property
    def contacts(self) -> tuple[str, ...]:
        """The identifiers that records can share: all but the marks."""
        return tuple([value for value in self.identifiers if not value.startswith(NO_CONTACT)])

    @property
    def is_list(self) -> bool:
        """Whether the record lists contacts, of as many holders: what it names is not linked by it."""
        if len(self.identifiers) <= MOST_OF_ONE:
            return False
        return any(sum(1 for value in self.identifiers if value.startswith(kind)) > MOST_OF_ONE for kind in OF_ONE)

    @property
    def shareable(self) -> tuple[str, ...]:
        """The contacts by which others may be linked with it."""
        return () if self.is_list else self.contacts

    @property
    def differing(self) -> list[str]:
        """The fields in which contents under this record's id differ (see same_id.py)."""
        return [value[len(DIFFERS) :] for value in self.identifiers if value.startswith(DIFFERS)]

    def parsed_address(self) -> Address:
        """Returns the record's address in parts (cached by text)."""
        return parse_address(self.address, self.postcode)


def read_row(row: Mapping[str, Any]) -> LinkRecord:
    """Returns the record of a row of the search (record_id, identifier, name, ...); each one value or a list.

    Of a field that a record has once and a row several times the first one counts, and a mark says so (see same_id.py).
    `sketch`, `style`, `geo` and `span` are what an event says of its text, place and days (minerva/records/marks.py);
    `latitude` and `longitude` do for `geo`, `opened` and `closed` for `span`, from when to when it was there.

    Raises ValueError when record_id is missing.
    """
    record_id = _first(row.get("record_id"))
    if not record_id:
        raise ValueError("row without record_id: the search before minervalink must end in `by record_id`")
    name = _line(row.get("name"))
    return LinkRecord(
        record_id,
        _line(row.get("source_id")),
        _line(row.get("record_type")),
        tuple(sorted({*map(bounded, _all(row.get("identifier"))), *_marks(row), *_differing(row)})),
        "" if is_no_name(name) else name,
        _line(row.get("address")),
        _line(row.get("city")),
        _line(row.get("region")),
        _line(row.get("postcode")),
        _epoch(_first(row.get("time"))),
        _first(row.get("text")),
    )


def _marks(row: Mapping[str, Any]) -> list[str]:
    told = {mark: _first(row.get(mark[:-1])) for mark in MARKS}
    told[GEO] = told[GEO] or spot_text(_first(row.get("latitude")), _first(row.get("longitude")))
    told[SPAN] = told[SPAN] or span_text(_first(row.get("opened")), _first(row.get("closed")))
    return [bounded(f"{mark}{value}") for mark, value in told.items() if value]


def _differing(row: Mapping[str, Any]) -> list[str]:
    """Returns marks of the fields that came with several values: a search by record_id makes one row of all events
    with an id."""
    if _LISTS.isdisjoint(map(type, map(row.get, _ONCE))):  # as nearly always
        return []
    found = {name: len({*_all(row.get(name))}) > 1 for name in _ONCE}
    found["text"] |= found.pop("sketch")
    return [f"{DIFFERS}{name}" for name, several in found.items() if several]


def bounded(identifier: str) -> str:
    """Returns an identifier as it is, or kind and SHA-256 of one too long to be a key of the store."""
    if len(identifier) <= LONGEST_IDENTIFIER:
        return identifier
    kind = identifier[:64].partition(":")[0] if ":" in identifier[:64] else "long"
    return f"{kind}:sha256-{hashlib.sha256(identifier.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _all(value: Union[str, float, Sequence[str], None]) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value if item not in (None, "")]
    return [str(value)]


def _first(value: Union[str, float, Sequence[str], None]) -> str:
    values = _all(value)
    return values[0] if values else ""


def _line(value: Union[str, float, Sequence[str], None]) -> str:
    return (value if isinstance(value, str) else _first(value))[:LONGEST_READ]


def _epoch(text: str) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return 0


@dataclass(frozen=True)
class Options:
    """hub_degree: an identifier in more records than this never joins by itself.
    suspect_degree: from this many records on an identifier must prove that its records belong together.
    agreement: share of its record pairs that must agree on something else (see hubs.py).
    pair_score: least score of a name-and-address comparison that joins, as log2 of the odds: more likely one than not.
    person_score: the same of two people of one city: log2 of the odds that they are one, learned (see people.py). Twice
    as likely one as not: names and a city are all that is known of them.
    text_score: the same of two near-duplicate texts (see likeness.py): eight times as likely, as texts are copied.
    text_crowd: a template that records with so many different contacts hold says nothing.
    block_size: largest group of records compared pair by pair.
    near: kinds whose values may be near each other without being equal (see near_values.py).
    """

    hub_degree: int = 1000
    suspect_degree: int = 5
    agreement: float = 0.25
    pair_score: float = 0.0
    person_score: float = 1.0
    text_score: float = 3.0
    text_crowd: int = 60
    block_size: int = 200
    near: tuple[str, ...] = ("image",)


DEFAULT = Options()


COMPARED = {
    "name_address": ("name", "address"),
    "name_city": ("name", "city"),
    "similar_text": ("text",),
    "similar_image": ("image",),
    "similar_username": ("username",),
    "judgement": ("judgement",),
}
"""Rule of a join -> the kinds of what it compares, beside an identifier that the records share."""


@dataclass(frozen=True)
class Join:
    """Why two records stand in one entity. strength: 0 to 1; why: one sentence for a caseworker; sources: where the two
    records come from, "" = unknown; time: epoch seconds from which on both were there, 0 = unknown."""

    a: str
    b: str
    rule: str
    identifier: str
    strength: float
    why: str
    sources: tuple[str, str] = ("", "")
    time: int = 0

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was compared: the kind of the shared identifier, and what the rule compares beside it."""
        shared = (self.identifier.partition(":")[0],) if self.identifier else ()
        return (*COMPARED.get(self.rule, ()), *shared)

    @property
    def values(self) -> tuple[str, ...]:
        """The shared identifier's value; what else was compared is in the sentence."""
        return (self.identifier.partition(":")[2],) if self.identifier else ()

    def to_document(self) -> dict[str, Any]:
        """Returns the join as stored; identifier is left out where none was shared. Sources and times stand once for
        each record in the entity's document (see evidence.py)."""
        document: dict[str, Any] = {"a": self.a, "b": self.b, "rule": self.rule}
        if self.identifier:
            document["identifier"] = self.identifier
        document.update(strength=self.strength, why=self.why)
        return document


class SharedJoins(NamedTuple):
    """Joins by a shared identifier, three columns: record, record, and the number of the value that they share, in the
    order they were made.

    degrees: value -> records that hold it, where places around it count too.
    """

    first: Column
    second: Column
    value: Column
    degrees: dict[int, int]

    def add(self, first: int, second: int, value: int) -> None:
        """Adds a join that was made."""
        self.first.append(first)
        self.second.append(second)
        self.value.append(value)


@dataclass(frozen=True)
class Hub:
    """An identifier that strangers share. degree: records that hold it; why: what showed it; names_apart: True where
    its records bear names that share no word, so that it speaks for no other such identifier; bridge: True where it
    links groups that are firm without it (see bridges.py)."""

    identifier: str
    degree: int
    why: str
    names_apart: bool = False
    bridge: bool = False


@dataclass(frozen=True)
class Entity:
    """A resolved set of records. Documents hold sorted values only, so equal entities are equal bytes."""

    entity_id: str
    tenant_id: str
    records: tuple[LinkRecord, ...]
    joins: tuple[Join, ...]
    explanation: str
    relations: tuple[Relation, ...] = ()
    building: Union[Building, None] = None

    def to_document(self) -> dict[str, Any]:
        """Returns the entity as stored in KV and given out by the handler."""
        identifiers = sorted({value for record in self.records for value in record.contacts})
        times = [record.time for record in self.records if record.time]
        document: dict[str, Any] = {
            "entity_id": self.entity_id,
            "tenant_id": self.tenant_id,
            "size": len(self.records),
            "records": sorted(record.record_id for record in self.records),
            "identifiers": identifiers,
            "kinds": _counts(value.partition(":")[0] for value in identifiers),
            "names": sorted({record.name for record in self.records if record.name}),
            "cities": sorted({record.city for record in self.records if record.city}),
            "record_types": _counts(record.record_type for record in self.records),
            "sources": _counts(record.source_id for record in self.records),
            "joins": [join.to_document() for join in self.joins],
            "explanation": self.explanation,
        }
        if times:
            document.update(first_time=min(times), last_time=max(times))
        if self.joins:
            listed = sorted(self.records)[:LISTED]
            document["record_sources"] = [record.source_id for record in listed]
            document["record_times"] = [record.time for record in listed]
        if self.relations:
            document["related"] = [each.to_document() for each in self.relations[:MOST_RELATED]]
        if self.building is not None:
            document["shared_building"] = self.building.to_document()
        differing = {record.record_id: fields for record in self.records if (fields := record.differing)}
        if differing:
            document["differing"] = {each: ", ".join(differing[each]) for each in sorted(differing)[:LISTED]}
        return document


def _counts(values: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))


@dataclass(frozen=True)
class Beyond:
    """What is known of the records outside, where only a part of a tenant's records is linked (see changes.py).

    hubs: identifiers that are hubs, with their degree among all records; joining: identifiers that are none; crowded:
    blocks (see keys.py) that hold too many records to compare; taken: ids that entities outside have; spread: contact
    -> at how many addresses it is known; cities: words of a name, sorted -> in how many cities it is known; counts:
    what is counted -> its holders (see commonness.py); around: given records that are there to be compared with and not
    among each other; stands: record of them -> its entity; once: registers that list a thing once, None where all
    records are given.
    """

    hubs: Mapping[str, Hub] = field(default_factory=dict)
    crowded: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    spread: Mapping[str, int] = field(default_factory=dict)
    cities: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    around: frozenset[str] = frozenset()
    stands: Mapping[str, str] = field(default_factory=dict)
    once: Union[frozenset[str], None] = None


NOTHING = Beyond()


@dataclass(frozen=True)
class Resolution:
    """entities: sorted by id, each made when it is read; members: record_id -> entity_id; redirects: id that ended ->
    id that took its place."""

    entities: Sequence[Entity]
    members: dict[str, str]
    redirects: dict[str, str]
    hubs: list[Hub] = field(default_factory=list)
    contradictions: tuple[Contradiction, ...] = ()
    near: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of records in different groups of identifiers whose comparison is good enough to join, joined or not."""
    relations: Sequence[Relation] = ()
    """Of each two entities at most one of a kind."""
    skipped: Mapping[str, Skipped] = field(default_factory=dict)
    """Kind of block -> what was not compared as too many records share it (see skipped.py)."""
    buildings: Mapping[str, int] = field(default_factory=dict)
    """record_id -> how many names its address has at least, where so many share it that it joins nobody by itself."""
