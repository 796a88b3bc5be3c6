"""Risk scores on the invented world: AUC, capture by the top 10 %, calibration, points against random, per sector.

    .venv/bin/python -m benchmarks.risk [--level hard] [--count 1500] [--seed 7] [--sector massage]

Every record is mapped as a submission, linked, resolved into establishments and scored by the points as shipped. Points
become chances of being illicit by a table made on one half of the regions; all figures are of the other half.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.link_ingested import linking_row
from benchmarks.ranking import auc, calibration_error, capture, never_falling
from benchmarks.train_risk import Case as LabelledCase
from benchmarks.train_risk import write_labels
from demo.world.trades import DIFFICULTIES, SECTORS, Trades, build_trades
from demo.world.trades.writing import UNTIL
from demo.world.truth import Score as PairScore
from demo.world.truth import count_pairs
from minerva.linking import resolve
from minerva.partner.records import read_submission
from minerva.places import folded
from minerva.policy import Tenant
from minerva.records import Record
from minerva.risk.establishments import Holders
from minerva.risk.points import Score
from minerva.risk.reading import read_event
from minerva.risk.registry import shipped
from minerva.risk.run import Run
from minerva.risk.values import day_of_epoch

TENANT = Tenant("bench", "i", "a", "b", region="US")
BINS = (0, 1, 10, 20, 30, 40, 60, 80)
"""Lowest points of the bins of the table of calibration."""


class Case(NamedTuple):
    """A scored business with its truth."""

    score: Score
    illicit: bool
    region: str


def records_of(trades: Trades) -> list[Record]:
    """The records as the partner API would store them."""
    found = []
    for row in trades.rows:
        item = read_submission(row, TENANT, UNTIL.timestamp())
        if item.record is None:
            raise RuntimeError(f"{row['key']}: {item.fault}")
        found.append(item.record)
    return found


def scored(trades: Trades, sector: str) -> tuple[list[Case], PairScore]:
    """Scored businesses with their truth, and how well records were brought together."""
    records = records_of(trades)
    members = resolve(map(linking_row, records), {}, TENANT.tenant_id).members
    today = day_of_epoch(UNTIL.timestamp())
    known = shipped().sectors()  # massage and recruiting are risky tenants of the others
    wanted = [known[name] for name in dict.fromkeys((sector, "massage", "recruiter"))]
    run = Run(wanted, TENANT.tenant_id, today, lambda ids: {each: members[each] for each in ids})
    events = {record.source_key: record.to_json() for record in records}
    run.take(events.values())
    scores = [one for one in run.outcome().scores if one.sector.id == sector]
    holders = Holders([one.establishment for one in scores])
    anchors = {fact.record_id: one.establishment for one in scores for fact in one.establishment.anchors}
    staff = {fact.record_id: one.establishment for one in scores for fact in one.establishment.staff}
    found: dict[Hashable, str] = {}
    for key, event in events.items():
        fact = read_event(event)
        own = anchors.get(fact.record_id) or staff.get(fact.record_id)
        held = (
            [own]
            if own
            else holders.of(fact.kind, members[fact.record_id], fact.place, folded(fact.name), fact.contacts)
        )
        if held:
            found[key] = held[0].establishment_id
    truths: dict[Hashable, str] = dict(trades.of.items())
    pairs = count_pairs(found, truths).score()
    by_record = {record.record_id: trades.of[record.source_key] for record in records}
    cases = []
    for one in scores:
        ids = [fact.record_id for fact in one.establishment.anchors]
        ids += [record_id for tally in one.establishment.tallies.values() for record_id in tally.contacts.values()]
        told = [by_record[record_id] for record_id in ids if by_record[record_id] in trades.illicit]
        if told:
            truth = max(set(told), key=lambda name: (told.count(name), name))
            cases.append(Case(one, trades.illicit[truth], trades.region[truth]))
    return cases, pairs


def calibrated(train: Sequence[Case]) -> dict[int, float]:
    """Bin -> chance of being illicit, never falling with the points; rare bins lean on all."""
    base = sum(case.illicit for case in train) / len(train)
    held: list[tuple[float, float]] = []
    for low in BINS:
        inside = [case.illicit for case in train if _bin(case.score.score) == low]
        held.append(((sum(inside) + base * 2) / (len(inside) + 2), len(inside) + 2.0))
    values = [chance for chance, count in never_falling(held) for _ in range(count)]
    return dict(zip(BINS, values, strict=True))


def _bin(points: int) -> int:
    return max(low for low in BINS if low <= points)


def measure(sector: str, level: str, count: int, seed: int) -> dict[str, Any]:
    """The figures of one sector."""
    trades = build_trades(sector, count, seed=seed, level=level)
    cases, pairs = scored(trades, sector)
    regions = sorted({case.region for case in cases})
    back = set(random.Random(seed).sample(regions, len(regions) // 2))
    table = calibrated([case for case in cases if case.region not in back])
    held = [case for case in cases if case.region in back]
    points = [(float(case.score.score), case.illicit) for case in held]
    drawn = random.Random(seed)
    return {
        "sector": sector, "level": level, "businesses": len(held), "illicit": sum(case.illicit for case in held),
        "auc": auc(points), "auc_random": auc([(drawn.random(), illicit) for _, illicit in points]),
        "top_tenth": capture(points),
        "calibration_error": calibration_error([(table[_bin(case.score.score)], case.illicit) for case in held]),
        "missing": sum(case.score.missing for case in held) / len(held),
        "pairs": {"precision": pairs.precision, "recall": pairs.recall, "f1": pairs.f1},
        "table": {str(low): round(chance, 3) for low, chance in table.items()},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--level", choices=DIFFICULTIES, default="hard")
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sector", choices=SECTORS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--labels", type=Path, metavar="FILE", help="write features with their truth (one --sector)")
    args = parser.parse_args()
    if args.labels:
        cases, _ = scored(build_trades(args.sector, args.count, seed=args.seed, level=args.level), args.sector)
        told = [LabelledCase(case.illicit, case.region, dict(case.score.values)) for case in cases]
        write_labels(args.labels, shipped().sectors()[args.sector], told)
        return
    for sector in [args.sector] if args.sector else list(SECTORS):
        found = measure(sector, args.level, args.count, args.seed)
        if args.json:
            print(json.dumps(found))
            continue
        print(
            f"{sector} {args.level}: {found['businesses']} businesses of held-back regions, "
            f"{found['illicit']} illicit; "
            f"AUC {found['auc']:.3f} (random {found['auc_random']:.3f}), top tenth holds {found['top_tenth']:.0%}, "
            f"calibration error {found['calibration_error']:.3f}, missing {found['missing']:.0%}; "
            f"establishments F1 {found['pairs']['f1']:.3f} (precision {found['pairs']['precision']:.3f}, "
            f"recall {found['pairs']['recall']:.3f})"
        )


if __name__ == "__main__":
    main()
