"""What the world around a business does: registers and their renewals, inspectors, courts, neighbors, reviewers.

Authorities differ by town, come late, err, and mostly come because somebody complained. Each function writes down what
happened to one business as Entries; what of it a source keeps is for records.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.second_world.habits import Business, Operator
from benchmarks.second_world.records import Entry, at
from benchmarks.second_world.region import AS_OF, WINDOW_START, Address, Person, Region, pick

_HANDLES = ("kite", "maple", "otter", "pixel", "quill", "raven", "sunny", "tango", "umber", "vista", "willow", "zephyr")


_TEXTS = Path(__file__).parent / "texts.txt"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<(\w+)>")


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """Topic -> its sentences, of texts.txt."""
    found: dict[str, list[str]] = {}
    for line in _TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return {topic: tuple(sentences) for topic, sentences in found.items()}


def say(rng: Random, topic: str, **slots: str) -> str:
    """One sentence on a topic, with its slots filled. A slot that is not given reads as nothing."""
    sentence, count = rng.choice(topics()[topic]), 1
    while count:
        sentence, count = _CHOICE.subn(lambda found: rng.choice(found[1].split("|")), sentence)
    return " ".join(_SLOT.sub(lambda found: slots.get(found[1], ""), sentence).split())


@dataclass
class Notes:
    """Collects what happens to one business."""

    business: Business
    region: Region
    rng: Random
    entries: list[Entry] = field(default_factory=list)
    company: str = ""
    """The company behind it, if there is one."""
    stars: list[int] = field(default_factory=list)
    _rows: int = 0
    _ad_phone: tuple[str, date] | None = None

    def add(
        self,
        source: str,
        day: date,
        row: str = "",
        hour: int = 3,
        *,
        about: bool = True,
        place: bool = True,
        named: bool = True,
        **fields: object,
    ) -> Entry:
        """One entry. `row` names the source's row (a later edition has the same); else it is a row of its own."""
        self._rows += 1
        business = self.business
        entry = Entry(
            source,
            f"{business.business_id}/{row or self._rows}",
            at(day, hour, self.rng),
            business.business_id if about else "",
        )
        if named:
            entry.name = business.name
        if place:
            entry.address = business.premises.address
        for key, value in fields.items():
            setattr(entry, key, value)
        self.entries.append(entry)
        return entry

    def ad_phone(self, day: date) -> str:
        """The number that advertisements give: the business's own, or one that is changed now and then."""
        business, rng = self.business, self.rng
        own = business.habits
        if business.conduct * own.careful + 0.3 * own.veiled < 0.45 and own.turnover < 0.6:
            return business.phone
        if self._ad_phone is None or (day - self._ad_phone[1]).days > 120 + 500 * (1 - own.turnover):
            self._ad_phone = (self.region.phone(business.town, rng, 0.25), day)
        return self._ad_phone[0]


def months(business: Business) -> Iterator[date]:
    """A day of each month in which the business is open and read."""
    day = max(business.opened, WINDOW_START)
    while day <= business.last:
        yield day
        day += timedelta(days=30)


def times(rng: Random, mean: float) -> int:
    """How often something happens that happens so often on average (Poisson)."""
    if mean <= 0:
        return 0
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def within(day: date, business: Business, rng: Random) -> date:
    """A day of the month that begins then."""
    return min(day + timedelta(days=rng.randrange(30)), business.last)


# Registers


def mail_address(notes: Notes) -> Address:
    """Where the owner has official mail sent: here, a box, an agent, or a home."""
    business, rng = notes.business, notes.rng
    veiled, operator = business.habits.veiled, business.operator
    if operator.box is not None and rng.random() < 0.35 + 0.45 * veiled:
        return operator.box
    if rng.random() < 0.08 + 0.22 * veiled:
        return rng.choice(notes.region.agents)[1]
    if rng.random() < 0.25:
        return notes.region.street(business.town)
    return business.premises.address


