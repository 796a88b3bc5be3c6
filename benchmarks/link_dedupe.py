"""dedupe (MIT; bench environment only) on a set with truth: it learns from half of the true entities and asks, as it
does of people, about pairs it is unsure of; the truth answers. Which records it is to be judged on is told too.

A table of one column per field, the first identifier of each kind, as `link_splink` fills it; its defaults otherwise.
"""

from __future__ import annotations

import random
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any
from zlib import crc32

from minerva.linking.model import LinkRecord

TEXTS = ("name", "address")
SHORT = ("city", "postcode", "phone", "email", "username", "url")
SHOWN = 1_000
"""Pairs of one entity shown to it, and as many of two."""
ASKED = 50
FILLED = 0.02
"""A column with values in fewer of the records is left out: there is nothing to learn from."""

Row = dict[str, Any]


def is_shown(entity: str) -> bool:
    """True for the half of the entities that dedupe learns from: by CRC-32, so the same in every run."""
    return crc32(entity.encode()) % 2 == 0


def link_with_dedupe(records: Sequence[LinkRecord], truth: Mapping[str, str], seed: int = 1) -> dict[str, str]:
    """Returns record -> cluster. truth: record -> entity; of that only what `is_shown` is looked at."""
    import dedupe
    import numpy as np

    random.seed(seed)
    np.random.seed(seed)
    rows = {record.record_id: row_of(record) for record in records}
    filled = {
        field for field in (*TEXTS, *SHORT) if sum(row[field] is not None for row in rows.values()) > FILLED * len(rows)
    }
    kinds = [(dedupe.variables.String, TEXTS), (dedupe.variables.ShortString, SHORT)]
    variables = [kind(each, has_missing=True) for kind, fields in kinds for each in fields if each in filled]
    shown = {record: entity for record, entity in truth.items() if is_shown(entity)}
    learner = dedupe.Dedupe(variables, num_cores=1, in_memory=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        learner.prepare_training({each: rows[each] for each in shown})
        learner.mark_pairs(_examples(rows, shown))
        owner = {id(rows[each]): entity for each, entity in shown.items()}
        for _ in range(ASKED):
            for one, other in learner.uncertain_pairs():
                same = owner[id(one)] == owner[id(other)]
                pair = [(one, other)]
                learner.mark_pairs({"match": pair if same else [], "distinct": [] if same else pair})
        learner.train()
        clusters = learner.partition(rows)
    return {record: str(number) for number, (members, _) in enumerate(clusters) for record in members}


def row_of(record: LinkRecord) -> Row:
    """Returns a record as dedupe reads it: column -> text, None where there is none."""
    row: Row = {field: getattr(record, field).casefold() or None for field in (*TEXTS, "city", "postcode")}
    by_kind = {value.partition(":")[0]: value.partition(":")[2] for value in reversed(record.identifiers)}
    row.update((field, by_kind.get(field) or None) for field in SHORT[2:])
    return row


def _examples(rows: Mapping[str, Row], shown: Mapping[str, str]) -> dict[str, list[tuple[Row, Row]]]:
    """Returns pairs of one entity, drawn, and as many drawn pairs of two."""
    owned = defaultdict(list)
    for record, entity in shown.items():
        owned[entity].append(record)
    same = [pair for each in owned.values() for pair in combinations(each[:20], 2)]
    same = random.sample(same, min(SHOWN, len(same)))
    drawn = [tuple(random.sample(list(shown), 2)) for _ in range(len(same))]
    apart = [(a, b) for a, b in drawn if shown[a] != shown[b]]
    return {"match": [(rows[a], rows[b]) for a, b in same], "distinct": [(rows[a], rows[b]) for a, b in apart]}
