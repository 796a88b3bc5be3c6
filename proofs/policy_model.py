"""Institutions join, leave, are suspended, share, revoke, let expire, change and erase; who sees what follows at once.

The policy is asked about records as a store holds them. What it should say is read from a log of what happened.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from minerva.policy import (
    COMMUNITY,
    Action,
    Approval,
    Context,
    Decision,
    Grant,
    Group,
    Level,
    Object,
    Subject,
    Tenant,
    decide,
)  # fmt: skip
from proofs.model import Outcome, Proof

KINDS = {
    "north": "police",
    "river": "ngo",
    "bank": "company",
    "school": "university",
    "desk": "operator",
    "west": "police",
}
GROUPS = ("ring", "pair", "wide")
OBJECTS = 6
CLASSES = ("infrastructure", "statistics", "perpetrator", "witness")
MAX_GRANTS = 8
HOUR = 3600.0
INDICATORS = {"infrastructure", "statistics"}
# (how it was released, level) -> what institutions read. One approver lifts no perpetrator above level 4.
READ_BY = {("named", level): INDICATORS | {"perpetrator"} for level in (3, 4, 5, 6)}
READ_BY |= {("community", level): INDICATORS for level in (5, 6)}
STUDIED_BY = {5: INDICATORS, 6: INDICATORS}
OPERATED_BY = {6: {"statistics"}}


@dataclass
class Release:
    """What the log says of one release: to whom, of which content, and for how long it was meant."""

    owner: str
    record: int
    group: str
    level: int
    content: int
    until: float
    approved: bool
    recalled: bool = False


@dataclass
class World:
    """The store (what the policy is asked about) and the log (what happened)."""

    chance: random.Random
    decide: Callable[..., Decision] = decide
    now: float = 1_000_000.0
    tenants: dict[str, Tenant] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    objects: list[Object] = field(default_factory=list)
    working: set[str] = field(default_factory=lambda: set(KINDS))
    members: set[tuple[str, str]] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    contents: dict[int, int] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name, kind in KINDS.items():
            roles = (f"{name}_analyst", f"{name}_admin")
            self.tenants[name] = Tenant(name, f"i_{name}", *roles, kind=kind, match="community")
        self.groups = {name: Group(name, frozenset()) for name in GROUPS}
        for number in range(OBJECTS):
            self.new_object(number)

    def new_object(self, number: int) -> None:
        """A fresh record of a random owner in the place of an old one."""
        owner = self.chance.choice(list(KINDS))
        made = Object(owner, level=Level(self.chance.randrange(3, 7)), content_hash="c0", author="author")
        self.objects[number : number + 1] = [made]
        self.contents[number] = 0
        self.erased.discard(number)
        self.held.discard(number)
        self.releases = [each for each in self.releases if each.record != number]

    def step(self) -> str:
        """Does one random thing and names it."""
        number, name = self.chance.randrange(OBJECTS), self.chance.choice(list(KINDS))
        group = self.chance.choice(GROUPS)
        chosen = self.chance.choices(
            (
                "join",
                "leave",
                "suspend",
                "resume",
                "close",
                "share",
                "revoke",
                "wait",
                "erase",
                "hold",
                "change",
                "new",
            ),
            (14, 4, 2, 5, 2, 22, 8, 5, 2, 4, 4, 4),
        )[0]
        if chosen in ("join", "leave"):
            self._membership(chosen, group, name)
        elif chosen in ("suspend", "resume"):
            (self.working.discard if chosen == "suspend" else self.working.add)(name)
            self.tenants[name] = replace(self.tenants[name], state="suspended" if chosen == "suspend" else "active")
        elif chosen == "close":
            (self.closed.add if group not in self.closed else self.closed.discard)(group)
            self.groups[group] = replace(self.groups[group], active=group not in self.closed)
        elif chosen == "share":
            self._share(number, self.chance.choice((*GROUPS, COMMUNITY)))
        elif chosen == "revoke":
            self._revoke(number)
        elif chosen == "wait":
            self.now += self.chance.choice((HOUR, 24 * HOUR, 40 * 24 * HOUR))
        elif chosen == "erase" and number not in self.held:
            self.erased.add(number)
            self.objects[number] = replace(self.objects[number], erased=True)
        elif chosen == "hold":
            (self.held.add if number not in self.held else self.held.discard)(number)
            self.objects[number] = replace(self.objects[number], legal_hold=number in self.held)
        elif chosen == "change":
            self.contents[number] += 1
            self.objects[number] = replace(self.objects[number], content_hash=f"c{self.contents[number]}")
        elif chosen == "new":
            self.new_object(number)
        return f"{chosen} {name} {group} {number}"

    def _membership(self, chosen: str, group: str, name: str) -> None:
        (self.members.add if chosen == "join" else self.members.discard)((group, name))
        held = self.groups[group].members
        self.groups[group] = replace(self.groups[group], members=held | {name} if chosen == "join" else held - {name})

    def _share(self, number: int, group: str) -> None:
        obj = self.objects[number]
        if len(obj.grants) >= MAX_GRANTS:
            return
        level, days = self.chance.randrange(3, int(obj.level) + 1), self.chance.choice((1, 30, 90))
        approved = self.chance.random() < 0.8
        author = "second" if not approved and self.chance.random() < 0.5 else "author"
        approvals = (
            (Approval("second", obj.tenant_id, obj.content_hash, self.now),) if approved or author == "second" else ()
        )
        until = self.now + days * 24 * HOUR
        grant = Grant(
            str(len(obj.grants)), group, Level(level), frozenset(CLASSES), author, self.now, until, None, approvals
        )
        self.objects[number] = replace(obj, grants=(*obj.grants, grant))
        content = self.contents[number]
        self.releases.append(Release(obj.tenant_id, number, group, level, content, until, approved))

    def _revoke(self, number: int) -> None:
        obj = self.objects[number]
        if not obj.grants:
            return
        chosen = self.chance.randrange(len(obj.grants))
        grants = list(obj.grants)
        grants[chosen] = replace(grants[chosen], revoked=self.now)
        self.objects[number] = replace(obj, grants=tuple(grants))
        [each for each in self.releases if each.record == number][chosen].recalled = True

    def should_read(self, reader: str, number: int, field_class: str) -> bool:
        """What the log says."""
        owner = self.objects[number].tenant_id
        if number in self.erased or not {owner, reader} <= self.working:
            return False
        if reader == owner:
            return True
        return any(field_class in self._readable(each, reader) for each in self.releases if each.record == number)

    def _readable(self, release: Release, reader: str) -> set[str]:
        if release.recalled or self.now >= release.until:
            return set()
        if release.level >= 4 and not (release.approved and release.content == self.contents[release.record]):
            return set()
        how = "community"
        if release.group != COMMUNITY:
            how = "named"
            both = {(release.group, release.owner), (release.group, reader)}
            if release.group in self.closed or not both <= self.members:
                return set()
        kind = KINDS[reader]
        if kind == "university":
            return STUDIED_BY.get(release.level, set())
        if kind == "operator":
            return OPERATED_BY.get(release.level, set())
        return READ_BY.get((how, release.level), set())

    def differences(self) -> list[str]:
        """Asks the policy about a few readers of each record."""
        context = Context(self.tenants, self.groups, self.now, "", "investigation", "C-1", "statute")
        found = []
        for number, obj in enumerate(self.objects):
            reader, field_class = self.chance.choice(list(KINDS)), self.chance.choice(CLASSES)
            subject = Subject("x", frozenset([f"{reader}_analyst"]), frozenset())
            given = self.decide(subject, Action.READ, obj, field_class, context)
            if given.permits != self.should_read(reader, number, field_class):
                word = "LEAK" if given.permits else "refused"
                found.append(f"{word}: {reader} reads {field_class} of record {number}: {given.reason_code}")
            admin = Subject("y", frozenset([f"{obj.tenant_id}_admin"]), frozenset())
            erases = self.decide(admin, Action.ERASE, obj, "statistics", context).permits
            if erases != (number not in self.erased | self.held and obj.tenant_id in self.working):
                found.append(f"erasing record {number}: {erases}")
        return found


def run(seed: int, batch: int, size: int, policy: Callable[..., Decision] = decide) -> Outcome:
    """`size` steps in one world; after each, what the policy says is compared with the log."""
    world = World(random.Random(f"{seed}:{batch}"), policy)
    failures: list[str] = []
    for step in range(size):
        did = world.step()
        failures += [f"step {step} ({did}): {line}" for line in world.differences()]
    return Outcome(size, failures)


PROOF = Proof(
    name="policy_model",
    claim="after every join, leave, suspension, release, recall, expiry, change and erasure the policy permits reading "
    "and erasing exactly where the log of what happened says so",
    unit="steps",
    target=100_000,
    batch=10_000,
    slice=10_000,
    run=run,
)
