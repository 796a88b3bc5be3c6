"""Mailbox providers, landlords, training schools and advertisers: as much of each as sources tell of it today."""

from __future__ import annotations

from collections.abc import Iterator

from demo.world.places import CITIES
from demo.world.trades.chances import ADVERTISER, BASE_RATE, MAILBOX, PROPERTY, SCHOOL, Habits, Table
from demo.world.trades.writing import Pen, Venue

HOLDERS = ("Nail salon", "Import and export", "Cleaning company", "Notary", "Florist", "Courier")
RISKY = ("Massage establishment", "Employment agency")
FINDINGS = {
    "locked": "padlock on bedroom doors, locked from outside",
    "crowded": "overcrowded, eleven people in one unit",
}
CLEAN_HOUSE = ("no violation", "gutter repaired", "stairs in order")
PLAIN = (
    "New in town and happy to meet you this week, ask for {name} at {phone} in the evening or on the weekend",
    "{name} visits for a few days only, write or call {phone} and say when you would like to come by for an hour",
    "A calm hour after work with {name}, no hurry, parking behind the house, call {phone} between noon and ten",
)
COPIED = "Best time of your life with a sweet new friend tonight, do not wait and call {phone} now, ask for {name} only"
TRUST = " You can trust me, honest and real."
SECTIONS = ("escorts", "female escorts", "dating")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
USUAL = 200


def mailboxes(pen: Pen, count: int) -> None:
    """Writes so many providers with who uses their address."""
    for venue, habits in _each(pen, count, "mailbox", "Mail Boxes", MAILBOX):
        _listed(pen, venue, "establishment", "business_map", {"category": "Mailbox rental"})
        for _ in range(pen.chance.randrange(3, 6) if habits["many"] else pen.chance.randrange(0, 3)):
            _holder(pen, venue, pen.chance.choice(HOLDERS))
        _risky_holders(pen, venue, habits)
        if habits["ads"]:
            pen.record("offer", "job_offers", venue, venue.truth_id, name=f"{pen.person()} Work",
                       text="Work abroad, papers are arranged, write to the address above.")  # fmt: skip


def properties(pen: Pen, count: int) -> None:
    """Writes so many houses with their tenants and what inspectors found."""
    for venue, habits in _each(pen, count, "property", "House", PROPERTY):
        found = "; ".join(text for habit, text in FINDINGS.items() if habits[habit]) or pen.chance.choice(CLEAN_HOUSE)
        facts = {"category": "Apartment building", "owner": pen.person(), "violation": found}
        _listed(pen, venue, "property", "parcels", facts)
        _risky_holders(pen, venue, habits)


def schools(pen: Pen, count: int) -> None:
    """Writes so many schools, whether they go on after they closed, and what their owners hold."""
    for venue, habits in _each(pen, count, "school", "School of Massage", SCHOOL):
        owner, closed = pen.person(), habits["goes_on"] or pen.maybe(0.1)
        facts = {"category": "Massage school", "operator": owner, "status": "closed" if closed else "approved",
                 "closed": pen.day(1200, 600) if closed else "", "opened": pen.day(4000, 1500)}  # fmt: skip
        _listed(pen, venue, "school", "school_approvals", facts)
        if habits["goes_on"]:
            facts = {"category": "Massage school", "status": "active", "issued": pen.day(500, 60)}
            _listed(pen, venue, "license", "massage_register", facts)
        if habits["parlor"]:
            parlor = pen.venue(venue.truth_id, "Massage", venue.city)
            facts = {"category": "Massage establishment", "status": "active", "owner": owner}
            phones = [pen.printed(venue.phone if pen.maybe(0.5) else parlor.phone)]
            pen.record("license", "massage_register", parlor, f"{venue.truth_id}-parlor", name=parlor.name,
                       phones=phones, attributes=facts)  # fmt: skip


def advertisers(pen: Pen, count: int) -> None:
    """Writes so many phones with what they advertise."""
    for venue, habits in _each(pen, count, "advertiser", "Advertiser", ADVERTISER):
        _advertise(pen, venue, habits)


def _each(pen: Pen, count: int, sector: str, trade: str, table: Table) -> Iterator[tuple[Venue, Habits]]:
    """So many businesses of a sector, each settled once its records are written."""
    for number in range(count):
        venue = pen.venue(f"{sector}-{number}", trade)
        habits = Habits(pen.maybe(BASE_RATE), table, pen.level, pen.chance)
        yield venue, habits
        pen.settle(venue, habits.illicit)


def _advertise(pen: Pen, venue: Venue, habits: Habits) -> None:
    chance = pen.chance
    names = [pen.person().split()[0] for _ in range(5 if habits["names"] else 1)]
    towns = chance.sample(CITIES, 4) if habits["tour"] else [venue.city]
    text = COPIED if habits["copied"] else chance.choice(PLAIN)
    days = [chance.randrange(1, 90) for _ in range(chance.randrange(2, 5))]
    for day in days:
        for town in towns:
            name = chance.choice(names)
            phone = pen.printed(venue.phone)
            if habits["obscured"] and pen.maybe(0.8):
                phone = " ".join(DIGITS[int(digit)] for digit in venue.phone[2:])
            price = USUAL * (chance.choice((0.3, 0.4)) if habits["cheap"] else chance.choice((0.8, 1, 1, 1.2)))
            words = text.format(name=name, phone=phone) + (TRUST if habits["trust"] and pen.maybe(0.6) else "")
            pen.record("ad", "adult_board", venue, venue.truth_id, (day, day), placed=False, name=name, city=town.name,
                       region=town.region, text=words,
                       attributes={"category": chance.choice(SECTIONS), "price": f"{price:.0f}"})  # fmt: skip


def _listed(pen: Pen, venue: Venue, kind: str, source: str, facts: dict[str, str]) -> None:
    """Adds what a register says of a place."""
    phones = [pen.printed(venue.phone)] if not pen.maybe(pen.level.missing) else []
    pen.record(kind, source, venue, venue.truth_id, name=venue.name, phones=phones, attributes=facts)


def _holder(pen: Pen, venue: Venue, category: str) -> None:
    """Adds a business with a license at the place of another."""
    own = pen.venue(venue.truth_id, category.split()[0], venue.city)
    pen.record("license", "licenses", venue, f"{venue.truth_id}-holder", name=own.name,
               phones=[pen.printed(own.phone)], attributes={"category": category, "status": "active"})  # fmt: skip


def _risky_holders(pen: Pen, venue: Venue, habits: Habits) -> None:
    """Adds the businesses of risky trades at the place of another."""
    for _ in range(pen.chance.randrange(2, 4) if habits["risky"] else pen.chance.choice((0, 0, 0, 1))):
        _holder(pen, venue, pen.chance.choice(RISKY))
