"""The questions of the benchmark: invented schools, photos of them, what analysts cut out of these and say of them.

What is slow, the backbone's numbers of crests, crops and windows, is kept in a work folder, so that a run goes on.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demo.schools_world.__main__ import query_photo
from demo.schools_world.crest import draw_crest
from demo.schools_world.palette import NAMES, Pixels
from demo.schools_world.photo import analyst_cut
from demo.schools_world.school import School, World
from minerva.schools import cloth_numpy as cloth
from minerva.schools.embedding_numpy import on_ground, windows_of
from minerva.schools.shades import NAMES as NAMED
from minerva.schools.shades import named_in

BLOCK = 500
CUTS = (0.0, 0.05, 0.1)
Numbers = Callable[[Sequence[Pixels]], Pixels]


@dataclass(frozen=True)
class Seen:
    """What one photo gives: numbers of three views of the crest's crop, colors, and the analyst's words."""

    number: int
    school: int
    size: float
    hidden: float
    night: bool
    views: Pixels
    garment: Pixels
    tie: Pixels | None
    words: str


def gallery_numbers(world: World, schools: int, numbers: Numbers, work: Path) -> Pixels:
    """The backbone's numbers of each school's crest."""
    blocks = []
    for start in range(0, schools, BLOCK):
        target = work / f"crests_{world.seed}_{start:06d}.npy"
        if not target.exists():
            crests = [
                on_ground(draw_crest(world.school(number), world.charges)) for number in range(start, start + BLOCK)
            ]
            part = target.with_suffix(".part.npy")
            np.save(part, numbers(crests).astype(np.float16))
            part.rename(target)
        blocks.append(np.load(target))
    return np.concatenate(blocks)[:schools]


def garment_and_tie(school: School) -> tuple[Pixels, Pixels]:
    """What a gallery holds by the school's facts alone: their colors by name."""
    facts = school.facts()
    ties = named_in(", ".join(facts["tie_colors"]))
    garment = cloth.named_garment(named_in(facts["garment_color"])[0])
    return garment, cloth.named_shares(ties) if ties else np.zeros(len(NAMED))


def queries(world: World, schools: int, count: int, numbers: Numbers, work: Path, first: int = 0) -> list[Seen]:
    """Photos of schools drawn at random, each with its crops. Another `first` gives other photos of other schools."""
    draw = np.random.default_rng((world.seed, 7))
    chosen = [int(draw.integers(schools)) for _ in range(first + count)]
    found: list[Seen] = []
    for start in range(first, first + count, 50):
        target = work / f"seen_{world.seed}_{schools}_{start:05d}.pickle"
        if not target.exists():
            places = range(start, min(start + 50, first + count))
            part = target.with_suffix(".part")
            part.write_bytes(pickle.dumps([seen(world, chosen[place], place, numbers) for place in places]))
            part.rename(target)
        found += pickle.loads(target.read_bytes())
    return found[:count]


def seen(world: World, number: int, place: int, numbers: Numbers) -> Seen:
    school = world.school(number)
    photo, draw = query_photo(world, school, place)
    crop = analyst_cut(photo.pixels, photo.crest, draw)
    high, wide = crop.shape[:2]
    views = [crop[int(high * cut) : high - int(high * cut), int(wide * cut) : wide - int(wide * cut)] for cut in CUTS]
    tie = None if photo.tie is None else analyst_cut(photo.pixels, photo.tie, draw, 0.05)
    return Seen(
        place,
        number,
        photo.size,
        photo.hidden,
        photo.night,
        numbers(views),
        cloth.garment_of(analyst_cut(photo.pixels, photo.garment, draw, 0.0)),
        None if tie is None else cloth.tie_of(tie, is_tie=True),
        said(school, draw),
    )


def photo_windows(world: World, query: Seen, numbers: Numbers, work: Path) -> Pixels:
    """The backbone's numbers of the windows of a whole photo, from which nothing was cut."""
    target = work / f"windows_{world.seed}_{query.school}_{query.number}.npy"
    if not target.exists():
        photo = query_photo(world, world.school(query.school), query.number)[0].pixels
        np.save(target.with_suffix(".part.npy"), numbers(list(windows_of(photo)) or [photo]).astype(np.float16))
        target.with_suffix(".part.npy").rename(target)
    windows: Pixels = np.load(target).astype(np.float32)
    return windows


def said(school: School, draw: np.random.Generator) -> str:
    """An analyst's words: garment, colors, tie, shape of the crest and one charge, each wrong now and then."""

    def perhaps(true: str, others: Sequence[str], right: float) -> str:
        return true if draw.random() < right else others[int(draw.integers(len(others)))]

    garment = perhaps(school.garment, ("blazer", "jumper"), 0.9)
    parts = [f"{perhaps(school.color, NAMES, 0.85)} {garment}"]
    if school.tie is None:
        parts.append("no tie")
    else:
        colors = [perhaps(color, NAMES, 0.85) for color in school.facts()["tie_colors"] if draw.random() < 0.85]
        parts.append(f"{' and '.join(colors)} {'striped' if school.tie.stripes else 'plain'} tie")
    shapes = {"shield": "shield", "round": "round badge", "wordmark": "name logo", "monogram": "initials only"}
    parts.append(f"crest: {perhaps(shapes[school.crest.layout], tuple(shapes.values()), 0.93)}")
    if school.words:
        parts.append(f"with a {school.words[0]}" if draw.random() < 0.85 else "with a star")
    return ", ".join(parts)
