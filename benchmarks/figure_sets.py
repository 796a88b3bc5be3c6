"""The figures of quality and the counts that pages state, by the command that measures each set of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import ad_groups, identifier_kinds, link_messy, link_registers, link_worlds, name_pairs, unseen_texts
from benchmarks import link_ingested as ingested
from benchmarks import username_pairs as pairs
from benchmarks.confidence import calibration
from benchmarks.link_quality import minerva, scores
from benchmarks.link_worlds import LinkSet
from benchmarks.registers import lists
from benchmarks.registers.sets import FOLDER
from benchmarks.tally import Tally
from demo.__main__ import FLOORS
from demo.run import ROOT
from demo.world import LEVELS, UNTIL, build
from demo.world.levels import Level, hard_regimes
from demo.world.truth import Score
from minerva.linking.places.residents import OTHER
from minerva.linking.places.spots import LEVELS as LEVELS_OF_ADDRESS
from minerva.linking.strength import sharing_odds, strength_of
from minerva.linking.weights import bits
from minerva.names.usernames import USERNAME_THRESHOLD

Value = int | float
PYTHON = ".venv/bin/python -m"
QUICK_RECORDS, OPERATIONS = 2000, 1000
ROR_EVERY = 4
DEMO_RUN = ("--once", "--records", "240", "--level", "easy", "--until", f"{UNTIL:%Y-%m-%d}")
ROUNDS = (*range(2, 40), 46, 47)
"""Rounds of texts by hand that docs/identifiers.md takes together."""


class FigureSet(NamedTuple):
    """command: what a reader runs; measure: the same in this process, name -> value; needs: a folder without which it
    cannot be measured."""

    command: str
    measure: Callable[[], dict[str, Value]]
    needs: Path | None = None


def demo_world() -> dict[str, Value]:
    """Returns the figures of the demo's summary, which reads the same from the store."""
    world = build(records=20_000, level=LEVELS["medium"])
    tenants = ingested.ingest_world(world)
    linked = {each.tenant: ingested.link(each) for each in tenants}
    found: dict[str, Value] = {"records": sum(sum(each.stored.values()) for each in tenants)}
    found["floor"] = json.loads(FLOORS.read_text(encoding="utf-8"))["medium"]
    for each in tenants:
        for source in sorted(each.read):
            told = {"read": each.read[source], "stored": each.stored[source], "refused": each.refused[source]}
            found.update({f"{each.tenant}.{source}.{name}": count for name, count in told.items()})
        sizes = linked[each.tenant].sizes
        found[f"{each.tenant}.entities"] = len(sizes)
        found[f"{each.tenant}.linked"] = sum(size > 1 for size in sizes.values())
    found.update({f"identifiers.{kind}": count for kind, count in ingested.identifier_kinds(tenants).items()})
    return found | _scored(ingested.score_world(world, linked))


def demo_run() -> dict[str, Value]:
    """Returns what a small run of the demo says of its searches and probes, of which there are as many in any world."""
    with tempfile.TemporaryDirectory() as home:
        command = ["-m", "demo", *DEMO_RUN, "--home", home]
        done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    searches = re.search(r"scheduled +(\d+) searches run, (\d+) succeeded", done.stdout)
    probes = re.search(r"cross-tenant +(\d+) probes tried, (\d+) seen", done.stdout)
    if searches is None or probes is None:
        raise RuntimeError(f"python -m demo ended without its summary: {(done.stderr or done.stdout)[-500:]}")
    return {"searches": int(searches[1]), "succeeded": int(searches[2]), "probes": int(probes[1]),
            "seen": int(probes[2])}  # fmt: skip


def world(level: str) -> dict[str, Value]:
    """Returns the score of a small demo world."""
    made = build(records=QUICK_RECORDS, level=LEVELS[level])
    linked = {each.tenant: ingested.link(each) for each in ingested.ingest_world(made)}
    return _scored(ingested.score_world(made, linked))


def chicago() -> dict[str, Value]:
    """Returns what `demo --real` prints of the real registers."""
    read = ingested.ingest_registers(ingested.CHICAGO)
    linked = ingested.link(read)
    counts: dict[str, Value] = {"records": sum(read.stored.values()), "entities": len(linked.sizes)}
    return counts | _scored(ingested.score_registers(linked.found, ingested.CHICAGO))


