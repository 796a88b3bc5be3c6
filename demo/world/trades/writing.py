"""Writes records of businesses: names, streets and people invented, in the shape that a partner's program submits."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.world import contacts
from demo.world.places import CITIES, FIRST_WORDS, SECOND_WORDS, STREET_ENDINGS, STREETS, SYLLABLES, City
from demo.world.trades.chances import Difficulty

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Venue:
    """A business at a house. `truth_id` names the establishment: it stays when the business gets a new name."""

    truth_id: str
    name: str
    number: int
    street: str
    city: City
    postcode: str
    phone: str


@dataclass
class Written:
    """Records of a sector, who each is of, and which businesses are illicit. region: of each business."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    of: dict[str, str] = field(default_factory=dict)
    """key of a record -> truth id."""
    illicit: dict[str, bool] = field(default_factory=dict)
    region: dict[str, str] = field(default_factory=dict)


class Pen:
    """Draws and writes; one chance for all, so a seed gives the same bytes."""

    def __init__(
        self,
        level: Difficulty,
        chance: random.Random,
        until: datetime = UNTIL,
        cities: Sequence[City] = CITIES,
        taken: Iterable[str] = (),
    ) -> None:
        self.level = level
        self.chance = chance
        self.until = until
        self.cities = cities
        self.taken: set[str] = set(taken)
        self.written = Written()

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def person(self) -> str:
        """An invented name that points to no people and no origin."""
        draw = self.chance.choices
        return f"{''.join(draw(SYLLABLES, k=2)).title()} {''.join(draw(SYLLABLES, k=3)).title()}"

    def day(self, first: int, last: int) -> str:
        """A day between so many days before the end of the world."""
        return (self.until - timedelta(days=self.chance.randrange(last, first + 1))).strftime("%Y-%m-%d")

    def day_before(self, days: int) -> str:
        return (self.until - timedelta(days=days)).strftime("%Y-%m-%d")

    def venue(self, truth_id: str, trade: str, city: City | None = None) -> Venue:
        city = city or self.chance.choice(self.cities)
        name = f"{self.chance.choice(FIRST_WORDS)} {self.chance.choice(SECOND_WORDS)} {trade}"
        return Venue(
            truth_id,
            name,
            self.chance.randrange(100, 9900),
            self.chance.choice(STREETS),
            city,
            f"{city.postcode}{self.chance.randrange(100):02d}",
            contacts.phone(self.chance, city, self.taken),
        )

    def address(self, venue: Venue) -> dict[str, str]:
        """Where it is, written as one source does; a hard world leaves parts out."""
        street = f"{venue.number} {venue.street} {self.chance.choice(STREET_ENDINGS[:3])}"
        told = {"address": street, "city": venue.city.name, "region": venue.city.region, "postcode": venue.postcode}
        if self.maybe(self.level.missing / 2):
            told.pop("postcode")
        return told

    def record(
        self, kind: str, source: str, venue: Venue | None, truth_id: str, days: tuple[int, int] = (90, 1), **given: Any
    ) -> None:
        """Adds a record. Attributes may be None (not told), and the sources leave some out."""
        attributes = {
            name: str(value)
            for name, value in (given.pop("attributes", {}) or {}).items()
            if value not in (None, "") and (name in ("category", "status") or not self.maybe(self.level.missing / 2))
        }
        key = f"{source}-{len(self.written.rows)}"
        row: dict[str, Any] = {"record_type": kind, "source": source, "key": key, "country": "US"}
        row["observed_time"] = f"{self.day(*days)}T{self.chance.randrange(24):02d}:{self.chance.randrange(60):02d}:00Z"
        if venue is not None and given.pop("placed", True):
            row.update(self.address(venue))
        row.update({name: value for name, value in given.items() if value})
        if attributes:
            row["attributes"] = attributes
        self.written.rows.append(row)
        self.written.of[key] = truth_id

    def review(self, source: str, venue: Venue, text: str, phones: Sequence[str] = (), **attributes: Any) -> None:
        self.record(
            "review", source, venue, venue.truth_id, name=venue.name, text=text, phones=phones, attributes=attributes
        )

    def filing(self, venue: Venue, category: str) -> None:
        """A case of a court, of up to two and a half years ago."""
        self.record(
            "filing", "court_records", venue, venue.truth_id, (900, 30), name=venue.name,
            attributes={"category": category},
        )  # fmt: skip

    def ad(self, source: str, venue: Venue, text: str, **attributes: Any) -> None:
        """An advertisement that names the town and no house."""
        city = venue.city
        self.record(
            "ad", source, venue, venue.truth_id, placed=False, city=city.name, region=city.region, text=text,
            attributes=attributes,
        )  # fmt: skip

    def printed(self, phone: str) -> str:
        return f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"

    def settle(self, venue: Venue, illicit: bool) -> None:
        self.written.illicit[venue.truth_id] = illicit
        self.written.region[venue.truth_id] = venue.city.region
