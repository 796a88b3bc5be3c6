"""stats over JSON fields in SQL equal the row core on texts that two readers of JSON see differently.

Every text has its own source, so that each is a group; a planted fault must change the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from json import JSONDecodeError
from pathlib import Path
from typing import Any

import pytest

from proofs import pushdown
from understudy.storage import json_groups, repeated_rows, search_fields
from understudy.storage.events import RawEvent
from understudy.storage.prefilter import Clause
from understudy.storage.store import Store

TEXTS = (
    '{"x":1,"x":2}',
    '{"x":1,"o":{"x":3}}',
    '{"o":{"x":3}}',
    '{"x":1,"\\u0078":2}',
    '{"x":"a\\"x\\"b"}',
    '{"x":1,}',
    '{"x":1,"t":[1,]}',
    '{"x":1,"t":[1 , ]}',
    '{"x":NaN}',
    '{"x":1,"t":-Infinity}',
    '{"x":1,"t":[inf]}',
    '{"x":1,"t":1e400}',
    '{"x":1,"t":' + "9" * 400 + "}",
    '{"x":1e999}',
    '{"x":01}',
    '{"x":1',
    '{"x":1}}',
    '{"x":1} tail',
    '{"x":1} ',
    ' {"x":1}',
    '[{"x":1}]',
    '{"x":1,"deep":' + "[" * 1100 + "]" * 1100 + "}",
    '{"x":null}',
    '{"x":""}',
    '{"x":true}',
    '{"x":[1,2]}',
    '{"x":{"y":1}}',
    '{"x":1.0}',
    '{"x":1e3}',
    '{"x":-0}',
    '{"x":-0.0}',
    '{"x":0.00001}',
    '{"x":1e22}',
    '{"x":12345678901234567890123}',
    '{"x":"\\u00e9\\n"}',
    '{"x":"\\ud800"}',
    '{"x":"1.0"}',
    '{"x":" 7 "}',
    '{"o.x":1,"x":2,"source":"y","host":"z"}',
    "x=4 y=5",
    "",
)
SEARCHES = (
    "search * | stats count count(x) min(x) max(x) range(x) dc(x) values(x) by source",
    "search * | stats count values(source) by x",
    "search x>=1 x<100 | stats sum(x) avg(x) by sourcetype",
    "search x=1 | stats count values(x) values(source)",
    "search sourcetype=deep | stats count values(x) by sourcetype source host",
)


@pytest.fixture(name="answers", scope="module")
def fixture_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], list[str]]]:
    """Gives the answers of all searches, with or without the store's help."""
    home = tmp_path_factory.mktemp("groups")
    store = Store(home / "events.duckdb", pushdown.write_configuration(home), lambda: pushdown.NOW)
    store.ingest(
        RawEvent(text, sourcetype=kind, source=f"{kind} {number}", time=pushdown.NOW - 1)
        for kind in ("deep", "auto", "plain")
        for number, text in enumerate(TEXTS)
        for _ in range(2)
    )
    yield lambda pushed: [pushdown.answer(store, search, pushdown=pushed) for search in SEARCHES]
    store.close()


def test_odd_texts_give_what_the_row_core_gives(
    answers: Callable[[bool], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, found = json_groups.answer, []

    def noted(*arguments: Any) -> Any:
        found.append(real(*arguments))
        return found[-1]

    monkeypatch.setattr(json_groups, "answer", noted)
    assert answers(True) == answers(False)
    assert [stream is not None for stream in found] == [True] * len(SEARCHES)


def _without(part: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Returns the fault of looking for one danger less."""
    real = json_groups.safe_clause

    def changed(names: Sequence[str], origins: Sequence[tuple[str, str, str]] | None, most: int) -> Clause:
        found = real(names, origins, most)
        assert part in found.parameters[-1]
        return replace(found, parameters=(*found.parameters[:-1], found.parameters[-1].replace(part, "no such text")))

    return lambda patch: patch.setattr(json_groups, "safe_clause", changed)


def _counted_once(patch: pytest.MonkeyPatch) -> None:
    always = property(lambda self: 1, lambda self, value: None)
    patch.setattr(repeated_rows.RepeatedPlan, "times", always, raising=False)


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a doubled key has its first value": _without('"x".*"x"'),
    "no escape spells a key": _without(r"\\u"),
    "a comma too many is JSON": _without(json_groups.FORGIVEN[0]),
    "NaN is JSON": _without(json_groups.FORGIVEN[1]),
    "a number too large is JSON": _without(json_groups.FORGIVEN[2]),
    "a number too long is JSON": _without(json_groups.FORGIVEN[3]),
    "JSON is as deep as it likes": lambda patch: patch.setattr(json_groups, "DEEPEST", 10**9),
    "a combination is counted once": _counted_once,
    "every event gets JSON fields": lambda patch: patch.setattr(
        search_fields.SearchFields, "reads_json_only", lambda self, origin: True
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(fault: str, answers: Callable[[bool], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    by_rows = answers(False)
    FAULTS[fault](monkeypatch)
    try:
        changed = answers(True)
    except JSONDecodeError:
        return  # DuckDB took a text that the row core's reader refuses
    assert changed != by_rows


@pytest.mark.parametrize("values", [("0.1", "0.2", "0.7", "1e16"), ("4398046511104.5", "0.5", "9007199254740992")])
def test_sums_that_depend_on_their_order_go_row_by_row(tmp_path: Path, values: Sequence[str]) -> None:
    store = Store(tmp_path / "events.duckdb", pushdown.write_configuration(tmp_path), lambda: pushdown.NOW)
    for number, value in enumerate(values):
        store.ingest([RawEvent(f'{{"x":{value}}}', sourcetype="deep", time=pushdown.NOW - number)])
    search = "search * | stats sum(x) avg(x)"
    assert pushdown.answer(store, search, pushdown=True) == pushdown.answer(store, search, pushdown=False)
    store.close()
