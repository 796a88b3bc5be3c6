"""`python -m minerva.linking`: one answer per record, in order, whatever stands in the lines."""

from __future__ import annotations

import json

import pytest

from minerva.linking.__main__ import GIVEN_AGAIN, answer


def ask(*rows: object) -> list[dict[str, object]]:
    return list(answer([row if isinstance(row, str) else json.dumps(row) for row in rows]))


def test_records_linked_by_text_and_column_share_an_entity() -> None:
    first, second = ask(
        {"record_id": "1", "source_id": "a", "text": "call 415 555 0123"},
        {"record_id": "2", "source_id": "b", "phone": "(415) 555-0123", "name": None},
    )
    assert first["entity_id"] == second["entity_id"]
    assert "+14155550123" in str(first["reasons"])


def test_absent_null_and_empty_are_the_same() -> None:
    plain, null, empty = (
        ask({"record_id": "1", **extra})[0] for extra in ({}, {"name": None}, {"name": "", "identifiers": []})
    )
    assert plain == null == empty


def test_a_bad_line_is_answered_in_place() -> None:
    good, bad, also = ask({"record_id": "1"}, "oops", {"record_id": "2"})
    assert (good["record_id"], also["record_id"]) == ("1", "2")
    assert bad["entity_id"] is None
    assert "line 2" in str(bad["error"])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param({"username": "Velvet_River77"}, {"username": "@velvet_river77"}, True, id="a telling user name"),
        pytest.param({"username": "anna"}, {"username": "anna"}, False, id="a user name that many choose"),
        pytest.param(
            {"identifiers": ["plate:8f3c"]}, {"identifiers": ["plate:8f3c"]}, True, id="a kind of another's making"
        ),
        pytest.param({"identifiers": ["image:8f3c"]}, {"identifiers": ["image:8f3c"]}, False, id="one picture alone"),
        pytest.param(
            {"identifiers": ["phone:+1 (415) 555-0123"]}, {"phone": "415.555.0123"}, True, id="other ways to write it"
        ),
        pytest.param({"phone": 4155550123}, {"phone": ["(415) 555-0123"]}, True, id="a number, a list"),
    ],
)
def test_equal_identifiers_link(first: dict[str, object], second: dict[str, object], same: bool) -> None:
    one, other = ask({"record_id": 1, **first}, {"record_id": 2, **second})
    assert (one["entity_id"] == other["entity_id"]) == same


def test_a_record_id_given_again_with_other_content_is_said_and_the_first_counts() -> None:
    first, again, equal, other = ask(
        {"record_id": "1", "email": "x@example.com"},
        {"record_id": "1", "email": "y@example.com"},
        {"record_id": "1", "email": "x@example.com"},
        {"record_id": "2", "email": "y@example.com"},
    )
    assert first["entity_id"] == again["entity_id"] == equal["entity_id"] != other["entity_id"]
    assert (first["reasons"], again["reasons"], equal["reasons"]) == ([], [GIVEN_AGAIN], [])


def test_an_identifier_of_a_megabyte_links_and_is_not_repeated_in_reasons() -> None:
    long = "plate:" + "x" * 1_000_000
    one, other = ask({"record_id": "1", "identifiers": [long]}, {"record_id": "2", "identifiers": [long]})
    assert one["entity_id"] == other["entity_id"]
    assert len(json.dumps(one)) < 1000


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, "[1]", '{"record_id": null}', '{"record_id": {"a": 1}}', '{"record_id": ""}', "{", "null", "1e999"],
    ids=["deep", "list", "null id", "object id", "empty id", "cut", "null", "number"],
)
def test_a_line_that_is_no_record_is_answered(line: str) -> None:
    bad, good = ask(line, {"record_id": "1"})
    assert bad["entity_id"] is None
    assert good["entity_id"]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    one, other = ask('{"record_id": "\\ud800", "name": "\\udfff"}', {"record_id": "2"})
    assert one["entity_id"] != other["entity_id"]


def test_records_without_end_that_share_one_value_stay_apart_and_short() -> None:
    rows = ask(*({"record_id": number, "phone": "415 555 0123"} for number in range(3000)))
    assert len({row["entity_id"] for row in rows}) == 3000


def test_a_record_of_many_joins_names_the_first_and_counts_the_rest() -> None:
    rows = ask(*({"record_id": f"{n:03}", "phone": "415 555 0123", "email": "a@example.com"} for n in range(40)))
    assert max(len(list(row["reasons"])) for row in rows) == 21  # type: ignore[call-overload]
    assert any("and 19 more joins" in str(row["reasons"]) for row in rows)
