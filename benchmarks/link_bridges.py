"""Operations that one value bridges, and operations that changed: what splitting at bridges gets right and wrong.

    python3 build.py bench link_bridges [--cases 300] [--seed 5]

Invented. Each case is one or more operations, each with contacts, names and a city of its own, 6 to 24 records over
some months. Bridged: a number that one operation gave up and another got, a desk or a mailbox in few records of two or
three, an ad that quotes another's number, a listing that holds contacts of two, a chain of such links. Controls are one
operation each: moved (all contacts, names and city changed, one record that holds the old and the new number), moved
within a month, moved several times, changed bit by bit, two branches known by one mailbox, two workers of one desk.
"Joined": cases in which records of two operations stand in one entity; "split": operations whose records stand in more
entities than without the bridges being cut. With times and without.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from unittest import mock

from benchmarks.link_quality import scores
from benchmarks.link_worlds import FIRST, LAST, SYLLABLES
from minerva.linking import DEFAULT, cluster, resolve
from minerva.linking.model import LinkRecord

DAY, START = 86_400, 1_700_000_000
Case = list[tuple[LinkRecord, int]]
"""Records with the number of their operation within the case."""


class Operation:
    """One operation at one time: contacts, names, a city, and the days in which it publishes."""

    def __init__(self, draw: random.Random, first: int = 0, last: int = 180) -> None:
        self.draw, self.first, self.last = draw, first, last
        tag = "".join(draw.choices(SYLLABLES, k=3)) + str(draw.randrange(10_000))
        self.contacts = [f"phone:+1{draw.randrange(201, 989)}555{draw.randrange(10_000):04d}-{tag}{each}"
                         for each in range(draw.choice((1, 2, 2)))]  # fmt: skip
        self.contacts += [f"email:{tag}{each}@mail.example" for each in range(draw.choice((1, 1, 2)))]
        self.contacts += [f"username:site/{tag}{each}" for each in range(draw.choice((0, 1, 1)))]
        self.names = [f"{draw.choice(FIRST)} {draw.choice(LAST)}".title() for _ in range(draw.choice((1, 2)))]
        self.city = "".join(draw.choices(SYLLABLES, k=4)).title()

    def records(self, count: int) -> list[LinkRecord]:
        """Returns records with one to three of the contacts each."""
        draw, made = self.draw, []
        for _ in range(count):
            held = draw.sample(self.contacts, min(len(self.contacts), draw.choice((1, 2, 2, 3))))
            name = draw.choice(self.names) if draw.random() < 0.5 else ""
            city = self.city if draw.random() < 0.8 else ""
            time = START + draw.randrange(self.first, self.last) * DAY
            made.append(LinkRecord("", "ads", "ad", tuple(sorted(held)), name, "", city, "", "", time))
        return made


def _size(draw: random.Random) -> int:
    return min(24, 5 + int(draw.paretovariate(1.2)))


def _with(record: LinkRecord, *values: str) -> LinkRecord:
    return record._replace(identifiers=tuple(sorted({*record.identifiers, *values})))


def _add(draw: random.Random, records: list[LinkRecord], value: str, count: int) -> None:
    for place in draw.sample(range(len(records)), min(count, len(records))):
        records[place] = _with(records[place], value)


def _shared(draw: random.Random, value: str, operations: int, most: int) -> Case:
    case: Case = []
    for owner in range(operations):
        records = Operation(draw).records(_size(draw))
        _add(draw, records, value, draw.randint(1, most))
        case += [(record, owner) for record in records]
    return case


def desk(draw: random.Random) -> Case:
    """A front desk's number in one or two records of two operations."""
    return _shared(draw, f"phone:desk{draw.randrange(10**9)}", 2, 2)


def mailbox(draw: random.Random) -> Case:
    """A mailbox in a record each of two or three operations."""
    return _shared(draw, f"email:box{draw.randrange(10**9)}@mail.example", draw.choice((2, 3)), 1)


def recycled(draw: random.Random) -> Case:
    """A number of an operation that goes on without it, later another's."""
    old, new = Operation(draw), Operation(draw)
    before, after = old.records(_size(draw)), new.records(_size(draw))
    number = f"phone:again{draw.randrange(10**9)}"
    for records, early in ((before, True), (after, False)):
        records.sort(key=lambda record: record.time, reverse=not early)
        for place in range(draw.randint(1, 4)):
            records[place] = _with(records[place], number)
    return [(record, 0) for record in before] + [(record, 1) for record in after]


def quoted(draw: random.Random) -> Case:
    """A record of one operation that quotes a contact of another."""
    one, other = Operation(draw), Operation(draw)
    records, others = one.records(_size(draw)), other.records(_size(draw))
    _add(draw, records, draw.choice(other.contacts), 1)
    return [(record, 0) for record in records] + [(record, 1) for record in others]


def listing(draw: random.Random) -> Case:
    """A record that holds a contact of each of two operations, and counts for neither."""
    one, other = Operation(draw), Operation(draw)
    records, others = one.records(_size(draw)), other.records(_size(draw))
    both = records[0]._replace(
        identifiers=tuple(sorted((draw.choice(one.contacts), draw.choice(other.contacts)))), name="", city=""
    )
    return [(both, -1)] + [(record, 0) for record in records[1:]] + [(record, 1) for record in others]


def chain(draw: random.Random) -> Case:
    """Four to eight operations, each linked to one before it by a number in a record of both."""
    groups = [Operation(draw).records(_size(draw)) for _ in range(draw.randint(4, 8))]
    for place, records in enumerate(groups[1:], 1):
        number = f"phone:link{draw.randrange(10**9)}"
        _add(draw, records, number, 1)
        _add(draw, groups[draw.randrange(place)], number, 1)
    return [(record, owner) for owner, records in enumerate(groups) for record in records]


