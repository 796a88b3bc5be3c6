"""Agents: owners and operators, their habits, and how a business comes to its end.

Every owner, lawful or not, has the same habits in another measure: how diligent, how much cash, how late, how cheap,
how fast staff changes, whether staff is lodged, how veiled the ownership, how much is advertised. What makes a business
illicit is its conduct: the share of its trade that is exploitation. An operator who hides well lives by lawful habits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from benchmarks.second_world.region import AS_OF, WINDOW_START, Address, Person, Premises, Region, Town, pick

TRAITS = ("diligent", "cash", "late", "cheap", "turnover", "lodges", "veiled", "online")


@dataclass(frozen=True)
class Habits:
    """How somebody runs a business, each from 0 to 1."""

    diligent: float
    """Renews in time, keeps papers, mends what inspectors find."""
    cash: float
    late: float
    """How long into the night it is open, or how far beyond agreed hours people work."""
    cheap: float
    turnover: float
    """Share of the staff that is new each month."""
    lodges: float
    """How much of the staff lives on the premises or in rooms of the owner."""
    veiled: float
    """How far ownership stands behind companies, agents, boxes and other people's names."""
    online: float
    """How much it advertises where anybody can read it."""
    answer: str = "mend"
    """What follows pressure: mend, rename, move, sell or stop."""
    careful: float = 0.3
    """How far conduct is kept from strangers; only conduct that is there can be kept."""

    def shaky(self, rng: Random) -> bool:
        """Whether a duty of paper is late or forgotten this time."""
        return rng.random() > 0.35 + 0.65 * self.diligent


def draw(rng: Random, mean: float, firm: float = 6.0) -> float:
    """A value from 0 to 1 around a mean."""
    mean = min(max(mean, 0.02), 0.98)
    return rng.betavariate(mean * firm, (1 - mean) * firm)


def habits(means: tuple[float, ...], rng: Random, answers: tuple[tuple[str, float], ...], careful: float) -> Habits:
    """Habits around those means, in the order of TRAITS."""
    values = {name: draw(rng, mean) for name, mean in zip(TRAITS, means, strict=True)}
    return Habits(**values, answer=pick(rng, answers), careful=careful)


LAWFUL_ANSWERS = (("mend", 0.72), ("stop", 0.12), ("sell", 0.08), ("rename", 0.04), ("move", 0.04))


def hidden(open_habits: Habits, lawful: Habits, hides: float, rng: Random) -> Habits:
    """The habits of an operator who hides: each one, with that chance, is what a lawful owner has."""
    taken = {name: getattr(lawful, name) for name in TRAITS if rng.random() < hides}
    return replace(open_habits, **taken, careful=draw(rng, 0.15 + 0.8 * hides, 12))


@dataclass
class Operator:
    """Who really runs one or more businesses; `style` is a word of the sector's own tables."""

    operator_id: str
    person: Person
    style: str
    illicit: bool
    hides: float
    box: Address | None = None
    """A mailbox or shared office that all its businesses use."""
    shared_phone: str = ""
    wording: int = 0
    """Seed of the words that its advertisements use."""
    pictures: int = 0
    lodging: Address | None = None
    """A house or flat where staff of several businesses lives."""
    brand: str = ""
    helpers: list[Person] = field(default_factory=list)
    """People in whose names things stand: relatives, managers, or somebody who was paid for it."""
    caught: date | None = None
    """When one of its businesses last had trouble; all of them are more careful for a while after."""


@dataclass
class Business:
    """One business at one place under one owner, from opening to closing."""

    business_id: str
    sector: str
    kind: str
    """What it looks like: a word of the sector's own tables."""
    name: str
    operator: Operator
    face: Person
    """Who stands in the papers as its owner."""
    premises: Premises
    habits: Habits
    opened: date
    closed: date | None
    ended_by: str
    """failed, sold, pressure, or "" while it is open."""
    conduct: float
    """Share of its trade that is exploitation; 0 for a lawful one."""
    phone: str
    size: int
    """Treatment rooms, hotel rooms, or workers in a full season."""
    predecessor: Business | None = None

    @property
    def town(self) -> Town:
        """Where it is."""
        return self.premises.address.town

    @property
    def last(self) -> date:
        """Its last day, or the day on which the world is looked at."""
        return self.closed or AS_OF

    def shown(self, day: date) -> float:
        """How much of its conduct a stranger may come across on that day."""
        wary = self.operator.caught is not None and 0 <= (day - self.operator.caught).days < 150
        return self.conduct * (1 - self.habits.careful) * (0.5 if wary else 1.0)


