"""Invented sets with truth for linking, as the rows that `python -m minerva.linking` reads."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from benchmarks.linking_hubs import CLUSTERS_PER_HUB, regime
from demo.world import build
from demo.world.levels import Level
from demo.world.publish import Published

Row = dict[str, Any]
UNREADABLE = "Ask at the door."
FIRST = [
    "james", "john", "robert", "maria", "anna", "elena", "olga", "svetlana", "irina", "ahmed", "ali", "hassan",
    "omar", "fatima", "aisha", "wei", "jun", "ming", "hui", "nguyen", "minh", "duc", "carlos", "jose", "juan",
    "luis", "ana", "lucia", "sofia", "pierre", "jean", "claude", "marie", "hans", "petra", "marco", "luca", "giulia",
    "rajesh", "suresh", "priya", "anita", "sergey", "vladimir", "andrei", "ivan", "kwame", "ama",
]  # fmt: skip
LAST = [
    "smith", "johnson", "brown", "garcia", "miller", "davis", "martinez", "lopez", "wilson", "anderson", "ivanov",
    "petrov", "smirnov", "popov", "haddad", "mansour", "nasser", "zhang", "wang", "chen", "liu", "yang", "tran",
    "pham", "hoang", "dubois", "moreau", "laurent", "schmidt", "fischer", "weber", "rossi", "russo", "ferrari",
    "patel", "sharma", "gupta", "singh", "okafor", "mensah", "silva", "santos", "pereira", "costa", "popescu",
]  # fmt: skip
SYLLABLES = [
    "ka", "ro", "mi", "ta", "ne", "lo", "vi", "sa", "du", "be", "ri", "no", "ma", "ze", "po", "gi", "la", "fe", "hu",
    "ti", "ya", "we", "cho", "sha", "dra", "kov", "sky", "ini", "ez", "oglu",
]  # fmt: skip


@dataclass
class LinkSet:
    """rows: as the command line reads them; truth: record_id -> true entity, of the records whose entity is known."""

    name: str
    rows: list[Row]
    truth: dict[str, str]
    fields: tuple[str, ...] = field(default=("name", "address", "city", "phone", "email", "username"))


def hubs(per_hub: int, clusters: int, seed: int = 4) -> LinkSet:
    """Returns one hub regime of benchmarks.linking_hubs."""
    records, truth = regime(clusters, max(3, clusters // per_hub), seed)
    rows = [{"record_id": each.record_id, "source_id": "ads", "record_type": "ad", "time": each.time,
             "identifiers": list(each.identifiers)} for each in records]  # fmt: skip
    owners = {each.record_id: str(owner) for each, owner in zip(records, truth, strict=True)}
    return LinkSet(f"hubs of {per_hub} clusters", rows, owners, ("identifiers",))


def demo(level: Level, operations: int, seed: int = 7, *, lost: bool = False) -> LinkSet:
    """Returns the records of one tenant of a demo world as its sources publish them.

    lost: also score the records (5 % at level hard) that hold no contact at all, which nothing can tell apart.
    """
    world = build(operations=operations, seed=seed, level=level, tenants=("northfield",))
    rows, truth = [], {}
    for item in world.published["northfield"]:
        row = _demo_row(item)
        rows.append(row)
        if lost or UNREADABLE not in str(item.row.get("body") or item.row.get("bio")):
            truth[row["record_id"]] = item.actor_id
    return LinkSet(f"demo world, {level.name}, {level.operations_per_hub} operations a hub", rows, truth)


def _demo_row(item: Published) -> Row:
    source = item.row
    row: Row = {key: source.get(key) for key in ("city", "region", "postcode", "country", "address", "phone", "email")}
    row.update(record_id=f"{item.source_id}/{item.key}", source_id=item.source_id)
    if item.source_id == "classified_ads":
        row.update(record_type="ad", text=f"{source['title']}\n{source['body']}")
    elif item.source_id == "user_profiles":
        row.update(record_type="profile", text=f"{source['display_name']}\n{source['bio']}", url=source["links"],
                   username=f"https://instagram.com/{source['handle']}")  # fmt: skip
    elif item.source_id == "business_reviews":
        row.update(record_type="review", name=source["business_name"], text=source["text"])
    elif item.source_id == "massage_licenses":
        row.update(record_type="license", name=source["business_name"],
                   identifiers=[f"license:massage/{source['license_number']}"])  # fmt: skip
    elif item.source_id == "company_register":
        row.update(record_type="company", name=source["name"],
                   identifiers=[f"company_number:companies/{source['company_number']}"])  # fmt: skip
    else:
        row.update(record_type="notice", name=source["headline"], text=source["description"], phone=source["contact"])
    return row


def people(entities: int, seed: int = 11) -> LinkSet:
    """Returns records of people: 1 to 8 each; name perturbed in 40 %, phone in 75 %, e-mail 35 %, user name 35 %,
    city in 85 %; three of ten people have two phones."""
    chance = random.Random(seed)
    cities = [f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}ville{n}".capitalize() for n in range(400)]
    rows: list[Row] = []
    truth: dict[str, str] = {}
    for entity in range(entities):
        name = _name(chance)
        city = chance.choice(cities)
        phones = [_phone(chance)] + ([_phone(chance)] if chance.random() < 0.3 else [])
        nick = re.sub(r"\W", "", name)[:10] + str(chance.randrange(1000, 99_999))
        for _ in range(min(8, 1 + int(chance.expovariate(0.36)))):
            row: Row = {"record_id": str(len(rows)), "source_id": chance.choice(("a", "b", "c"))}
            row["name"] = _misspelled(name, chance) if chance.random() < 0.4 else name
            if chance.random() < 0.75:
                row["phone"] = chance.choice(phones)
            if chance.random() < 0.35:
                row["email"] = f"{nick}@mail.example"
            if chance.random() < 0.35:
                row["username"] = nick
            if chance.random() < 0.85:
                row["city"] = city
            truth[row["record_id"]] = str(entity)
            rows.append(row)
    return LinkSet("people", rows, truth, ("name", "city", "phone", "email", "username"))


def templates(operations: int, seed: int = 13) -> LinkSet:
    """Returns ads that change their phone and keep their text: 2 to 6 of an operation in its city, half of them with a
    phone of their own, six words of its template changed. Three of ten operations use one of a few templates that many
    strangers use."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    common = [template_words(chance, words) for _ in range(max(1, operations // 200))]
    rows: list[Row] = []
    truth: dict[str, str] = {}
    for operation in range(operations):
        text = template_words(chance, words) if chance.random() < 0.7 else chance.choice(common)
        slots, city, phone = chance.sample(range(len(text)), 6), f"City {chance.randrange(100)}", _phone(chance)
        for _ in range(chance.randint(2, 6)):
            changed = list(text)
            for slot in slots:
                changed[slot] = chance.choice(words)
            row: Row = {"record_id": str(len(rows)), "source_id": "ads", "record_type": "ad", "city": city}
            row.update(text=" ".join(changed), phone=phone if chance.random() < 0.5 else _phone(chance))
            truth[row["record_id"]] = str(operation)
            rows.append(row)
    return LinkSet("ads that change their phone", rows, truth, ("city", "phone"))