def _phases(draw: random.Random, count: int, both: int = 0) -> Case:
    case: Case = []
    before = ""
    for phase in range(count):
        now = Operation(draw, phase * 120, phase * 120 + (both + 120 if both else 110))
        records = sorted(now.records(_size(draw)), key=lambda record: record.time)
        if before:
            records[0] = _with(records[0], before, now.contacts[0])
        before = now.contacts[0]
        case += [(record, 0) for record in records]
    return case


def moved(draw: random.Random) -> Case:
    """One operation that changed everything once; one record holds the old and the new number."""
    return _phases(draw, 2)


def moved_often(draw: random.Random) -> Case:
    """One operation that changed everything two or three times."""
    return _phases(draw, draw.choice((3, 4)))


def moved_slowly(draw: random.Random) -> Case:
    """One operation that changed everything once, within a month in which the old and the new are there."""
    return _phases(draw, 2, 30)


def drifted(draw: random.Random) -> Case:
    """One operation whose contacts change one after the other, and its names and city in the middle."""
    now, case = Operation(draw, 0, 60), Case()
    for step in range(4):
        case += [(record, 0) for record in now.records(4)]
        fresh = Operation(draw)
        now.first, now.last = now.first + 60, now.last + 60
        now.contacts[step % len(now.contacts)] = fresh.contacts[0]
        if step == 1:
            now.names, now.city = fresh.names, fresh.city
    return case


def branches(draw: random.Random) -> Case:
    """One operation with branches in two cities, at one time, with numbers of their own and one mailbox in most."""
    box, case = f"email:head{draw.randrange(10**9)}@mail.example", Case()
    for _ in range(2):
        case += [
            (_with(record, box) if draw.random() < 0.7 else record, 0)
            for record in Operation(draw).records(_size(draw))
        ]
    return case


def workers(draw: random.Random) -> Case:
    """One operation whose two workers, at one time in one city, have contacts of their own and a desk in a third."""
    number, city, case = f"phone:own{draw.randrange(10**9)}", Operation(draw).city, Case()
    for _ in range(2):
        worker = Operation(draw)
        worker.city = city
        records = worker.records(_size(draw))
        _add(draw, records, number, max(1, len(records) // 3))
        case += [(record, 0) for record in records]
    return case


BRIDGED: Sequence[Callable[[random.Random], Case]] = (desk, mailbox, recycled, quoted, listing, chain)
CONTROLS: Sequence[Callable[[random.Random], Case]] = (moved, moved_slowly, moved_often, drifted, branches, workers)


def world(make: Callable[[random.Random], Case], cases: int, seed: int, timed: bool) -> Case:
    """Returns the records of many cases, with ids, and the number of the operation of each."""
    draw = random.Random(f"{make.__name__} {seed}")
    made: Case = []
    for case in range(cases):
        for record, owner in make(draw):
            record = record._replace(record_id=f"{draw.getrandbits(64):016x}{len(made):016x}")
            made.append((record if timed else record._replace(time=0), case * 10 + owner if owner >= 0 else -1))
    return made


def measured(made: Case, split: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Returns (entity, operation) of each record, with bridges cut or not."""
    records = [record for record, _ in made]
    if split:
        found = resolve(records, {}, "bench", DEFAULT).members
    else:
        with mock.patch.object(cluster, "find_bridges", return_value={}):
            found = resolve(records, {}, "bench", DEFAULT).members
    return found, {record.record_id: str(owner) for record, owner in made if owner >= 0}


def joined_share(found: dict[str, str], truth: dict[str, str], cases: int) -> float:
    """Returns the share of cases in which an entity holds records of two operations."""
    owners: dict[str, set[str]] = {}
    for record, owner in truth.items():
        owners.setdefault(found[record], set()).add(owner)
    return len({int(each) // 10 for held in owners.values() if len(held) > 1 for each in held}) / cases


def split_share(found: dict[str, str], before: dict[str, str], truth: dict[str, str]) -> float:
    """Returns the share of operations that stand in more entities than `before`."""

    def entities(linked: dict[str, str]) -> dict[str, set[str]]:
        held: dict[str, set[str]] = {}
        for record, owner in truth.items():
            held.setdefault(owner, set()).add(linked[record])
        return held

    now, then = entities(found), entities(before)
    return sum(len(now[each]) > len(then[each]) for each in now) / len(now)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print("| times | set | records | joined before | joined | split | P R F1 before | P R F1 |")
    print("|---|---|---|---|---|---|---|---|")
    for timed in (True, False):
        everything: Case = []
        for make in (*BRIDGED, *CONTROLS):
            made = world(make, options.cases, options.seed, timed)
            _show(make.__name__.replace("_", " "), made, options.cases, timed)
            offset = 10 * options.cases * (len(BRIDGED) + len(CONTROLS)) * len(everything)
            everything += [(record, owner + offset if owner >= 0 else -1) for record, owner in made]
        _show("all", everything, options.cases * (len(BRIDGED) + len(CONTROLS)), timed)


def _show(name: str, made: Case, cases: int, timed: bool) -> None:
    before, truth = measured(made, split=False)
    found, _ = measured(made, split=True)
    told = [" ".join(f"{each:.3f}" for each in scores(linked, truth)["pairwise"]) for linked in (before, found)]
    joined = [f"{joined_share(linked, truth, cases):.3f}" for linked in (before, found)]
    split = f"{split_share(found, before, truth):.3f}"
    times = "with" if timed else "without"
    print(f"| {' | '.join((times, name, str(len(made)), *joined, split, *told))} |", flush=True)


if __name__ == "__main__":
    main()
