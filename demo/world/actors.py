"""Who acts in the world: operations with rings of contacts and businesses, and independents."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from demo.world import contacts
from demo.world.places import (
    CITIES,
    FIRST_WORDS,
    LEGAL,
    SECOND_WORDS,
    SIDES,
    STREET_ENDINGS,
    STREETS,
    TRADES,
    City,
)


@dataclass(frozen=True)
class Business:
    """A registered business. Street parts are kept apart, since every source writes them differently."""

    name: str
    legal: str
    number: int
    side: str
    street: str
    city: City
    postcode: str
    phone: str
    license_number: str
    company_number: str

    def address(self, chance: random.Random) -> str:
        """Returns the street address as someone writes it."""
        side = chance.choice([side for side in SIDES if side.strip()[:1] == self.side]) if self.side else ""
        return f"{self.number} {side}{self.street} {chance.choice(STREET_ENDINGS[:3])}"


@dataclass(frozen=True)
class Actor:
    """One true entity: its contacts, its businesses, and how many records speak of it."""

    actor_id: str
    kind: str
    size: int
    cities: tuple[City, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    handles: tuple[str, ...]
    domains: tuple[str, ...]
    businesses: tuple[Business, ...] = ()
    template: int = 0
    spread: tuple[int, ...] = field(default=())
    """Which tenants hold its records; one for most, both for a few."""


def operation(number: int, chance: random.Random, taken: set[str]) -> Actor:
    """Returns a ring: Pareto size from 3 up, about a quarter as many contacts as records."""
    size = min(60, 3 + int((chance.paretovariate(1.3) - 1) * 3))
    cities = tuple(chance.sample(CITIES, min(len(CITIES), 1 + size // 8)))
    own = max(2, size // 4)
    businesses = (
        tuple(business(f"{number}", n, chance.choice(cities), chance, taken) for n in range(1 + (size > 25)))
        if chance.random() < 0.3
        else ()
    )
    return Actor(
        actor_id=f"operation-{number}",
        kind="operation",
        size=size,
        cities=cities,
        phones=tuple(contacts.phone(chance, chance.choice(cities), taken) for _ in range(max(1, own // 2 + own % 2))),
        emails=tuple(contacts.email(chance) for _ in range(max(1, own // 3))),
        handles=tuple(contacts.handle(chance) for _ in range(max(1, own // 3))),
        domains=(contacts.domain(chance),) if businesses and chance.random() < 0.5 else (),
        businesses=businesses,
        template=chance.randrange(1000),
    )


def independent(number: int, chance: random.Random, taken: set[str]) -> Actor:
    """Returns someone on their own: one or two contacts, one to three records."""
    city = chance.choice(CITIES)
    return Actor(
        actor_id=f"independent-{number}",
        kind="independent",
        size=chance.choice((1, 1, 2, 3)),
        cities=(city,),
        phones=(contacts.phone(chance, city, taken),),
        emails=(contacts.email(chance),) if chance.random() < 0.4 else (),
        handles=(),
        domains=(),
        template=chance.randrange(1000),
    )


def business(owner: str, number: int, city: City, chance: random.Random, taken: set[str]) -> Business:
    """Returns a business with licence and company number."""
    return Business(
        name=f"{chance.choice(FIRST_WORDS)} {chance.choice(SECOND_WORDS)} {chance.choice(TRADES)}",
        legal=chance.choice(LEGAL),
        number=chance.randrange(100, 9900),
        side=chance.choice(("", "N", "S", "W")),
        street=chance.choice(STREETS),
        city=city,
        postcode=f"{city.postcode}{chance.randrange(100):02d}",
        phone=contacts.phone(chance, city, taken),
        license_number=f"MB-{chance.randrange(10**6, 10**7)}",
        company_number=f"C{chance.randrange(10**7, 10**8)}",
    )
