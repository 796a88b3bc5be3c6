"""Trains the learned model of risk: python3 build.py train risk [--sector massage] [--labels FILE] [--out FILE]

    --labels FILE    labels of an institution, as the page Business risk saves them (CSV): outcome, region, and a
                     column for each feature, empty where it is not known. Without it: the invented world of the demo.
    --hold-back A,B  regions that the model never sees, on which its figures are measured (default: drawn by the seed)

Logistic regression with main effects only: each feature is cut into bins, a bin further in the direction of the
sector's signs never says less, and a missing value says what the lowest bin says. The file that comes out is read by
people and by minerva/risk/learned.py; it is used only where an institution activates it.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assembly import paths
from benchmarks.ranking import auc, calibration_error, capture, never_falling
from minerva.risk.learned import (
    INVENTED,
    MOST_CUTS,
    OWN_LABELS,
    UP,
    LearnedFeature,
    Model,
    ModelError,
    applied,
    directions,
    read_model,
    shares_of,
    written,
)
from minerva.risk.registry import shipped
from minerva.risk.sectors import Sector

OUTCOMES = {"confirmed": True, "cleared": False}
LEAST_LABELS, LEAST_OF_EACH, LEAST_IN_BIN = 200, 20, 10
HELD_BACK = 1 / 3
"""Share of labels that the regions held back have at least, where none are named."""
QUANTILES = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
TABLE = (0.0, 0.5, 0.75, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
"""Where the table of calibration begins its rows, as quantiles of log-odds."""


class Case(NamedTuple):
    """A business with its truth and what is known of its features."""

    illicit: bool
    region: str
    values: dict[str, float]


def read_labels(path: Path, sector: Sector) -> list[Case]:
    """The labels of a CSV. Raises ValueError, which names the line."""
    known = directions(sector)
    cases = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if row.get("sector", sector.id) != sector.id:
                continue
            if row.get("outcome") not in OUTCOMES:
                raise ValueError(f"{path}:{line}: outcome: expected one of {', '.join(OUTCOMES)}")
            try:
                values = {name: float(row[name]) for name in known if row.get(name)}
            except ValueError:
                raise ValueError(f"{path}:{line}: a feature is no number") from None
            cases.append(Case(OUTCOMES[row["outcome"]], row.get("region", ""), values))
    return cases


def write_labels(path: Path, sector: Sector, cases: Sequence[Case]) -> None:
    """The same CSV as the page saves."""
    names = list(directions(sector))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["sector", "outcome", "region", *names])
        for case in cases:
            outcome = "confirmed" if case.illicit else "cleared"
            out.writerow([sector.id, outcome, case.region, *(case.values.get(name, "") for name in names)])


def parted(cases: Sequence[Case], seed: int, named: Sequence[str] = ()) -> tuple[list[Case], list[Case], list[str]]:
    """Cases to learn from, cases held back, and the regions of these."""
    regions = sorted({case.region for case in cases})
    if len(regions) < 2:
        raise ValueError("the labels are of one region: a region cannot be held back")
    unknown = sorted(set(named) - set(regions))
    if unknown:
        raise ValueError(f"--hold-back: no label is of {unknown[0]!r}; the regions are {', '.join(regions)}")
    back: list[str] = list(named)
    drawn = random.Random(seed).sample(regions, len(regions) - 1)
    while not named and sum(case.region in back for case in cases) < HELD_BACK * len(cases) and drawn:
        back.append(drawn.pop())
    learn = [case for case in cases if case.region not in back]
    held = [case for case in cases if case.region in back]
    for name, part in (("learned from", learn), ("held back", held)):
        for illicit, word in ((True, "confirmed"), (False, "cleared")):
            count = sum(case.illicit is illicit for case in part)
            if count < LEAST_OF_EACH or len(learn) < LEAST_LABELS:
                raise ValueError(
                    f"too few labels: {count} {word} of {len(part)} {name}; at least {LEAST_LABELS} in all and "
                    f"{LEAST_OF_EACH} of each outcome on either side are needed, or the model would repeat chance"
                )
    return learn, held, sorted(back)


def cuts_of(values: Sequence[float], way: str) -> list[float]:
    """Where the bins of a feature begin: between distinct values, or at quantiles, with enough businesses in each."""
    ordered = sorted(values)
    wanted = QUANTILES if way == UP else [1 - each for each in QUANTILES]
    distinct = sorted(set(ordered))
    marks = (
        distinct[1:]
        if len(distinct) <= len(QUANTILES)
        else [ordered[int(each * (len(ordered) - 1))] for each in wanted]
    )
    kept: list[float] = []
    for mark in sorted(set(marks)):
        below = sum(value < mark for value in ordered) - sum(value < kept[-1] for value in ordered if kept)
        if below >= LEAST_IN_BIN and sum(value >= mark for value in ordered) >= LEAST_IN_BIN:
            kept.append(mark)
    return kept[:MOST_CUTS]


def steps_of(case: Case, plan: Sequence[tuple[str, str, list[float]]]) -> list[float]:
    """One number for each cut: whether the value has passed it in the feature's direction; 0 where it is missing."""
    told = []
    for name, way, cuts in plan:
        value = case.values.get(name)
        told += [0.0 if value is None else float(value >= cut if way == UP else value < cut) for cut in cuts]
    return told


