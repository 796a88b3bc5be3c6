"""Massage businesses: registers, inspections, reviews, advertisements and courts, as they are known from outside."""

from __future__ import annotations

from typing import Any

from demo.world.places import TRADES
from demo.world.trades.chances import BASE_RATE, MASSAGE, Habits
from demo.world.trades.writing import Pen, Venue

PLAIN_REVIEWS = (
    "Great pressure on my shoulders, I will be back.",
    "Clean room and a kind therapist.",
    "Started late but was relaxing.",
    "My back feels much better after an hour.",
    "Parking is hard to find, the massage was fine.",
    "Too expensive for what it is.",
    "A happy place, and the endings of my week are better for it.",
    "They offer extra hot stones, worth it.",
)
TELLING_REVIEWS = (
    "Guys, happy ending included if you tip.",
    "She offered extras for forty more.",
    "Full service, ask at the end.",
    "Not much of a massage, but you get a hand job.",
    "More than a massage if you know how to ask.",
    "At the end she named a price for anything else.",
    "Best finish in town, no questions asked.",
)
PLAIN_ADS = ("Deep tissue and hot stone by appointment. Call {0}.", "First hour reduced this month. Call {0} to book.")
ADULT_ADS = (
    "New faces every week, open late. Call {0}.",
    "Private rooms, shower, ask for the special. {0}",
    "Sweet and discreet, you will not regret it. {0}",
)
SECTIONS = ("body rubs", "adult services", "escorts", "female escorts")
CLEAN_FINDING = ("no remarks", "first-aid kit missing", "towels stored on the floor", "license not on the wall")
CASES = ("solicitation", "operating without a license", "code violation", "unpaid rent", "noise")


def write(pen: Pen, count: int) -> None:
    """Writes so many massage businesses, some of them run by one operator."""
    chance = pen.chance
    operator, left, closed_one = "", 0, False
    for number in range(count):
        illicit = pen.maybe(BASE_RATE)
        venue = pen.venue(f"massage-{number}", chance.choice(TRADES))
        habits = Habits(illicit, MASSAGE, pen.level, chance)
        owner = pen.person()
        if illicit and not habits.clean and left > 0:
            owner, left = operator, left - 1
        elif illicit and not habits.clean and pen.maybe(0.5):
            operator, left, closed_one = owner, chance.randrange(1, 4), False
        _business(pen, venue, habits, owner)
        if owner == operator and not closed_one and pen.maybe(0.6):
            closed_one = True
            _closed_shop(pen, number, owner)
        pen.settle(venue, illicit)


def _closed_shop(pen: Pen, number: int, owner: str) -> None:
    """A shop of the operator in another place that the authority closed, and that nobody scores as open."""
    venue = pen.venue(f"massage-closed-{number}", "Massage")
    ended = pen.chance.randrange(200, 900)
    pen.record(
        "license",
        "massage_register",
        venue,
        venue.truth_id,
        name=venue.name,
        phones=[pen.printed(venue.phone)],
        attributes={
            "category": "Massage establishment",
            "status": "revoked",
            "issued": pen.day(2000, 1000),
            "ended": pen.day_before(ended),
            "owner": owner,
        },
    )
    pen.settle(venue, True)


def _business(pen: Pen, venue: Venue, habits: Habits, owner: str) -> None:
    chance, missing = pen.chance, pen.level.missing
    opened = chance.randrange(150, 2500)
    phones = [pen.printed(venue.phone)]
    who: dict[str, Any] = {"name": venue.name, "phones": phones}
    if habits["reopened"] and opened > 200:
        former = pen.venue(venue.truth_id, chance.choice(TRADES)).name
        told = owner if habits.illicit else pen.person()
        pen.record(
            "license",
            "massage_register",
            venue,
            venue.truth_id,
            name=former,
            phones=phones,
            attributes={
                "category": "Massage establishment",
                "status": "revoked",
                "issued": pen.day(3500, opened + 700),
                "ended": pen.day_before(opened + chance.randrange(5, 60)),
                "owner": told,
            },
        )
    lapsed = habits["license_lapsed"]
    if not (lapsed and pen.maybe(0.4)):  # some have none at all
        pen.record(
            "license",
            "massage_register",
            venue,
            venue.truth_id,
            **who,
            attributes={
                "category": "Massage establishment",
                "status": "expired" if lapsed else "active",
                "owner": owner,
                "issued": pen.day_before(opened),
                "expires": pen.day_before(chance.randrange(20, 140)) if lapsed else "2027-06-30",
            },
        )
    people = chance.randrange(2, 7)
    licensed = chance.randrange(0, max(1, people - 1)) if habits["staff_unlicensed"] else people
    finding = ""
    if habits["inspected"]:
        found = [
            text
            for habit, text in (
                ("windows", "front windows covered with foil"),
                ("locked", "front door locked, customers enter by the rear door"),
                ("living", "mattress and cooking in a back room"),
            )
            if habits[habit]
        ]
        finding = "; ".join(found) or chance.choice(CLEAN_FINDING)
    if not pen.maybe(missing / 2):
        closes = chance.choice((23, 24, 26)) if habits["late"] else chance.choice((18, 19, 20, 21, 22))
        pen.record(
            "establishment",
            "business_map",
            venue,
            venue.truth_id,
            **who,
            attributes={
                "category": "Massage and spa",
                "employees": people,
                "inspection_result": finding,
                "hours": f"{chance.choice((9, 10, 11)):02d}:00-{closes % 24:02d}:00",
                "opened": pen.day_before(opened),
            },
        )
    for _ in range(licensed):
        name = pen.person()
        pen.record(
            "license",
            "therapist_register",
            venue,
            venue.truth_id,
            name=name,
            attributes={"category": "Massage therapist", "status": "active", "expires": "2027-12-31"},
        )
        if habits["staff_moves"] and pen.maybe(0.7):
            other = pen.venue(f"{venue.truth_id}-other", "Massage", venue.city)
            pen.record(
                "license",
                "therapist_register",
                other,
                other.truth_id,
                name=name,
                attributes={"category": "Massage therapist", "status": "active", "expires": "2027-12-31"},
            )
    if not pen.maybe(0.3 + missing):
        pen.record(
            "company",
            "company_register",
            venue,
            venue.truth_id,
            name=f"{venue.name} LLC",
            phones=phones,
            attributes={"officers": owner, "incorporated": pen.day_before(opened + 30)},
        )
    usual = chance.choice((70, 80, 80, 90))
    price = usual * (chance.choice((0.4, 0.45, 0.5)) if habits["cheap"] else chance.choice((0.9, 1.0, 1.0, 1.2)))
    for _ in range(chance.randrange(2, 9)):
        text = chance.choice(TELLING_REVIEWS if habits["tells"] and pen.maybe(0.35) else PLAIN_REVIEWS)
        phones_told = phones if pen.maybe(0.6) else []
        pen.review("business_reviews", venue, text, phones_told, rating=chance.randrange(1, 6), price=f"{price:.0f}")
    if pen.maybe(0.5):
        text = chance.choice(PLAIN_ADS).format(phones[0])
        pen.ad("classified_ads", venue, text, category="services", price=f"{price:.0f}")
    for _ in range(chance.randrange(1, 6) if habits["adult_ads"] else 0):
        text = chance.choice(ADULT_ADS).format(phones[0])
        pen.ad("adult_board", venue, text, category=chance.choice(SECTIONS))
    if habits["court"]:
        pen.filing(venue, chance.choice(CASES[:3] if habits.illicit else CASES[2:]))