def kinds() -> dict[str, Value]:
    """Returns the figures of benchmarks/cases/kinds.jsonl."""
    cases = identifier_kinds.rows("kinds")
    empty = sum(not case["identifiers"] for case in cases)
    return {"texts": len(cases), "empty": empty, **_tallied(identifier_kinds.quality())}


def cases(name: str) -> dict[str, Value]:
    """Returns the figures of one file of labelled texts, of the kinds that its texts hold."""
    return _read([name])


def rounds() -> dict[str, Value]:
    """Returns the figures of all rounds of texts by hand but the first, taken together."""
    return _read([f"unseen_ads_{number}" for number in ROUNDS])


def _read(names: Sequence[str]) -> dict[str, Value]:
    tally = Tally()
    for told, found in (text for name in names for text in _finds(name)):
        tally.add_kinds(told, found)
    figures = {name: value for name, value in _tallied(tally).items() if not name.endswith((".found", ".right"))}
    return {"texts": sum(len(_finds(name)) for name in names), **figures}


@cache
def _finds(name: str) -> list[tuple[set[str], set[str]]]:
    """For each text of a file what it holds, and what is found in it."""
    return [(unseen_texts.told(row), unseen_texts.found(row)) for row in unseen_texts.rows(name)]


def quality(chosen: Callable[[], LinkSet | None]) -> dict[str, Value]:
    """Returns the scores of linking a set; pairwise and B-cubed precision, recall and F1, F1 of whole clusters."""
    made = chosen()
    assert made is not None
    found = scores(minerva(made), made.truth)
    told: dict[str, Value] = {"records": len(made.rows)}
    for prefix, kind in (("", "pairwise"), ("bcubed_", "bcubed"), ("cluster_", "cluster")):
        told.update(zip((f"{prefix}precision", f"{prefix}recall", f"{prefix}f1"), found[kind], strict=True))
    return told


def templates(file: str) -> dict[str, Value]:
    """Returns precision and recall of the pairs of ads that are grouped."""
    said, true = ad_groups.of_file(file)
    return {"precision": len(said & true) / len(said), "recall": len(said & true) / len(true)}


def names(file: str) -> dict[str, Value]:
    """Returns the figures of labelled pairs of names, by kind."""
    told = name_pairs.read_cases(file)
    groups = {kind.lower().replace(" ", "_"): [case for case in told if name_pairs.kind_of(case) == kind]
              for kind in (*name_pairs.KINDS, name_pairs.NO_KIND)}  # fmt: skip
    groups["all_names"] = [case for case in told if name_pairs.kind_of(case) != "Username"]
    found: dict[str, Value] = {}
    for kind, of_kind in groups.items():
        if of_kind:
            recall, precision = name_pairs.quality(of_kind)
            right = sum(name_pairs.matches(case) == case["match"] for case in of_kind)
            found.update({f"{kind}.pairs": len(of_kind), f"{kind}.accuracy": right / len(of_kind),
                          **_shares(precision, recall, f"{kind}.")})  # fmt: skip
    return found


def usernames() -> dict[str, Value]:
    """Returns the figures of the shipped comparison of user names: at the shipped threshold, and at a fitted one."""
    odd, even = ([(pairs.shipped(a, b), same) for a, b, same in half] for half in pairs.read_cases())
    fitted = pairs.threshold(odd)
    found: dict[str, Value] = {"fitted.threshold": fitted}
    for prefix, least in (("", USERNAME_THRESHOLD), ("fitted.", fitted)):
        precision, recall, _ = pairs.quality(even, least)
        found.update(_shares(precision, recall, prefix))
    return found


def ror() -> dict[str, Value]:
    """Returns how often the right organization comes first, by half: of one of ten parts every fourth name."""
    found: dict[str, Value] = {}
    for half, title in enumerate(("tuned", "held_back")):
        part = next(lists.ror(FOLDER, half))
        asked = replace(part, asked=part.asked[::ROR_EVERY])
        right = sum(true == said for (true, _), said in zip(asked.asked, lists.ours(asked), strict=True))
        found.update({f"{title}.asked": len(asked.asked), f"{title}.first": right / len(asked.asked)})
    return found


