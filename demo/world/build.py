"""Builds a world: so many records or so many operations, from one seed, split over the tenants that collect them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any

from demo.world import contacts
from demo.world.actors import Actor, independent, operation
from demo.world.levels import LEVELS, Level
from demo.world.places import CITIES
from demo.world.publish import UNTIL, Published, Writer

SOURCES = (
    "classified_ads",
    "user_profiles",
    "business_reviews",
    "massage_licenses",
    "company_register",
    "missing_person_notices",
)
SHARE_NOTICES = 0.04
SHARE_INDEPENDENT = 0.25
SHARE_BOTH_TENANTS = 0.05
RECORDS_PER_OPERATION = 9.0
"""About what an operation publishes on average: used to turn a wish for records into a number of operations."""


@dataclass
class World:
    """published: tenant -> rows in order of publication; malformed: tenant -> source -> broken rows put among them."""

    level: Level
    seed: int
    published: dict[str, list[Published]]
    malformed: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    hubs: tuple[str, ...] = ()
    until: datetime = UNTIL

    def truth(self, tenant: str) -> dict[tuple[str, str], str]:
        """Returns (source_id, key) -> actor of every well-formed row."""
        return {(item.source_id, item.key): item.actor_id for item in self.published[tenant]}

    def rows(self, tenant: str, source_id: str) -> list[Any]:
        """Returns a source's rows with the broken ones spread among them, as the source would serve them."""
        rows: list[Any] = [item.row for item in self.published[tenant] if item.source_id == source_id]
        broken = self.malformed.get(tenant, {}).get(source_id, [])
        for number, row in enumerate(broken):
            rows.insert((number + 1) * len(rows) // (len(broken) + 1), row)
        return rows


def build(
    *,
    records: int | None = None,
    operations: int | None = None,
    seed: int = 7,
    level: Level = LEVELS["medium"],
    tenants: tuple[str, ...] = ("northfield", "riverbank"),
    held_back: bool = False,
    until: datetime = UNTIL,
) -> World:
    """Returns a world of exactly `records` rows that are well formed, or of `operations` operations; seeded.

    held_back: contacts are also written in the ways that the demo never uses (benchmarks).
    until: the newest time of a row, UTC; the others lie in the 90 days before it.
    """
    chance = random.Random(seed)
    wanted = None if records is None else int(records * (1 - SHARE_NOTICES))
    if operations is None:
        operations = max(2, int((wanted or 2000) * (1 - SHARE_INDEPENDENT) / RECORDS_PER_OPERATION))
    shared = max(2, operations // level.operations_per_hub)
    taken: set[str] = set()
    hubs = [contacts.phone(chance, chance.choice(CITIES), taken) for _ in range(shared)]
    writer = Writer(level, chance, hubs, held_back, until)
    published: dict[str, list[Published]] = {tenant: [] for tenant in tenants}
    total = 0
    for actor in _actors(operations, wanted is not None, chance, len(tenants), taken):
        for item in _rows_of(actor, writer):
            if wanted is not None and total >= wanted:
                break
            published[tenants[chance.choice(actor.spread)]].append(item)
            total += 1
        if wanted is not None and total >= wanted:
            break
    desk = contacts.phone(chance, chance.choice(CITIES), taken)
    notices = int(total * SHARE_NOTICES) if records is None else records - total
    for _ in range(notices):
        published[chance.choice(tenants)].append(writer.notice(desk))
    world = World(level, seed, published, hubs=(*hubs, desk), until=until)
    world.malformed = {tenant: _malformed(published[tenant], level, chance) for tenant in tenants}
    return world


def _actors(operations: int, endless: bool, chance: random.Random, tenants: int, taken: set[str]) -> Iterator[Actor]:
    """Yields the operations, then independents: three per four operations, or for ever."""
    for number in range(operations):
        both = chance.random() < SHARE_BOTH_TENANTS
        yield _placed(operation(number, chance, taken), tuple(range(tenants)) if both else (chance.randrange(tenants),))
    for number in count() if endless else range(operations * 3 // 4):
        yield _placed(independent(number, chance, taken), (chance.randrange(tenants),))


def _placed(actor: Actor, spread: tuple[int, ...]) -> Actor:
    return replace(actor, spread=spread)


def _rows_of(actor: Actor, writer: Writer) -> Iterator[Published]:
    """Yields `size` rows of an actor: registers first, then reviews of its businesses, profiles and advertisements."""
    left = actor.size
    for firm in actor.businesses:
        yield writer.license(actor, firm)
        yield writer.company(actor, firm)
        left -= 2
    chance = writer.chance
    for _ in range(max(0, left)):
        draw = chance.random()
        if actor.businesses and draw < 0.25:
            yield writer.review(actor, chance.choice(actor.businesses))
        elif actor.handles and draw < 0.4:
            yield writer.profile(actor)
        else:
            yield writer.ad(actor)


def _malformed(rows: list[Published], level: Level, chance: random.Random) -> dict[str, list[Any]]:
    """Returns broken rows by source: a list where an object belongs, a row without its id, a time that is none."""
    broken: dict[str, list[Any]] = {}
    for source_id, id_key, time_key in (
        ("classified_ads", "id", "posted_at"),
        ("user_profiles", "id", "updated_at"),
        ("business_reviews", "id", "created_at"),
    ):
        examples = [item.row for item in rows if item.source_id == source_id]
        made: list[Any] = []
        for number in range(max(1, int(len(examples) * level.malformed)) if examples else 0):
            row = dict(chance.choice(examples))
            if number % 3 == 0:
                row.pop(id_key)
            elif number % 3 == 1:
                row = {**row, id_key: f"{row[id_key]}-bad", time_key: "yesterday"}
            made.append(["not", "an", "object"] if number % 3 == 2 else row)
        broken[source_id] = made
    return broken