def register_company(notes: Notes, likely: float) -> None:
    """The company, if there is one, and what the register says of it over the years."""
    business, rng, region = notes.business, notes.rng, notes.region
    own, operator = business.habits, business.operator
    if rng.random() > likely + 0.2 * own.veiled:
        return
    form = rng.choice(("LLC", "LLC", "LLC", "Inc", "Corp"))
    if rng.random() < 0.6 * own.veiled:
        stem = f"{rng.choice(('A', 'K', 'J', 'M', 'Y', 'T'))}{rng.choice('BCDFGHLMNRSTVWXZ')} {rng.choice(_TRADES)}"
    elif rng.random() < 0.25:
        stem = f"{operator.person.family} {rng.choice(_TRADES)}"
    else:
        stem = business.name
    notes.company = f"{stem} {form}"
    founded = business.opened - timedelta(days=rng.randrange(10, 120))
    officers = [business.face] if rng.random() > 0.55 * own.veiled else []
    if rng.random() < 0.25:
        officers.append(rng.choice(operator.helpers))
    owners = [operator.person] if rng.random() < 0.2 * (1 - own.veiled) else []
    agent = "" if rng.random() > 0.25 + 0.5 * own.veiled else rng.choice(region.agents)[0]
    address = mail_address(notes)

    def edition(day: date, status: str, dissolved: str = "") -> None:
        attributes = {
            "company_number": f"{region.state}{abs(hash_of(notes.company, founded)) % 10**7:07d}",
            "incorporated": founded.isoformat(),
            "legal_form": form,
            "jurisdiction": region.state,
            "status": status,
            "agent": agent or officers[0].name if officers else agent,
            "dissolved": dissolved,
        }
        notes.add(
            "company_register",
            day,
            "company",
            name=notes.company,
            address=address,
            attributes=attributes,
            people={"officers": officers, "owners": owners},
        )

    edition(max(founded, WINDOW_START), "active")
    year = max(founded, WINDOW_START)
    while (year := year + timedelta(days=365)) < business.last:
        if own.shaky(rng) and rng.random() < 0.4:
            edition(year, "delinquent")
            back = year + timedelta(days=rng.randrange(30, 300))
            if back < business.last and rng.random() < 0.8:
                edition(back, "active")
    if business.closed is not None:
        gone = business.closed + timedelta(days=rng.randrange(20, 500))
        if gone < AS_OF:
            tidy = rng.random() < own.diligent
            edition(gone, "dissolved" if tidy else "administratively dissolved", gone.isoformat())


_TRADES = ("Wellness", "Enterprises", "Group", "Services", "Management", "Ventures", "Trading", "Health", "Holdings")


def hash_of(*parts: object) -> int:
    """A number that is the same in every run."""
    return Random("/".join(map(str, parts))).getrandbits(40)


def register_license(
    notes: Notes,
    source: str,
    category: str,
    years: int,
    person: Person | None = None,
    row: str = "license",
    extra: dict[str, str] | None = None,
) -> None:
    """A license and its renewals: one edition when it is read first, then each change that a reader could see."""
    business, rng = notes.business, notes.rng
    own = business.habits
    applied = business.opened + timedelta(days=int(rng.expovariate(1 / (15 + 120 * (1 - own.diligent)))) - 20)
    number = f"{category[:2].upper()}{hash_of(business.business_id, source, row) % 10**6:06d}"
    first, term = applied, timedelta(days=365 * years)
    if applied > business.last:
        return
    while first + term < WINDOW_START:
        first += term
    facts = {"license_number": number, "category": category, "legal_name": notes.company, **(extra or {})}
    owner = [person or business.face]

    def edition(day: date, status: str, begins: date, **more: str) -> None:
        attributes = {
            **facts,
            "status": status,
            "issued": applied.isoformat(),
            "effective": begins.isoformat(),
            "expires": (begins + term).isoformat(),
            **more,
        }
        notes.add(
            source,
            max(day, WINDOW_START),
            row,
            phones=(business.phone,) if rng.random() < 0.4 else (),
            attributes=attributes,
            people={"owner": owner},
        )

    edition(first, "active", first)
    while (first := first + term) < business.last:
        late = int(rng.expovariate(1 / 70)) if own.shaky(rng) else 0
        if late > 20:
            edition(first + timedelta(days=20), "expired", first - term)
        if first + timedelta(days=late) >= business.last:
            return
        edition(first + timedelta(days=late), "active", first)
    if business.closed is not None and rng.random() < 0.3 + 0.5 * own.diligent:
        why = "revoked" if business.ended_by == "pressure" and rng.random() < 0.35 else "closed"
        edition(business.closed + timedelta(days=25), why, first - term, ended=business.closed.isoformat())


