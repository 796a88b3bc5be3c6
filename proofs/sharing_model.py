"""Institutions join, leave, are suspended, mark, share, revoke, hold and erase through the services themselves.

After each step what a reader gets, what lies in the indexes and what a blind match says is compared with a log of what
happened, read by rules written down here a second time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from minerva import services
from minerva.audit import Trail
from minerva.deconfliction import budget
from minerva.linking.model import LinkRecord
from minerva.policy import COMMUNITY, Subject
from minerva.sharing.pseudonyms import share_id
from minerva.tenancy.rebuild.entity_changes import record_member
from proofs.model import Outcome, Proof
from tests.sharing.desk import GROUPS, KINDS, SERVICE, SHELVES, STATED, Desk, who

OBJECTS, MAX_GRANTS = 4, 4
HOUR, DAY = 3600.0, 86_400.0
CLASSES = ("infrastructure", "perpetrator", "statistics")
CEILING = {"infrastructure": 5, "statistics": 6}
READS = {"named": {3, 4, 5, 6}, "community": {5, 6}, "academic": {5, 6}, "operator": {6}}
MATCHES = {"named": {1, 3, 4, 5, 6}, "community": {1, 5, 6}, "academic": {6}, "operator": set[int]()}
AUDIENCE = {"university": "academic", "operator": "operator"}
STEPS = {
    "join": 12, "leave": 4, "suspend": 2, "resume": 5, "close": 2, "share": 22, "revoke": 7, "wait": 5, "mark": 6,
    "erase": 2, "hold": 3, "change": 3, "new": 3, "weekly": 6,
}  # fmt: skip


@dataclass
class Release:
    """What the log says of one release."""

    grant_id: str
    thing: Thing
    to: str
    level: int
    classes: frozenset[str]
    until: float
    approvers: int
    identifier: str
    over: bool = False


@dataclass
class Thing:
    """One entity of an owner, as the log has it; `alone`: its one record is what is marked and shared."""

    owner: str
    entity_id: str
    mark: int
    number: int
    alone: bool = False
    held: bool = False
    erased: bool = False
    releases: list[Release] = field(default_factory=list)

    @property
    def record_id(self) -> str:
        """The id of its record."""
        return f"{self.owner}{self.entity_id}"

    def named(self) -> dict[str, str]:
        """What of it is shared, as a body names it."""
        return {"record_id": self.record_id} if self.alone else {"entity_id": self.entity_id}


class Quiet:
    """Takes audit entries and forgets them: the chains are proved elsewhere, and reading their ends costs."""

    def append(self, chain: str, fields: Mapping[str, Any]) -> None:
        """See `Appender`."""


class World(Desk):
    """The store behind the services, and the log."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance
        self.members = {(group, name) for group, names in GROUPS.items() for name in names}
        self.working = set(KINDS)
        self.closed: set[str] = set()
        self.made = 0
        self.things: list[Thing] = []
        self.fresh = False
        """Whether the weekly re-release has just run, so that the indexes hold exactly what they should."""
        for _ in range(OBJECTS):
            self._new(len(self.things))

    def store(self, subject: Subject) -> Any:
        """Without audit chains."""
        return replace(super().store(subject), trail=Trail(Quiet(), b"key"))

    def ask(self, subject: Subject, operation: str, /, **body: Any) -> tuple[int, dict[str, Any]]:
        """Status and answer, without the way through JSON that tests of the answers' form take."""
        found = services.answer(operation, body, self.store(subject))
        return found.status, found.payload

    def step(self) -> str:
        """Does one random thing and names it."""
        chosen = self.chance.choices(list(STEPS), list(STEPS.values()))[0]
        place, name = self.chance.randrange(OBJECTS), self.chance.choice(list(KINDS))
        group = self.chance.choice(list(GROUPS))
        thing = self.things[place]
        self.fresh = False
        if chosen in ("join", "leave"):
            (self.members.add if chosen == "join" else self.members.discard)((group, name))
            self._regroup(group)
        elif chosen in ("suspend", "resume"):
            (self.working.discard if chosen == "suspend" else self.working.add)(name)
            self.change(name, state="suspended" if chosen == "suspend" else "active")
        elif chosen == "close":
            self.closed ^= {group}
            self._regroup(group)
        elif chosen == "wait":
            self.now += self.chance.choice((HOUR, DAY, 8 * DAY, 40 * DAY))
        elif chosen == "new":
            self._new(place)
        elif chosen == "weekly":
            self.now += 1
            self.fresh = self.ask(SERVICE, "rerelease")[0] == 200
        elif thing.owner in self.working and not thing.erased:
            getattr(self, f"_{chosen}")(thing)
        return f"{chosen} {name} {group} {place}"

    def _regroup(self, group: str) -> None:
        names = [name for held, name in self.members if held == group]
        self.regroup(group, *names)
        held = replace(self.context.groups[group], active=group not in self.closed)
        self.context = replace(self.context, groups={**self.context.groups, group: held})

    def _new(self, place: int) -> None:
        """A fresh entity of a random working owner in the place of an old one, whose releases stay in the log.

        Where no institution works there is none, since nothing is stored for one that is suspended.
        """
        if not self.working:
            return
        self.made += 1
        owner = self.chance.choice(sorted(self.working))
        thing = Thing(owner, f"e_{self.made}", 0, self.made, self.chance.random() < 0.4)
        self._entity(thing)
        old = self.things[place : place + 1]
        self.things[place : place + 1] = [thing]
        self._mark(thing)
        for name in ("distribution", "notices", "inquiries", "budgets"):
            self.rows(name).clear()
        for gone in old:
            for key in [key for key, row in self.rows("grants").items() if row["tenant_id"] == gone.owner]:
                if any(release.grant_id in key for release in gone.releases):
                    del self.rows("grants")[key]
            ours = {release.grant_id for release in gone.releases}
            rows = self.rows("tokens")
            for key in [key for key, row in rows.items() if row["grant_id"] in ours]:
                del rows[key]
        self.events = [event for event in self.events if self._kept(event[2]["copy_id"])]

    def _kept(self, copy_id: str) -> bool:
        return any(row.get("copy_id") == copy_id for row in self.rows("grants").values())

    def _entity(self, thing: Thing) -> None:
        identifier = f"phone:+1415555{thing.number % 10000:04d}"
        document = {
            "entity_id": thing.entity_id, "tenant_id": thing.owner, "size": 1, "identifiers": [identifier],
            "names": ["Person Example"], "records": [thing.record_id], "record_types": {"ad": 1},
        }  # fmt: skip
        record = LinkRecord(thing.record_id, "ads", "ad", (identifier,), "Person Example", "", "", "", "", 0, "")
        member, _ = record_member(thing.record_id, thing.entity_id, record)
        self.ask(SERVICE, "save", tenant_id=thing.owner, entities=[document], members=[member])

    def _mark(self, thing: Thing) -> None:
        level = self.chance.randrange(1, 7)
        body = {**thing.named(), "level": f"L{level}", "names_are": "perpetrator", **STATED}
        if self.ask(who(thing.owner), "mark", **body)[0] == 200:
            thing.mark = level

    def _change(self, thing: Thing) -> None:
        thing.number += 1000
        self._entity(thing)

    def _hold(self, thing: Thing) -> None:
        if not thing.held and self.ask(who(thing.owner, "admin"), "hold", entity_id=thing.entity_id)[0] == 200:
            thing.held = True

    def _erase(self, thing: Thing) -> None:
        status, _ = self.ask(who(thing.owner, "admin"), "erase", entity_id=thing.entity_id)
        if (status == 200) == thing.held:
            raise AssertionError(f"erasing a held={thing.held} entity: {status}")
        if status == 200:
            thing.erased = True
            for release in thing.releases:
                release.over = True

    def _share(self, thing: Thing) -> None:
        own = sorted(group for group, name in self.members if name == thing.owner and group not in self.closed)
        if len(thing.releases) >= MAX_GRANTS:
            return
        to, level = self.chance.choice([*own, COMMUNITY]), self.chance.randrange(1, 7)
        classes = frozenset(self.chance.sample(CLASSES, self.chance.randrange(1, 4)))
        agreed, days = self.chance.randrange(3), self.chance.choice((1, 30, 90))
        basis = {"legal_basis": "statute"} if self.chance.random() < 0.5 else {}
        body = {**thing.named(), "to": to, "level": f"L{level}", "fields": sorted(classes), "days": days}
        status, answer = self.ask(who(thing.owner), "propose", **body, **STATED, **basis)
        proposal = answer.get("proposal", {})
        for number in range(agreed if status == 200 else 0):
            yes = {"proposal_id": proposal["proposal_id"], "content_hash": proposal["content_hash"]}
            self.ask(who(thing.owner, "admin", f"second{number}"), "approve", **yes)
        changed = status == 200 and self.chance.random() < 0.1
        if changed:
            self._change(thing)
        if status == 200:
            status, answer = self.ask(who(thing.owner), "release", proposal_id=proposal["proposal_id"])
        ceilings = [CEILING.get(name, 5 if agreed == 2 else 4) for name in classes]
        wanted = level <= min(thing.mark, *ceilings) and (level < 4 or agreed > 0)
        wanted = wanted and not (changed and "infrastructure" in classes)
        if (status == 200) != wanted:
            raise AssertionError(f"released {sorted(classes)} at {level} of {thing.mark} with {agreed}: {status}")
        if status == 200:
            grant_id = answer["grant"]["grant_id"]
            identifier = f"phone:+1415555{thing.number % 10000:04d}"
            until = self.now + days * DAY
            made = Release(grant_id, thing, to, level, classes, until, agreed, identifier)
            thing.releases.append(made)

    def _revoke(self, thing: Thing) -> None:
        live = [release for release in thing.releases if not release.over and self.now < release.until]
        if not live:
            return
        chosen = self.chance.choice(live)
        if self.ask(who(thing.owner), "recall", grant_id=chosen.grant_id)[0] != 200:
            raise AssertionError("a live release could not be recalled")
        chosen.over = True

    def allowed(self, release: Release, reader: str, rights: Mapping[str, set[int]]) -> frozenset[str]:
        """The classes that the log lets a reader read or match."""
        thing, owner = release.thing, release.thing.owner
        if release.over or self.now >= release.until or not {owner, reader} <= self.working or reader == owner:
            return frozenset()
        if release.to != COMMUNITY:
            both = {(release.to, owner), (release.to, reader)}
            if release.to in self.closed or not both <= self.members:
                return frozenset()
        how = AUDIENCE.get(KINDS[reader], "community" if release.to == COMMUNITY else "named")
        found = set()
        for name in release.classes:
            ceiling = CEILING.get(name, 5 if release.approvers == 2 else 4)
            lowest = min(thing.mark, release.level, ceiling)
            if {thing.mark, release.level, lowest} <= rights[how]:
                found.add(name)
        return frozenset(found)

    def differences(self) -> list[str]:
        """What one reader gets of all, by REST, by match, and after a re-release from the indexes."""
        reader = self.chance.choice(list(KINDS))
        releases = [release for thing in self.things for release in thing.releases]
        key = self.store(SERVICE).secret("release")
        names = {share_id(key, reader, each.thing.owner, each.grant_id): each for each in releases}
        wanted = {name: sorted(self.allowed(each, reader, READS)) for name, each in names.items()}
        wanted = {name: classes for name, classes in wanted.items() if classes}
        status, answer = self.ask(who(reader), "shared", **STATED, limit=1000)
        given = {item["share_id"]: item["classes"] for item in answer.get("items", ())}
        found = []
        if status != 200 or given != wanted:
            found.append(f"{reader} reads {json.dumps(given)} instead of {json.dumps(wanted)}")
        found += self._matched(reader, releases)
        found += [f"a copy of an ended release stands: {name}" for name in self._standing_after_end(releases)]
        if self.fresh:
            found += self._indexes(reader, wanted, names)
        return found

    def _matched(self, reader: str, releases: list[Release]) -> list[str]:
        if not releases or reader not in self.working:
            return []
        asked = self.chance.choice(releases).identifier
        self.rows("budgets").clear()
        wanted = any(
            "infrastructure" in self.allowed(each, reader, MATCHES) and each.identifier == asked for each in releases
        )
        status, answer = self.ask(who(reader), "deconflict", identifier=asked, **STATED)
        if status == 200 and answer["hit"] == wanted:
            return []
        return [f"{reader} asks about a phone: {status} {answer.get('hit')} instead of {wanted}"]

    def _standing_after_end(self, releases: list[Release]) -> list[str]:
        ended = {each.grant_id for each in releases if each.over}
        copies = {
            row["copy_id"] for row in self.rows("grants").values() if row["kind"] == "copy" and row["grant_id"] in ended
        }
        indexes = {index for index, _, _ in self.events}
        return sorted(copies & {event["copy_id"] for index in indexes for event in self.standing(index)})

    def _indexes(self, reader: str, wanted: dict[str, list[str]], names: dict[str, Release]) -> list[str]:
        """Everything that the reader's analysts can search, against what they may read."""
        if reader not in self.working:
            return []
        opened = SHELVES.get(KINDS[reader], frozenset({"group", "community"}))
        indexes = [f"s_{reader}", *(["community"] if "community" in opened else [])]
        if "group" in opened:
            indexes += [f"g_{group}" for group, name in self.members if name == reader and group not in self.closed]
        own = {each.grant_id: name for name, each in names.items()}
        rows = {row["copy_id"]: row["grant_id"] for row in self.rows("grants").values() if row["kind"] == "copy"}
        mine = {each.grant_id for each in names.values() if each.thing.owner == reader}
        given = {
            own[rows[event["copy_id"]]]: event["classes"]
            for index in indexes
            for event in self.standing(index)
            if event["copy_id"] in rows and rows[event["copy_id"]] in own and rows[event["copy_id"]] not in mine
        }
        return (
            [] if given == wanted else [f"{reader}'s indexes hold {json.dumps(given)} instead of {json.dumps(wanted)}"]
        )


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` steps in one world; after each, what the services do is compared with the log."""
    budget_was, budget.BURST = budget.BURST, 10**9
    try:
        world = World(random.Random(f"{seed}:{batch}"))
        failures: list[str] = []
        for step in range(size):
            try:
                did = world.step()
                failures += [f"step {step} ({did}): {line}" for line in world.differences()]
            except AssertionError as error:
                failures.append(f"step {step}: {error}")
            if len(failures) > 20:
                break
        return Outcome(step + 1, failures)
    finally:
        budget.BURST = budget_was


PROOF = Proof(
    name="sharing_model",
    claim="after every join, leave, suspension, marking, release, recall, expiry, change, hold and erasure the "
    "services give, match and copy exactly what a log of what happened says",
    unit="steps",
    target=100_000,
    batch=2_000,
    slice=3_000,
    run=run,
)  # fmt: skip
