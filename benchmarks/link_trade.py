"""Invented businesses from which the weights of places, of texts and of shared identifiers are learned.

Registers list their houses, in the registers' spellings; their advertisements reuse a text and change contacts;
agencies, chains and neighbors in one building share what else tells them apart. Shares and errors are assumptions about
the world, written below as such. No set that link_quality scores is made by this file.
"""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.link_sample import Population, Row, slip

TRADES = (("massage", "spa"), ("day care", "daycare", "child care center"), ("salon", "beauty salon"), ("hotel", "inn"),
          ("academy", "school"), ("market", "food market"), ("clinic", "medical clinic"), ("studio", "wellness studio"),
          ("learning center", "learning ctr"), ("restaurant", "kitchen"))  # fmt: skip
LEGAL = ("llc", "inc", "ltd", "corp")
SIDES = (("n", "north"), ("s", "south"), ("e", "east"), ("w", "west"), ("", ""), ("", ""), ("", ""))
AGENCIES = {"phone": 0.06, "email": 0.04, "username": 0.03, "url": 0.08, "domain": 0.15, "payment_tag": 0.04,
            "wallet": 0.04, "iban": 0.02, "license": 0.02, "company_number": 0.02}  # fmt: skip
"""Kind -> share of the operators who state an agency's, a platform's or another one's value in some of their ads."""
STATED = {"phone": 0.7, "email": 0.35, "username": 0.35, "url": 0.25, "domain": 0.2, "payment_tag": 0.12,
          "wallet": 0.08, "iban": 0.05, "license": 0.15, "company_number": 0.1}  # fmt: skip
"""Kind -> share of the ads that state one."""
DAY_S, START = 86_400, 1_780_000_000


class Operator(NamedTuple):
    """Who runs some houses. own: kind -> values; agency: kind -> a value of others that some ads state."""

    name: str
    towns: list[tuple[str, str]]
    own: dict[str, list[str]]
    agency: dict[str, str]
    text: list[str]
    slots: list[int]
    workers: list[str]


class House(NamedTuple):
    """name: telling words and trade; number: of a branch, "" for none; spot: degrees."""

    words: str
    trade: tuple[str, ...]
    number: str
    house: int
    street: tuple[str, tuple[str, str], tuple[str, str]]
    unit: str
    town: tuple[str, str]
    phone: str
    spot: tuple[float, float]