def fitted(rows: Sequence[Sequence[float]], truth: Sequence[bool]) -> tuple[float, list[float]]:
    """(base, weight of each step): logistic regression whose steps that would speak for the opposite are left out."""
    import numpy
    from sklearn.linear_model import LogisticRegression

    matrix, right = numpy.asarray(rows), numpy.asarray(truth, dtype=int)
    kept = [at for at in range(matrix.shape[1]) if 0 < matrix[:, at].sum() < len(rows)]
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(matrix[:, kept], right)
        weights = [float(each) for each in model.coef_[0]]
        worst = min(weights, default=0.0)
        if worst >= 0:
            found = dict(zip(kept, weights, strict=True))
            return float(model.intercept_[0]), [found.get(at, 0.0) for at in range(matrix.shape[1])]
        kept.pop(weights.index(worst))


def trained(sector: Sector, learn: Sequence[Case], facts: dict[str, Any], trained_on: str, statement: str) -> Model:
    """The model that these labels give."""
    plan = []
    for name, way in directions(sector).items():
        cuts = cuts_of([case.values[name] for case in learn if name in case.values], way)
        if cuts:
            plan.append((name, way, cuts))
    if not plan:
        raise ValueError("no feature of the sector has two values in the labels: there is nothing to learn from")
    whole = _model(sector, plan, learn, facts, trained_on, statement)
    unseen: list[tuple[int, bool]] = []
    regions = sorted({case.region for case in learn})
    for part in range(5):  # each region is judged by a model that has not seen it
        out = set(regions[part::5])
        inside = [case for case in learn if case.region not in out]
        if out and len({case.illicit for case in inside}) == 2:
            one = _model(sector, plan, inside, {}, trained_on, statement)
            unseen += [(applied(one, case.values).log_odds, case.illicit) for case in learn if case.region in out]
    return whole._replace(calibration=tuple(table_of(unseen or [(0, case.illicit) for case in learn])))


def _model(sector: Sector, plan: Any, cases: Sequence[Case], facts: Any, trained_on: str, statement: str) -> Model:
    base, weights = fitted([steps_of(case, plan) for case in cases], [case.illicit for case in cases])
    features, at = [], 0
    for name, way, cuts in plan:
        own = [round(each * 1000) for each in weights[at : at + len(cuts)]]
        at += len(cuts)
        odds = [sum(own[:step]) for step in range(len(cuts) + 1)]
        if way != UP:
            odds = [sum(own[step:]) for step in range(len(cuts) + 1)]
        bare = LearnedFeature(name, way, tuple(cuts), tuple(odds), ())
        shares = shares_of(bare, [case.values.get(name) for case in cases])
        features.append(bare._replace(shares=tuple(shares)))
    return Model(sector.id, round(base * 1000), tuple(features), ((-100_000, 0.0),), trained_on, statement, facts)


def table_of(pairs: Sequence[tuple[int, bool]]) -> list[tuple[int, float]]:
    """(lowest log-odds, chance) of each row, never falling; rare rows lean on all."""
    base = sum(illicit for _, illicit in pairs) / len(pairs)
    ordered = sorted(each for each, _ in pairs)
    lows = sorted({ordered[int(share * (len(ordered) - 1))] for share in TABLE})
    held: list[tuple[float, float]] = []
    for at, low in enumerate(lows):
        high = lows[at + 1] if at + 1 < len(lows) else None
        inside = [illicit for each, illicit in pairs if (at == 0 or each >= low) and (high is None or each < high)]
        held.append(((sum(inside) + base) / (len(inside) + 1), len(inside) + 1.0))
    rows, at = [], 0
    for chance, count in never_falling(held):
        rows.append((lows[at] if at else -100_000, chance))
        at += count
    return rows


