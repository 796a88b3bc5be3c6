"""What coordinates, styles of typing, sketches of texts and near images are worth to linking: with all, without each.

    .venv/bin/python -m benchmarks.link_ablation [--operations 1000] [--seed 7]

Worlds of the demo at its levels, twice: as they are published, with six texts that all share, no coordinates and no
pictures; and with what `told` adds to each record, where those that hold no contact are scored too. Then the set
`templates` of link_quality, ads that change their phone and keep their text. What is added is invented by the author of
what reads it, so a row says what a mark can bring or cost where it is there, and not how often it is.
"""

from __future__ import annotations

import argparse
import operator
import random
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

from benchmarks import link_worlds
from benchmarks.link_quality import records_of, scores
from benchmarks.link_worlds import LinkSet, Row
from demo.world import LEVELS
from demo.world.levels import hard_regimes
from minerva.linking import DEFAULT, resolve
from minerva.linking.contacts.near_values import PLUGGED
from minerva.linking.model import GEO, SKETCH, STYLE, LinkRecord
from minerva.linking.texts.sketches import sketched

IMAGE = "image:"
BITS = 256
ALL = (IMAGE, GEO, STYLE, SKETCH)
EQUAL_ONLY = "near images only where equal"
WITHOUT = {
    "all": (),
    EQUAL_ONLY: (),
    "no images": (IMAGE,),
    "no coordinates": (GEO,),
    "no styles": (STYLE,),
    "no sketches": (SKETCH,),
    "none of them": ALL,
}
"""Name of the row -> kinds of marks left out; near images are compared in those that keep images, but one."""


def told(chosen: LinkSet, seed: int) -> LinkSet:
    """Returns the set with marks: of seven in ten actors ads and profiles bear 60 to 90 words of their own, six of them
    changed, of the others a text that strangers use too; all are typed with three habits of the actor's; six in ten
    bear one of the actor's pictures, re-encoded (up to 12 bits), or in one of ten cases a stock picture. Records with
    an address are geocoded within 15 m; in one of ten cases to the town, in one of twenty to another place of it."""
    chance = random.Random(seed)
    words = link_worlds.vocabulary(chance)
    stock = [chance.getrandbits(BITS) for _ in range(20)]
    common = [link_worlds.template_words(chance, words) for _ in range(5)]
    actors: dict[str, _Actor] = {}
    rows = []
    for row in chosen.rows:
        name = str(row["record_id"])
        owner = chosen.truth.get(name) or name
        if owner not in actors:
            actors[owner] = _Actor(chance, words, common)
        rows.append(_told(row, actors[owner], stock, chance, words))
    return replace(chosen, name=f"{chosen.name}, with marks", rows=rows)


class _Actor:
    def __init__(self, chance: random.Random, words: list[str], common: list[list[str]]) -> None:
        own = chance.random() < 0.7
        self.text = link_worlds.template_words(chance, words) if own else chance.choice(common)
        self.slots = chance.sample(range(60), 6)
        self.habits = chance.sample(sorted(TYPED), 3)
        self.pictures = [chance.getrandbits(BITS) for _ in range(chance.randint(1, 4))]


TYPED = {
    "exclamation": ("{0}!!", " "),
    "dots": ("{0}...", " "),
    "pictures": ("{0} \u2728\u2764", " "),
    "ornaments": ("{0} ***", " "),
    "lines": ("{0}", "\n"),
    "brackets": ("({0})", " "),
    "bars": ("{0} |", " "),
    "hashtags": ("#{0}", " "),
}
"""Habit -> how one of five words is written, and what stands behind it."""


def _told(row: Row, actor: _Actor, stock: list[int], chance: random.Random, words: list[str]) -> Row:
    made = dict(row)
    if row["record_type"] in ("ad", "profile"):
        text = list(actor.text)
        for slot in actor.slots:
            text[slot] = chance.choice(words)
        made["text"] = f"{row['text']}\n{''.join(_typed(text, actor.habits, chance)).strip()}"
        if chance.random() < 0.6:
            picture = chance.choice(stock if chance.random() < 0.1 else actor.pictures)
            for bit in chance.sample(range(BITS), chance.randint(0, 12)):
                picture ^= 1 << bit
            made["identifiers"] = [*row.get("identifiers", ()), f"{IMAGE}{picture:064x}"]
    if row.get("address"):
        made["latitude"], made["longitude"] = _geocoded(row, chance)
    return made


def _typed(text: list[str], habits: list[str], chance: random.Random) -> Iterator[str]:
    for word in text:
        form, behind = TYPED[chance.choice(habits)] if chance.random() < 0.2 else ("{0}", " ")
        yield form.format(word) + behind


def _geocoded(row: Row, chance: random.Random) -> tuple[str, str]:
    town = random.Random(f"{row['city']} {row['region']}")
    north, east = town.uniform(30, 45), town.uniform(-120, -75)
    draw = chance.random()
    if draw < 0.1:
        return f"{north:.2f}", f"{east:.2f}"
    house = random.Random(f"{row['postcode']} {row['address'].split()[0]}") if draw < 0.95 else chance
    north, east = north + house.uniform(-0.1, 0.1), east + house.uniform(-0.1, 0.1)
    metre = 1 / 111_000
    return f"{north + chance.uniform(-9, 9) * metre:.6f}", f"{east + chance.uniform(-9, 9) * metre:.6f}"


def without(records: list[LinkRecord], kinds: tuple[str, ...]) -> list[LinkRecord]:
    """Returns the records without their marks of some kinds."""
    return [
        each._replace(identifiers=tuple(value for value in each.identifiers if not value.startswith(kinds)))
        for each in records
    ]


def main() -> None:
    """Prints a table for each world."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for level in (LEVELS["easy"], LEVELS["medium"], *hard_regimes()[1::2]):
        _table(link_worlds.demo(level, options.operations, options.seed))
        _table(told(link_worlds.demo(level, options.operations, options.seed, lost=True), options.seed))
    _table(link_worlds.templates(options.operations))


def _table(chosen: LinkSet) -> None:
    records = sketched(records_of(chosen))
    held = {kind: len(records) - sum(map(operator.eq, records, without(records, (kind,)))) for kind in ALL}
    told_of = ", ".join(f"{kind[:-1]} {n:,}" for kind, n in held.items())
    print(f"\n{chosen.name}: {len(records):,} records, with {told_of}")
    print("| | precision | recall | F1 | B-cubed F1 |\n|---|---|---|---|---|")
    for name, kinds in WITHOUT.items():
        if name != "all" and not any(held[kind] for kind in kinds or (IMAGE,)):
            continue
        near = name != EQUAL_ONLY and IMAGE not in kinds
        with mock.patch.dict(PLUGGED, {}, clear=not near):
            chosen_options = replace(DEFAULT, near=("image",) if near else ())
            found = resolve(without(records, kinds), {}, "bench", chosen_options).members
        judged = scores(found, chosen.truth)
        precision, recall, f1 = judged["pairwise"]
        print(f"| {name} | {precision:.4f} | {recall:.4f} | {f1:.4f} | {judged['bcubed'][2]:.4f} |", flush=True)


if __name__ == "__main__":
    main()