def list_on_map(notes: Notes, category: str, hours: str, urls: tuple[str, ...] = ()) -> None:
    """How a map of businesses shows it, and that it closed."""
    business, rng = notes.business, notes.rng
    own = business.habits
    if rng.random() > 0.55 + 0.6 * own.online:
        return
    facts = {"category": category, "hours": hours, "status": "open", "neighborhood": business.premises.address.area}
    if rng.random() < 0.5:
        facts["opened"] = str(business.opened.year)
    shown = urls if rng.random() < own.online else ()
    first = max(WINDOW_START, business.opened) + timedelta(days=rng.randrange(60))
    if first > business.last:
        return
    notes.add("business_map", first, "map", phones=(business.phone,), urls=shown, attributes=dict(facts))
    for day in months(business):
        if rng.random() < 0.02 and day > first:
            mean = sum(notes.stars) / len(notes.stars) if notes.stars else 0.0
            facts["rating"] = f"{mean:.1f}" if mean else ""
            notes.add(
                "business_map",
                within(day, business, rng),
                "map",
                phones=(business.phone,),
                urls=shown,
                attributes=dict(facts),
            )
    if business.closed is not None and rng.random() < 0.6:
        gone = business.closed + timedelta(days=rng.randrange(5, 120))
        notes.add(
            "business_map",
            gone,
            "map",
            phones=(business.phone,),
            urls=shown,
            attributes={**facts, "status": "permanently closed"},
        )


def hours_of(business: Business) -> str:
    """The opening hours that it states."""
    own = business.habits
    closes = 17 + round(own.late * 8)
    opens = 8 + round((1 - own.diligent) * 2) + (1 if closes > 22 else 0)
    days = "Mon-Sun" if own.late > 0.4 or own.cash > 0.6 else "Mon-Sat" if own.late > 0.2 else "Tue-Sat"
    return f"{days} {opens:02d}:00-{closes % 24:02d}:00"


# Authorities


def inspect(
    notes: Notes, source: str, day: date, category: str, faults: Sequence[tuple[str, float]], cause: str = "routine"
) -> int:
    """An inspection: how many faults were written down. A thorough town sees more of those that are there."""
    business, rng = notes.business, notes.rng
    if rng.random() < 0.06 + 0.10 * (1 - business.habits.diligent):
        result = rng.choice(("no entry, closed at posted hours", "no entry, nobody answered", "could not be completed"))
        found = []
    else:
        seen = 0.35 + 0.6 * business.town.thorough
        found = [fault for fault, chance in faults if rng.random() < chance * seen]
        if rng.random() < 0.03:
            found.append("posted hours differ from those on file")
        head = (
            "no corrections needed" if not found else "corrections needed" if len(found) < 3 else "sent to enforcement"
        )
        result = f"{head}: {'; '.join(found)}" if found else head
    notes.add(
        source,
        day,
        attributes={
            "category": category,
            "inspected": day.isoformat(),
            "inspection_result": result,
            "remarks": cause,
            "legal_name": notes.company,
        },
    )
    return len(found)


def case(
    notes: Notes,
    source: str,
    day: date,
    category: str,
    offenses: Sequence[str],
    outcome: str,
    against: Sequence[Person] = (),
    **attributes: str,
) -> None:
    """A case in a court or a finding of an authority; `against` are people, else it is against the business."""
    rng, business = notes.rng, notes.business
    decided = day + timedelta(days=rng.randrange(20, 400))
    notes.add(
        source,
        day,
        name=against[0].name if against and rng.random() < 0.6 else notes.company or business.name,
        title=f"{category}, {business.name}" if rng.random() < 0.7 else category,
        attributes={
            "case_number": f"{day.year}-{rng.randrange(100, 99999):05d}",
            "category": category,
            "offense": "; ".join(offenses),
            "filed": day.isoformat(),
            "outcome": outcome if decided < AS_OF else "pending",
            "decided": decided.isoformat() if decided < AS_OF else "",
            **attributes,
        },
        people={"defendants": list(against)},
    )


