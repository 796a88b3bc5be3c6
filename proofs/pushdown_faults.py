"""The pushdown proof sees planted faults: each changes one decision of the store's, and some pair must then differ."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from proofs import pushdown
from proofs.model import Outcome, Proof, drawn
from understudy.spl.model import Context
from understudy.spl.search_tree import Compare, TimeBound
from understudy.storage import (
    json_fields,
    json_groups,
    needed_fields,
    prefilter,
    projection,
    search_fields,
    stats_sql,
    tstats_sql,
)
from understudy.storage.facts import Facts
from understudy.storage.prefilter import Clause

Plant = Callable[[pytest.MonkeyPatch], None]
MAX_PAIRS = 4_000


def _value_clause(change: Callable[[str], str]) -> Plant:
    real = prefilter.value_clause

    def changed(node: Compare) -> tuple[str, str] | None:
        found = real(node)
        return None if found is None else (change(found[0]), found[1])

    return lambda patch: patch.setattr(prefilter, "value_clause", changed)


def _time_bound(before: str, after: str) -> Plant:
    real = prefilter.Translator.translate

    def changed(self: prefilter.Translator, node: Any) -> Clause | None:
        found = real(self, node)
        bound = isinstance(node, TimeBound) and found is not None
        return replace(found, sql=found.sql.replace(before, after)) if bound and found is not None else found

    return lambda patch: patch.setattr(prefilter.Translator, "translate", changed)


def _nothing_needed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(needed_fields, "read_by", lambda expression: frozenset[str]())


def _null_word_left_out(patch: pytest.MonkeyPatch) -> None:
    real = json_fields.chooser

    def changed(wanted: frozenset[str], most: int | None = None) -> Callable[[str], dict[str, list[str]]]:
        find = real(wanted, most)
        return lambda raw: {name: values for name, values in find(raw).items() if values != ["null"]}

    patch.setattr(json_fields, "chooser", changed)


def _empty_host_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(projection.COLUMNS, "host", "host")


def _texts_first(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stats_sql, "natural_key", lambda values: tuple(values))


def _everything_exact(patch: pytest.MonkeyPatch) -> None:
    real = prefilter.term_clause

    def changed(node: Any) -> Clause | None:
        found = real(node)
        return None if found is None else replace(found, exact=True)

    patch.setattr(prefilter, "term_clause", changed)


def _all_json_safe(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(json_groups, "safe_clause", lambda names, origins, most: Clause("starts_with(raw, '{')"))


def _order_backwards(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tstats_sql, "order", lambda request, groups: ", ".join(f"{name} DESC" for name in groups))


def _buckets_in_utc(patch: pytest.MonkeyPatch) -> None:
    real = tstats_sql.time_bucket

    def changed(cursor_of: Any, span: Any, context: Context, where: Clause) -> Any:
        return real(cursor_of, span, replace(context, zone=UTC), where)

    patch.setattr(tstats_sql, "time_bucket", changed)


def _like_marks_unescaped(patch: pytest.MonkeyPatch) -> None:
    real = prefilter.value_clause

    def changed(node: Compare) -> tuple[str, str] | None:
        found = real(node)
        return None if found is None else (found[0], found[1].replace("\\_", "_").replace("\\%", "%"))

    patch.setattr(prefilter, "value_clause", changed)


class _Same:
    """Equal to any text."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


FAULTS: dict[str, Plant] = {
    "days begin at midnight in UTC everywhere": _buckets_in_utc,
    "bounds of the index time look at the event's": _time_bound("indextime", "time"),
    "a network is a text": lambda patch: patch.setattr(prefilter, "network_of", lambda text: None),
    "an underscore stands for any character": _like_marks_unescaped,
    "a field that statistics read is not fetched": lambda patch: patch.setattr(
        needed_fields, "read_by_statistics", lambda options: frozenset[str]()
    ),
    "a time is equal by its number": lambda patch: patch.setattr(prefilter, "text_of", lambda number: _Same()),
    "letter case matters": _value_clause(lambda sql: sql.replace("lower({value})", "{value}")),
    "an asterisk stands for one character at least": _value_clause(lambda sql: sql.replace("LIKE ?", "LIKE '_' || ?")),
    "earliest is left out": _time_bound("time >= ?", "time > ?"),
    "a field read by eval or where is not fetched": _nothing_needed,
    "JSON null is no value": _null_word_left_out,
    "an empty host is a value": _empty_host_counted,
    "groups are sorted as texts": _texts_first,
    "a term is any part of the text": _everything_exact,
    "tstats sorts the other way": _order_backwards,
    "any JSON text is read alike": _all_json_safe,
    "every field has one value": lambda patch: patch.setattr(Facts, "is_single", lambda self, column: True),
    "values never repeat": lambda patch: patch.setattr(Facts, "any_repeats", lambda self: False),
    "no event has search-time fields": lambda patch: patch.setattr(
        search_fields.SearchFields, "idle", lambda self, origins: True
    ),
}


def is_seen(fault: str) -> bool:
    """Whether one of the first pairs differs with the fault planted."""
    with pytest.MonkeyPatch.context() as patch:
        FAULTS[fault](patch)
        return any(test() is not None for test in pushdown.pairs(random.Random("planted"), MAX_PAIRS))


def run(seed: int, batch: int, size: int) -> Outcome:
    """A full run goes through all faults; the batch beyond draws some of them."""
    chosen = drawn(list(FAULTS), seed, batch, size, BATCH)
    return Outcome(
        len(chosen), [f"{MAX_PAIRS:,} pairs did not see that {fault}" for fault in chosen if not is_seen(fault)]
    )


BATCH = 1
PROOF = Proof(
    name="pushdown_faults",
    claim="Every fault planted in what the store answers in SQL, or reads less of, is seen by the pushdown proof.",
    unit="faults",
    target=len(FAULTS),
    batch=BATCH,
    slice=1,
    run=run,
)
