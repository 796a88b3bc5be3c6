"""Hotels, motels and flats let by the night: houses whose operators take part in exploitation, and all the others.

Exploitation passes through lawful houses too, whose operators have no part in it. A house is illicit here where its
operator gives rooms for it knowingly and gains by it, looks away for a cut, lets flats for it, or holds its own staff.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.second_world.habits import Business, Sector
from benchmarks.second_world.public import (
    Notes,
    case,
    everyday_cases,
    inspect,
    list_on_map,
    months,
    neighbors,
    register_company,
    register_license,
    report,
    review,
    say,
    staff_of,
    times,
    within,
)
from benchmarks.second_world.region import WINDOW_START, Person, Region, Town, pick

#          diligent cash  late cheap turnover lodges veiled online
LAWFUL = {
    "economy_brand": (0.26, (0.65, 0.30, 0.50, 0.65, 0.45, 0.15, 0.35, 0.80), 5),
    "mid_brand": (0.20, (0.85, 0.10, 0.40, 0.20, 0.25, 0.05, 0.35, 0.90), 4),
    "motel": (0.24, (0.40, 0.65, 0.55, 0.85, 0.45, 0.45, 0.25, 0.40), 3),
    "extended_stay": (0.10, (0.60, 0.35, 0.45, 0.60, 0.35, 0.15, 0.35, 0.65), 2),
    "inn": (0.12, (0.80, 0.25, 0.15, 0.25, 0.15, 0.20, 0.10, 0.60), 1),
    "flats": (0.08, (0.55, 0.15, 0.40, 0.45, 0.30, 0.05, 0.40, 0.85), 4),
}
ILLICIT = {
    "partner": (0.34, (0.35, 0.75, 0.75, 0.75, 0.50, 0.35, 0.50, 0.45), (1, 3), 6.0, 0.60),
    "blind_eye": (0.34, (0.45, 0.55, 0.60, 0.70, 0.50, 0.25, 0.35, 0.60), (1, 2), 7.0, 0.30),
    "pop_up": (0.18, (0.40, 0.40, 0.70, 0.50, 0.65, 0.15, 0.75, 0.80), (1, 5), 1.5, 0.65),
    "held_staff": (0.14, (0.50, 0.45, 0.45, 0.60, 0.25, 0.85, 0.50, 0.60), (1, 3), 5.0, 0.55),
}
FRONTS = {
    "partner": (("motel", 0.60), ("economy_brand", 0.30), ("extended_stay", 0.10)),
    "blind_eye": (("economy_brand", 0.45), ("motel", 0.35), ("extended_stay", 0.10), ("mid_brand", 0.10)),
    "pop_up": (("flats", 1.0),),
    "held_staff": (("motel", 0.40), ("economy_brand", 0.25), ("mid_brand", 0.15), ("inn", 0.20)),
}
_BRANDS = {
    "economy_brand": ("Thriftline Inn", "Mile Post Motel", "Budget Lantern", "StopOver 9"),
    "mid_brand": ("Fairmeadow Suites", "Courtland Hotel", "Harbor & Pine"),
    "extended_stay": ("WeekHouse", "Longer Stay Suites"),
}
_WORDS = (
    "Blue Heron",
    "Starlite",
    "Pine Cone",
    "Wagon Wheel",
    "Capri",
    "Sandpiper",
    "Cardinal",
    "Royal",
    "Lake View",
    "Sunset",
    "Traveler",
)
_SIZES = {
    "economy_brand": (40, 110),
    "mid_brand": (70, 160),
    "motel": (14, 55),
    "extended_stay": (50, 120),
    "inn": (5, 20),
    "flats": (1, 5),
}
_PRICE = {"economy_brand": 72, "mid_brand": 128, "motel": 58, "extended_stay": 80, "inn": 118, "flats": 105}


def name_of(kind: str, person: Person, town: Town, rng: Random) -> str:
    """The name of the house."""
    if kind in _BRANDS:
        return f"{rng.choice(_BRANDS[kind])} {town.name}{rng.choice(('', '', ' North', ' South', ' Airport'))}"
    if kind == "flats":
        return f"{rng.choice(_WORDS)} {rng.choice(('Apartments', 'Stays', 'Rooms', 'Loft'))}"
    lasts = ("Inn", "Lodge", "House") if kind == "inn" else ("Motel", "Motor Lodge", "Inn")
    return f"{rng.choice(_WORDS)} {rng.choice(lasts)}"


SECTOR = Sector(
    "hotel",
    LAWFUL,
    ILLICIT,
    FRONTS,
    lambda kind, rng: "house" if kind == "flats" else "lodging",
    name_of,
    lambda kind, rng: rng.randint(*_SIZES[kind]),
    (("mend", 0.45), ("rename", 0.20), ("sell", 0.15), ("move", 0.10), ("stop", 0.10)),
    pressure=0.22,
)


def live(business: Business, region: Region, rng: Random) -> Notes:
    """All that a house leaves behind."""
    notes = Notes(business, region, rng)
    own, kind = business.habits, business.kind
    register_company(notes, 0.35 if kind == "flats" else 0.8)
    if rng.random() > 0.35 * (1 - own.diligent) + (0.3 if kind == "flats" else 0):
        register_license(notes, "lodging_licenses", "lodging" if kind != "flats" else "short-term rental", 1)
    if business.town.own_license and rng.random() > 0.3:
        register_license(notes, "town_licenses", rng.choice(("hotel", "business tax")), 1, row="town")
    first = max(business.opened, WINDOW_START)
    slug = "".join(filter(str.isalnum, business.name.lower()))[:24]
    if kind != "flats":
        owner = [business.face] if rng.random() < 0.7 - 0.4 * own.veiled else []
        brand = business.name if kind in _BRANDS else ""
        notes.add(
            "lodging_register",
            first,
            "house",
            phones=(business.phone,),
            attributes={
                "category": "motel" if kind == "motel" else "hotel",
                "brand": " ".join(brand.split()[:2]),
                "rooms": str(business.size),
                "opened": str(business.opened.year),
                "closed": business.closed.isoformat() if business.closed else "",
            },
            people={"owner": owner},
        )
    if rng.random() < 0.5 + 0.5 * own.online:
        notes.add(
            "room_portal",
            first + timedelta(days=rng.randrange(90)),
            "portal",
            phones=(business.phone,) if rng.random() < 0.3 else (),
            attributes={
                "category": kind.split("_")[0],
                "price": str(_price(notes)),
                "currency": "USD",
                "rooms": str(business.size),
                "let_by": f"{business.face.given.lower()}{rng.randrange(10, 99)}" if kind == "flats" else "",
            },
        )
    list_on_map(
        notes,
        "Motel" if kind == "motel" else "Hotel",
        "24 hours" if kind not in ("inn", "flats") else "",
        (f"https://{slug}.example.net/",),
    )
    keeps_book = rng.random() < (0.5 if kind in ("motel", "inn") else 0.6)
    for day in months(business):
        _month(notes, day, keeps_book)
    if business.ended_by == "pressure" and business.closed is not None:
        case(
            notes,
            "county_court",
            business.closed - timedelta(days=40),
            "nuisance",
            ["repeated calls for service"],
            rng.choice(("closed by consent", "injunction")),
            [business.face],
        )
        if rng.random() < 0.5:
            report(notes, business.closed, "news_raid")
    return notes


def _price(notes: Notes) -> int:
    business = notes.business
    return max(30, round(_PRICE[business.kind] * (1.15 - 0.45 * business.habits.cheap) + notes.rng.gauss(0, 6)))


def _month(notes: Notes, day: date, keeps_book: bool) -> None:
    business, rng = notes.business, notes.rng
    own, shown = business.habits, business.shown(day)
    held = business.operator.style == "held_staff"
    through = shown * (not held)  # trade in rooms that strangers may notice
    passing = 0.15 * (1 - own.diligent) * own.cheap  # what passes through a house whose operator has no part in it
    _reviews(notes, day, through, passing)
    if keeps_book:
        _book(notes, day, through, passing)
    told = neighbors(notes, day, "tip_work" if held else "tip_hotel", max(shown, passing))
    if rng.random() < 0.04 * business.town.often + 0.12 * told * business.town.thorough:
        faults = (
            ("bedbugs", 0.25 * (1 - own.diligent)),
            ("smoke alarms missing", 0.3 * (1 - own.diligent)),
            ("mold", 0.3 * (1 - own.diligent)),
            ("exit blocked", 0.15),
            ("pool without certificate", 0.1),
            ("guest register incomplete", 0.35 * (1 - own.diligent) + 0.35 * through),
            ("persons lodging in a storage room", 0.05 * own.lodges + 0.5 * shown * held),
            ("rooms let by the hour", 0.04 * own.cash + 0.3 * through),
        )
        inspect(
            notes,
            "health_inspections",
            within(day, business, rng),
            "lodging",
            faults,
            "complaint" if told else "routine",
        )
    everyday_cases(notes, day)
    _arrests(notes, day, through, passing)
    if rng.random() < 0.08 * own.turnover + 0.02:
        notes.add(
            "job_board",
            within(day, business, rng),
            hour=9,
            text=say(rng, "offer_hotel", name=business.name, phone=business.phone),
            phones=(business.phone,),
            attributes={
                "occupation": rng.choice(("housekeeper", "front desk clerk", "maintenance")),
                "wage": f"${rng.randrange(11, 19)}.00 an hour",
                "housing": "room on site" if rng.random() < own.lodges else "",
                "positions": str(rng.randrange(1, 4)),
            },
        )
    if (held and rng.random() < 0.02 + 0.10 * shown) or rng.random() < 0.004 * (1.5 - own.diligent):
        topic = "job_bound" if held and rng.random() < 0.7 else "job_poor"
        review(
            notes,
            within(day, business, rng),
            [(topic, 1)],
            "staff_reviews",
            "Hotel",
            amount=str(rng.randrange(20, 180)),
        )
    if rng.random() < 0.0015 * (1.5 - own.diligent) + 0.006 * shown * held:
        case(
            notes,
            "wage_findings",
            within(day, business, rng),
            "wages",
            ["unpaid overtime", "records not kept"][: rng.randint(1, 2)],
            rng.choice(("paid", "paid in part", "referred")),
            amount=str(rng.randrange(800, 60_000)),
            currency="USD",
            people=str(rng.randrange(1, 25)),
            violations=str(rng.randrange(1, 40)),
        )


def _reviews(notes: Notes, day: date, through: float, passing: float) -> None:
    business, rng = notes.business, notes.rng
    own = business.habits
    good = 1.2 + 3.5 * own.diligent
    for _ in range(times(rng, (0.25 + 1.1 * own.online) * (0.3 + business.size / 110))):
        when = within(day, business, rng)
        if rng.random() < 0.34 * through + 0.20 * passing + 0.003:
            topics = [("hotel_traffic", 1)]
        else:
            topic = pick(
                rng,
                (("hotel_good", good), ("hotel_poor", 2.2 * (1.4 - own.diligent)), ("hotel_crowd", 0.8 * own.cheap)),
            )
            topics = [(topic, {"hotel_good": 5, "hotel_poor": 1, "hotel_crowd": 3}[topic])]
        if rng.random() < 0.2:
            topics.append(("hotel_poor", 2) if rng.random() < 0.4 else ("hotel_good", 4))
        review(notes, when, topics, category="Hotel")


def _book(notes: Notes, day: date, through: float, passing: float) -> None:
    """Stays of a month as the desk writes them down, a sample; what is taken off the books is not there."""
    business, rng = notes.business, notes.rng
    own = business.habits
    trade = (0.16 * through + 0.06 * passing) if business.kind != "inn" else 0.0
    kinds = (
        ("guest", 1.0),
        ("crew", 0.10 * (0.3 + own.cheap)),
        ("resident", 0.10 * own.cheap * (0.5 + own.cash)),
        ("voucher", 0.05 * own.cheap),
        ("day_use", 0.015 + 0.03 * own.cash),
        ("team", 0.03),
        ("trade", trade),
    )
    for _ in range(times(rng, 0.6 + business.size / 40)):
        _stay(notes, within(day, business, rng), pick(rng, kinds))


def _stay(notes: Notes, day: date, kind: str) -> None:
    business, rng = notes.business, notes.rng
    own = business.habits
    party = f"P{rng.randrange(10**5, 10**6)}"
    cash = rng.random() < 0.06 + 0.35 * own.cash
    seen = rng.random() < 0.80 + 0.19 * own.diligent
    rooms, nights, guests, beds, repeats = (
        1,
        rng.choice((1, 1, 1, 2, 2, 3, 5)),
        rng.choice((1, 1, 2, 2, 3, 4)),
        rng.choice((1, 1, 2)),
        1,
    )
    payment = (
        "cash"
        if cash
        else rng.choice(("card", "card", "card", "account", "prepaid card" if rng.random() < 0.3 else "card"))
    )
    if kind == "crew":
        rooms, nights, guests, beds, payment = (
            rng.randint(2, 9),
            rng.randint(4, 40),
            rng.randint(2, 4),
            2,
            "account" if rng.random() < 0.7 else payment,
        )
    elif kind == "resident":
        nights, guests, repeats, payment = (
            7,
            rng.randint(1, 4),
            rng.randint(2, 5),
            "cash" if rng.random() < 0.6 else payment,
        )
    elif kind == "voucher":
        nights, guests, beds, payment = (
            rng.randint(5, 28),
            rng.randint(2, 6),
            2,
            "account" if rng.random() < 0.6 else "prepaid card",
        )
    elif kind == "day_use":
        nights, guests, payment = 0, rng.choice((1, 1, 2)), "cash" if rng.random() < 0.5 else payment
    elif kind == "team":
        rooms, nights, guests, beds = rng.randint(5, 14), rng.randint(1, 3), 3, 2
    elif kind == "trade":  # paid day by day and kept on; by whoever is sent to the desk
        rooms, nights, guests, beds = (
            rng.choice((1, 1, 2)),
            rng.choice((1, 1, 1, 0, 3, 7)),
            rng.choice((1, 2, 2, 3)),
            rng.choice((1, 1, 2)),
        )
        repeats = rng.randint(2, 7)
        payment = pick(rng, (("cash", 0.5), ("prepaid card", 0.2), ("card", 0.3)))
        seen = rng.random() < 0.85 - 0.5 * business.conduct
    for again in range(repeats):
        when = day + timedelta(days=again * max(nights, 1))
        if when > business.last:
            return
        if rng.random() < 0.15:
            party = f"P{rng.randrange(10**5, 10**6)}"
        notes.add(
            "front_desk",
            when,
            hour=rng.randrange(12, 26),
            attributes={
                "party": party,
                "payment": payment,
                "rooms": str(rooms),
                "nights": str(nights),
                "guests": str(guests),
                "beds": str(beds),
                "id_shown": "yes" if seen else "no",
            },
        )


def _arrests(notes: Notes, day: date, through: float, passing: float) -> None:
    """Somebody is arrested in the house; mostly a guest, and mostly nothing follows for the house."""
    business, rng = notes.business, notes.rng
    if rng.random() > (0.5 + business.town.stings) * (0.016 * through + 0.008 * passing) + 0.0006:
        return
    when = within(day, business, rng)
    offense = rng.choice(("commercial sex offense", "drug offense", "assault", "promoting commercial sex"))
    people = staff_of(business.operator, notes.region, 1, rng)
    case(
        notes,
        "town_court",
        when,
        "criminal",
        [offense],
        pick(rng, (("dismissed", 0.4), ("plea", 0.4), ("pending", 0.2))),
        people,
    )
    if rng.random() < 0.4:
        report(notes, when, "news_raid")
    if (through > 0.25 and rng.random() < 0.15) or rng.random() < 0.02:
        case(
            notes,
            "county_court",
            when + timedelta(days=200),
            "civil, harm to a guest",
            ["negligent security"],
            rng.choice(("settled", "pending", "dismissed")),
        )
