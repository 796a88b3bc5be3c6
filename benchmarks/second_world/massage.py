"""Massage and bodywork: who runs it, and what a business and its staff leave behind.

Lawful kinds differ as much from each other as from illicit ones: a franchise, a clinic, somebody alone in a rented
room, a family parlor that lives on walk-ins and cash, a foot-massage house open until eleven, a muddler with papers.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from random import Random

from benchmarks.second_world.habits import Business, Sector
from benchmarks.second_world.public import (
    Notes,
    case,
    everyday_cases,
    hours_of,
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

#           diligent cash  late cheap turnover lodges veiled online
LAWFUL = {
    "franchise": (0.12, (0.85, 0.10, 0.45, 0.35, 0.40, 0.02, 0.30, 0.90), 5),
    "clinic": (0.16, (0.85, 0.10, 0.15, 0.15, 0.10, 0.02, 0.15, 0.55), 2),
    "solo": (0.24, (0.60, 0.35, 0.20, 0.40, 0.05, 0.10, 0.30, 0.40), 1),
    "day_spa": (0.18, (0.70, 0.25, 0.30, 0.20, 0.25, 0.04, 0.20, 0.70), 3),
    "family_parlor": (0.18, (0.45, 0.75, 0.55, 0.80, 0.40, 0.35, 0.30, 0.40), 4),
    "foot_house": (0.08, (0.55, 0.60, 0.75, 0.85, 0.45, 0.30, 0.30, 0.50), 3),
    "muddler": (0.04, (0.12, 0.55, 0.45, 0.60, 0.45, 0.20, 0.30, 0.45), 2),
}
ILLICIT = {
    "chain": (0.34, (0.50, 0.80, 0.70, 0.55, 0.80, 0.65, 0.80, 0.65), (3, 8), 2.5, 0.75),
    "single": (0.28, (0.40, 0.80, 0.65, 0.60, 0.50, 0.45, 0.35, 0.50), (1, 2), 3.0, 0.60),
    "drifter": (0.14, (0.20, 0.85, 0.75, 0.65, 0.80, 0.60, 0.60, 0.75), (1, 4), 1.0, 0.75),
    "front": (0.24, (0.70, 0.50, 0.40, 0.35, 0.35, 0.20, 0.40, 0.45), (1, 3), 5.0, 0.30),
}
FRONTS = {
    "chain": (("family_parlor", 0.45), ("day_spa", 0.25), ("foot_house", 0.20), ("clinic", 0.10)),
    "single": (("family_parlor", 0.50), ("solo", 0.20), ("day_spa", 0.15), ("muddler", 0.15)),
    "drifter": (("family_parlor", 0.40), ("solo", 0.25), ("muddler", 0.20), ("day_spa", 0.15)),
    "front": (("clinic", 0.30), ("day_spa", 0.30), ("foot_house", 0.20), ("family_parlor", 0.17), ("franchise", 0.03)),
}
_FIRST_WORDS = (
    "Amber Balance Cedar Dawn Evergreen Fern Golden Harmony Ivory Jade Lakeside Lotus Meadow Moonlight Oasis Pearl "
    "River Sage Serenity Silver Spring Stone Sunrise Tranquil Velvet Willow"
)
_FIRST = tuple(_FIRST_WORDS.split())
_LAST = {
    "franchise": ("Massage Club", "Massage & Stretch"),
    "clinic": ("Bodywork & Rehab", "Chiropractic & Massage", "Therapeutic Massage", "Sports Therapy"),
    "solo": ("Massage", "Bodywork", "Healing Hands"),
    "day_spa": ("Day Spa", "Spa & Wellness", "Skin & Massage"),
    "family_parlor": ("Massage", "Spa", "Body Care", "Relaxation"),
    "foot_house": ("Foot Massage", "Foot & Body", "Reflexology"),
    "muddler": ("Massage", "Wellness", "Spa"),
}
_CATEGORY = {"clinic": "Massage therapist", "foot_house": "Foot massage parlor", "day_spa": "Day spa"}
_BRANDS = ("KneadWell", "Restora", "StretchHaus", "Palmwork")


def name_of(kind: str, person: Person, town: Town, rng: Random) -> str:
    """The name over the door."""
    last = rng.choice(_LAST[kind])
    if kind == "franchise":
        return f"{rng.choice(_BRANDS)} {last} {town.name}"
    if rng.random() < (0.55 if kind == "solo" else 0.08):
        return f"{person.name} {last}"
    second = f"{rng.choice(_FIRST)} " if rng.random() < 0.2 else ""
    return f"{rng.choice(_FIRST)} {second}{last}"


SECTOR = Sector(
    "massage",
    LAWFUL,
    ILLICIT,
    FRONTS,
    lambda kind, rng: (
        pick(rng, (("strip", 0.55), ("office", 0.30), ("house", 0.15)))
        if kind != "solo"
        else pick(rng, (("office", 0.55), ("house", 0.35), ("strip", 0.10)))
    ),
    name_of,
    lambda kind, rng: 1 if kind == "solo" else rng.randint(8, 14) if kind == "franchise" else rng.randint(2, 8),
    (("rename", 0.34), ("move", 0.28), ("sell", 0.12), ("stop", 0.14), ("mend", 0.12)),
)


def live(business: Business, region: Region, rng: Random) -> Notes:
    """All that a massage business leaves behind."""
    notes = Notes(business, region, rng)
    own, kind = business.habits, business.kind
    register_company(notes, 0.4 if kind == "solo" else 0.7)
    if region.licenses_massage and kind != "solo" and rng.random() > 0.25 * (1 - own.diligent):
        register_license(notes, "massage_board", "massage establishment", 2)
    if business.town.own_license and rng.random() > 0.3 * (1 - own.diligent):
        register_license(notes, "town_licenses", rng.choice(("massage", "personal services", "business tax")), 1)
    name = "".join(filter(str.isalnum, business.name.lower()))[:20]
    site = f"https://{name}-{business.town.name.lower()}.example.com/"
    list_on_map(
        notes, _CATEGORY.get(kind, rng.choice(("Massage spa", "Spa", "Wellness center"))), hours_of(business), (site,)
    )
    if rng.random() < own.online * 0.6:
        notes.add(
            "profiles",
            max(business.opened, WINDOW_START),
            place=False,
            phones=(business.phone,),
            usernames=(("instagram", f"{name}.{business.town.name.lower()[:4]}"),),
            attributes={"platform": "instagram", "followers": str(int(rng.lognormvariate(4.5, 1.3)))},
        )
    for person in staff_of(business.operator, region, max(1, round(business.size * 0.8)), rng):
        _practitioner(notes, person, max(business.opened, WINDOW_START))
    for day in months(business):
        _month(notes, day)
    if business.ended_by == "pressure" and business.closed is not None:
        _closing(notes, business.closed)
    return notes


def _month(notes: Notes, day: date) -> None:
    business, rng = notes.business, notes.rng
    own, shown = business.habits, business.shown(day)
    _reviews(notes, day, shown)
    _advertisements(notes, day, shown)
    for _ in range(times(rng, 0.06 * business.size * own.turnover)):
        _practitioner(notes, staff_of(business.operator, notes.region, 1, rng)[0], within(day, business, rng))
    for _ in range(times(rng, 0.25 * own.turnover * min(business.size, 6) / 4)):
        _wanted(notes, within(day, business, rng))
    told = neighbors(notes, day, "tip_massage", shown)
    if business.kind != "solo" and rng.random() < 0.045 * business.town.often + 0.25 * told * business.town.thorough:
        _inspection(notes, within(day, business, rng), "complaint" if told else "routine")
    everyday_cases(notes, day)
    _sting(notes, day, shown)


def _inspection(notes: Notes, day: date, cause: str) -> None:
    business, region = notes.business, notes.region
    own = business.habits
    here = business.conduct * (1 - 0.7 * own.careful)
    source = "board_inspections" if region.licenses_massage else "health_inspections"
    faults = (
        ("license not posted", 0.30 * (1 - own.diligent)),
        ("consultation records incomplete", 0.40 * (1 - own.diligent) + 0.2 * here),
        ("linens not stored closed", 0.20 * (1 - own.diligent)),
        ("no hot water in one room", 0.05),
        ("person giving massage without own license", 0.18 * (1 - own.diligent) + 0.5 * here),
        (
            "bedding and personal effects in a back room",
            0.35 * own.lodges * (1 - own.diligent) + 0.4 * here * own.lodges,
        ),
        ("door locked during opening hours", 0.04 + 0.05 * own.cash + 0.35 * here),
        ("posted license belongs to somebody not present", 0.03 + 0.25 * here),
    )
    found = inspect(notes, source, day, "massage establishment", faults, cause)
    again = day + timedelta(days=notes.rng.randrange(20, 90))
    if found and notes.rng.random() < business.town.thorough and again < business.last:
        inspect(
            notes,
            source,
            again,
            "massage establishment",
            [(fault, chance * 0.5) for fault, chance in faults],
            "follow-up",
        )


def _reviews(notes: Notes, day: date, shown: float) -> None:
    business, rng = notes.business, notes.rng
    own = business.habits
    category = "Massage"
    mood = (
        ("massage_good", 5.0 * (0.5 + own.diligent)),
        ("massage_fair", 1.4 + own.cheap),
        ("massage_poor", 1.2 * (1.5 - own.diligent)),
        ("massage_joke", 0.12),
        ("massage_turned_away", 0.05),
        ("massage_veiled", 0.035),
        ("massage_lives_there", 0.03 + 0.15 * own.lodges),
    )
    stars = {
        "massage_good": 5,
        "massage_fair": 3,
        "massage_poor": 1,
        "massage_joke": 5,
        "massage_turned_away": 1,
        "massage_veiled": 5,
        "massage_lives_there": 2,
    }
    for _ in range(times(rng, (0.10 + 0.55 * own.online) * (0.4 + business.size / 8))):
        when = within(day, business, rng)
        if rng.random() < 0.45 * shown:
            topic = pick(
                rng,
                (
                    ("massage_veiled", 0.45),
                    ("massage_turned_away", 0.3),
                    ("massage_lives_there", 0.3 * own.lodges),
                    ("massage_poor", 0.15),
                ),
            )
            review(
                notes,
                when,
                [(topic, stars[topic])],
                category=category,
                known=topic == "massage_veiled" and rng.random() < 0.5,
            )
            continue
        topics = [(topic, stars[topic]) for topic in dict.fromkeys((pick(rng, mood), pick(rng, mood)))]
        review(notes, when, topics, category=category)
    if own.online > 0.5 and rng.random() < 0.012 + 0.02 * business.conduct * own.careful:  # praise that was paid for
        for _ in range(rng.randrange(3, 8)):
            review(notes, within(day, business, rng), [("massage_good", 5)], category=category)
    before = business.predecessor
    haunted = (
        0.05 if before and before.conduct and (day - business.opened).days < 400 else 0.0
    )  # by who was there before
    for _ in range(times(rng, 0.17 * shown + 0.003 + haunted)):
        former = before.name if before else "something else"
        slots = {"town": rng.choice(notes.region.towns).name, "former": former}
        review(
            notes,
            within(day, business, rng),
            [("board_yes" if rng.random() < 0.9 else "board_no", 4)],
            "buyer_board",
            category,
            True,
            **slots,
        )
    if rng.random() < 0.003 + 0.008 * own.late * own.cheap:
        review(notes, within(day, business, rng), [("board_no", 2)], "buyer_board", category, True)


def _advertisements(notes: Notes, day: date, shown: float) -> None:
    business, rng = notes.business, notes.rng
    own, words = business.habits, Random(business.operator.wording)
    persona = words.choice(("Lily", "Mia", "Coco", "Anna", "Sunny", "Kelly", "Bella", "Nina", "Amy", "Rose"))
    if words.random() < (0.3 if business.conduct else 0.6):
        persona = business.face.given
    slots = {
        "name": business.name,
        "area": business.premises.address.area,
        "price": f"${_price(business, rng)}",
        "persona": persona,
    }
    pictures = Random(business.operator.pictures + day.year * 12 // 6)
    for _ in range(times(rng, 0.22 * own.online * (0.6 + own.turnover))):
        bold = rng.random() < 0.05 + 0.25 * own.cheap * own.late
        topic = "ad_massage_staff" if bold else "ad_massage"
        if business.kind in ("solo", "muddler") and rng.random() < 0.3:
            topic = "ad_private"
        _advertise(notes, within(day, business, rng), topic, slots, business.phone, pictures)
    for _ in range(times(rng, 0.65 * shown * own.online)):
        when = within(day, business, rng)
        again = words.random() < 0.5  # the same words again and again, or new ones each time
        topic = pick(rng, (("ad_massage_staff", 0.7), ("ad_private", 0.2), ("ad_massage", 0.1)))
        text = (
            say(Random(business.operator.wording + when.month // 3), topic, **slots, phone="<phone>") if again else ""
        )
        _advertise(notes, when, topic, slots, notes.ad_phone(when), pictures, text, rng.random() < own.careful + 0.2)


def _advertise(
    notes: Notes,
    day: date,
    topic: str,
    slots: dict[str, str],
    phone: str,
    pictures: Random,
    text: str = "",
    nameless: bool = False,
) -> None:
    business, rng = notes.business, notes.rng
    stock = rng.randrange(60) if rng.random() < 0.5 else pictures.getrandbits(30)
    notes.add(
        "classifieds",
        day,
        hour=rng.randrange(6, 26),
        named=not nameless,
        place=not nameless and rng.random() < 0.6,
        title=say(rng, "ad_title", **slots),
        text=(text or say(rng, topic, **slots, phone="<phone>")).replace("<phone>", phone),
        phones=(phone,) if rng.random() < 0.7 else (),
        attributes={
            "category": pick(rng, (("beauty and health", 0.5), ("services", 0.3), ("body rubs", 0.2)))
            if topic != "ad_massage"
            else pick(rng, (("beauty and health", 0.62), ("services", 0.33), ("body rubs", 0.05))),
            "price": slots["price"],
            "currency": "USD",
            "neighborhood": slots["area"],
            "availability": hours_of(business).split(" ")[1] if rng.random() < 0.4 else "",
            "image_sha256": hashlib.sha256(f"picture {stock}".encode()).hexdigest(),
        },
    )


def _price(business: Business, rng: Random) -> int:
    return 5 * round((95 - 55 * business.habits.cheap + rng.gauss(0, 6)) / 5)


def _wanted(notes: Notes, day: date) -> None:
    """Staff is wanted; rooms are offered by those who lodge their staff."""
    business, rng = notes.business, notes.rng
    own = business.habits
    lodging = rng.random() < own.lodges
    text = say(rng, "offer_massage", town=business.town.name, phone=business.phone)
    notes.add(
        "community_paper" if rng.random() < 0.3 + 0.4 * own.cash else "job_board",
        day,
        hour=8,
        named=rng.random() < 0.6 - 0.4 * own.veiled,
        place=rng.random() < 0.5,
        text=text,
        phones=(business.phone,),
        attributes={
            "occupation": "massage therapist",
            "positions": str(rng.randrange(1, 4)),
            "wage": rng.choice(
                ("share of fees", f"${rng.randrange(14, 34)} an hour", "daily pay", "tips and commission")
            ),
            "hours": hours_of(business),
            "housing": rng.choice(("room on site", "shared apartment", "provided")) if lodging else "",
        },
    )


def _practitioner(notes: Notes, person: Person, day: date) -> None:
    """A member of the staff who has, or says to have, a license of the state. The row is about the person."""
    business, rng, region = notes.business, notes.rng, notes.region
    own = business.habits
    untrained = 0.5 * business.conduct * (1 - 0.6 * own.careful) + 0.12 * (1 - own.diligent)
    if rng.random() < untrained * 0.6:
        return
    schools = training_schools(region)
    mills = [school for school in schools if school[1]]
    school = rng.choice(mills if rng.random() < 0.03 + 0.6 * untrained else schools)
    lodged = rng.random() < own.lodges
    address = (
        business.operator.lodging
        if lodged and business.operator.lodging
        else (business.premises.address if lodged or rng.random() < 0.15 else region.street(region.town(rng)))
    )
    issued = day - timedelta(days=int(rng.expovariate(1 / (300 if own.turnover > 0.5 else 1500))))
    expires = issued + timedelta(days=730 * (1 + (day - issued).days // 730))
    notes.add(
        "therapist_board",
        day,
        about=False,
        named=False,
        person=person,
        address=address,
        attributes={
            "license_number": f"MT{rng.randrange(10**5, 10**6)}",
            "category": "massage therapist",
            "status": "active",
            "issued": issued.isoformat(),
            "expires": expires.isoformat(),
            "remarks": f"training: {school[0]}",
        },
    )


def training_schools(region: Region) -> list[tuple[str, bool]]:
    """Names of the region's schools, and whether each sells papers to people who never attended."""
    rng = Random(f"schools/{region.name}/{region.towns[0].weight}")
    names = [
        f"{rng.choice(_FIRST)} {rng.choice(('School of Massage', 'College of Bodywork', 'Career Institute'))}"
        for _ in range(9)
    ]
    return [(name, place in (3, 7)) for place, name in enumerate(dict.fromkeys(names))]