def everyday_cases(notes: Notes, day: date) -> None:
    """What any business may meet in a month: claims, leases, signs, wages."""
    business, rng = notes.business, notes.rng
    own = business.habits
    for _ in range(times(rng, 0.004 * (1.6 - own.diligent) + 0.003 * own.turnover)):
        kind, source, offense = rng.choice(
            (
                ("small claims", "county_court", "unpaid invoice"),
                ("lease", "county_court", "rent in arrears"),
                ("sign code", "town_court", "sign without a permit"),
                ("zoning", "town_court", "use not as approved"),
                ("wages", "county_court", "unpaid final wages"),
                ("injury", "county_court", "fall on a wet floor"),
            )
        )
        outcome = pick(rng, (("dismissed", 0.35), ("settled", 0.35), ("fine paid", 0.15), ("judgment", 0.15)))
        people = [business.face] if rng.random() < 0.4 else []
        case(notes, source, within(day, business, rng), kind, [offense], outcome, people)
    if rng.random() < 0.002:
        report(notes, within(day, business, rng), "news_plain")


def tip(notes: Notes, day: date, topic: str) -> None:
    """Somebody calls or writes about the business; who it is stays open."""
    business, rng = notes.business, notes.rng
    named = business.name if rng.random() < 0.85 else "that place"
    where = business.premises.address.line if rng.random() < 0.75 else business.premises.address.area
    source = "town_complaints" if topic == "complaint_plain" or rng.random() < 0.35 else "tip_line"
    notes.add(
        source,
        day,
        hour=rng.randrange(7, 24),
        named=False,
        place=rng.random() < 0.7,
        text=say(rng, topic, name=named, street=where),
        attributes={"category": "complaint" if source == "town_complaints" else "tip", "platform": "phone"},
    )


def neighbors(notes: Notes, day: date, topic: str, shown: float) -> int:
    """What neighbors, workers and rivals tell in a month; how many told something."""
    business, rng = notes.business, notes.rng
    town, told = business.town, 0
    for name, mean in (
        (topic, 0.045 * shown + 0.0008),
        ("tip_grudge", 0.0025 + 0.002 * business.habits.late),
        ("complaint_plain", 0.008 * (0.5 + town.complains) * (1.4 - business.habits.diligent)),
    ):
        for _ in range(times(rng, mean * (0.5 + town.complains))):
            tip(notes, within(day, business, rng), name)
            told += 1
    return told


def report(notes: Notes, day: date, topic: str) -> None:
    """The local paper writes on it."""
    business, rng = notes.business, notes.rng
    notes.add(
        "local_news",
        day,
        hour=6,
        title=say(rng, topic, name=business.name, town=business.town.name, street="Main"),
        text=say(rng, topic, name=business.name, town=business.town.name, street=business.premises.address.line),
        attributes={
            "publisher": f"{business.town.name} Courier",
            "published": day.isoformat(),
            "organizations": business.name if rng.random() < 0.5 else "",
        },
    )


# Customers


def handle(rng: Random) -> str:
    """A reviewer's name on a site."""
    return f"{rng.choice(_HANDLES)}{rng.choice(('', '_', '.'))}{rng.choice(_HANDLES)}{rng.randrange(2, 999)}"


def buyers(region: Region) -> list[str]:
    """Names of people who write on many such places, and on ordinary ones too."""
    rng = Random(f"buyers/{region.name}/{region.towns[0].weight}")
    return [handle(rng) for _ in range(40)]


def review(
    notes: Notes,
    day: date,
    told: Sequence[tuple[str, int]],
    source: str = "open_reviews",
    category: str = "",
    known: bool = False,
    **slots: str,
) -> None:
    """A review of one or two sentences. `told` are topics with the stars that somebody who says that gives."""
    rng = notes.rng
    stars = min(max(round(sum(each for _, each in told) / len(told) + rng.gauss(0, 0.7)), 1), 5)
    notes.stars.append(stars)
    text = " ".join(say(rng, topic, nights=str(rng.randrange(2, 9)), **slots) for topic, _ in told)
    who = rng.choice(buyers(notes.region)) if known or rng.random() < 0.02 else handle(rng)
    notes.add(
        source,
        day,
        hour=rng.randrange(8, 24),
        text=text,
        place=rng.random() < 0.8,
        attributes={
            "rating": f"{stars}",
            "reviewer": who,
            "category": category,
            "visited": (day - timedelta(days=rng.randrange(1, 20))).isoformat() if rng.random() < 0.3 else "",
        },
    )


def staff_of(operator: Operator, region: Region, count: int, rng: Random) -> list[Person]:
    """People who work there."""
    return [region.relative(operator.person, rng) if rng.random() < 0.1 else region.person(rng) for _ in range(count)]
