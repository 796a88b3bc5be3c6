"""Writes invented schools and query photos as files, for the command lines of minerva.schools.

    .venv/bin/python -m demo.schools_world --target DIR [--schools 200] [--queries 20] [--seed 11] [--icons icons.json]

DIR/pictures/<school id>/{crest,tie,garment}.png and facts.json; DIR/queries/<number>/{photo,crest,tie,garment}.png and
truth.json. Without an icon set the charges are those drawn here. `--sheet FILE` writes a contact sheet instead.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from demo.schools_world.charges import drawn_charges, icon_charges
from demo.schools_world.cloth import tie_cloth, weave
from demo.schools_world.crest import draw_crest
from demo.schools_world.palette import Pixels, bgr
from demo.schools_world.photo import Photo, analyst_cut, take_photo
from demo.schools_world.school import School, World

_CELL = 72
"""Side of a crest on the contact sheet."""
_QUERIES = 7
"""Marks the random numbers of query photos."""


def query_photo(world: World, school: School, number: int) -> tuple[Photo, np.random.Generator]:
    """The photo of a query, and the random numbers that go on with its crops."""
    draw = np.random.default_rng((world.seed, _QUERIES, number))
    return take_photo(school, world.charges, draw), draw


def write_school(world: World, school: School, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng((world.seed, 1, school.number))
    cv2.imwrite(str(folder / "crest.png"), draw_crest(school, world.charges))
    color = np.clip(np.array(bgr(school.color), np.float32) + np.float32(school.shade), 4, 255)
    cv2.imwrite(str(folder / "garment.png"), np.clip(weave(draw, school, 96, 96, color), 0, 255).astype(np.uint8))
    if school.tie is not None:
        cv2.imwrite(str(folder / "tie.png"), tie_cloth(school.tie, 192, 48).astype(np.uint8))
    (folder / "facts.json").write_text(
        json.dumps(school.facts(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def write_query(world: World, school: School, number: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    photo, draw = query_photo(world, school, number)
    cuts = {"crest": analyst_cut(photo.pixels, photo.crest, draw), "photo": photo.pixels}
    if photo.tie is not None:
        cuts["tie"] = analyst_cut(photo.pixels, photo.tie, draw, 0.05)
    cuts["garment"] = analyst_cut(photo.pixels, photo.garment, draw, 0.0)
    for name, pixels in cuts.items():
        cv2.imwrite(str(folder / f"{name}.png"), pixels)
    truth = {
        "school": school.id,
        "crest_pixels": round(photo.size),
        "hidden": round(photo.hidden, 3),
        "night": photo.night,
    }
    (folder / "truth.json").write_text(json.dumps(truth) + "\n", encoding="utf-8")


def contact_sheet(world: World, across: int = 8) -> Pixels:
    """Crests, ties, crops of query photos as analysts cut them, and photos."""
    schools = [world.school(number) for number in range(2 * across)]
    crests = [_fitted(_on_gray(draw_crest(school, world.charges)), _CELL) for school in schools]
    ties = [school.tie for number in range(200) for school in [world.school(number)] if school.tie is not None]
    cloths = [_fitted(tie_cloth(tie, _CELL, _CELL // 3).astype(np.uint8), _CELL) for tie in ties[:across]]
    crops, photos = [], []
    for number, school in enumerate(schools):
        photo, draw = query_photo(world, school, number)
        crops.append(_fitted(analyst_cut(photo.pixels, photo.crest, draw), _CELL))
        photos.append(_fitted(photo.pixels, 2 * _CELL))
    half = across // 2
    rows = [
        crests[:across],
        crests[across:],
        cloths,
        crops[:across],
        crops[across:],
        photos[:half],
        photos[half:across],
    ]
    sheet: Pixels = np.concatenate([np.concatenate(row, 1) for row in rows])
    return sheet


def _on_gray(crest: Pixels) -> Pixels:
    share = crest[..., 3:].astype(np.float32) / 255
    shown: Pixels = (crest[..., :3] * share + 235 * (1 - share)).astype(np.uint8)
    return shown


def _fitted(pixels: Pixels, side: int) -> Pixels:
    share = side / max(pixels.shape[:2])
    kind = cv2.INTER_AREA if share < 1 else cv2.INTER_NEAREST
    wide, high = (max(1, min(side, round(each * share))) for each in (pixels.shape[1], pixels.shape[0]))
    frame = np.full((side, side, 3), 128, np.uint8)
    frame[:high, :wide] = cv2.resize(pixels, (wide, high), interpolation=kind)
    return frame


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="demo.schools_world", description=__doc__)
    parser.add_argument("--target", type=Path)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--icons", type=Path)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    world = World(icon_charges(options.icons) if options.icons else drawn_charges(), options.seed)
    if options.sheet:
        cv2.imwrite(str(options.sheet), contact_sheet(world), (cv2.IMWRITE_PNG_COMPRESSION, 9))
        return
    if options.target is None:
        parser.error("--target or --sheet")
    for number in range(options.schools):
        school = world.school(number)
        write_school(world, school, options.target / "pictures" / school.id)
    draw = np.random.default_rng((options.seed, _QUERIES))
    for number in range(options.queries):
        school = world.school(int(draw.integers(options.schools)))
        write_query(world, school, number, options.target / "queries" / f"{number:04d}")


if __name__ == "__main__":
    main()
