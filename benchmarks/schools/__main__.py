"""Recall of the school behind a uniform, by what was given, over invented schools.

    npm pack @iconify-json/game-icons && tar xzf iconify-json-game-icons-*.tgz
    .venv/bin/python -m benchmarks.schools --icons package/icons.json --work DIR [--schools 2000] [--queries 400]

55,000 schools and 1,000 photos took some 15 CPU minutes; what is done stays in DIR. `--fit` fits the weights of signals
instead, on another seed than the figures, and `--calibrate` what makes confidences of their sums. Where onnxruntime is
installed, the backbone's numbers are made with it: it is faster.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.schools.queries import Seen, gallery_numbers, garment_and_tie, photo_windows, queries
from demo.schools_world.charges import drawn_charges, icon_charges
from demo.schools_world.palette import Pixels
from demo.schools_world.school import World
from minerva.schools import cloth_numpy as cloth
from minerva.schools.calibration import TABLE, scale_of
from minerva.schools.description import Description, parse
from minerva.schools.embedding_numpy import Embedder
from minerva.schools.gallery import SCALE
from minerva.schools.identify import UNKNOWN, WEIGHTS
from minerva.schools.models import models_folder
from minerva.schools.signals_numpy import confidences, fused

SEED, FIT_SEED = 11, 12
AT = (1, 10, 100)
SCALES = tuple(step / 20 for step in range(10, 61))
LEAST_CALIBRATED = 50
"""Photos of which a mix of signals is calibrated."""
SETS: tuple[tuple[str, ...], ...] = (
    ("crest",),
    ("garment", "tie"),
    ("crest", "garment", "tie"),
    ("words",),
    ("words", "county"),
    ("crest", "words"),
    ("crest", "garment", "tie", "words"),
    ("photo",),
)
Signals = Mapping[str, Pixels]


def backbone(embedder: Embedder, folder: Path) -> Callable[[Sequence[Pixels]], Pixels]:
    try:
        from benchmarks.schools.training import backbone as fast

        return fast(folder / "backbone.onnx")
    except ImportError:
        return embedder.numbers


class Bench:
    """A gallery of invented schools, and the signals of queries in it."""

    def __init__(self, world: World, schools: int, work: Path, models: Path) -> None:
        self.embedder = Embedder(models)
        self.numbers = backbone(self.embedder, models)
        self.world, self.size, self.work = world, schools, work
        held = gallery_numbers(world, schools, self.numbers, work)
        vectors = np.concatenate(
            [self.embedder.of_gallery(held[at : at + 1000].astype(np.float32)) for at in range(0, schools, 1000)]
        )
        self.vectors = np.clip(np.round(vectors * SCALE), -127, 127).astype(np.float32) / SCALE
        rows = [world.school(number) for number in range(schools)]
        looks = [garment_and_tie(school) for school in rows]
        self.garments = np.array([garment for garment, _ in looks], np.float32)
        self.ties = np.array([tie for _, tie in looks], np.float32)
        self.facts = [school.facts() for school in rows]
        self.counties = np.array([school.county for school in rows])

    def signals(self, query: Seen, names: Sequence[str]) -> dict[str, Pixels]:
        """The wanted signals that the query has."""
        found: dict[str, Pixels] = {}
        if "crest" in names:
            view = self.embedder.of_query(query.views.astype(np.float32)).mean(0)
            found["crest"] = self.vectors @ (view / np.linalg.norm(view))
        if "photo" in names:
            windows = self.embedder.of_query(photo_windows(self.world, query, self.numbers, self.work))
            found["photo"] = (self.vectors @ windows.T).max(1)
        if "garment" in names:
            found["garment"] = cloth.garment_likeness(self.garments, query.garment)
        if "tie" in names and query.tie is not None:
            likeness = cloth.tie_likeness(self.ties, query.tie)
            found["tie"] = np.where(self.ties.any(1), likeness, np.nan)
        if "words" in names:
            description = parse(query.words)
            found["words"] = np.array([description.score(facts)[0] for facts in self.facts])
        return found

    def county(self, said: str) -> Pixels:
        """What naming a county adds: the same for all schools of a county, as no town is called like one."""
        asked = Description(place=said.lower())
        scores = {county: asked.score({"county": county})[0] for county in np.unique(self.counties).tolist()}
        return np.array([scores[county] for county in self.counties.tolist()])


def rank(total: Pixels, place: int) -> float:
    """How many schools are before the right one; those that are equal count half."""
    return float((total > total[place]).sum() + ((total == total[place]).sum() - 1) / 2)


def fit(bench: Bench, found: Sequence[Seen]) -> dict[str, float]:
    """Weights under which the right school is likeliest among all (softmax regression), and what it comes to."""
    names = ("crest", "garment", "tie", "words")
    tables = []
    for query in found:
        signals = bench.signals(query, names)
        rows = [
            np.nan_to_num(signals[name], nan=UNKNOWN[name]) if name in signals else np.zeros(bench.size)
            for name in names
        ]
        tables.append((np.stack(rows, 1), query.school))
    weights = np.array([WEIGHTS[name] for name in names])
    scale = np.array([10.0, 0.5, 4.0, 0.6])
    for _ in range(120):
        slope = np.zeros(len(names))
        for table, place in tables:
            score = table @ weights
            share = np.exp(score - score.max())
            slope += table[place] - (share / share.sum()) @ table
        weights = weights + 0.5 * scale * np.clip(slope / len(tables) * scale, -0.5, 0.5)
    return dict(zip(names, weights.round(2).tolist(), strict=True))


def calibrate(bench: Bench, found: Sequence[Seen], target: Path) -> None:
    """Writes, for each mix of signals, the scale under which the right schools are likeliest."""
    lines = ["# signals\tscale\tphotos"]
    for names in (each for each in SETS if "county" not in each and "photo" not in each and "words" not in each[:1]):
        tables: dict[frozenset[str], list[tuple[Pixels, int]]] = {}
        for query in found:
            signals = bench.signals(query, names)
            if signals:
                tables.setdefault(frozenset(signals), []).append((fused(signals, WEIGHTS, UNKNOWN), query.school))
        for mix, totals in tables.items():
            likely = {scale: np.mean([_log_share(total * scale, at) for total, at in totals]) for scale in SCALES}
            best = max(likely, key=lambda scale: likely[scale])
            if len(totals) >= LEAST_CALIBRATED:
                lines.append(f"{'+'.join(sorted(mix))}\t{best:.2f}\t{len(totals)}")
    target.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


def _log_share(total: Pixels, place: int) -> float:
    return float(total[place] - total.max() - np.log(np.exp(total - total.max()).sum()))


def report(bench: Bench, found: Sequence[Seen], most_words: int, most_photos: int) -> None:
    ranks: dict[tuple[str, ...], dict[int, float]] = {names: {} for names in SETS}
    sure: list[tuple[float, bool]] = []
    for place, query in enumerate(found):
        wanted = {"crest", "garment", "tie"} | ({"words"} if place < most_words else set())
        known = bench.signals(query, [*wanted, *(["photo"] if place < most_photos else [])])
        if "words" in known:
            known["county"] = known["words"] + bench.county(bench.world.school(query.school).county)
        for names in SETS:
            if ("words" in names and place >= most_words) or ("photo" in names and place >= most_photos):
                continue
            signals = {name: known[name] for name in names if name in known and name != "county"}
            if "county" in names:
                signals["words"] = known["county"]
            if not signals:
                continue
            total = fused(signals, WEIGHTS, UNKNOWN)
            ranks[names][place] = rank(total, query.school)
            if names == ("crest", "garment", "tie"):
                likely = confidences(total * scale_of(signals))
                sure.append((float(likely.max()), int(total.argmax()) == query.school))
    print(f"\n{bench.size} schools, {len(found)} queries\n")
    print("| Signals | Queries | @1 | @10 | @100 |\n|---|---|---|---|---|")
    for names, each in ranks.items():
        _line(" + ".join(names), list(each.values()))
    whole = ranks["crest", "garment", "tie"]
    slices: dict[str, Callable[[Seen], bool]] = {
        "crest under 60 pixels": lambda query: query.size < 60,
        "60 pixels and more": lambda query: query.size >= 60,
        "a quarter hidden or more": lambda query: query.hidden >= 0.25,
        "night": lambda query: query.night,
        "no tie": lambda query: query.tie is None,
    }
    for name, holds in slices.items():
        _line(
            f"all pictures, {name}",
            [whole[place] for place, query in enumerate(found) if holds(query) and place in whole],
        )
    for layout in ("shield", "round", "wordmark", "monogram"):
        of = [p for p in whole if bench.world.school(found[p].school).crest.layout == layout]
        _line(f"all pictures, {layout}", [whole[place] for place in of])
    print("\n| Confidence of the first | Queries | Said | Right |\n|---|---|---|---|")
    for low, high in ((0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.95), (0.95, 1.01)):
        within = [(said, right) for said, right in sure if low <= said < high]
        if within:
            said, right = np.mean(within, 0)
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(within)} | {100 * said:.0f} % | {100 * right:.0f} % |")


def _line(name: str, ranks: Sequence[float]) -> None:
    if ranks:
        shares = " | ".join(f"{100 * float((np.array(ranks) < most).mean()):.1f}" for most in AT)
        print(f"| {name} | {len(ranks)} | {shares} |", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.schools", description=__doc__)
    parser.add_argument("--icons", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--schools", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--words", type=int, default=300, help="queries that are also asked by words, which is slower")
    parser.add_argument("--photos", type=int, default=40, help="queries that are also asked by the whole photo")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--first", type=int, default=0, help="number of the first query: others are other photos")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    models = models_folder(options.models)
    if models is None:
        raise SystemExit("the models of crests are not there")
    charges = icon_charges(options.icons) if options.icons else drawn_charges()
    begun = time.process_time()
    world = World(charges, FIT_SEED if options.fit or options.calibrate else options.seed)
    bench = Bench(world, options.schools, options.work, models)
    found = queries(world, options.schools, options.queries, bench.numbers, options.work, options.first)
    found = [query for query in found if query.school < options.schools]
    if options.fit:
        print(fit(bench, found))
    elif options.calibrate:
        calibrate(bench, found, TABLE)
    else:
        report(bench, found, options.words, options.photos)
    print(f"\n{time.process_time() - begun:.0f} s of CPU")


if __name__ == "__main__":
    main()
