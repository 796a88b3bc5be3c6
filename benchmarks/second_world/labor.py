"""Employers, labor contractors and recruiters: seasons, orders for workers, housing, pay, and who answers for it.

Lawful ones file late, house people badly, pay late when money is short, and share agents, camps and family names. Where
people are held by debt, papers or threats, registers show little of it: what is seen comes from workers, and few talk.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.second_world.habits import Business, Sector
from benchmarks.second_world.public import (
    Notes,
    case,
    everyday_cases,
    hash_of,
    list_on_map,
    mail_address,
    months,
    neighbors,
    register_company,
    register_license,
    report,
    review,
    say,
    times,
    within,
)
from benchmarks.second_world.region import AS_OF, WINDOW_START, Address, Person, Region, Town, pick

#        diligent cash  late cheap turnover lodges veiled online
LAWFUL = {
    "grower": (0.24, (0.60, 0.25, 0.45, 0.50, 0.35, 0.60, 0.15, 0.20), 2),
    "contractor": (0.22, (0.50, 0.40, 0.55, 0.60, 0.50, 0.65, 0.30, 0.30), 2),
    "staffing": (0.16, (0.60, 0.20, 0.40, 0.60, 0.60, 0.15, 0.40, 0.65), 3),
    "landscaper": (0.12, (0.60, 0.30, 0.45, 0.50, 0.40, 0.40, 0.20, 0.40), 2),
    "restaurant": (0.12, (0.50, 0.55, 0.65, 0.60, 0.50, 0.25, 0.20, 0.50), 3),
    "packer": (0.08, (0.65, 0.10, 0.55, 0.50, 0.45, 0.35, 0.25, 0.45), 2),
    "recruiter": (0.06, (0.60, 0.35, 0.30, 0.45, 0.45, 0.15, 0.35, 0.60), 2),
}
ILLICIT = {
    "fee_recruiter": (0.22, (0.45, 0.55, 0.45, 0.65, 0.55, 0.55, 0.55, 0.55), (1, 3), 4.0, 0.65),
    "camp": (0.24, (0.30, 0.60, 0.75, 0.75, 0.50, 0.85, 0.40, 0.25), (1, 2), 5.0, 0.65),
    "company_stack": (0.18, (0.45, 0.35, 0.60, 0.65, 0.65, 0.60, 0.85, 0.50), (3, 6), 3.0, 0.65),
    "live_in": (0.18, (0.40, 0.70, 0.80, 0.70, 0.45, 0.80, 0.40, 0.35), (1, 4), 4.0, 0.60),
    "front": (0.18, (0.60, 0.30, 0.55, 0.55, 0.45, 0.50, 0.30, 0.45), (1, 2), 8.0, 0.25),
}
FRONTS = {
    "fee_recruiter": (("recruiter", 0.40), ("contractor", 0.40), ("staffing", 0.20)),
    "camp": (("contractor", 0.70), ("grower", 0.30)),
    "company_stack": (("staffing", 0.40), ("contractor", 0.35), ("landscaper", 0.25)),
    "live_in": (("restaurant", 0.55), ("packer", 0.20), ("staffing", 0.25)),
    "front": (("grower", 0.30), ("contractor", 0.25), ("landscaper", 0.20), ("packer", 0.15), ("restaurant", 0.10)),
}
_TRADE = {
    "grower": (
        ("Farms", "Orchards", "Produce", "Vegetable Growers"),
        "111219",
        ("farmworker", "picker", "packer"),
        "Farm",
    ),
    "contractor": (
        ("Harvesting", "Farm Labor", "Ag Services", "Field Crews"),
        "115115",
        ("farmworker", "harvest hand", "pruner"),
        "Farm labor contractor",
    ),
    "staffing": (
        ("Staffing", "Cleaning Services", "Hospitality Services", "Janitorial"),
        "561320",
        ("housekeeper", "janitor", "laundry worker"),
        "Employment agency",
    ),
    "landscaper": (
        ("Landscaping", "Lawn & Tree", "Grounds Care"),
        "561730",
        ("landscape laborer", "groundskeeper"),
        "Landscaper",
    ),
    "restaurant": (
        ("Buffet", "Kitchen", "Grill", "Noodle House", "Diner"),
        "722511",
        ("line cook", "dishwasher", "server"),
        "Restaurant",
    ),
    "packer": (
        ("Packing", "Foods", "Seafood", "Poultry"),
        "311612",
        ("line worker", "packer", "sanitation worker"),
        "Food processor",
    ),
    "recruiter": (
        ("Recruiting", "Workforce Solutions", "Labor Agency", "Global Placement"),
        "561311",
        ("farmworker", "housekeeper", "landscape laborer"),
        "Recruiter",
    ),
}
_SIZES = {
    "grower": (6, 90),
    "contractor": (15, 150),
    "staffing": (10, 120),
    "landscaper": (6, 50),
    "restaurant": (4, 22),
    "packer": (25, 180),
    "recruiter": (10, 120),
}
_FROM = (("MX", 0.62), ("GT", 0.10), ("PH", 0.08), ("JM", 0.06), ("ZA", 0.05), ("HN", 0.05), ("TH", 0.04))
_WITH_VISA = {
    "grower": 0.45,
    "contractor": 0.65,
    "landscaper": 0.5,
    "packer": 0.25,
    "recruiter": 0.4,
    "staffing": 0.2,
    "restaurant": 0.0,
}


def name_of(kind: str, person: Person, town: Town, rng: Random) -> str:
    """The name that it trades under."""
    last = rng.choice(_TRADE[kind][0])
    word = rng.choice(("Green", "Sun", "Valley", "Prime", "Star", "Unity", "Blue")) + rng.choice(
        ("", " Ridge", " Line")
    )
    first = rng.choice((person.family, f"{person.family} & Sons", town.name, word))
    return f"{first} {last}"


SECTOR = Sector(
    "labor",
    LAWFUL,
    ILLICIT,
    FRONTS,
    lambda kind, rng: (
        "farm"
        if kind in ("grower", "packer")
        else "strip"
        if kind == "restaurant"
        else pick(rng, (("office", 0.6), ("house", 0.4)))
    ),
    name_of,
    lambda kind, rng: rng.randint(*_SIZES[kind]),
    (("rename", 0.45), ("move", 0.20), ("mend", 0.15), ("stop", 0.15), ("sell", 0.05)),
    pressure=0.4,
)


def live(business: Business, region: Region, rng: Random) -> Notes:
    """All that an employer, a contractor or a recruiter leaves behind."""
    notes = Notes(business, region, rng)
    own, kind = business.habits, business.kind
    register_company(notes, 0.55 if kind in ("grower", "contractor") else 0.8)
    if kind in ("contractor", "recruiter") and rng.random() > 0.35 * (1 - own.diligent):
        housing = "housing authorized" if rng.random() < own.lodges * (0.4 + 0.6 * own.diligent) else ""
        register_license(
            notes,
            "contractor_register",
            "farm labor contractor" if kind == "contractor" else "employment agency",
            1,
            extra={"remarks": "; ".join(filter(None, (housing, "driving authorized" if rng.random() < 0.5 else "")))},
        )
    if business.town.own_license and kind not in ("grower",) and rng.random() > 0.35:
        register_license(
            notes, "town_licenses", "restaurant" if kind == "restaurant" else "business tax", 1, row="town"
        )
    list_on_map(notes, _TRADE[kind][3], "Mon-Fri 08:00-17:00" if kind != "restaurant" else "Mon-Sun 11:00-22:00")
    camp = business.operator.lodging or (region.street(business.town) if rng.random() < own.lodges else None)
    visa = rng.random() < _WITH_VISA[kind]
    farms = (
        [region.street(region.town(rng)) for _ in range(rng.randint(1, 5))]
        if kind in ("contractor", "recruiter", "staffing")
        else []
    )
    agent = rng.choice(region.offices)[0].replace("Executive Suites", "Visa Services") if rng.random() < 0.5 else ""
    for year in range(WINDOW_START.year, AS_OF.year + 1):
        if visa:
            _orders(notes, year, camp, farms, agent)
        if camp is not None:
            _camp(notes, year, camp)
    for day in months(business):
        _month(notes, day, camp)
    if business.ended_by == "pressure" and business.closed is not None:
        _barred(notes, business.closed)
    return notes


def _orders(notes: Notes, year: int, camp: Address | None, farms: list[Address], agent: str) -> None:
    """Orders for workers of one season, as an authority certified them."""
    business, rng = notes.business, notes.rng
    own, shown = business.habits, business.shown(date(year, 4, 1))
    _, sector, occupations, _ = _TRADE[business.kind]
    sells = business.operator.style in ("fee_recruiter", "company_stack") and rng.random() < 0.5 + shown
    count = 1 + times(rng, 0.3 + (0.8 if farms else 0) + (0.6 if sells else 0))
    occupation = rng.choice(occupations)
    for _ in range(count):
        begins = date(year, rng.randrange(2, 7), rng.randrange(1, 28))
        filed = begins - timedelta(days=rng.randrange(45, 90) - (25 if own.shaky(rng) else 0))
        if not business.opened <= begins <= business.last or filed < WINDOW_START:
            continue
        share = business.size / count * (1 + (rng.random() if sells else 0.25 * rng.random()))
        where = rng.choice(farms) if farms else business.premises.address
        row = f"order{year}{rng.random()}"
        wage = 13.2 + 0.6 * (year - 2023) + rng.random() * 2.2
        notes.add(
            "certified_orders",
            filed,
            row,
            address=mail_address(notes),
            name=notes.company or business.name,
            phones=(business.phone,) if rng.random() < 0.8 else (),
            title=f"{occupation}, {max(2, round(share))} positions",
            attributes={
                "case_number": f"H-{year}-{hash_of(business.business_id, row) % 10**6:06d}",
                "occupation": occupation,
                "sector": sector,
                "recruiter": agent or (business.name if business.kind == "recruiter" else ""),
                "employer": business.name if notes.company else "",
                "positions": str(max(2, round(share))),
                "wage": f"{wage:.2f} an hour",
                "currency": "USD",
                "begins": begins.isoformat(),
                "ends": (begins + timedelta(days=rng.randrange(90, 290))).isoformat(),
                "hours": f"{rng.choice((35, 38, 40, 40, 48))} a week",
                "housing": f"{camp.line}, {camp.town.name}" if camp else "not provided" if rng.random() < 0.5 else "",
                "visa": "H-2A" if sector.startswith("11") else "H-2B",
                "work_address": f"{where.line}, {where.town.name}",
                "origin_country": pick(rng, _FROM),
            },
        )


def _camp(notes: Notes, year: int, camp: Address) -> None:
    """Housing of workers, where it was registered, and what an inspector found."""
    business, rng = notes.business, notes.rng
    own = business.habits
    day = date(year, rng.randrange(2, 8), rng.randrange(1, 28))
    if not business.opened <= day <= business.last or rng.random() > 0.25 + 0.35 * own.diligent:
        return
    units = max(1, round(business.size / rng.choice((4, 6, 8, 10))))
    told = rng.random() < 0.4  # somebody said that the inspector comes
    bad = (1 - own.diligent) * 0.8 + 0.5 * business.conduct * (1 - own.careful) * (0.4 if told else 1.0)
    faults = [
        fault
        for fault, chance in (
            (f"{max(2, business.size // 3)} beds more than registered", 0.30),
            ("fewer toilets than required", 0.25),
            ("no hot water", 0.20),
            ("smoke alarms not working", 0.35),
            ("exposed wiring", 0.25),
            ("vermin", 0.15),
            ("kitchen not working", 0.20),
            ("doors that lock from outside", 0.04),
        )
        if rng.random() < chance * bad * (0.4 + 0.6 * business.town.thorough)
    ]
    notes.add(
        "camp_inspections",
        day,
        "camp",
        address=camp,
        name="" if rng.random() < 0.3 else f"{business.name} housing",
        attributes={
            "category": "employee housing",
            "units": str(units),
            "use": "seasonal housing",
            "registered": date(year, 1, 15).isoformat(),
            "ended": date(year, 12, 15).isoformat(),
            "violation": "; ".join(faults) or "none noted",
            "status": "registered",
        },
        people={"manager": [business.face]},
    )


def _month(notes: Notes, day: date, camp: Address | None) -> None:
    business, rng = notes.business, notes.rng
    own, shown = business.habits, business.shown(day)
    scale = min(business.size / 40, 2.0)
    for _ in range(times(rng, 0.22 * own.turnover * (0.5 + scale) * (0.4 + own.online))):
        _wanted(notes, within(day, business, rng), shown, camp)
    mood = (
        ("job_good", 0.5 + 1.5 * own.diligent),
        ("job_poor", 0.5 + 2.2 * (1 - own.diligent)),
        ("job_bound", 0.035 + 0.04 * own.cheap),
    )
    for _ in range(times(rng, 0.24 * (0.3 + scale))):
        topic = "job_bound" if rng.random() < 0.5 * shown else pick(rng, mood)
        topics = [(topic, {"job_good": 4, "job_poor": 2, "job_bound": 1}[topic])]
        if rng.random() < 0.3:
            topics.append(("job_poor", 2))
        review(
            notes,
            within(day, business, rng),
            topics,
            "staff_reviews",
            _TRADE[business.kind][3],
            amount=str(rng.randrange(20, 240)),
        )
    if business.kind == "restaurant":
        for _ in range(times(rng, 0.6 * own.online)):
            review(
                notes,
                within(day, business, rng),
                [("meal_good", 5) if rng.random() < 0.4 + 0.4 * own.diligent else ("meal_poor", 2)],
                category="Restaurant",
            )
    told = neighbors(notes, day, "tip_work", shown)
    if rng.random() < 0.0022 * (1.6 - own.diligent) * (0.5 + scale) + 0.016 * shown + 0.06 * told:
        _finding(notes, within(day, business, rng), shown)
    everyday_cases(notes, day)
    if rng.random() < 0.0012 * (1.5 - own.diligent) + 0.010 * shown:
        people = [business.face] if rng.random() < 0.5 else []
        offenses = (
            ["unpaid wages"]
            + (["breach of work contract"] if rng.random() < 0.4 else [])
            + (["forced labor, civil claim"] if rng.random() < 0.05 + 0.4 * shown else [])
        )
        case(
            notes,
            "county_court",
            within(day, business, rng),
            "workers against employer",
            offenses,
            pick(rng, (("settled", 0.5), ("pending", 0.3), ("dismissed", 0.2))),
            people,
        )


def _wanted(notes: Notes, day: date, shown: float, camp: Address | None) -> None:
    """Work is offered, here or abroad; what is promised abroad may be more than what was certified."""
    business, rng = notes.business, notes.rng
    own = business.habits
    occupation = rng.choice(_TRADE[business.kind][2])
    abroad = rng.random() < (0.45 if business.kind in ("recruiter", "contractor") else 0.12)
    wage = 13.5 + rng.random() * 4 + (5 * rng.random() if abroad and rng.random() < 0.15 + shown else 0)
    stated = f"${wage:.2f} an hour" if rng.random() < 0.6 else f"${round(wage * 44 / 10) * 10} a week"
    lodging = camp is not None and rng.random() < own.lodges
    slots = {"positions": str(rng.randrange(2, 40)), "occupation": occupation, "wage": stated, "phone": business.phone}
    notes.add(
        "community_paper" if rng.random() < 0.25 + 0.35 * own.cash else "job_board",
        day,
        hour=8,
        named=rng.random() < 0.75 - 0.4 * own.veiled,
        place=rng.random() < 0.5,
        text=say(rng, "offer_work", **slots),
        phones=(notes.ad_phone(day),) if abroad else (business.phone,),
        attributes={
            "occupation": occupation,
            "wage": stated,
            "positions": slots["positions"],
            "housing": rng.choice(("provided", "available, weekly charge", "shared house")) if lodging else "",
            "hours": rng.choice(("40 a week", "45 a week", "as needed", "6 days", "10 hours a day")),
            "origin_country": pick(rng, _FROM) if abroad else "",
            "visa": "arranged" if abroad and rng.random() < 0.6 else "",
        },
    )


def _finding(notes: Notes, day: date, shown: float) -> None:
    """A labor authority looked at the books and the camp, and found something."""
    business, rng = notes.business, notes.rng
    own = business.habits
    chances = (
        ("minimum wage", 0.3 + 0.3 * shown),
        ("overtime not paid", 0.4),
        ("records not kept", 0.6 * (1 - own.diligent) + 0.2 * shown),
        ("travel not reimbursed", 0.25),
        ("housing below standard", 0.5 * own.lodges * (1 - own.diligent) + 0.4 * shown * own.lodges),
        ("contractor not registered", 0.12 * (1 - own.diligent)),
        ("unsafe vehicle", 0.15),
        ("fees taken from workers", 0.04 + 0.35 * shown),
        ("workers placed with another employer", 0.04 + 0.25 * shown),
    )
    found = [offense for offense, chance in chances if rng.random() < chance] or ["records not kept"]
    people = max(1, round(business.size * rng.random()))
    begins = day - timedelta(days=rng.randrange(200, 800))
    case(
        notes,
        "wage_findings",
        day,
        "wages and housing",
        found,
        rng.choice(("paid", "paid in part", "appealed", "settled")),
        [business.face] if rng.random() < 0.3 else [],
        amount=str(round(people * rng.lognormvariate(6.2, 0.9))),
        currency="USD",
        people=str(people),
        violations=str(people * rng.randint(1, 3)),
        begins=begins.isoformat(),
        ends=(begins + timedelta(days=rng.randrange(90, 400))).isoformat(),
        sector=_TRADE[business.kind][1],
    )
    if len(found) > 3 and rng.random() < 0.4:
        _barred(notes, day + timedelta(days=rng.randrange(60, 300)))


def _barred(notes: Notes, day: date) -> None:
    """It is barred from ordering workers, or it is only reported, or it simply ends."""
    business, rng = notes.business, notes.rng
    if rng.random() < 0.5:
        notes.add(
            "debarred",
            day,
            name=notes.company or business.face.name,
            attributes={
                "subject": "organization" if notes.company else "person",
                "program": "temporary labor certification",
                "authority": "department of labor",
                "reason": rng.choice(("substantial violations", "failure to respond to audit", "plea agreement")),
                "listed": day.isoformat(),
                "ended": (day + timedelta(days=365 * rng.choice((1, 2, 3)))).isoformat(),
            },
        )
    elif rng.random() < 0.4:
        report(notes, day, "news_raid")
