"""From records to establishments: one business at one place with its history, on top of the entities of linking.

Records of a place become one establishment where they share an entity, a contact, an owner, a company or a name; two
businesses of one house stay two. A sector without premises (recruiters, advertisers) has one for each entity.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minerva.components import DisjointSets
from minerva.places import folded
from minerva.risk.reading import OWNERS, Fact
from minerva.risk.sectors import OPERATION, Sector
from minerva.risk.status import begins, by_authority, ends
from minerva.risk.tally import TALLIED, Tally, merged
from minerva.risk.values import date_text

MOST_EVENTS = 200


@dataclass
class Establishment:
    """One business at one place. `anchors` say that it exists; `staff` are licenses of people at the address; `others`
    are company, court and list entries of its entities; `tallies` by kind of record."""

    establishment_id: str
    sector: str
    entity_ids: tuple[str, ...]
    name: str
    place: str
    town: str
    anchors: list[Fact]
    staff: list[Fact] = field(default_factory=list)
    others: list[Fact] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    before: list[Establishment] = field(default_factory=list)
    """Others of the sector that ended at its place or contact before it began."""
    contacts: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()

    @property
    def state_facts(self) -> list[Fact]:
        return [*self.anchors, *self.others]

    def tally(self, kind: str) -> Tally | None:
        return self.tallies.get(kind)

    def first(self, name: str) -> str:
        """The first text that one of its records gives for a column of every record."""
        return next((value for fact in self.anchors if (value := getattr(fact, name))), "")

    @property
    def names(self) -> list[str]:
        """Its names, the latest last, each once."""
        ordered = sorted(self.anchors, key=lambda fact: (begins(fact) or fact.day, fact.record_id))
        return list({folded(fact.name): fact.name for fact in ordered if fact.name}.values())

    def begins(self) -> int | None:
        days = [day for fact in self.anchors if (day := begins(fact)) is not None]
        return min(days) if days else None

    def ended(self, today: int) -> int | None:
        """The day of its end, where every record that tells one says so."""
        days = [ends(fact, today) for fact in self.anchors if fact.kind != "review"]
        told = [day for day in days if day is not None]
        return max(told) if told and len(told) == len(days) else None

    @property
    def size(self) -> int:
        """How many records it rests on."""
        many = sum(tally.records for tally in self.tallies.values())
        return len(self.anchors) + len(self.staff) + len(self.others) + many


class Records:
    """What has been read of an institution's records: state facts as they are, the many others as tallies."""

    def __init__(self) -> None:
        self.states: list[Fact] = []
        self.tallies: dict[tuple[str, str, str, str], Tally] = {}
        """(kind, entity, place, name) -> tally."""
        self.read = 0

    def add(self, fact: Fact) -> None:
        self.read += 1
        if fact.kind in TALLIED:
            key = (fact.kind, fact.entity_id, fact.place, folded(fact.name) if fact.kind != "ad" else "")
            held = self.tallies.get(key)
            if held is None:
                held = self.tallies[key] = Tally()
            held.add(fact)
        else:
            self.states.append(fact)


def found_in(records: Records, sectors: Iterable[Sector], tenant: str, today: int) -> list[Establishment]:
    """The establishments of the sectors, each with its records and with those that were there before."""
    found: list[Establishment] = []
    for sector in sectors:
        made = _operations(records, sector) if sector.unit == OPERATION else _premises(records, sector)
        _attach(made, records, sector)
        for each in made:
            each.establishment_id = _id(tenant, each)
        _link_before(made, today)
        found += made
    return found


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?:e?s)?\b", re.IGNORECASE)


def is_of(fact: Fact, classes: Mapping[str, Sequence[str]]) -> bool:
    """Whether a record's category (its name, where it has none) holds one of the words for its kind."""
    if fact.kind not in classes:
        return False
    words = tuple(classes[fact.kind])
    told = " ".join((*fact.values.get("category", ()), *fact.values.get("use", ()))) or fact.name
    return not words or bool(_pattern(words).search(told))


