"""A second world of businesses, made by the habits of owners, operators, authorities and customers (README.md).

`generate` is deterministic: the same seed, size, prevalence, region and evasion give the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from benchmarks.second_world import labor, lodging, massage
from benchmarks.second_world.habits import Business, Maker, Operator
from benchmarks.second_world.public import Notes
from benchmarks.second_world.records import Entry, Row, at, keep
from benchmarks.second_world.region import AS_OF, MOST_BUSINESSES, PRESETS, WINDOW_START, Person, Region

__all__ = ["AS_OF", "PRESETS", "SECTORS", "Truth", "World", "generate"]

_MODULES = (massage, lodging, labor)
SECTORS = tuple(module.SECTOR.name for module in _MODULES)
_MOST_PREVALENCE = 0.2


@dataclass(frozen=True)
class Truth:
    """What is so of one business. `hides` is how well its operator hides, from 0 to 1; 0 for a lawful one."""

    illicit: bool
    sector: str
    region: str
    operator: str
    hides: float


@dataclass(eq=False)
class World:
    """The records of a world, and what is so.

    `keys` gives for a record's key the business that it is about. Records about no business (a parcel with many
    tenants, a school, a practitioner's own license, a mailbox shop) are not in it. `faces` holds who stands in the
    papers of each business, for the test that names say nothing.
    """

    truth: Mapping[str, Truth]
    keys: Mapping[str, str]
    faces: Mapping[str, Person]
    _rows: list[Row] = field(repr=False, default_factory=list)

    @property
    def records(self) -> Iterator[Row]:
        """Submissions in the shape of the partner API, by the time at which they were observed."""
        return iter(self._rows)


def generate(seed: int, businesses: int, prevalence: float, region: str = "lakes", *, evasion: float = 0.5) -> World:
    """A world of so many businesses, of which the share `prevalence` is illicit, in each sector alike.

    evasion: how well illicit operators hide on average, from 0 to 1; it alone makes a world harder. Raises ValueError
    for an unknown region, fewer than 30 or more than MOST_BUSINESSES businesses, or a prevalence above 0.2.
    """
    if not 30 <= businesses <= MOST_BUSINESSES:
        raise ValueError(f"businesses: {businesses}; expected 30 to {MOST_BUSINESSES}")
    if not 0 <= prevalence <= _MOST_PREVALENCE:
        raise ValueError(f"prevalence: {prevalence}; expected 0 to {_MOST_PREVALENCE}, a share of all businesses")
    if not 0 <= evasion <= 1:
        raise ValueError(f"evasion: {evasion}; expected 0 to 1")
    label = f"second-world/{seed}/{businesses}/{prevalence}/{region}/{evasion}"
    land = Region.build(region, businesses, Random(f"{label}/region"))
    counts, guilty = _portions(businesses, land.shares), _illicit_counts(businesses, prevalence, land.shares)
    made: list[Business] = []
    for module, count, illicit in zip(_MODULES, counts, guilty, strict=True):
        maker = Maker(module.SECTOR, land, evasion, Random(f"{label}/{module.SECTOR.name}"))
        made += maker.populate(count - illicit, illicit)
    rng = Random(f"{label}/order")
    rng.shuffle(made)
    _number(made)
    entries = list(_context(land, made, Random(f"{label}/context")))
    for business in made:
        notes: Notes = _live(business, land, Random(f"{label}/{business.business_id}"))
        entries += notes.entries
    rows = sorted(keep(entries, land.state, label), key=lambda kept: (kept[0]["observed_time"], kept[0]["key"]))
    truth = {
        each.business_id: Truth(
            each.operator.illicit, each.sector, region, each.operator.operator_id, round(each.operator.hides, 3)
        )
        for each in made
    }
    return World(
        dict(sorted(truth.items())),
        {row["key"]: about for row, about in rows if about},
        {each.business_id: each.face for each in made},
        [row for row, _ in rows],
    )


def _live(business: Business, land: Region, rng: Random) -> Notes:
    lives: Mapping[str, Callable[[Business, Region, Random], Notes]] = {
        massage.SECTOR.name: massage.live,
        lodging.SECTOR.name: lodging.live,
        labor.SECTOR.name: labor.live,
    }
    return lives[business.sector](business, land, rng)


def _portions(total: int, shares: tuple[float, ...]) -> list[int]:
    """`total` split by those shares, whole and without a rest."""
    parts = [int(total * share) for share in shares]
    order = sorted(range(len(shares)), key=lambda place: parts[place] - total * shares[place])
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _illicit_counts(businesses: int, prevalence: float, shares: tuple[float, ...]) -> list[int]:
    """Illicit businesses by sector; one at least in the whole world unless the prevalence is 0."""
    total = max(round(businesses * prevalence), 1 if prevalence else 0)
    return _portions(total, shares)


def _number(made: list[Business]) -> None:
    """Ids that say nothing: in an order that was shuffled."""
    operators: dict[int, Operator] = {}
    for place, business in enumerate(made):
        business.business_id = f"b{place:05d}"
        operator = operators.setdefault(id(business.operator), business.operator)
        operator.operator_id = operator.operator_id or f"o{len(operators):05d}"


def _context(land: Region, made: list[Business], rng: Random) -> Iterator[Entry]:
    """Records about no single business: parcels, schools, and shops that let mailboxes and desks."""
    first = at(WINDOW_START)
    last_in: dict[str, list[Business]] = {}
    for business in made:
        last_in.setdefault(business.premises.parcel, []).append(business)
    for parcel, tenants in sorted(last_in.items()):
        premises = tenants[0].premises
        alone = not premises.building and len({each.business_id for each in tenants}) == 1
        owns = rng.random() < (0.7 if premises.kind in ("lodging", "farm") else 0.2)
        business = tenants[0]
        owner = (
            business.face.name
            if owns and alone and rng.random() > business.habits.veiled * 0.7
            else (
                f"{premises.address.line.split()[1]} {rng.choice(('Land', 'Realty', 'Holdings'))} LLC"
                if owns and alone
                else premises.landlord.name
            )
        )
        line = premises.address.line.split(" Ste ")[0]
        uses = {
            "strip": "retail",
            "office": "office",
            "house": "residential",
            "lodging": "hotel",
            "farm": "agricultural",
        }
        yield Entry(
            "assessor",
            f"parcel/{parcel}",
            first + timedelta(days=rng.randrange(700)),
            business.business_id if alone else "",
            name=premises.building,
            address=type(premises.address)(line, premises.address.town, premises.address.area),
            attributes={
                "parcel": parcel,
                "owner": owner,
                "category": uses[premises.kind],
                "units": str(premises.units),
                "sold": str(rng.randrange(1994, 2026)),
                "neighborhood": premises.address.area,
            },
        )
    for use, shops in (("Mailbox rental service", land.mailboxes), ("Shared office", land.offices)):
        for name, address in shops:
            yield Entry(
                "business_map",
                f"shop/{name}/{address.line}",
                first + timedelta(days=rng.randrange(90)),
                name=name,
                address=address,
                attributes={"category": use, "hours": "Mon-Sat 09:00-18:00", "status": "open"},
            )
            yield Entry(
                "assessor",
                f"shop/{name}/{address.line}",
                first + timedelta(days=rng.randrange(700)),
                address=address,
                attributes={
                    "category": "retail",
                    "use": "mailbox" if "Mail" in use else "business",
                    "owner": rng.choice(land.landlords).name,
                },
            )
    for place, (name, sells) in enumerate(massage.training_schools(land)):
        gone = place % 4 == 3
        yield Entry(
            "training_register",
            f"school/{name}",
            first + timedelta(days=rng.randrange(60)),
            name=name,
            address=land.street(),
            attributes={
                "category": "massage school",
                "status": ("approval withdrawn" if sells else "closed") if gone else "approved",
                "pupils": str(rng.randrange(20, 60) if sells else rng.randrange(25, 140)),
                "closed": "2025-06-30" if gone else "",
            },
            people={"head": [land.person(rng)]},
        )
