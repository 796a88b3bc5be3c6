"""Invented schools that an institution of the demo holds, with facts of their uniforms, and one described in words."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demo.pictures import link_native_package
from demo.progress import step
from demo.run import ANALYSTS, Run
from minerva.native_package import NAME

if TYPE_CHECKING:  # it needs numpy and OpenCV
    from demo.schools_world.school import World

HOLDER = "northfield"
SCHOOLS, SEED = 2_000, 2026
PICTURED = 300
"""How many of them have pictures: a picture costs 0.07 seconds."""


def rows(count: int = SCHOOLS) -> list[dict[str, Any]]:
    """The schools as rows of a gallery. Names, places and spots are invented. Needs numpy and OpenCV."""
    world = _world()
    return [_row(world.school(number).facts()) for number in range(count)]


def hold(run: Run, count: int = SCHOOLS) -> list[dict[str, Any]]:
    """Gives an institution its schools, in its analyst's name; returns their rows."""
    with step(f"giving {HOLDER} {count} invented schools"):
        made = rows(count)
        run.call_handler(ANALYSTS[HOLDER], "school_gallery", {"op": "add", "schools": made})
    return made


def offer_pictures(run: Run, count: int = PICTURED) -> Path:
    """Draws the first schools and builds a gallery of them on the search head; returns the folder of the pictures.

    The native package is put beside the apps where it is not there yet.
    """
    from demo.schools_world.__main__ import write_school
    from minerva.schools.build import build_gallery

    home, world = run.stage.home, _world()
    apps = home / "etc" / "apps"
    if not (apps / NAME).exists():
        link_native_package(apps)
    pictures = home / "var" / "run" / "school_pictures"
    for number in range(count):
        school = world.school(number)
        write_school(world, school, pictures / f"demo-{school.id}")
    galleries = home / "var" / "run" / "minerva_app" / "schools"
    galleries.mkdir(parents=True, exist_ok=True)
    build_gallery(pictures, galleries / HOLDER, lambda row: None)
    return pictures


def draw_crops(run: Run, count: int = 10) -> Path:
    """Draws photos of the first schools' uniforms, and crops of them as an analyst would cut; returns their folder:
    <number>/{photo,crest,tie,garment}.png, and the school in truth.json."""
    from demo.schools_world.__main__ import write_query

    world, folder = _world(), run.stage.home / "school_crops"
    for number in range(count):
        write_query(world, world.school(number), number, folder / str(number))
    return folder


def rank_of_crops(run: Run, folder: Path, row: Mapping[str, Any]) -> int:
    """The rank at which the page's handler finds a school by the crops in a folder; 0 where it does not."""
    crops = {
        part: base64.b64encode((folder / f"{part}.png").read_bytes()).decode()
        for part in ("crest", "tie", "garment")
        if (folder / f"{part}.png").exists()
    }
    found = run.call_handler(ANALYSTS[HOLDER], "identify", {**crops, "top": 100}, door="schools")["found"]
    ids = [each["school_id"] for each in found]
    return ids.index(row["school_id"]) + 1 if row["school_id"] in ids else 0


def described(row: Mapping[str, Any]) -> str:
    """A school's uniform in words as an analyst would say them: no name, motto or town."""
    said = [f"{row['garment_color']} {row['garment']}"]
    if row["tie_colors"]:
        said.append(f"{' and '.join(row['tie_colors'])} {'striped ' if row['tie_pattern'] == 'striped' else ''}tie")
    if row["charges"]:
        said.append(f"a {row['charges'][0]} on the badge")
    return ", ".join([*said, f"somewhere in {row['county']}"])


def rank_of(run: Run, row: Mapping[str, Any]) -> int:
    """The rank at which the search command finds a school by its description; 0 where it does not."""
    found = run.ask(f'| minervaschool describe="{described(row)}" top=100', ANALYSTS[HOLDER])
    return next((int(each["rank"]) for each in found if each["school_id"] == row["school_id"]), 0)


@lru_cache(maxsize=1)
def _world() -> World:
    from demo.schools_world.charges import drawn_charges
    from demo.schools_world.school import World

    return World(drawn_charges(), SEED)


def _row(facts: Mapping[str, Any]) -> dict[str, Any]:
    number = binascii.crc32(str(facts["county"]).encode())
    near = binascii.crc32(str(facts["id"]).encode())
    return {
        **{key: value for key, value in facts.items() if key not in ("id", "words")},
        "school_id": f"demo-{facts['id']}",
        "words": " ".join(facts["words"]),
        "country": "GB",
        "website": f"https://school-{facts['id']}.example.org",
        "latitude": 51.0 + number % 1000 / 250 + near % 100 / 400,
        "longitude": -3.6 + number // 1000 % 1000 / 300 + near // 100 % 100 / 400,
    }
