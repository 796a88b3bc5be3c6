"""Labor recruiters: their offers, licenses, companies, and the lists on which some stand."""

from __future__ import annotations

from dataclasses import replace

from demo.world import contacts
from demo.world.places import FIRST_WORDS, SECOND_WORDS, SYLLABLES
from demo.world.trades.chances import BASE_RATE, RECRUITER, Habits
from demo.world.trades.writing import Pen, Venue

WORK = (
    ("harvest work", 15),
    ("hotel cleaning", 14),
    ("meat packing", 17),
    ("care at home", 16),
    ("kitchen help", 15),
    ("landscaping", 16),
    ("warehouse", 17),
)
PLAIN = (
    "{work} for the season, {hours} hours a week, transport from the station. Ask {name}.",
    "We look for people for {work}, training in the first week. Apply with {name}.",
    "{name} has places for {work}. Weekly pay, paid breaks, lockers.",
)
FEES = (
    "The worker pays a placement fee of 900 before travel.",
    "Travel is lent to you and taken from your wages until paid.",
    "A recruitment fee applies and is paid by the applicant.",
    "You owe the agency for the visa until the contract ends.",
)
PAPERS = (
    "Hand in your passport on arrival, it is kept at the office.",
    "We keep your passport until the contract ends.",
    "Your documents stay with the employer.",
)
TIED = ("Housing at the farm is required and deducted.", "You must live on site in employer housing.")
ENDINGS = ("Staffing", "Labor Services", "Recruiting", "Workforce")
SHARED_TEXT = "Good pay abroad for strong people, no papers needed, we arrange everything and you start at once with us"


def write(pen: Pen, count: int) -> None:
    """Writes so many agencies."""
    chance = pen.chance
    desk = ""
    for number in range(count):
        illicit = pen.maybe(BASE_RATE)
        own = "".join(chance.choices(SYLLABLES, k=4)).title()  # agencies of many towns are known by names of their own
        venue = replace(pen.venue(f"recruiter-{number}", "Staffing"), name=f"{own} {chance.choice(ENDINGS)}")
        habits = Habits(illicit, RECRUITER, pen.level, chance)
        if habits["shared"] and (not desk or pen.maybe(0.2)):
            desk = contacts.email(chance)
        _agency(pen, venue, habits, desk)
        pen.settle(venue, illicit)


def _agency(pen: Pen, venue: Venue, habits: Habits, desk: str) -> None:
    chance, phones = pen.chance, [pen.printed(venue.phone)]
    owner = pen.person()
    pen.record(
        "license",
        "agency_register",
        venue,
        venue.truth_id,
        name=venue.name,
        phones=phones,
        attributes={
            "category": "Employment agency",
            "owner": owner,
            "status": "suspended" if habits["unlicensed"] else "active",
            "expires": pen.day_before(60) if habits["unlicensed"] else "2027-03-31",
        },
    )
    months = chance.randrange(1, 9) if habits["new"] else chance.randrange(18, 200)
    employees = chance.randrange(4, 40)
    if not pen.maybe(pen.level.missing):
        pen.record(
            "company",
            "company_register",
            venue,
            venue.truth_id,
            name=f"{venue.name} Inc",
            phones=phones,
            attributes={"officers": owner, "incorporated": pen.day_before(months * 30 + 90), "employees": employees},
        )
    work, pay = chance.choice(WORK)
    for _ in range(chance.randrange(3, 8)):
        parts = [
            SHARED_TEXT
            if habits["copied"] and pen.maybe(0.6)
            else chance.choice(PLAIN).format(work=work, name=venue.name, hours=chance.choice((36, 40, 44)))
        ]
        for habit, texts in (("fee", FEES), ("papers", PAPERS), ("tied", TIED)):
            if habits[habit] and pen.maybe(0.6):
                parts.append(chance.choice(texts))
        wage = pay * (chance.choice((2.0, 2.5, 3.0)) if habits["overpaid"] else chance.choice((0.95, 1.0, 1.1)))
        pen.record(
            "offer",
            "job_offers",
            venue,
            venue.truth_id,
            name=venue.name,
            text=" ".join(parts),
            phones=phones,
            emails=[desk] if habits["shared"] and desk else [],
            attributes={
                "occupation": work,
                "wage": f"{wage:.2f}",
                "visa": "H-2B",
                "housing": "",
                "case_number": "none" if habits["no_case"] and pen.maybe(0.6) else f"H-{chance.randrange(10**6)}",
                "positions": employees * chance.randrange(8, 15) if habits["too_many"] else chance.randrange(2, 12),
            },
        )
    if habits["debarred"]:
        pen.record(
            "sanction",
            "debarments",
            venue,
            venue.truth_id,
            (900, 100),
            name=venue.name,
            attributes={"program": "debarred from recruiting", "listed": pen.day(900, 100)},
        )
    elif pen.maybe(0.02):  # lists also hold people and firms of nobody's interest here
        other = f"{chance.choice(FIRST_WORDS)} {chance.choice(SECOND_WORDS)} Freight"
        pen.record(
            "sanction",
            "debarments",
            None,
            f"none-{venue.truth_id}",
            (900, 100),
            name=other,
            attributes={"program": "freight"},
        )
