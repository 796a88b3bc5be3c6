"""Writes the world as its six sources would publish it: rows in each source's shape, and who stands behind each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.world import contacts, texts
from demo.world.actors import Actor, Business
from demo.world.levels import Level
from demo.world.places import CITIES

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
"""The newest time of a world that names none: the same seed gives the same bytes on every day."""
DAYS = 90


@dataclass(frozen=True)
class Published:
    """One row of a source. actor_id: the truth; contact phones and e-mails: what a perfect reader finds in the text."""

    source_id: str
    key: str
    row: dict[str, Any]
    actor_id: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class Writer:
    """Turns actors into rows; one chance for all, so a seed gives the same bytes."""

    def __init__(self, level: Level, chance: random.Random, hubs: list[str], held_back: bool, until: datetime) -> None:
        self.level = level
        self.chance = chance
        self.hubs = hubs
        self.held_back = held_back
        self.until = until
        self.numbers: dict[str, int] = {}

    def moment(self) -> str:
        """Returns a time of the 90 days before `until`, UTC."""
        seconds = self.chance.randrange(DAYS * 86400)
        return (self.until - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def number(self, source_id: str) -> int:
        """Returns the next number of a source's rows."""
        self.numbers[source_id] = self.numbers.get(source_id, 0) + 1
        return self.numbers[source_id]

    def contact_text(self, actor: Actor) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Returns (sentence with one to three contacts as people write them, phones in it, e-mails in it)."""
        chance = self.chance
        own = [("phone", p) for p in actor.phones] + [("email", e) for e in actor.emails]
        own += [("handle", h) for h in actor.handles] + [("domain", d) for d in actor.domains]
        if chance.random() < self.level.drop:
            return "Ask at the door.", (), ()
        picked = chance.sample(own, min(len(own), 1 + chance.randrange(3)))
        parts = [chance.choice(texts.CONTACTS).format(self.write(kind, value)) for kind, value in picked]
        phones = [value for kind, value in picked if kind == "phone"]
        if self.hubs and chance.random() < self.level.hub_share:
            hub = chance.choice(self.hubs)
            parts.append(f"Front desk {self.write('phone', hub)}")
            phones.append(hub)
        return ". ".join(parts) + ".", tuple(phones), tuple(value for kind, value in picked if kind == "email")

    def write(self, kind: str, value: str) -> str:
        """Returns one contact as someone wrote it."""
        share, held_back, chance = self.level.plain, self.held_back, self.chance
        if kind == "phone":
            return contacts.written(value[2:], contacts.PLAIN_PHONES, contacts.MESSY_PHONES, share, held_back, chance)
        if kind == "email":
            return contacts.written(value, contacts.PLAIN_EMAILS, contacts.MESSY_EMAILS, share, held_back, chance)
        if kind == "handle":
            return contacts.written(value, contacts.PLAIN_HANDLES, contacts.MESSY_HANDLES, share, held_back, chance)
        return value

    def fill(self, template: str, actor: Actor, contact: str) -> str:
        """Returns a template with its slots filled."""
        chance = self.chance
        text = template.replace("{contact}", contact).replace("{0}", contact)
        text = text.replace("{place}", chance.choice(actor.cities).name).replace("{spot}", chance.choice(texts.SPOTS))
        return " ".join(text.replace("{decoy}", texts.decoys(self.level.decoys, chance)).split())

    def ad(self, actor: Actor) -> Published:
        """Returns a classified advertisement; an actor keeps to its own text template."""
        chance, number = self.chance, self.number("classified_ads")
        contact, phones, emails = self.contact_text(actor)
        city = chance.choice(actor.cities)
        row: dict[str, Any] = {
            "id": f"ad-{number}",
            "posted_at": self.moment(),
            "title": texts.TITLES[actor.template % len(texts.TITLES)].format(place=city.name),
            "body": self.fill(texts.BODIES[actor.template % len(texts.BODIES)], actor, contact),
            "city": city.name,
            "region": city.region,
            "country": city.country,
            "category": "services",
            "price": chance.choice(texts.PRICES),
        }
        return Published("classified_ads", row["id"], row, actor.actor_id, phones, emails)

    def profile(self, actor: Actor) -> Published:
        """Returns a user profile: a handle of its own platform, and often another contact in the text."""
        chance, number = self.chance, self.number("user_profiles")
        contact, phones, emails = self.contact_text(actor)
        city = chance.choice(actor.cities)
        row: dict[str, Any] = {
            "id": f"p-{number}",
            "updated_at": self.moment(),
            "display_name": chance.choice(("Studio", "Team", "Rest", "Calm")) + f" {city.name}",
            "handle": chance.choice(actor.handles) if actor.handles else contacts.handle(chance),
            "platform": "instagram",
            "bio": self.fill(chance.choice(texts.BIOS), actor, contact),
            "city": city.name,
            "country": city.country,
            "links": [f"https://{chance.choice(actor.domains)}/"] if actor.domains else [],
        }
        return Published("user_profiles", f"instagram|{row['id']}", row, actor.actor_id, phones, emails)

    def review(self, actor: Actor, firm: Business) -> Published:
        """Returns a review of a business, its address written in the reviewer's way."""
        chance, number = self.chance, self.number("business_reviews")
        row: dict[str, Any] = {
            "id": f"r-{number}",
            "created_at": self.moment(),
            "business_name": firm.name,
            "address": firm.address(chance),
            "city": firm.city.name,
            "region": firm.city.region,
            "postcode": firm.postcode,
            "phone": _printed(firm.phone) if chance.random() < 0.7 else "",
            "rating": chance.randrange(1, 6),
            "text": self.fill(chance.choice(texts.REVIEWS), actor, texts.decoys(self.level.decoys / 2, chance)),
            "reviewer_handle": contacts.handle(chance),
        }
        return Published("business_reviews", row["id"], row, actor.actor_id)

    def license(self, actor: Actor, firm: Business) -> Published:
        """Returns a row of the massage-licence register."""
        row: dict[str, Any] = {
            "license_number": firm.license_number,
            "business_name": f"{firm.name} {firm.legal}",
            "owner": "on file",
            "address": firm.address(self.chance),
            "city": firm.city.name,
            "region": firm.city.region,
            "postcode": firm.postcode,
            "phone": _printed(firm.phone),
            "status": self.chance.choice(("active", "active", "expired")),
            "issued": self.moment()[:10],
            "expires": f"{self.until.year + 1}-06-30",
        }
        return Published("massage_licenses", firm.license_number, row, actor.actor_id)

    def company(self, actor: Actor, firm: Business) -> Published:
        """Returns a row of the company register; it shares phone, e-mail or only name and address with the licence."""
        row: dict[str, Any] = {
            "company_number": firm.company_number,
            "name": f"{firm.name.upper()} {firm.legal.upper()}",
            "officers": "on file",
            "address": firm.address(self.chance),
            "city": firm.city.name,
            "region": firm.city.region,
            "postcode": firm.postcode,
            "country": firm.city.country,
            "incorporated": "2021-03-15",
            "status": "active",
            "email": actor.emails[0] if actor.emails and self.chance.random() < 0.6 else "",
            "phone": _printed(actor.phones[0]) if self.chance.random() < 0.6 else "",
        }
        return Published("company_register", firm.company_number, row, actor.actor_id)

    def notice(self, desk: str) -> Published:
        """Returns a notice: nobody's record but its own, with the hotline that every notice names."""
        number = self.number("missing_person_notices")
        city = self.chance.choice(CITIES)
        spot = self.chance.choice(texts.SPOTS)
        text = self.chance.choice(texts.NOTICES).format("", spot=spot, place=city.name).strip()
        row: dict[str, Any] = {
            "id": f"n-{number}",
            "published_at": self.moment(),
            "headline": f"Notice {number}",
            "age_band": self.chance.choice(("12-17", "18-24", "25-34", "35+")),
            "city": city.name,
            "region": city.region,
            "country": city.country,
            "description": text,
            "contact": _printed(desk),
        }
        return Published("missing_person_notices", row["id"], row, f"notice-{number}")


def _printed(phone: str) -> str:
    return f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
