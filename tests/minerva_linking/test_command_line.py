"""`python -m minerva.linking`: one answer per record, in order, whatever stands in the lines."""

from __future__ import annotations

import json

from minerva.linking.__main__ import answer


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