def vocabulary(chance: random.Random) -> list[str]:
    """Returns 2,500 invented words."""
    return ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(2500)]


def template_words(chance: random.Random, words: list[str]) -> list[str]:
    """Returns the 60 to 90 words of a text, those before in `words` more often."""
    return [words[int(len(words) * chance.random() ** 2)] for _ in range(chance.randint(60, 90))]


def _phone(chance: random.Random) -> str:
    return f"+1{chance.randrange(201, 989)}555{chance.randrange(10_000):04d}"


def _part(chance: random.Random, base: list[str]) -> str:
    draw = chance.random()
    if draw < 0.35:
        return chance.choice(base)
    if draw < 0.7:
        word = chance.choice(base)
        place = chance.randrange(1, len(word))
        return word[:place] + chance.choice(SYLLABLES) + word[place + 1 :]
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))


def _name(chance: random.Random) -> str:
    parts = [_part(chance, FIRST)]
    if chance.random() < 0.3:
        parts.append(_part(chance, FIRST))
    return " ".join([*parts, _part(chance, LAST)])


def _misspelled(name: str, chance: random.Random) -> str:
    words = name.split()
    kind = chance.randrange(4)
    if kind == 0:
        words.reverse()
    elif kind == 1 and len(words) > 2:
        words.pop(1)
    else:
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) > 3:
            at = chance.randrange(1, len(word) - 1)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            other = word[:at] + chance.choice("aeioukst") + word[at + 1 :]
            words[place] = chance.choice((word[:at] + word[at + 1 :], swapped, other))
    return " ".join(words)


REGIMES = CLUSTERS_PER_HUB