def figures(model: Model, held: Sequence[Case]) -> dict[str, Any]:
    """What the model reaches on cases that it has not seen."""
    found = [applied(model, case.values) for case in held]
    truth = [case.illicit for case in held]
    ranked = [(float(one.log_odds), illicit) for one, illicit in zip(found, truth, strict=True)]
    chances = [(one.chance, illicit) for one, illicit in zip(found, truth, strict=True)]
    return {
        "businesses": len(held), "illicit": sum(truth), "auc": round(auc(ranked), 3),
        "top_tenth": round(capture(ranked), 3), "calibration_error": round(calibration_error(chances), 3),
    }  # fmt: skip


def made(sector: Sector, cases: Sequence[Case], seed: int, recipe: dict[str, Any], back: Sequence[str] = ()) -> Model:
    """The model of these labels with its figures on the regions that were held back."""
    learn, held, regions = parted(cases, seed, back)
    invented = recipe["data"] == INVENTED
    confirmed = sum(case.illicit for case in learn)
    statement = (
        f"Trained on an invented world of {len(learn)} businesses, {confirmed} of them illicit. It shows how a learned "
        "model reads and says nothing about real businesses."
        if invented
        else f"Trained on {len(learn)} businesses that people of the institution looked into, {confirmed} of them "
        "confirmed. It repeats whom they chose to look at; its chances hold for such businesses alone."
    )
    facts = {"seed": seed, "made": f"{datetime.now(UTC):%Y-%m-%d}", "recipe": recipe, "held_back": {}}
    model = trained(sector, learn, facts, INVENTED if invented else OWN_LABELS, statement)
    return model._replace(facts={**facts, "held_back": {"regions": regions, **figures(model, held)}})


def world_labels(sector: Sector, given: argparse.Namespace) -> list[Case]:
    """The labels of the invented world, which the environment that tests and links makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.csv"
        size = ["--count", str(given.count), "--seed", str(given.seed), "--level", given.level]
        made = [str(paths.python_of(paths.VENV)), "-m", "benchmarks.risk", "--sector", sector.id, *size]
        subprocess.run([*made, "--labels", str(path)], cwd=paths.ROOT, check=True)
        return read_labels(path, sector)


def text_of(model: Model) -> str:
    """The file: a feature a line, so that a person reads it and a diff shows what changed."""
    document = written(model)
    lists = {key: document.pop(key) for key in ("features", "calibration")}
    head = json.dumps(document, indent=1)[:-2]
    for key, rows in lists.items():
        head += f',\n "{key}": [\n  ' + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]"
    return head + "\n}\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="build.py train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["risk"])
    parser.add_argument("--sector", default="massage")
    parser.add_argument("--labels", type=Path, metavar="FILE")
    parser.add_argument("--level", default="hard", help="of the invented world")
    parser.add_argument("--count", type=int, default=3000, help="businesses of the invented world")
    parser.add_argument("--hold-back", default="", metavar="A,B")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, metavar="FILE", help="(default: build/risk_<sector>.json)")
    given = parser.parse_args()
    known = shipped().sectors()
    if given.sector not in known:
        parser.error(f"--sector: expected one of {', '.join(known)}")
    sector = known[given.sector]
    try:
        if given.labels:
            cases = read_labels(given.labels, sector)
            recipe: dict[str, Any] = {"data": OWN_LABELS}
        else:
            recipe = {"data": INVENTED, "level": given.level, "count": given.count}
            cases = world_labels(sector, given)
        model = made(sector, cases, given.seed, recipe, [each for each in given.hold_back.split(",") if each])
        read_model(written(model), known)
    except (OSError, ValueError, ModelError, subprocess.CalledProcessError) as error:
        print(f"no model was made: {error}", file=sys.stderr)
        return 1
    out = given.out or Path("build") / f"risk_{given.sector}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text_of(model), encoding="utf-8")
    print(f"{out}: {model.statement}")
    print(f"held back: {json.dumps(model.facts['held_back'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
