"""Different contents under one record id, through minervalink: a warning, a column, the entity's explanation."""

from __future__ import annotations

from typing import Any

from benchmarks.chunk_driver import Outcome, run_command
from minerva.linking.same_id import RULE
from tests.app.splunkd_double import SERVICE, Desk, analyst, serving

PHONE, OTHER = "phone:+14155550123", "phone:+14155550145"
A, B = "a" * 32, "b" * 32
STORE, CHANGES = ["tenant=northfield", "store=true"], ["tenant=northfield", "store=true", "changes=true"]


def ad(record_id: str, *identifiers: str, **fields: Any) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": "ads", "record_type": "ad", "identifier": [*identifiers], "time": "5",
            **fields}  # fmt: skip


def linked(desk: Desk, arguments: list[str], *chunks: list[dict[str, Any]]) -> Outcome:
    with serving(desk, SERVICE) as uri:
        given = [desk.signed(chunk) for chunk in chunks] if "store=true" in arguments else [*chunks]
        outcome = run_command("minervalink.py", arguments, given, uri=uri)
    assert (outcome.code, outcome.errors) == (0, [])
    return outcome


def warned(outcome: Outcome) -> list[str]:
    return [text for level, text in outcome.messages if level == "WARN"]


def resolved(desk: Desk, record_id: str) -> dict[str, Any]:
    with serving(desk, analyst("northfield")) as uri:
        (row,) = run_command("minervaresolve.py", [f"record_id={record_id}"], [], uri=uri).rows
    return dict(row)


def test_rows_of_one_id_that_differ_are_named_in_the_message_and_the_row() -> None:
    outcome = linked(
        Desk(), ["tenant=northfield"], [ad(A, PHONE, name="Ann")], [ad(A, OTHER, name="Bea"), ad(B, OTHER)]
    )
    (row,) = outcome.rows
    assert warned(outcome) == [f"1 record id came with different content: {A} (identifiers, name); {RULE}"]
    assert row["differing"] == f"{A}: identifiers, name"
    assert row["identifiers"] == [PHONE, OTHER]


def test_equal_rows_of_one_id_are_one_record_and_no_news() -> None:
    outcome = linked(Desk(), ["tenant=northfield"], [ad(A, PHONE)], [ad(A, PHONE, time="900")])
    assert ([row["size"] for row in outcome.rows], outcome.messages) == (["1"], [])


def test_the_entity_names_the_record_for_as_long_as_it_stands() -> None:
    desk = Desk()
    outcome = linked(desk, STORE, [ad(A, PHONE, name="Ann"), ad(A, PHONE, name="Bea"), ad(B, OTHER)])
    assert warned(outcome) == [f"1 record id came with different content: {A} (name); {RULE}"]
    for chunk in ([ad("c" * 32, PHONE)], [ad(A, PHONE, name="Ann")]):
        linked(desk, CHANGES, chunk)
        shown = resolved(desk, A)
        assert f"1 record id came with different content: {A} (name)" in shown["explanation"]
        assert shown["differing"] == f"{A}: name"
    assert resolved(desk, B)["differing"] == ""


def test_what_comes_with_other_content_than_is_stored_is_named_until_it_is_linked_together() -> None:
    desk = Desk()
    linked(desk, STORE, [ad(A, PHONE, name="Bea")])
    (text,) = warned(linked(desk, CHANGES, [ad(A, OTHER, name="Ann")]))
    assert text.startswith(f"1 record id came with other content than is stored: {A} (name, identifiers); the smaller")
    linked(desk, STORE, [ad(A, PHONE, OTHER, name="Ann"), ad(A, PHONE, OTHER, name="Bea")])
    assert resolved(desk, A)["differing"] == f"{A}: name"
    assert warned(linked(desk, CHANGES, [ad(A, PHONE, OTHER, name="Bea")])) == []


def test_an_id_that_may_say_something_stands_in_no_message() -> None:
    outcome = linked(Desk(), ["tenant=northfield"], [ad("ann@mail.example", PHONE), ad("ann@mail.example", OTHER)])
    assert len(warned(outcome)) == 1
    assert "ann@mail.example" not in warned(outcome)[0]
    assert outcome.rows[0]["differing"] == "ann@mail.example: identifiers"
