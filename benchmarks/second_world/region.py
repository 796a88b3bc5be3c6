"""The region: people, towns, streets, premises, landlords, mailbox shops, registered agents and telephone numbers.

Nothing here knows who is illicit. Towns and streets do not exist, their postcodes are not assigned, and all telephone
numbers are of the range that is reserved for fiction (555-0100 to 555-0199 of each area code).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

AS_OF = date(2026, 11, 30)
"""The day on which the world is looked at: nothing is observed later."""
WINDOW_START = date(2023, 1, 1)
"""Since when sources are read. Businesses may be older."""

TRADITIONS: dict[str, tuple[str, str]] = {
    "english": (
        "Alice Brian Carol Dennis Edith Frank Gloria Harold Irene Keith Laura Martin Nancy Oliver Paula Roger",
        "Abbott Barlow Dunmore Eastwick Fairley Garland Hollis Ingram Kemble Langley Marsden Norwood Orwell",
    ),
    "spanish": (
        "Alma Beatriz Carlos Diego Elena Fermin Graciela Hector Ines Javier Lorena Marcos Noemi Rafael Silvia Tomas",
        "Aguilera Barrios Cardenas Duarte Escobedo Figueroa Galvez Huerta Ibarra Lozano Medrano Olvera Quiroz Salcedo",
    ),
    "chinese": (
        "Bo Chunhua Fang Guang Haiyan Jian Lan Meiling Ping Qiang Rong Shu Tao Wenjun Xiaoli Yong",
        "Bai Cao Deng Fan Gao Hou Jiang Lei Meng Pan Qiu Shao Tang Xue",
    ),
    "korean": (
        "Bora Changho Daeun Eunji Gyuri Hana Inho Jiwoo Kyung Minseo Nari Sangmin Taeyang Wonjun Yuna Soojin",
        "Ahn Baek Cha Do Gil Hwang Jang Ko Min Noh Ryu Seo Woo Yang",
    ),
    "vietnamese": (
        "An Bich Cuong Dung Giang Hoa Khoa Lien Minh Nga Phuc Quyen Son Thao Van Yen",
        "Bui Cao Dang Dinh Duong Ha Ho Lam Ly Mai Ngo Phan Ta Vu",
    ),
    "south_asian": (
        "Amit Bhavna Chetan Deepa Farhan Gita Hitesh Jaya Kiran Lata Manoj Nisha Pooja Rakesh Sunita Vikram",
        "Amin Bhakta Chauhan Desai Gandhi Iyer Joshi Khanna Mehta Naik Parekh Rao Solanki Trivedi",
    ),
    "filipino": (
        "Analyn Benjie Corazon Dante Edgardo Flordeliza Gerald Imelda Jomar Liza Marites Noel Rowena Sheryl",
        "Abad Bautista Castillo Dizon Estrella Fajardo Guinto Javier Lacson Magsino Salonga Tolentino",
    ),
    "slavic": (
        "Alena Bohdan Danuta Emil Galina Igor Jolanta Kamil Larisa Marek Nadia Oksana Pavel Roman Svetla Vera",
        "Babic Cerny Dudek Filip Hruska Jelinek Kovar Lisak Mazur Novotny Orlik Petrov Sokol Zelenka",
    ),
    "arabic": (
        "Amal Bilal Dina Fadi Ghada Hassan Iman Jamal Karima Layla Munir Nabil Rania Samir Tariq Yasmin",
        "Abboud Bazzi Daher Fakhoury Ghanem Haddad Issa Jaber Karam Mansour Nasser Qasem Saleh Zaidan",
    ),
    "west_african": (
        "Abena Chidi Efua Folake Ibrahim Kofi Ngozi Obinna Sade Tunde Uche Yaw Zainab Kwame Amara Bola",
        "Adeyemi Boateng Danso Eze Fofana Konate Mensah Nwosu Okafor Owusu Sesay Toure Bangura Diallo",
    ),
    "french_creole": (
        "Antoine Brigitte Celestin Darline Emmanuel Fabiola Guerline Jacques Lucien Marjorie Nadege Odette Yves",
        "Augustin Baptiste Cadet Desir Estime Fleurant Germain Hilaire Joachim Lafleur Merilus Noel Petit Toussaint",
    ),
    "thai": (
        "Anong Boonsri Chai Duangjai Kanya Lek Malee Niran Ploy Ratana Sirin Somsak Tida Udom Wanida Yupin",
        "Boonmee Chaiyasit Intarak Jaidee Kaewmanee Maneerat Ngamdee Phromma Rattanakul Saelim Srisuk Wongsa",
    ),
}
"""Given names and family names by naming tradition. Everybody draws from them alike, whatever they do."""

_CODE_LIST = (
    "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 "
    "253 254 256 260 262 267 269 270 272 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 "
    "320 321 323 325 330 331 334 336 337 339 346 347 351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 "
    "413 414 415 417 419 423 424 425 430 432 434 435 440 442 443 458 463 469 470 475 478 479 480 484 501 502 503 504 "
    "505 507 508 509 510 512 513 515 516 517 518 520 530 531 534 539 540 541 551 559 561 562 563 567 570 571 573 574 "
    "575 580 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 628 629 630 631 636 "
    "641 646 650 651 657 660 661 662 667 669 678 681 682 701 702 703 704 706 707 708 712 713 714 715 716 717 718 719 "
    "720 724 725 727 731 732 734 737 740 743 747 754 757 760 762 763 765 769 770 772 773 774 775 779 781 785 786 801 "
    "802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845 847 848 850 856 857 858 859 860 "
    "862 863 864 865 870 872 878 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918 919 920 925 928 929 930 "
    "931 936 937 938 940 941 947 949 951 952 954 956 959 970 971 972 973 978 979 980 984 985 989"
)
_CODES = tuple(_CODE_LIST.split())

MOST_BUSINESSES = 12_000
"""More would use up the reserved numbers."""

_STREET_NAMES = (
    "Alder Birchfield Canal Depot Elmhurst Fairground Granary Harbor Ironworks Juniper Kiln Larkspur Mill Northgate "
    "Orchard Pinecrest Quarry Ridgeline Saltmarsh Tannery Union Vineyard Wharf Yarrow Commerce Frontage Prospect Summit"
)
_STREETS = tuple(_STREET_NAMES.split())
_WAYS = ("St", "Ave", "Rd", "Blvd", "Dr", "Hwy", "Ln", "Pkwy")
_PLAZAS = ("Corners", "Crossing", "Square", "Marketplace", "Commons", "Center", "Village", "Plaza")
_AREAS = ("Downtown", "Northside", "Airport", "Riverside", "Old Town", "University", "Gateway", "Southfield")

PRESETS: dict[str, tuple[str, str, str, tuple[float, float, float], int]] = {
    "lakes": ("IL", "621", "Ashbrook Belmere Corliss Dunhaven Eastmoor Fallow Garrick Hartsell", (0.50, 0.18, 0.32), 1),
    "valley": ("CA", "909", "Almeria Brisa Calloway Dorado Encarna Fresnal Grelling Hollin", (0.42, 0.16, 0.42), 0),
    "coast": ("FL", "343", "Amberly Bayhead Coralton Driftwood Estrand Flagship Gulfmont Heron", (0.44, 0.30, 0.26), 1),
}
"""By region: state, first digits of its postcodes, towns, shares of massage, lodging and labor, and whether the state
licenses massage establishments (else only towns do)."""


@dataclass(frozen=True)
class Person:
    """Somebody of the region. `tradition` is where the name comes from, and stands in no record."""

    given: str
    family: str
    tradition: str

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Town:
    """A town and how its authorities work, each from 0 to 1."""

    name: str
    postcode: str
    weight: float
    thorough: float
    """How much of what is wrong its inspectors notice."""
    often: float
    """How often they come without a complaint."""
    own_license: bool
    """Whether the town itself licenses businesses and publishes them."""
    complains: float
    """How readily neighbors complain."""
    stings: float
    """How much its police look for vice, wherever it is."""


@dataclass(frozen=True)
class Address:
    """An address as its owner would write it."""

    line: str
    town: Town
    area: str = ""


@dataclass(frozen=True)
class Landlord:
    """Who owns premises. `asks`: how closely tenants are looked at, from 0 to 1."""

    name: str
    asks: float
    address: Address


@dataclass
class Premises:
    """Rooms that a business uses. `parcel` is that of the whole building, whose units have one landlord."""

    address: Address
    kind: str
    """strip, office, house, lodging or farm."""
    parcel: str
    landlord: Landlord
    building: str
    units: int
    free_from: date | None = None
    """Since when the last tenant is gone."""


@dataclass
class Region:
    """All that businesses share. Made once per world; `rng` is its own."""

    name: str
    state: str
    shares: tuple[float, float, float]
    licenses_massage: bool
    towns: list[Town]
    rng: Random
    weights: dict[str, float]
    landlords: list[Landlord] = field(default_factory=list)
    mailboxes: list[tuple[str, Address]] = field(default_factory=list)
    offices: list[tuple[str, Address]] = field(default_factory=list)
    agents: list[tuple[str, Address]] = field(default_factory=list)
    buildings: dict[str, list[Premises]] = field(default_factory=dict)
    vacated: list[Premises] = field(default_factory=list)
    _numbers: dict[str, list[str]] = field(default_factory=dict)
    _boxes: int = 100

    @classmethod
    def build(cls, name: str, businesses: int, rng: Random) -> Region:
        """The region of that name, large enough for so many businesses. Raises ValueError for an unknown name."""
        if name not in PRESETS:
            raise ValueError(f"region {name!r}: expected one of {', '.join(PRESETS)}")
        state, prefix, towns, shares, licenses = PRESETS[name]
        made = [
            Town(
                town,
                f"{prefix}{10 + 7 * place:02d}",
                rng.uniform(0.4, 1.0) / (1 + place / 3),
                rng.betavariate(3, 3),
                rng.betavariate(2, 3),
                rng.random() < 0.6,
                rng.betavariate(3, 4),
                rng.betavariate(2, 4),
            )
            for place, town in enumerate(towns.split())
        ]
        weights = {tradition: rng.uniform(0.4, 1.6) for tradition in TRADITIONS}
        weights["english"] *= 3
        region = cls(name, state, shares, bool(licenses), made, rng, weights)
        region._deal_numbers()
        for _ in range(max(6, businesses // 9)):
            region.landlords.append(region._landlord())
        for place in range(max(3, businesses // 90)):
            region.mailboxes.append((f"{_STREETS[place % 28]} Mail & Ship", region.street()))
            region.offices.append((f"{_PLAZAS[place % 8]} Executive Suites", region.street()))
        for place in range(7):
            region.agents.append((f"{_STREETS[-1 - place]} Registered Agents Inc", region.street()))
        return region

    def _deal_numbers(self) -> None:
        codes = self.rng.sample(_CODES, len(_CODES))
        total, start = sum(town.weight for town in self.towns), 0
        for town in self.towns:
            end = start + max(1, int(len(codes) * 0.8 * town.weight / total))
            pool = [f"+1 {code}-555-01{line:02d}" for code in codes[start:end] for line in range(100)]
            self.rng.shuffle(pool)
            self._numbers[town.name], start = pool, end
        rest = [f"+1 {code}-555-01{line:02d}" for code in codes[start:] for line in range(100)]
        self.rng.shuffle(rest)
        self._numbers[""] = rest

    def phone(self, town: Town, rng: Random, away: float = 0.08) -> str:
        """A telephone number that nobody has yet; with the chance `away` one of somewhere else."""
        pools = [self._numbers[""], self._numbers[town.name]] if rng.random() < away else [self._numbers[town.name]]
        for pool in (*pools, *sorted(self._numbers.values(), key=len, reverse=True)):
            if pool:
                return pool.pop()
        raise ValueError(f"the reserved telephone numbers are used up: ask for at most {MOST_BUSINESSES} businesses")

    def person(self, rng: Random) -> Person:
        """Somebody, with a name of any tradition."""
        tradition = rng.choices(list(self.weights), list(self.weights.values()))[0]
        given, family = TRADITIONS[tradition]
        return Person(rng.choice(given.split()), rng.choice(family.split()), tradition)

    def relative(self, of: Person, rng: Random) -> Person:
        """Somebody of the same family."""
        return Person(rng.choice(TRADITIONS[of.tradition][0].split()), of.family, of.tradition)

    def town(self, rng: Random) -> Town:
        """A town, large ones more often."""
        return rng.choices(self.towns, [town.weight for town in self.towns])[0]

    def street(self, town: Town | None = None) -> Address:
        """An address of its own."""
        rng = self.rng
        line = f"{rng.randrange(100, 9900)} {rng.choice(_STREETS)} {rng.choice(_WAYS)}"
        return Address(line, town or self.town(rng), rng.choice(_AREAS))

    def _landlord(self) -> Landlord:
        rng = self.rng
        owner, address = self.person(rng), self.street()
        name = rng.choice(
            (
                owner.name,
                f"{owner.family} Properties LLC",
                f"{address.line.split()[1]} Holdings LLC",
                f"{owner.family} Family Trust",
                f"{rng.choice(_STREETS)} Realty Partners LP",
            )
        )
        return Landlord(name, rng.betavariate(2, 2), address)

    def premises(self, kind: str, town: Town, opens: date, rng: Random, takes_over: float = 0.2) -> Premises:
        """Rooms of that kind: some that a tenant has left lately, else a unit of a building, else a new building."""
        left = [
            each
            for each in self.vacated
            if each.kind == kind
            and each.address.town is town
            and each.free_from is not None
            and 0 <= (opens - each.free_from).days < 500
        ]
        if left and rng.random() < takes_over:
            taken = rng.choice(left)
            self.vacated.remove(taken)
            return taken
        shared = self.buildings.get(f"{kind}/{town.name}", [])
        if kind in ("strip", "office") and shared and rng.random() < 0.75:
            like = rng.choice(shared)
            base = like.address.line.split(" Ste ")[0]
            line = f"{base} Ste {rng.randrange(1, 40) * (10 if kind == 'office' else 1)}"
            address = Address(line, town, like.address.area)
            made = Premises(address, kind, like.parcel, like.landlord, like.building, like.units)
        else:
            address = self.street(town)
            parcel = f"{rng.randrange(10, 99)}-{rng.randrange(100, 999)}-{rng.randrange(1000, 9999)}"
            building = f"{address.line.split()[1]} {rng.choice(_PLAZAS)}" if kind in ("strip", "office") else ""
            units = rng.randrange(4, 30) if building else 1
            made = Premises(address, kind, parcel, rng.choice(self.landlords), building, units)
        self.buildings.setdefault(f"{kind}/{town.name}", []).append(made)
        return made

    def box(self, rng: Random) -> Address:
        """A box of a mailbox shop, or a desk of a shared office."""
        self._boxes += rng.randrange(1, 9)
        if rng.random() < 0.6:
            shop = rng.choice(self.mailboxes)[1]
            return Address(f"{shop.line} {rng.choice(('#', 'PMB ', 'Unit '))}{self._boxes}", shop.town, shop.area)
        office = rng.choice(self.offices)[1]
        return Address(f"{office.line} Ste {100 + 10 * rng.randrange(1, 30)}", office.town, office.area)


def pick(rng: Random, choices: Sequence[tuple[str, float]]) -> str:
    """One of the words, by its weight."""
    return rng.choices([word for word, _ in choices], [weight for _, weight in choices])[0]