def _sting(notes: Notes, day: date, shown: float) -> None:
    """Police come undercover: more where they look for vice, and not only to the right place."""
    business, rng = notes.business, notes.rng
    watched = business.kind in ("family_parlor", "foot_house", "muddler", "day_spa")
    if rng.random() > 0.03 * business.town.stings * shown + 0.0007 * watched * (0.4 + business.town.stings):
        return
    when = within(day, business, rng)
    true = rng.random() < 0.5 + shown if business.conduct else False
    offenses = ["commercial sex offense on premises"] if true or rng.random() < 0.2 else []
    offenses += ["unlicensed practice of massage"] if rng.random() < 0.7 or not offenses else []
    outcome = pick(
        rng,
        (
            ("dismissed", 0.45 if true else 0.85),
            ("amended to disorderly conduct", 0.3 if true else 0.08),
            ("fine paid", 0.25 if true else 0.07),
        ),
    )
    case(
        notes,
        "town_court",
        when,
        "vice",
        offenses,
        outcome,
        staff_of(business.operator, notes.region, rng.randint(1, 2), rng),
    )
    if rng.random() < 0.5:
        report(notes, when + timedelta(days=2), "news_raid")


def _closing(notes: Notes, day: date) -> None:
    """It closes under pressure: by order, by a landlord who was told, or because papers were refused."""
    business, rng = notes.business, notes.rng
    by = pick(rng, (("order", 0.35), ("landlord", 0.35), ("papers", 0.30)))
    if by == "order":
        pool = ["nuisance", "unlicensed practice of massage", "repeated code violations", "use not as approved"]
        offenses = rng.sample(pool[: 3 if business.conduct else 4], rng.randint(1, 2))
        case(
            notes,
            "town_court",
            day - timedelta(days=5),
            "nuisance abatement",
            offenses,
            rng.choice(("closed by order", "consent order")),
            [business.face],
        )
        if rng.random() < 0.4:
            report(notes, day, "news_raid")
    elif by == "landlord" and rng.random() < 0.3 + 0.6 * business.premises.landlord.asks:
        case(
            notes,
            "county_court",
            day - timedelta(days=20),
            "lease",
            ["use not permitted by the lease"],
            "possession to landlord",
        )
    elif by == "papers":
        _inspection(notes, max(day - timedelta(days=15), business.opened), "complaint")