def owners_of(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(
        folded(name) for fact in facts for column in OWNERS for name in fact.values.get(column, ()) if name
    )


def _premises(records: Records, sector: Sector) -> list[Establishment]:
    anchors = [fact for fact in records.states if is_of(fact, sector.anchors) and not is_of(fact, sector.staff)]
    sets = DisjointSets(len(anchors))
    first: dict[tuple[str, ...], int] = {}
    for at, fact in enumerate(anchors):
        for key in _meeting(fact):
            sets.union(at, first.setdefault(key, at))
    return [_made(sector, [anchors[at] for at in group]) for group in sets.groups().values()]


def _meeting(fact: Fact) -> Iterable[tuple[str, ...]]:
    """Keys under which records of one business meet."""
    shared = [f"e:{fact.entity_id}"] if fact.entity_id else []
    if fact.place:
        shared += [f"c:{contact}" for contact in fact.contacts]
        shared += [f"o:{owner}" for owner in owners_of([fact])]
        shared += [f"n:{folded(fact.name)}"] if fact.name else []
        for key in shared:
            yield fact.place, key
    elif fact.entity_id:
        yield "", fact.entity_id
    if fact.entity_id and fact.town and fact.name:
        number = fact.place.partition(" ")[0]  # a street's name that is misspelled parts no business from itself
        yield "named", fact.entity_id, fact.town, folded(fact.name), number


def _made(sector: Sector, facts: list[Fact]) -> Establishment:
    ordered = sorted(facts, key=lambda fact: (begins(fact) or fact.day, fact.record_id))
    latest = next((fact for fact in reversed(ordered) if fact.name), ordered[-1])
    return Establishment(
        "",
        sector.id,
        tuple(dict.fromkeys(fact.entity_id for fact in ordered if fact.entity_id)),
        latest.name,
        next((fact.place for fact in ordered if fact.place), ""),
        next((fact.town for fact in ordered if fact.town), ""),
        ordered,
        contacts=frozenset(contact for fact in facts for contact in fact.contacts),
        owners=owners_of(facts),
    )


def _operations(records: Records, sector: Sector) -> list[Establishment]:
    """One establishment for each entity that has records of the sector."""
    anchors: dict[str, list[Fact]] = {}
    for fact in records.states:
        if fact.entity_id and is_of(fact, sector.anchors):
            anchors.setdefault(fact.entity_id, []).append(fact)
    for kind, entity_id, _, _ in records.tallies:
        if entity_id and kind in sector.anchors:
            anchors.setdefault(entity_id, [])
    made = []
    for entity_id, facts in anchors.items():
        if facts:
            made.append(_made(sector, facts))
        else:
            made.append(Establishment("", sector.id, (entity_id,), "", "", "", []))
    return made


class Holders:
    """Whose a record is that is no anchor."""

    def __init__(self, made: Sequence[Establishment]) -> None:
        self.by_entity: dict[str, list[Establishment]] = {}
        self.by_place: dict[str, list[Establishment]] = {}
        for each in made:
            for entity_id in each.entity_ids:
                self.by_entity.setdefault(entity_id, []).append(each)
            if each.place:
                self.by_place.setdefault(each.place, []).append(each)
        self.by_contact: dict[str, list[Establishment]] = {}
        for each in made:
            for contact in each.contacts:
                self.by_contact.setdefault(contact, []).append(each)

    def of(
        self, kind: str, entity_id: str, place: str, name: str, contacts: Iterable[str] = ()
    ) -> Sequence[Establishment]:
        """Those of its entity at its place, of its entity where no place is told or none fits, else the one business
        of its place, or the one there that bears its name (folded); of an advertisement also the one whose contact it
        names, since a house's phone joins no entities."""
        own = self.by_entity.get(entity_id, ()) if entity_id else ()
        if own:
            here = [each for each in own if place and each.place == place]
            if here or not place or kind in ("company", "sanction"):
                return here or own
            return own if len(own) == 1 and not own[0].place else ()
        if kind == "ad" and not place:
            named = {id(each): each for contact in contacts for each in self.by_contact.get(contact, ())}
            return list(named.values()) if len(named) == 1 else ()
        if not place or kind == "company":
            return ()
        there = self.by_place.get(place, ())
        if len(there) == 1 and kind in ("filing", "ad", "property"):
            return there
        return [each for each in there if name and any(folded(known) == name for known in each.names)]


def _attach(made: Sequence[Establishment], records: Records, sector: Sector) -> None:
    """Gives each establishment the other records of its entities and of its place."""
    holders = Holders(made)
    anchored = {fact.record_id for each in made for fact in each.anchors}
    for fact in records.states:
        if fact.record_id in anchored:
            continue
        if is_of(fact, sector.staff):
            for each in holders.by_place.get(fact.place, ()):
                each.staff.append(fact)
            continue
        for each in holders.of(fact.kind, fact.entity_id, fact.place, folded(fact.name)):
            each.others.append(fact)
    parts: dict[tuple[int, str], list[Tally]] = {}
    for (kind, entity_id, place, name), tally in records.tallies.items():
        for each in holders.of(kind, entity_id, place, name, tally.contacts):
            parts.setdefault((id(each), kind), []).append(tally)
    for each in made:
        for kind in TALLIED:
            if (id(each), kind) in parts:
                each.tallies[kind] = merged(parts[id(each), kind])
        each.owners = owners_of(each.state_facts)
        if not each.name:
            names = [name for tally in each.tallies.values() for name in tally.names.values()]
            each.name = min(names, key=lambda name: (len(name), name)) if names else ""
        if not each.town:
            towns = merged(each.tallies.values()).towns
            each.town = min(towns, key=lambda town: (-towns[town], town)) if towns else ""
        tallied = (contact for tally in each.tallies.values() for contact in tally.contacts)
        each.contacts = frozenset((*each.contacts, *tallied))


def _link_before(made: Sequence[Establishment], today: int) -> None:
    """Notes for each which others of the sector ended at its place or contact before it began."""
    ended = [(each, day) for each in made if (day := each.ended(today)) is not None]
    by_key: dict[str, list[tuple[Establishment, int]]] = {}
    for each, day in ended:
        for key in (each.place, *each.contacts):
            if key:
                by_key.setdefault(key, []).append((each, day))
    for each in made:
        start = each.begins()
        if start is None:
            continue
        near = {
            id(other): other
            for key in (each.place, *sorted(each.contacts))
            for other, day in by_key.get(key, ())
            if other is not each and day <= start
        }
        each.before = sorted(near.values(), key=lambda other: (other.begins() or 0, other.establishment_id))


def _id(tenant: str, each: Establishment) -> str:
    """The same from run to run while its place and its oldest entity stay."""
    entity = each.entity_ids[0] if each.entity_ids else ""
    own = "" if entity else (each.anchors[0].record_id if each.anchors else "")
    text = "\0".join((tenant, each.sector, each.place or each.town, entity, own))
    return "b_" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def history(each: Establishment, today: int) -> list[dict[str, str]]:
    """{"date", "what", "text", "record_id"} of names, owners, licenses, closures and who was there before, by date."""
    events: list[tuple[str, str, str, str]] = []
    for other in each.before[:10]:
        day = other.ended(today)
        closed = any(by_authority(fact) for fact in other.anchors)
        word = "closed by an authority here before" if closed else "was here before"
        record_id = other.anchors[0].record_id
        events.append((date_text(day) if day is not None else "", "before", f"{other.name} {word}", record_id))
    known = ""
    for fact in sorted(each.anchors, key=lambda fact: (begins(fact) or fact.day, fact.record_id)):
        start, end = begins(fact), ends(fact, today)
        when = date_text(start if start is not None else fact.day) if start is not None or fact.day else ""
        if fact.name and folded(fact.name) != folded(known):
            events.append((when, "name", f"{'renamed ' if known else ''}{fact.name}", fact.record_id))
            known = fact.name
        if fact.kind == "license":
            if start is not None:
                events.append((when, "license", "license issued", fact.record_id))
            if end is None:  # a status is of the day of the record; the row below tells an end
                told = date_text(fact.day) if fact.day else ""
                events.append((told, "license", f"license {fact.first('status') or 'listed'}", fact.record_id))
        if end is not None:
            word = "ended by the authority" if by_authority(fact) else "ended"
            status = f" ({fact.first('status')})" if fact.first("status") else ""
            events.append((date_text(end), "closed", f"{fact.kind} {word}{status}", fact.record_id))
        for owner in sorted({name for column in OWNERS[:3] for name in fact.values.get(column, ())}):
            events.append((when, "owner", f"owner {owner}", fact.record_id))
    for fact in each.others:
        if fact.kind in ("filing", "sanction"):
            words = "; ".join((*fact.values.get("category", ()), *fact.values.get("offense", ())))
            events.append(
                (date_text(fact.day) if fact.day else "", "case", f"{fact.kind} {words}".strip(), fact.record_id)
            )
    unique = dict.fromkeys(sorted(events))
    return [dict(zip(("date", "what", "text", "record_id"), event)) for event in list(unique)[-MOST_EVENTS:]]
