"""Drawn sets for where no register is at hand: two guides to invented restaurants, institutes as authors write them.

By what is seen in real ones: a trade word more or less, abbreviations, another format of the phone, a hotel's kitchens
under one phone, a chain's branches; a department before its university, the town behind it, another language.
"""

from __future__ import annotations

import random

from benchmarks.link_worlds import SYLLABLES, LinkSet, Row
from benchmarks.registers.lists import NameList

TRADE = ("Grill", "Cafe", "Bistro", "Kitchen", "Trattoria", "Restaurant", "Oyster Bar", "Steakhouse")
STREETS = (("Street", "St."), ("Avenue", "Ave."), ("Boulevard", "Blvd."), ("Road", "Rd."))
SIDES = (("North", "N."), ("South", "S."), ("East", "E."), ("West", "W."))
CITIES = ("Ashford", "Brookdale", "Carston", "Dunmore")
SUBJECTS = ("Chemistry", "Neuroscience", "Biology", "Physics", "Psychology", "Mathematics", "Cell Biology", "Pathology")
SORTS = (("University of {}", "Universidad de {}"), ("{} University", "{} Univ."),
         ("{} Institute of Technology", "Technological Institute of {}"),
         ("{} State University", "State University {}"), ("{} General Hospital", "{} General Hosp."),
         ("{} Medical College", "Medical College {}"))  # fmt: skip


def guides(count: int = 300, seed: int = 34) -> LinkSet:
    """Returns two guides: half of the places stand in both, a twentieth are kitchens of hotels, a tenth of chains."""
    draw = random.Random(seed)
    rows: list[Row] = []
    truth: dict[str, str] = {}
    hotel: tuple[str, str, str, str] | None = None
    chain = ""
    for number in range(count):
        name, trade, city = _word(draw).title(), draw.choice(TRADE), draw.choice(CITIES)
        house, phone = str(draw.randrange(10, 9900)), f"555-01{draw.randrange(100):02d}"
        street = f"{draw.choice(SIDES)[0]} {_word(draw).title()} {draw.choice(STREETS)[0]}"
        area = f"{draw.randrange(200, 990)}"
        kind = draw.random()
        if hotel and kind < 0.05:
            house, street, city, area = hotel
        elif chain and kind < 0.15:
            name, trade = chain.split("|")
        if kind > 0.9:
            hotel = house, street, city, area
            chain = f"{name}|{trade}"
        both = draw.random() < 0.5
        full = f"{name} {trade}"
        truth[f"f{number}"] = f"{number}"
        rows.append(_row(f"f{number}", "first", full, f"{house} {street}", city, f"{area}/{phone}"))
        if both:
            told = draw.choice((full, name, f"The {full}", f"{name}'s {trade}", f"{trade} {name}", full.upper()))
            truth[f"s{number}"] = f"{number}"
            rows.append(_row(f"s{number}", "second", told, f"{house} {_short(draw, street)}", city, f"{area}-{phone}"))
    return LinkSet("two guides to invented restaurants", rows, truth)


def institutes(count: int = 300, seed: int = 34) -> NameList:
    """Returns invented institutes, asked for as authors write them; a tenth of those asked for are not in the list."""
    draw = random.Random(seed)
    listed, asked = [], []
    for number in range(count):
        place = _word(draw).title()
        usual, other = draw.choice(SORTS)
        written = draw.choice((usual, other)).format(place)
        told = draw.choice((f"Department of {draw.choice(SUBJECTS)}, {written}",
                            f"{written} {draw.randrange(9)} , {place}, QX",
                            f"{draw.choice(SUBJECTS)} Unit, {written}, {place}", written, written.upper()))  # fmt: skip
        known = draw.random() >= 0.1
        asked.append((f"{number}" if known else "", told))
        if known:
            listed.append((f"{number}", usual.format(place)))
    return NameList("invented institutes as authors write them", listed, asked)


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(3))


def _short(draw: random.Random, street: str) -> str:
    for long, short in (*STREETS, *SIDES):
        if draw.random() < 0.7:
            street = street.replace(long, short)
    return street


def _row(record_id: str, source: str, name: str, address: str, city: str, phone: str) -> Row:
    return {"record_id": record_id, "source_id": source, "name": name, "address": address, "city": city,
            "phone": phone, "country": "US"}  # fmt: skip