def weights() -> dict[str, Value]:
    """Returns the weights that pages about linking name."""
    found: dict[str, Value] = {f"phone_in_{count}": strength_of("phone:", count) for count in (2, 64)}
    found.update({f"text_of_{count}": bits("text_holders", count) for count in (2, 8, 64)})
    found["shared_phone_in_3"] = round(sharing_odds("phone:", 3), 1)
    found.update(other_name=bits("resident_name", 0.0), other_city=bits("resident_city", OTHER),
                 other_phone=bits("phone_agrees", OTHER), near_address=bits("place_address", LEVELS_OF_ADDRESS["near"]),
                 same_address=bits("place_address", LEVELS_OF_ADDRESS["same"]))  # fmt: skip
    return found


def _scored(score: Score) -> dict[str, Value]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _shares(precision: float, recall: float, prefix: str) -> dict[str, Value]:
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {f"{prefix}precision": precision, f"{prefix}recall": recall, f"{prefix}f1": f1}


def _tallied(tally: Tally) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for kind in sorted(tally.told):
        if tally.told[kind]:
            found.update({f"{kind}.told": tally.told[kind], f"{kind}.found": tally.found[kind],
                          f"{kind}.right": tally.right[kind], f"{kind}.recall": tally.recall(kind) or 0.0,
                          f"{kind}.precision": tally.precision(kind) or 0.0})  # fmt: skip
    return found


def _linked_sets() -> dict[str, tuple[str, Callable[[], LinkSet | None]]]:
    """Returns name -> (options of link_quality, the set)."""

    def demo(level: Level) -> tuple[str, Callable[[], LinkSet | None]]:
        return f"--set demo --operations {OPERATIONS}", partial(link_worlds.demo, level, OPERATIONS)

    found = {f"demo_{name}": demo(LEVELS[name]) for name in ("easy", "medium")}
    found.update({f"demo_hard_{each.operations_per_hub}": demo(each) for each in hard_regimes()})
    found["people"] = "--set people --operations 6000", partial(link_worlds.people, 6000)
    found["templates"] = f"--set templates --operations {OPERATIONS}", partial(link_worlds.templates, OPERATIONS)
    found["chicago"] = "--set chicago --chicago DIR", partial(link_registers.chicago, ingested.CHICAGO)
    return found


def case_files() -> list[str]:
    """Returns the files of labelled ads and addresses, without those that hold nothing."""
    return [*sorted(path.stem for path in unseen_texts.CASES.glob("*ads*.jsonl")), "emails"]


def figure_sets() -> Mapping[str, FigureSet]:
    """Returns name -> set, all that there are."""
    linking, at = f"{PYTHON} benchmarks.link_ingested", ingested.CHICAGO
    found = {"demo": FigureSet(f"{linking} --level medium --records 20000", demo_world),
             "demo_run": FigureSet(f"{PYTHON} demo {' '.join(DEMO_RUN)}", demo_run),
             "chicago": FigureSet(f"{linking} --real DIR", chicago, at),
             "confidence": FigureSet(f"{PYTHON} benchmarks.confidence", calibration.figures),
             "kinds": FigureSet(f"{PYTHON} benchmarks.identifier_kinds", kinds),
             "ror": FigureSet(f"{PYTHON} benchmarks.figures --show ror", ror, FOLDER / "organisation_names_ror"),
             "usernames": FigureSet(f"{PYTHON} benchmarks.username_pairs", usernames),
             "weights": FigureSet(f"{PYTHON} benchmarks.figures --show weights", weights)}  # fmt: skip
    for level in LEVELS:
        command = f"{linking} --level {level} --records {QUICK_RECORDS}"
        found[f"world.{level}"] = FigureSet(command, partial(world, level))
    for name in case_files():
        found[f"cases.{name}"] = FigureSet(f"{PYTHON} benchmarks.unseen_texts {name}", partial(cases, name))
    found["rounds"] = FigureSet(f"{PYTHON} benchmarks.figures --show rounds", rounds)
    for name, (options, chosen) in _linked_sets().items():
        command = f"{PYTHON} benchmarks.link_quality {options} --no-splink --no-dedupe"
        needs = at if name == "chicago" else None
        found[f"quality.{name}"] = FigureSet(command, partial(quality, chosen), needs)
    for name in link_messy.SETS:
        command = f"{PYTHON} benchmarks.link_messy --set {name}"
        found[name] = FigureSet(command, partial(quality, partial(link_messy.messy, name)))
    for name in ad_groups.FILES:
        found[name] = FigureSet(f"{PYTHON} benchmarks.ad_groups", partial(templates, name))
    for name in name_pairs.SETS:
        found[name] = FigureSet(f"{PYTHON} benchmarks.name_pairs --only {name}", partial(names, name))
    return found
