"""Hotels: what a house knows of its own stays (without guests), and what others say of it."""

from __future__ import annotations

from demo.world.trades.chances import BASE_RATE, HOTEL, Habits
from demo.world.trades.writing import Pen, Venue

PLAIN_REVIEWS = (
    "Clean sheets and a good breakfast.",
    "Loud street, otherwise fine.",
    "Staff helped with a late check-in.",
    "The pool was closed.",
    "Cheap and near the station.",
    "Extra towels came at once. A happy stay.",
)
TELLING_REVIEWS = (
    "Prostitutes in the corridor all night.",
    "Working girls meet customers in the parking lot.",
    "A place that rents by the hour, if you know what I mean.",
    "Full service is offered at the door, disgusting.",
)
CASES = ("prostitution", "public nuisance", "narcotics", "wage claim", "noise")
SECTIONS = ("escorts", "adult services", "female escorts")
STAYS = 24


def write(pen: Pen, count: int) -> None:
    """Writes so many houses."""
    for number in range(count):
        illicit = pen.maybe(BASE_RATE)
        venue = pen.venue(f"hotel-{number}", pen.chance.choice(("Inn", "Motel", "Hotel", "Lodge")))
        _house(pen, venue, Habits(illicit, HOTEL, pen.level, pen.chance))
        pen.settle(venue, illicit)


def _house(pen: Pen, venue: Venue, habits: Habits) -> None:
    chance, phones = pen.chance, [pen.printed(venue.phone)]
    rooms = chance.randrange(20, 180)
    pen.record(
        "hotel",
        "hotel_register",
        venue,
        venue.truth_id,
        name=venue.name,
        phones=phones,
        attributes={"category": "Motel" if rooms < 60 else "Hotel", "rooms": rooms, "owner": pen.person()},
    )
    shares = {
        habit: chance.uniform(0.3, 0.6) if habits[habit] else chance.uniform(0.0, 0.12)
        for habit in ("cash", "several_rooms", "odd_stays", "crowded", "no_id")
    }
    if not pen.maybe(pen.level.missing / 2):  # some houses share nothing
        for _ in range(STAYS):
            beds = chance.choice((1, 2))
            pen.record(
                "booking",
                "own_bookings",
                venue,
                venue.truth_id,
                name=venue.name,
                attributes={
                    "party": f"P{chance.randrange(10**6):06d}",
                    "payment": "cash" if pen.maybe(shares["cash"]) else chance.choice(("card", "account")),
                    "rooms": chance.randrange(2, 5) if pen.maybe(shares["several_rooms"]) else 1,
                    "nights": chance.choice(("0", "45")) if pen.maybe(shares["odd_stays"]) else chance.randrange(1, 8),
                    "beds": beds,
                    "guests": 2 * beds + 2 if pen.maybe(shares["crowded"]) else beds,
                    "id_shown": "no" if pen.maybe(shares["no_id"]) else "yes",
                },
            )
    for _ in range(chance.randrange(2, 8)):
        text = chance.choice(TELLING_REVIEWS if habits["tells"] and pen.maybe(0.4) else PLAIN_REVIEWS)
        pen.review("hotel_reviews", venue, text, rating=chance.randrange(1, 6))
    for _ in range(chance.randrange(2, 6) if habits["adult_ads"] else chance.choice((0, 0, 0, 1))):
        pen.record(
            "ad",
            "adult_board",
            venue,
            venue.truth_id,
            name="",
            text=f"Visit me at {venue.name}, ask for room details.",
            attributes={"category": chance.choice(SECTIONS), "incall": venue.name},
        )
    for _ in range(chance.randrange(2, 5) if habits["court"] else chance.choice((0, 0, 1))):
        pen.filing(venue, chance.choice(CASES[:3] if habits.illicit else CASES[2:]))
