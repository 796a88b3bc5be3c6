"""The command lines of linking, texts and names: one answer a line, in order, whatever stands in it; empty is empty."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking.__main__ import answer as link_lines
from minerva.names.__main__ import THRESHOLD, WAYS
from minerva.names.__main__ import answer as pair_line
from minerva.names.usernames import USERNAME_THRESHOLD
from minerva.text.__main__ import answer as text_lines
from tests.minerva_linking.people.test_persons import NAMES

Row = dict[str, Any]
COLUMNS = ("source_id", "name", "address", "city", "region", "postcode", "country", "record_type", "phone", "email",
           "username", "platform", "url", "text", "identifiers", "time")  # fmt: skip
EMPTY: tuple[Any, ...] = (None, "", "  ", [], {})
telling = st.sampled_from(
    ["Anna Stone", "12 Main St", "Riverton", "US", "ad", "(415) 555-0123", "ann@mail.example", "velvet_river77",
     "https://ads.example.org/a", "phone:+14155550123", "email:", ":", "1700000000", "1e999"]
)  # fmt: skip
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
cells = telling | odd | st.lists(telling, max_size=2)
garbage = st.sampled_from(["{", "oops", "[1]", "null", "7", '"x"', '{"a": 1,}', "[" * 5000, '{"record_id": ""}'])
record_ids = st.sampled_from(["1", "2", 3, "é", "\ud800", 1.5])
records = st.builds(
    lambda record_id, row: {**row, "record_id": record_id}, record_ids, st.dictionaries(st.sampled_from(COLUMNS), cells)
)
texts = st.builds(lambda number, cell: {"id": number, "text": cell}, record_ids, cells)
pairs = st.fixed_dictionaries({"id": record_ids, "a": cells, "b": cells}, optional={"kind": cells})


def lines_of(rows: list[Any]) -> list[str]:
    return [row if isinstance(row, str) else json.dumps(row) for row in rows]


def written(answers: list[Row]) -> list[Row]:
    """Returns the answers as a reader of the output gets them."""
    return [json.loads(json.dumps(each)) for each in answers]


@settings(max_examples=200, deadline=None)
@given(st.lists(records | garbage, max_size=6))
def test_linking_answers_each_line_in_order(rows: list[Any]) -> None:
    answers = written(list(link_lines(lines_of(rows))))
    assert len(answers) == len(rows)
    for row, found in zip(rows, answers, strict=True):
        if isinstance(row, str):
            assert (found["record_id"], found["entity_id"], found["reasons"]) == (None, None, [])
            assert found["error"]
        else:
            assert found["record_id"] == str(row["record_id"])
            assert isinstance(found["entity_id"], str)
            assert all(isinstance(each, str) for each in found["reasons"])


@settings(max_examples=100, deadline=None)
@given(st.lists(texts | garbage, max_size=6))
def test_texts_are_answered_line_by_line_in_order(rows: list[Any]) -> None:
    answers = written(list(text_lines(lines_of(rows))))
    assert [each["id"] for each in answers] == [None if isinstance(row, str) else str(row["id"]) for row in rows]
    for row, found in zip(rows, answers, strict=True):
        assert ("error" in found) >= isinstance(row, str)
        assert found["group"] is None or found["size"] >= 1
        for slot in found["slots"]:
            assert row["text"][slot["start"] : slot["end"]] == slot["value"]


@settings(max_examples=200, deadline=None)
@given(pairs | garbage, st.sampled_from(["pairs", "usernames"]))
def test_a_pair_is_answered_with_a_score_from_0_to_1_and_the_shipped_threshold(row: Any, way: str) -> None:
    (line,) = lines_of([row])
    found = pair_line(line, way)
    assert 0.0 <= found["score"] <= 1.0
    assert found["match"] == (found["score"] >= (THRESHOLD if way == "pairs" else USERNAME_THRESHOLD))
    assert found["reasons"]
    assert all(isinstance(each, str) and each for each in found["reasons"])
    assert found["id"] == (None if isinstance(row, str) else str(row["id"]))


@settings(max_examples=100, deadline=None)
@given(NAMES, NAMES, st.sampled_from(["Person", "Organization", "Company", None]))
def test_a_pair_asked_the_other_way_round_has_the_same_answer(a: str, b: str, kind: str | None) -> None:
    for way in WAYS:
        one, other = (pair_line(json.dumps({"id": 1, "a": x, "b": y, "kind": kind}), way) for x, y in ((a, b), (b, a)))
        assert (one["score"], one["match"]) == (other["score"], other["match"])


def answers_of_link(row: Row) -> list[Row]:
    other = {"record_id": "other", "phone": "(415) 555-0123", "name": "Anna Stone", "city": "Riverton"}
    return list(link_lines(lines_of([{"record_id": "1", **row}, other])))


def answers_of_text(row: Row) -> list[Row]:
    return list(text_lines(lines_of([{"id": "1", **row}, {"id": "2"}])))


def answers_of_pair(row: Row) -> list[Row]:
    return [pair_line(json.dumps({"id": "1", "a": "Anna Stone", "b": "Ana Stone", **row}), way) for way in WAYS]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), telling, max_size=5), st.sampled_from(COLUMNS))
def test_absent_null_and_empty_columns_are_the_same(row: Row, column: str) -> None:
    row.pop(column, None)
    absent = answers_of_link(row)
    assert all(answers_of_link({**row, column: empty}) == absent for empty in EMPTY)
    assert all(answers_of_link({**row, column: [empty, None]}) == absent for empty in EMPTY)


@pytest.mark.parametrize(
    ("answers", "column", "given_row"),
    [
        pytest.param(answers_of_text, "text", {}, id="a text"),
        pytest.param(answers_of_pair, "kind", {}, id="the kind of two names"),
        pytest.param(answers_of_pair, "id", {"id": None}, id="an id of a pair"),
    ],
)
def test_absent_null_and_empty_are_the_same(answers: Callable[[Row], list[Row]], column: str, given_row: Row) -> None:
    absent = answers(given_row)
    assert all(answers({column: empty}) == absent for empty in EMPTY)


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize("empty", EMPTY)
def test_a_name_that_is_not_there_is_said_and_matches_nothing(side: str, empty: Any) -> None:
    for found in answers_of_pair({side: empty}):
        assert (found["score"], found["match"]) == (0.0, False)
        assert found["reasons"] == [f"nothing to compare: {side} is empty"]


@pytest.mark.parametrize(
    ("command", "first"),
    [
        (("minerva.linking",), {"record_id": "1", "phone": "415-555-0123"}),
        (("minerva.text",), {"id": "1", "text": "new in town"}),
        (("minerva.names", "pairs"), {"id": "1", "a": "Anna", "b": "Ana"}),
        (("minerva.names", "usernames"), {"id": "1", "a": "anna", "b": "ana"}),
    ],
    ids=["linking", "text", "pairs", "usernames"],
)
def test_a_byte_order_mark_windows_line_ends_and_bytes_of_no_text_are_read(
    command: tuple[str, ...], first: Row
) -> None:
    lines = b"\xef\xbb\xbf" + json.dumps(first).encode() + b"\r\n\r\n\xff\xfe\r\n" + json.dumps(first).encode()
    done = subprocess.run([sys.executable, "-m", *command], input=lines, capture_output=True, check=True)
    one, bad, again = map(json.loads, done.stdout.decode("utf-8").splitlines())
    assert one == again
    assert "not" in json.dumps(bad)
    assert "1" in (one.get("record_id"), one.get("id"))