class Trade:
    """Draws operators one after the other."""

    def __init__(self, seed: int) -> None:
        self.people = Population(seed)
        self.draw = draw = self.people.draw
        self.words = [f"{draw.choice(self.people.family)}" for _ in range(4000)]
        self.spoken = ["".join(draw.choices("aeioubdfgklmnprstvz", k=draw.choice((2, 3, 4, 5, 6, 7, 8))))
                       for _ in range(3000)]  # fmt: skip
        self.streets = {town: [(self.people.home()[1], self.people.home()[2], draw.choice(SIDES)) for _ in range(40)]
                        for town in self.people.towns}  # fmt: skip
        self.centers = {town: (draw.uniform(30, 47), draw.uniform(-120, -75)) for town in self.people.towns}
        self.houses: list[House] = []
        self.texts: list[list[str]] = []
        self.texts_of: dict[tuple[str, str], list[list[str]]] = {}
        self.shared: dict[str, list[str]] = {kind: [] for kind in AGENCIES}
        self.made = 0

    def rows(self, operators: int) -> tuple[list[Row], dict[str, str], dict[str, str]]:
        """Returns (records, record_id -> operator, record_id -> house of the records of registers)."""
        rows: list[Row] = []
        owner: dict[str, str] = {}
        house_of: dict[str, str] = {}
        for operator in range(operators):
            who = self._operator()
            for number in range(max(1, min(6, int(self.draw.paretovariate(1.6))))):
                house = self._house(who, number)
                for source in self.draw.sample("abcdefgh", self.draw.choice((1, 1, 2, 2, 3, 4))):
                    row = self._listed(f"t{len(rows)}", source, who, house)
                    owner[row["record_id"]], house_of[row["record_id"]] = f"{operator}", f"{operator}.{number}"
                    rows.append(row)
            last = self.draw.randrange(90)
            for _ in range(min(120, int(1.5 * self.draw.paretovariate(1.2)))):
                last = last if self.draw.random() < 0.5 else self.draw.randrange(90)
                row = self._advertised(f"t{len(rows)}", who, last * DAY_S + self.draw.randrange(2 * DAY_S))
                owner[row["record_id"]] = f"{operator}"
                rows.append(row)
        return rows, owner, house_of

    def _operator(self) -> Operator:
        draw = self.draw
        self.made += 1
        towns = draw.sample(self.people.towns, draw.choice((1, 1, 1, 2, 3)))
        own = {kind: [self._value(kind) for _ in range(1 + (draw.random() < 0.35))] for kind in AGENCIES}
        agency = {}
        for kind, share in AGENCIES.items():
            if draw.random() < share:
                known = self.shared[kind]
                if not known or draw.random() < 0.35:
                    known.append(self._value(kind))
                agency[kind] = known[int(len(known) * draw.random() ** 2)]
        if not self.texts or draw.random() < 0.65:
            self.texts.append(self._text())
            text = self.texts[-1]
        else:  # copied: every other one in the same town, others from one of the first, which many have seen
            near = self.texts_of.get(towns[0])
            text = near[-1] if near and draw.random() < 0.5 else self.texts[int(len(self.texts) * draw.random() ** 2)]
        self.texts_of.setdefault(towns[0], []).append(text)
        workers = [f"{draw.choice(self.people.given)} {draw.choice(self.people.family)}" for _ in range(2)]
        name = " ".join(draw.sample(self.words, draw.choice((1, 2))))
        return Operator(name, towns, own, agency, text, draw.sample(range(len(text)), 5), workers)

    def _text(self) -> list[str]:
        spoken, draw = self.spoken, self.draw
        return [spoken[int(len(spoken) * draw.random() ** 2)] for _ in range(draw.randrange(22, 90))]

    def _value(self, kind: str) -> str:
        self.made += 1
        number, draw = self.made, self.draw
        if kind == "phone":
            return f"phone:{self.people.phone()}"
        if kind == "username":
            return f"username:instagram/{draw.choice(self.words)}{draw.choice(('', '_', '.'))}{draw.choice(self.words)}"
        if kind in ("url", "domain"):
            return f"{kind}:{'https://' if kind == 'url' else ''}{draw.choice(self.words)}{number}.example.com"
        return f"{kind}:{draw.choice(self.words)}{number}" + ("@example.com" if kind == "email" else "")

    def _house(self, who: Operator, number: int) -> House:
        draw = self.draw
        branch = f" {number + 1}" if number and draw.random() < 0.5 else ""
        trade = draw.choice(TRADES)
        phone = who.own["phone"][0] if draw.random() < 0.5 else f"phone:{self.people.phone()}"
        if self.houses and draw.random() < 0.12:  # another's building
            old = draw.choice(self.houses[-3000:])
            unit = str(draw.randrange(1, 60)) if draw.random() < 0.5 else ""
            house = old._replace(words=who.name, trade=trade, number=branch, unit=unit, phone=phone)
        else:
            town = draw.choice(who.towns)
            north, east = self.centers[town]
            house = House(who.name, trade, branch, draw.randrange(1, 900), draw.choice(self.streets[town]),
                          str(draw.randrange(1, 60)) if draw.random() < 0.2 else "", town, phone,
                          (north + draw.gauss(0, 0.03), east + draw.gauss(0, 0.03)))  # fmt: skip
        self.houses.append(house)
        return house

    def _listed(self, record_id: str, source: str, who: Operator, house: House) -> Row:
        draw = self.draw
        row: Row = {"record_id": record_id, "source_id": source, "record_type": "site", "city": house.town[0].title()}
        row["name"] = self._house_name(who, house)
        number = house.house if draw.random() < 0.95 else house.house + draw.choice((-4, -2, 2, 4, 10))
        name, kind, side = house.street
        street = slip(name, draw) if draw.random() < 0.05 else name
        if draw.random() < 0.04:
            number, street = draw.randrange(1, 900), draw.choice(self.streets[house.town])[0]
        parts = [str(number) if draw.random() < 0.98 else "", draw.choice(side) if draw.random() < 0.9 else "", street,
                 draw.choice(kind) if draw.random() < 0.9 else "",
                 f"unit {house.unit}" if house.unit and draw.random() < 0.5 else ""]  # fmt: skip
        row["address"] = " ".join(filter(None, parts))
        if draw.random() < 0.7:
            code = draw.random()
            row["postcode"] = (house.town[1] if code < 0.9 else slip(house.town[1], draw) if code < 0.93
                               else draw.choice(self.people.towns)[1])  # fmt: skip
        if draw.random() < 0.75:
            row["identifiers"] = [house.phone if draw.random() < 0.85 else draw.choice(who.own["phone"])]
        if draw.random() < 0.5:
            north, east = house.spot
            if draw.random() < 0.05:  # a geocoder's guess: the middle of the town
                north, east = self.centers[house.town]
            row["latitude"] = f"{north + draw.gauss(0, 1e-4):.6f}"
            row["longitude"] = f"{east + draw.gauss(0, 1e-4):.6f}"
        return row

    def _house_name(self, who: Operator, house: House) -> str:
        draw = self.draw
        words = house.words.split()
        if draw.random() < 0.06:
            words = who.workers[0].split()
        elif len(words) > 1 and draw.random() < 0.1:
            words.pop(draw.randrange(len(words)))
        words = [slip(word, draw) if draw.random() < 0.05 else word for word in words]
        trade = draw.choice(house.trade) if draw.random() < 0.9 else ""
        if trade and draw.random() < 0.03:
            trade = draw.choice(draw.choice(TRADES))
        number = house.number if draw.random() < 0.85 else ""
        legal = draw.choice(LEGAL) if draw.random() < 0.2 else ""
        the = "the" if draw.random() < 0.05 else ""
        return " ".join(filter(None, (the, *words, trade, number.strip(), legal))).title()

    def _advertised(self, record_id: str, who: Operator, second: int) -> Row:
        draw = self.draw
        words = list(who.text)
        for slot in who.slots:
            words[slot] = draw.choice(self.spoken)
        if draw.random() < 0.2:  # cut, or with a sentence more
            words = words[: int(len(words) * draw.uniform(0.7, 1.0))] + draw.choices(self.spoken, k=draw.randrange(8))
        row: Row = {"record_id": record_id, "source_id": "ads", "record_type": "ad", "text": " ".join(words),
                    "time": START + second}  # fmt: skip
        town = draw.choice(who.towns) if draw.random() < 0.9 else draw.choice(self.people.towns)
        if draw.random() < 0.9:
            row["city"] = town[0].title()
        held = []
        for kind, share in STATED.items():
            if draw.random() > share:
                continue
            if kind in who.agency and draw.random() < 0.5:
                held.append(who.agency[kind])
            elif kind == "phone" and draw.random() < 0.3:
                held.append(f"phone:{self.people.phone()}")
            else:
                held.append(self._stated(kind, draw.choice(who.own[kind])))
        row["identifiers"] = held
        if draw.random() < 0.3:
            row["name"] = draw.choice(who.workers).title()
        return row

    def _stated(self, kind: str, value: str) -> str:
        """Returns a value as an ad states it: user names in several forms, because a closed account is opened anew."""
        if kind != "username" or self.draw.random() < 0.6:
            return value
        return f"{value}{self.draw.choice(('', '_', 'x', 'official'))}{self.draw.randrange(1, 100)}"
