"""New records into linked ones: only what they touch is linked again, and the outcome is that of a link of everything.

Linked again are the active records: the new ones and all that hangs together with them, by identifiers that join, by
comparisons that are good enough, by judgements, as whole entities. Around them is read, and not decided, what their
keys lead to and a comparison could join. A hub is the border: it passes nothing on while it stays one, and what lies
behind it is told to the linking (`Beyond`). Its holders are read, and it is judged anew, when a share of them
(`drift`) is new or in entities that changed. When the outcome shows that something around depends on the change, it
becomes active too.
Method: incremental record linkage with repair of what is touched (Gruenheid, Dong, Srivastava, VLDB 2014).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from minerva.linking.assign import nth_id
from minerva.linking.collector import at_rest
from minerva.linking.judgements import Judgement, settle
from minerva.linking.model import Beyond, Entity, Hub, LinkRecord, Options, Resolution
from minerva.linking.people.people_names import person_of
from minerva.linking.places.bearers import comparable
from minerva.linking.places.commonness import MOST, REGISTER, counted, entry_of, step_of
from minerva.linking.places.reach import Reach
from minerva.linking.places.residents import FEW_CITIES, equal_level
from minerva.linking.relations import Relation
from minerva.linking.resolve import resolve
from minerva.linking.same_id import as_one, together
from minerva.linking.texts.sketches import sketched
from minerva.linking.texts.templates import step
from minerva.linking.updates.keys import COMPARED, DIVIDING, WITHOUT_ADDRESS
from minerva.linking.updates.known import Known, TooWide
from minerva.linking.updates.postings import DRIFT, HELD, Posting, Stored, is_register, register_of


@dataclass(frozen=True)
class Changed:
    """What a change did. entities: all that were linked again; ended: ids that live no more; redirects: of those that
    merged into others; postings: what is to be stored; records: the new or changed ones among those of `entities`;
    identifiers: those whose holders may have changed."""

    entities: Sequence[Entity]
    ended: Collection[str]
    redirects: dict[str, str]
    postings: dict[str, Posting]
    records: dict[str, LinkRecord]
    identifiers: Collection[str]
    looked_at: int


def link_changes(
    new: Iterable[LinkRecord],
    judged_anew: Iterable[str],
    judgements: Sequence[Judgement],
    stored: Stored,
    tenant_id: str,
    options: Options,
    most: int = 50_000,
    drift: float = DRIFT,
) -> Changed:
    """Links records that were added, or judged anew, into what is stored.

    judged_anew: records whose judgements changed since; judgements: all that stand. drift: see `postings.DRIFT`; 0
    judges each hub anew that a linked record holds. Raises TooWide when more than `most` records would have to be
    looked at. A record that is stored already, as it is given, changes nothing.
    """
    work = _Work(stored, tenant_id, options, most, judgements, drift)
    with at_rest():  # as in `resolve`; where what is stored lies in memory, the collector would walk all of it
        work.take(new, judged_anew)
        while True:
            found, core = work.link()
            if not work.grown(found, core):
                return work.outcome(found, core)


class _Work(Known):
    def __init__(
        self,
        stored: Stored,
        tenant_id: str,
        options: Options,
        most: int,
        judgements: Sequence[Judgement],
        drift: float,
    ) -> None:
        super().__init__(stored, options, most)
        self.tenant, self.drift, self.judgements = tenant_id, drift, judgements
        settled = settle(judgements)
        self.same = settled.same
        self.apart = settled.apart
        self.fresh: dict[str, LinkRecord] = {}
        self.replaced: dict[str, LinkRecord] = {}
        self.active: set[str] = set()
        self._weighed: set[str] = set()
        """Keys of identifiers of which all holders were linked, so that the outcome says whether they are hubs."""

    def activate(self, records: Iterable[str]) -> None:
        ids = [*records]
        self.read_records(ids)
        self.active.update(self.entity[each] for each in ids if each in self.entity)

    # The change.

    def take(self, new: Iterable[LinkRecord], judged_anew: Iterable[str]) -> None:
        given = {record.record_id: record for record in as_one(sketched(new))}
        self.read_records(given)
        for record_id, record in given.items():
            stands = self.rows.get(record_id)
            counts = record if stands is None else _counting(stands, record)
            if counts != stands:
                if stands is not None:
                    self.replaced[record_id] = stands
                self.fresh[record_id] = counts
        self.rows.update(self.fresh)
        self.activate([*self.replaced, *judged_anew])
        self.post(self.fresh, self.replaced)
        for key in sorted(self.after):
            self._concern(key)

    def _concern(self, key: str) -> None:
        """Makes active whom a posting that changed concerns by itself."""
        before, after = self.before[key], self.after[key]
        if key[0] in COMPARED and after.over and (key[0] not in DIVIDING or self.is_full(key, self.before)):
            self.activate(before.records)
        if key[0] == "j" and after.over and not before.over and (before.apart or not before.hub):
            self._activate_holders(key[2:])
        if (key[0] == "l" and after.over) or (key[0] in "sk" and after.few):
            raise TooWide("a name or a place's contact is in more records than are kept one by one")
        if key[0] == "s" and equal_level(_cities(before)) != equal_level(_cities(after)):
            self.activate(before.records)
        if is_register(key) and register_of(before).lists_once != register_of(after).lists_once:
            raise TooWide("a register is now known to list things once, or no more")
        if key[0] == "k" and step_of(_holders(before)) != step_of(_holders(after)):
            self.activate(before.records)
        if key[0] in HELD and step(len(before.places)) != step(len(after.places)):
            self.activate(before.records)
        if key[0] == "w" and self.spread(before) != self.spread(after):
            contact = f"c:{key[2:]}"
            self.read_postings([contact])
            if self.posting(contact).over:
                raise TooWide("a contact of many records is now known at one more address")
            self.activate(self.before[contact].records)

    # Linking again.

    def link(self) -> tuple[Resolution, set[str]]:
        """Returns the outcome over all that was looked at, and the records in it that are decided."""
        core = {*self.fresh}
        self._close(self.active, core)
        self._partners(core)
        compared = self._compared(core)
        around = self._worth_comparing(core, compared)
        # What links two records that people keep apart comes last, so both are to be seen.
        ends = {end for each in self.apart if each.a in core or each.b in core for end in (each.a, each.b)}
        self.read_holders(around)
        self.read_records(ends)
        around |= {each for each in ends if each in self.rows}
        behind = {*self._held_by_hubs(core)}
        self.read_holders(behind)
        self._close({self.entity[each] for each in behind if each in self.entity}, behind)
        everything = core | around | behind
        previous = {each: self.entity[each] for each in everything if each in self.entity}
        found = resolve(
            (self.rows[each] for each in sorted(everything)), previous, self.tenant, self.options, self.judgements,
            self._beyond(core, around, behind, compared),
        )  # fmt: skip
        return found, core

    def _compared(self, core: set[str]) -> set[str]:
        """Returns the keys by which records are compared with others."""
        keys = {key for record_id in core for key in self.keys(record_id) if key[0] in COMPARED}
        self.read_postings(key for key in keys if key[0] not in DIVIDING)
        keys = {key for key in keys if key[0] not in DIVIDING or self.is_full(key)}
        self.read_postings(keys)
        return keys

    def _worth_comparing(self, core: set[str], compared: set[str]) -> set[str]:
        """Returns the records with which those of the core are compared: of two that both have an address, only where
        that could join them (`Reach`). Most share a front desk's number and nothing else."""
        pairs: dict[str, set[str]] = {}
        found: set[str] = set()
        for key in compared:
            outside = [each for each in self.posting(key).records if each not in core]
            if key[0] in WITHOUT_ADDRESS:
                found.update(outside)
            elif outside:
                inside = [each for each in self.posting(key).records if each in core]
                for other in outside:
                    pairs.setdefault(other, set()).update(inside)
        self.read_holders(pairs)
        ends = {*pairs, *(each for ones in pairs.values() for each in ones)}
        rows = [self.rows[each] for each in ends if comparable(self.rows[each])]
        place = {record.record_id: position for position, record in enumerate(rows)}
        reach = Reach(rows, self._spread(rows), self.options.pair_score)
        for other, ones in pairs.items():
            at = place.get(other)
            if at is None or any(each not in place or reach.may(at, place[each]) for each in ones):
                found.add(other)
        return found

    def _spread(self, records: Sequence[LinkRecord]) -> dict[str, int]:
        """Returns of how many holders the contacts of records seem to be."""
        contacts = {f"w:{value}" for record in records for value in record.shareable}
        self.read_postings(contacts)
        self.read_holders(each for key in contacts for each in self.posting(key).records)
        return {key[2:]: self.spread(self.posting(key)) for key in contacts}

    def _close(self, entities: set[str], records: set[str]) -> None:
        """Adds to both sets, until nothing more comes, whole entities and all holders of identifiers that join."""
        self.read_entities(entities)
        records.update(each for entity_id in entities for each in self.members.get(entity_id, ()))
        waiting = {*records}
        while waiting:
            values = {key[2:] for record_id in waiting for key in self.joining(record_id)}
            self.read_postings(f"{kind}:{value}" for value in values for kind in "jl")
            holders = {each for value in values for each in self._joined(value)}
            self.read_holders(holders)
            found = {self.entity[each] for each in holders if each in self.entity} - entities
            self.read_entities(found)
            entities |= found
            holders.update(each for entity_id in found for each in self.members.get(entity_id, ()))
            waiting = holders - records
            records |= waiting

    def _joined(self, value: str) -> Iterable[str]:
        """Yields the records that an identifier joins, if it does: those that hold it, places whose contact it is."""
        held, placed = self.posting(f"j:{value}"), self.posting(f"l:{value}")
        if not (held.over or held.hub):
            if placed.over:
                raise TooWide("a place's contact is in more records than are kept one by one")
            yield from held.records
            yield from placed.records

    def _partners(self, core: set[str]) -> None:
        """Whom people judged the same as an active record is active too."""
        while True:
            ends = [(each.a, each.b) for each in self.same if (each.a in core) != (each.b in core)]
            self.read_records(each for pair in ends for each in pair)
            found = {self.entity[each] for pair in ends for each in pair if each in self.entity} - self.active
            if not found:
                return
            self.active |= found
            self._close(self.active, core)

    def _is_cut(self, key: str) -> bool:
        found = self.posting(key)
        return found.over or found.hub

    def _touched(self, core: set[str]) -> dict[str, int]:
        """Returns for each identifier that joins (j) how many records of the core hold it."""
        found: dict[str, int] = {}
        for record_id in core:
            for key in self.joining(record_id):
                if key[0] == "j":
                    found[key] = found.get(key, 0) + 1
        return found

    def _stands(self, key: str, core: int) -> bool:
        return self.posting(key).stands(core, self.drift)

    def _held_by_hubs(self, core: set[str]) -> Iterable[str]:
        for key, count in self._touched(core).items():
            if self.posting(key).hub and not self._stands(key, count):
                yield from self.posting(key).records

    def _beyond(self, core: set[str], around: set[str], behind: set[str], compared: set[str]) -> Beyond:
        hubs = self._hubs(core, behind)
        joined = {key for record_id in core | behind for key in self.joining(record_id)}
        known = {f"j{key[1:]}" for record_id in around for key in self.joining(record_id)}
        known -= {f"j{key[1:]}" for key in joined}
        self._weighed = {key for key in joined if key[0] == "j" and key[2:] not in hubs}
        told = [self.rows[each] for each in core | around | behind if comparable(self.rows[each])]
        self.read_postings(known)
        joining: set[str] = set()
        for key in known:
            held = self.posting(key)
            if held.over or held.hub or held.few:
                hubs[key[2:]] = self._hub(key)
            else:
                joining.add(key[2:])
        spread = self._spread(told)
        crowded = frozenset(key for key in compared if self.posting(key).over)
        others = frozenset(around | behind) - core
        stands = {each: self.entity[each] for each in others if each in self.entity}
        cities = self._known_cities(core | around)
        counts, once = self._counts(told), self._listing_once(told)
        taken = self._taken(core)
        return Beyond(hubs, crowded, taken, frozenset(joining), spread, cities, counts, others, stands, once)

    def _counts(self, records: Sequence[LinkRecord]) -> dict[str, int]:
        """Returns how many hold what is counted of records."""
        keys = {f"k:{what}" for record in records for what, _ in counted(record)}
        self.read_postings(keys)
        return {key[2:]: _holders(self.posting(key)) for key in keys}

    def _listing_once(self, records: Sequence[LinkRecord]) -> frozenset[str]:
        """Returns those of the records' sources that list a thing once."""
        keys = {f"k:{REGISTER}|{record.source_id}" for record in records if entry_of(record)}
        self.read_postings(keys)
        return frozenset(key[len(f"k:{REGISTER}|") :] for key in keys if register_of(self.posting(key)).lists_once)

    def _hub(self, key: str) -> Hub:
        held = self.posting(key)
        return Hub(key[2:], self.options.hub_degree + 1 if held.over else len(held.records), "", held.apart)

    def _hubs(self, core: set[str], behind: set[str]) -> dict[str, Hub]:
        """Returns hubs of which not all holders are looked at: they stay what they are."""
        own = self._touched(core)
        named = {f"j{key[1:]}" for record_id in core | behind for key in self.joining(record_id)}
        found = {}
        self.read_postings(named)
        for key in named:
            held = self.posting(key)
            if held.over or (held.hub and (key not in own or self._stands(key, own[key]))):
                found[key[2:]] = self._hub(key)
        return found

    def _known_cities(self, records: set[str]) -> dict[str, int]:
        """Returns in how many cities the names of records are known."""
        keys = {f"s:{' '.join(sorted(words))}" for words in (person_of(self.rows[each]) for each in records) if words}
        self.read_postings(keys)
        if any(self.posting(key).few for key in keys):
            raise TooWide("a name is in more records than are kept one by one")
        return {key[2:]: _cities(self.posting(key)) for key in keys}

    def _taken(self, core: set[str]) -> frozenset[str]:
        """Returns ids that new entities of these records would get and that others have."""
        taken: set[str] = set()
        asked, salt = {nth_id(self.tenant, record_id, 0): record_id for record_id in core}, 0
        while asked:
            found = self.stored.entities(sorted(asked))
            taken.update(found)
            salt += 1
            asked = {nth_id(self.tenant, asked[each], salt): asked[each] for each in found}
        return frozenset(taken)

    # What the outcome says of the rest.

    def grown(self, found: Resolution, core: set[str]) -> bool:
        """Makes active whatever the outcome shows to depend on the change; False when there is nothing."""
        before = len(self.active)
        hubs = {hub.identifier: hub for hub in found.hubs}
        own = {key for record_id in core for key in self.joining(record_id) if key[0] == "j"}
        for key in own:
            was = self.before[key]
            now = was.verdict(hubs.get(key[2:]), self.options)
            if self._was_cut(key) and not was.over and (was.hub, was.apart) != (now.hub, now.apart):
                self._activate_holders(key[2:])
        for key in self._weighed - own:
            if self.posting(key).verdict(hubs.get(key[2:]), self.options) != self.posting(key):
                self.activate(self.before[key].records)
        for a, b in found.near:
            if (a in core) != (b in core):
                self.activate([a, b])
        for relation in self._told_anew(found, core):
            self.activate({relation.a, relation.b} - core)
        decided = {found.members[each] for each in core}
        mixed = {entity for each, entity in found.members.items() if each not in core and entity in decided}
        if mixed:
            self.activate(each for each, entity in found.members.items() if entity in mixed)
        return len(self.active) > before

    def _told_anew(self, found: Resolution, core: set[str]) -> Iterable[Relation]:
        """Yields what entities linked again are to others and were not, or were and are no more: both sides tell it."""
        now = {each for each in found.relations if each.a in core or each.b in core}
        return now.symmetric_difference(each for entity in self.active for each in self.related.get(entity, ()))

    def _activate_holders(self, value: str) -> None:
        for key in (f"j:{value}", f"l:{value}"):
            self.read_postings([key])
            self.activate(self.before[key].records)

    def _was_cut(self, key: str) -> bool:
        return self.before[key].over or self.before[key].hub

    def outcome(self, found: Resolution, core: set[str]) -> Changed:
        """Returns what is to be stored."""
        entities = [entity for entity in found.entities if entity.records[0].record_id in core]
        hubs = {hub.identifier: hub for hub in found.hubs}
        postings = dict(self.after)
        for key, count in self._touched(core).items():
            held = self.posting(key)
            if held.over or self._stands(key, count):
                judged = held._replace(since=0 if held.over else held.since + count)
            else:
                judged = held.verdict(hubs.get(key[2:]), self.options)
            if judged != held:
                postings[key] = judged
        records = [*(self.rows[each] for each in core), *self.replaced.values()]
        return Changed(
            entities,
            self.active - {entity.entity_id for entity in entities},
            {old: new for old, new in found.redirects.items() if old in self.active},
            postings,
            self.fresh,
            {value for record in records for value in record.contacts},
            len(self.rows),
        )


def _counting(stands: LinkRecord, given: LinkRecord) -> LinkRecord:
    """Returns what counts of one id, stored and given. Of two contents of which none is known to differ from others the
    smaller one counts, until everything is linked anew, which reads all of an id together."""
    return together(stands, given) if stands.differing or given.differing else min(stands, given)


def _holders(counted_in: Posting) -> int:
    """Returns how many hold what is counted, MOST at most."""
    return MOST if counted_in.over else len(counted_in.places)


def _cities(name: Posting) -> int:
    """Returns in how many cities a name is known, FEW_CITIES + 1 for more than FEW_CITIES."""
    return FEW_CITIES + 1 if name.over else len(name.places)