@dataclass(frozen=True)
class Sector:
    """What the making of businesses needs to know of a sector."""

    name: str
    lawful: Mapping[str, tuple[float, tuple[float, ...], int]]
    """kind -> (share, means of TRAITS, how many businesses one owner has at most)."""
    illicit: Mapping[str, tuple[float, tuple[float, ...], tuple[int, int], float, float]]
    """style -> (share, means of TRAITS, number of businesses, mean age in years, mean conduct)."""
    fronts: Mapping[str, tuple[tuple[str, float], ...]]
    """style -> what its businesses look like."""
    place_of: Callable[[str, Random], str]
    """kind -> kind of premises."""
    name_of: Callable[[str, Person, Town, Random], str]
    size_of: Callable[[str, Random], int]
    answers: tuple[tuple[str, float], ...]
    """What an operator does under pressure."""
    pressure: float = 1.0
    """How readily its businesses close under pressure."""


@dataclass
class Maker:
    """Makes the businesses of one sector."""

    sector: Sector
    region: Region
    evasion: float
    rng: Random
    for_sale: list[Business] = field(default_factory=list)
    """Businesses that were sold and that nobody has taken over yet."""

    def populate(self, lawful: int, illicit: int) -> list[Business]:
        """So many businesses, of owners who each have one or several."""
        made: list[Business] = []
        left = {True: illicit, False: lawful}
        while left[True] or left[False]:
            guilty = self.rng.random() * (left[True] + left[False]) < left[True]
            fresh = self._owner(guilty, left[guilty])
            made += fresh
            left[guilty] -= len(fresh)
        return made

    def _owner(self, guilty: bool, most: int) -> list[Business]:
        """What one owner has, at most so many."""
        rng, sector = self.rng, self.sector
        if guilty:
            style = pick(rng, [(style, values[0]) for style, values in sector.illicit.items()])
            _, means, (fewest, highest), years, mean_conduct = sector.illicit[style]
            hides = draw(rng, self.evasion, 2.2)
            operator = Operator("", self.region.person(rng), style, True, hides)
            kind = pick(rng, sector.fronts[style])
            shops = min(rng.randint(fewest, highest), most)
            like = habits(sector.lawful[kind][1], rng, LAWFUL_ANSWERS, 0.0)
            own = hidden(habits(means, rng, sector.answers, 0.3), like, hides, rng)
            years *= 1 + hides
        else:
            style, years, mean_conduct = "", 6.5, 0.0
            operator = Operator("", self.region.person(rng), "owner", False, 0.0)
            kind = pick(rng, [(kind, values[0]) for kind, values in sector.lawful.items()])
            own, shops = habits(sector.lawful[kind][1], rng, LAWFUL_ANSWERS, 0.0), 1
            while shops < min(sector.lawful[kind][2], most) and rng.random() < 0.34:
                shops += 1
        self._settle(operator, own, shops)
        made: list[Business] = []
        while len(made) < shops:
            if guilty and rng.random() > 0.6:
                kind = pick(rng, sector.fronts[style])
            conduct = draw(rng, mean_conduct, 8) if guilty else 0.0
            made += self._line(kind, operator, own, conduct, _opened(rng, years), shops - len(made))
        return made

    def _settle(self, operator: Operator, own: Habits, shops: int) -> None:
        """What all businesses of one owner share."""
        rng, region = self.rng, self.region
        operator.wording, operator.pictures = rng.randrange(1 << 30), rng.randrange(1 << 30)
        if rng.random() < 0.15 + 0.7 * own.veiled:
            operator.box = region.box(rng)
        if own.lodges > 0.35 and rng.random() < 0.8:
            operator.lodging = region.street(region.town(rng))
        if shops > 1 and rng.random() < 0.45:
            operator.shared_phone = region.phone(region.town(rng), rng)
        for _ in range(1 + shops // 2):
            kin = rng.random() < 0.5
            operator.helpers.append(region.relative(operator.person, rng) if kin else region.person(rng))

    def _line(
        self, kind: str, operator: Operator, own: Habits, conduct: float, opened: date, most: int
    ) -> list[Business]:
        """A business and those that the same people open after it, at most so many; one at least."""
        rng, region = self.rng, self.region
        line: list[Business] = []
        town, size = region.town(rng), self.sector.size_of(kind, rng)
        bought = self._bought(kind) if rng.random() < 0.35 else None
        if bought is not None and bought.closed is not None:
            opened, town, size = bought.closed + timedelta(days=rng.randrange(1, 30)), bought.town, bought.size
        while len(line) < most:
            before = line[-1] if line else bought
            same = before is not None and (before is bought or before.habits.answer == "rename")
            if line and before is not None and not same:
                town = region.town(rng)
            each = replace(own, **{trait: min(max(getattr(own, trait) + rng.gauss(0, 0.06), 0), 1) for trait in TRAITS})
            place = self.sector.place_of(kind, rng)
            premises = before.premises if before is not None and same else region.premises(place, town, opened, rng)
            face = rng.choice(operator.helpers) if rng.random() < each.veiled else operator.person
            if line and face is line[-1].face and rng.random() < 0.7:
                face = region.person(rng)
            closed, ended_by = self._end(opened, each, conduct, town)
            premises.free_from = closed
            fresh = Business(
                "",
                self.sector.name,
                kind,
                "",
                operator,
                face,
                premises,
                each,
                opened,
                closed,
                ended_by,
                conduct,
                "",
                size,
                before,
            )
            self._sign(fresh, bought)
            line.append(fresh)
            if ended_by == "pressure":
                operator.caught = closed
            if ended_by == "sold":
                self.for_sale.append(fresh)
            if closed is None or ended_by != "pressure" or each.answer in ("stop", "mend") or rng.random() < 0.2:
                break
            opened = closed + timedelta(days=rng.randrange(15, 140))
            if opened > AS_OF - timedelta(days=60):
                break
        region.vacated += [each.premises for each in line if each.ended_by in ("failed", "pressure")]
        return line

    def _bought(self, kind: str) -> Business | None:
        """A business of that kind that was for sale, whoever had it."""
        for business in self.for_sale:
            if business.kind == kind and business.closed is not None and business.closed < AS_OF - timedelta(days=90):
                self.for_sale.remove(business)
                return business
        return None

    def _sign(self, business: Business, bought: Business | None) -> None:
        """Gives it the name over its door and its telephone number; both may come from whom it was taken over."""
        rng, operator, before = self.rng, business.operator, business.predecessor
        taken = before is not None and before is bought
        keeps_name = before is not None and rng.random() < (0.6 if taken else 0.15)
        if before is not None and keeps_name:
            business.name = before.name
        elif operator.brand and rng.random() < 0.7:
            business.name = f"{operator.brand} {rng.choice((business.town.name, business.premises.address.area))}"
        else:
            person = operator.person if business.habits.veiled < 0.7 else business.face
            business.name = self.sector.name_of(business.kind, person, business.town, rng)
            if not operator.brand and rng.random() < 0.5 * (1 - business.habits.veiled):
                operator.brand = business.name
        if before is not None and rng.random() < (0.6 if taken else 0.35):
            business.phone = before.phone
        elif operator.shared_phone:
            business.phone = operator.shared_phone
        else:
            business.phone = self.region.phone(business.town, rng, 0.05 + 0.2 * business.habits.turnover)

    def _end(self, opened: date, own: Habits, conduct: float, town: Town) -> tuple[date | None, str]:
        """When and why a business ends. One that would have ended before sources are read is taken to have gone on."""
        rng = self.rng
        pressed = 0.0006 + 0.035 * conduct * (1 - own.careful) * (0.3 + town.stings + 0.5 * town.thorough)
        pressed = self.sector.pressure * (pressed + 0.002 * (1 - own.diligent) * town.thorough)
        failing, selling = 0.006 + 0.006 * own.turnover, 0.002 + 0.003 * own.veiled
        start = max(opened, WINDOW_START)
        for month in range(2, (AS_OF - start).days // 30):
            chance = rng.random()
            if chance < pressed + failing + selling:
                why = "pressure" if chance < pressed else "failed" if chance < pressed + failing else "sold"
                return start + timedelta(days=30 * month + rng.randrange(30)), why
        return None, ""


def _opened(rng: Random, mean_years: float) -> date:
    """A day of opening that leaves something to observe."""
    back = int(min(rng.expovariate(1 / (mean_years * 365)), 25 * 365)) + 75
    return AS_OF - timedelta(days=back)
