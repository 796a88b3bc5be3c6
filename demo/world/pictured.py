"""Puts pictures into advertisements: names that say which scene is drawn and what was done to the copy.

An actor keeps to its own scene. Two advertisements more for each tenant show what pictures can tie together: other
words, another phone and another name, and an edited copy of one picture.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import replace
from datetime import timedelta

from demo.world import contacts
from demo.world.build import World
from demo.world.places import CITIES
from demo.world.publish import Published

MOST = 24
"""Advertisements of a tenant that have a picture: each is one more request."""
LEAST_RECORDS = 500
_EDITS = 4
_PAIR = (
    ("Just arrived in {place}", "JUST arrived!! Ask for Mia ... calm rooms [new] close to the fountain, every day from "
     "ten to eight ... CALL {phone}, withheld numbers are not answered!! Parking behind the house [free]."),
    ("Lily is back", "Hello there!! Lily here ... a quiet hour after work [weekdays], tea and soft music in a bright "
     "flat by the market hall ... TEXT {phone} before you come!! Second floor, there is a lift [wide]."),
)  # fmt: skip
"""Title and text of both: as different as two people's, typed with the same habits and posted within the hour."""


def name_of(scene: int, edit: int) -> str:
    """Returns the name under which a site serves a copy."""
    return f"{scene}-{edit}.jpg"


def parts_of(name: str) -> tuple[int, int] | None:
    """Returns (scene, edit) of a name; None for what is no name of a picture."""
    scene, _, edit = name.removesuffix(".jpg").partition("-")
    if not name.endswith(".jpg") or not scene.isdigit() or len(scene) > 9 or edit not in map(str, range(_EDITS)):
        return None
    return int(scene), int(edit)


def add_pictures(world: World) -> dict[str, tuple[str, str]]:
    """Adds pictures, and to each tenant the pair; returns tenant -> the keys of the pair.

    A world of fewer than LEAST_RECORDS stays as it is.
    """
    if sum(map(len, world.published.values())) < LEAST_RECORDS:
        return {}
    chance = random.Random(f"pictures {world.seed}")
    taken = {phone for rows in world.published.values() for item in rows for phone in item.phones}
    pairs = {}
    for tenant, rows in world.published.items():
        ads = [place for place, item in enumerate(rows) if item.source_id == "classified_ads"]
        for number, place in enumerate(sorted(chance.sample(ads, min(MOST, len(ads))))):
            scene = zlib.crc32(rows[place].actor_id.encode()) % 10**6
            rows[place] = _with_picture(rows[place], name_of(scene, number % _EDITS))
        pair = _pair(world, tenant, chance, taken)
        rows.extend(pair)
        pairs[tenant] = (pair[0].key, pair[1].key)
    return pairs


def _with_picture(item: Published, name: str) -> Published:
    return replace(item, row={**item.row, "pictures": [f"pictures/{name}"]})


def _pair(world: World, tenant: str, chance: random.Random, taken: set[str]) -> list[Published]:
    city = chance.choice(CITIES)
    scene = 10**6 + zlib.crc32(tenant.encode()) % 10**6
    posted = world.until - timedelta(hours=30)
    made = []
    for number, (title, body) in enumerate(_PAIR):
        phone = contacts.phone(chance, city, taken)
        row = {
            "id": f"ad-pictured-{tenant}-{number + 1}",
            "posted_at": (posted + timedelta(minutes=37 * number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "title": title.format(place=city.name),
            "body": body.format(phone=f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"),
            "city": city.name,
            "region": city.region,
            "country": city.country,
            "category": "services",
            "price": "100",
        }
        made.append(Published("classified_ads", str(row["id"]), row, f"pictured-{tenant}", (phone,)))
    return [_with_picture(item, name_of(scene, edit)) for item, edit in zip(made, (0, 2), strict=True)]
