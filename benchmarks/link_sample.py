"""An invented population from which the weights of linking are learned: people with homes, contacts and typing errors.

Names follow Zipf's law, so that strangers share them; households share name, house and phone; people move, change
phones and use short forms. No set that link_quality scores is made by this file.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from minerva.linking.__main__ import read_line
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.texts.sketches import sketched
from minerva.names.persons import given_names

Row = dict[str, Any]
_START = ("ba", "bre", "cal", "de", "dor", "el", "fa", "gor", "hen", "ka", "kle", "lo", "mar", "mo", "nor", "o", "pe",
          "ra", "ro", "sa", "ste", "ta", "tho", "u", "va", "wi", "ya", "zo")  # fmt: skip
_MIDDLE = ("", "", "ri", "la", "ne", "vo", "mi", "ber", "dan", "ko")
_END = ("son", "man", "ley", "ini", "ez", "ov", "sky", "ton", "er", "sen", "ard", "ic", "oglu", "ian", "wala", "kar",
        "mann", "a")  # fmt: skip
_STREET = ("oak", "elm", "mill", "church", "station", "lake", "hill", "maple", "garden", "bridge", "market", "park")
_STREET_END = ("wood", "field", "view", "side", "gate", "", "", " hill", " grove")
_TYPES = (("street", "st"), ("road", "rd"), ("avenue", "ave"), ("lane", "ln"), ("drive", "dr"), ("place", "pl"))
_KEYS = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "u": "yi", "n": "bm", "m": "n", "s": "ad", "t": "ry", "r": "et",
         "l": "k"}  # fmt: skip


def _zipf(draw: random.Random, names: list[str]) -> str:
    return names[min(len(names) - 1, int(len(names) ** draw.random()) - 1)]


def slip(text: str, draw: random.Random) -> str:
    """Returns the text with one letter left out, doubled, swapped with the next, or another in its place."""
    if len(text) < 3:
        return text
    at = draw.randrange(len(text) - 1)
    way = draw.randrange(4)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + text[at] + text[at:]
    if way == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + draw.choice(_KEYS.get(text[at], "aeioulnrst")) + text[at + 1 :]


def read(rows: Sequence[Row]) -> list[LinkRecord]:
    """Returns the rows as linking reads them, texts as sketches."""
    return sketched(read_row(read_line(json.dumps(row), number)[0]) for number, row in enumerate(rows, 1))


class Population:
    """Draws people one after the other. towns: (name, postcode)."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        draw = self.draw
        self.given = sorted(name for name in given_names().known if len(name) > 3)
        draw.shuffle(self.given)
        self.given = self.given[:1500]
        family = sorted({draw.choice(_START) + draw.choice(_MIDDLE) + draw.choice(_END) for _ in range(9000)})
        draw.shuffle(family)
        self.family = family
        self.towns = [(f"{draw.choice(_START)}{draw.choice(_MIDDLE)}{draw.choice(('ville', 'ton', 'ford', 'bury'))}",
                       f"{draw.randrange(10_000, 99_999)}") for _ in range(150)]  # fmt: skip
        self.desks = [self.phone() for _ in range(40)]

    def phone(self) -> str:
        """Returns a number nobody has yet, in all likelihood."""
        return f"+1{self.draw.randrange(201, 989)}555{self.draw.randrange(10_000):04d}"

    def home(self) -> tuple[int, str, tuple[str, str], tuple[str, str]]:
        """Returns (house number, street, (long, short) street type, town)."""
        draw = self.draw
        street = draw.choice(_STREET) + draw.choice(_STREET_END)
        return draw.randrange(1, 400), street, draw.choice(_TYPES), draw.choice(self.towns)

    def rows(self, households: int) -> tuple[list[Row], dict[str, str]]:
        """Returns (records, record_id -> person)."""
        draw = self.draw
        rows: list[Row] = []
        truth: dict[str, str] = {}
        for household in range(households):
            home, family, phone = self.home(), _zipf(draw, self.family), self.phone()
            for member in range(draw.choice((1, 1, 1, 2, 2, 3))):
                self._person(rows, truth, f"{household}.{member}", home, family, phone)
        return rows, truth

    def _person(self, rows: list[Row], truth: dict[str, str], person: str, home: Any, family: str, phone: str) -> None:
        draw = self.draw
        given = _zipf(draw, self.given)
        second = f" {_zipf(draw, self.given)}" if draw.random() < 0.2 else ""
        phones = [phone if draw.random() < 0.4 else self.phone()] + ([self.phone()] if draw.random() < 0.4 else [])
        nick = f"{given[:4]}{family[:5]}{draw.randrange(10, 9999)}"
        homes = [home] + ([self.home()] if draw.random() < 0.25 else [])
        for _ in range(draw.choice((1, 1, 2, 2, 3, 4))):
            number, street, kind, town = draw.choice(homes) if draw.random() < 0.4 else homes[-1]
            row: Row = {"record_id": f"s{len(rows)}", "source_id": draw.choice("abc"), "record_type": "profile"}
            row["name"] = self._named(given, second, family)
            if draw.random() < 0.7:
                house = f"{number} "
                if draw.random() > 0.96:
                    house = f"{draw.randrange(1, 400)} " if draw.random() < 0.3 else ""
                written = f"{house}{slip(street, draw) if draw.random() < 0.12 else street} {draw.choice(kind)}"
                row["address"] = written if draw.random() < 0.94 else slip(written, draw)
                if draw.random() < 0.85:
                    row["postcode"] = self._typed(town[1], draw.choice(self.towns)[1])
            if draw.random() < 0.9:
                # One place has several names: the district, the suburb, the town next to it.
                row["city"] = self._typed(town[0], draw.choice(self.towns)[0]).title()
            if draw.random() < 0.6:
                row["phone"] = draw.choice(phones) if draw.random() < 0.93 else draw.choice(self.desks)
            if draw.random() < 0.35:
                other = f"{nick}{draw.randrange(99)}@example.org"
                row["email"] = f"{nick}@example.com" if draw.random() < 0.9 else other
            if draw.random() < 0.3:
                row["username"], row["platform"] = nick if draw.random() < 0.9 else f"{nick}x", "instagram"
            truth[row["record_id"]] = person
            rows.append(row)

    def _typed(self, value: str, other: str) -> str:
        """Returns the value, in 7 of 100 records with a slip and in 4 another one in its place."""
        way = self.draw.random()
        return value if way < 0.89 else slip(value, self.draw) if way < 0.96 else other

    def _named(self, given: str, second: str, family: str) -> str:
        draw = self.draw
        forms = [form for form in given_names().forms.get(given, ()) if form != given]
        if forms and draw.random() < 0.12:
            given = draw.choice(sorted(forms))
        if draw.random() < 0.14:
            given = slip(given, draw)
        if draw.random() < 0.14:
            family = slip(family, draw)
        if draw.random() < 0.04:
            given = given[0]
        if second and draw.random() < 0.5:
            second = ""
        part = draw.random()
        if part < 0.06:
            return family if part < 0.04 else given
        return f"{family} {given}{second}" if draw.random() < 0.12 else f"{given}{second} {family}"
