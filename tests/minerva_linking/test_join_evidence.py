"""What every join says: records, kinds, values, strength, rule, sources and time; from records, and from documents."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from minerva.linking import Judgement, resolve
from minerva.linking.evidence import expanded, joins_of, linked, origins_of, resolved, utc
from minerva.linking.model import LISTED, LinkRecord
from minerva.tenancy import resolving
from minerva.tenancy.rebuild import link_options
from minerva.tenancy.rebuild.entity_changes import MOST_IN_DOCUMENT
from tests.minerva_linking.test_resolve import row

PHONE = "phone:+14155550123"
EARLY, LATE = 1_700_000_000, 1_772_366_400


def seen(record_id: str, source: str, time: int, *identifiers: str, **texts: str) -> dict[str, Any]:
    return {**row(record_id, *identifiers, **texts), "source_id": source, "time": str(time)}


PLACE = {"name": "Moon Hall", "address": "12 Main St", "city": "Salem", "postcode": "97301", "record_type": "license"}
PERSON = {"name": "Zenobia Quillfeather", "city": "Salem"}


@pytest.mark.parametrize(
    ("rows", "judged", "rule", "kinds", "values"),
    [
        pytest.param(
            [seen("a", "ads", LATE, PHONE), seen("b", "forum", EARLY, PHONE)], [],
            "shared_identifier", ("phone",), ("+14155550123",), id="a shared phone",
        ),
        pytest.param(
            [seen("a", "ads", LATE, **PLACE), seen("b", "forum", EARLY, **PLACE)], [],
            "name_address", ("name", "address"), (), id="name and address",
        ),
        pytest.param(
            [seen("a", "ads", LATE, **PERSON), seen("b", "forum", EARLY, **PERSON)], [],
            "name_city", ("name", "city"), (), id="name and city",
        ),
        pytest.param(
            [seen("a", "ads", LATE), seen("b", "forum", EARLY)], [Judgement("a", "b", "same", "ann")],
            "judgement", ("judgement",), (), id="a judgement",
        ),
    ],
)  # fmt: skip
def test_a_join_of_any_rule_has_kinds_values_both_sources_and_the_later_time(
    rows: list[dict[str, Any]], judged: list[Judgement], rule: str, kinds: tuple[str, ...], values: tuple[str, ...]
) -> None:
    (entity,) = resolve(rows, {}, "t", judgements=judged).entities
    (join,) = entity.joins
    sources = {"a": "ads", "b": "forum"}
    assert (join.rule, join.kinds, join.values) == (rule, kinds, values)
    assert join.sources == (sources[join.a], sources[join.b])
    assert join.time == LATE


@pytest.mark.parametrize("times", [(0, LATE), (LATE, 0), (0, 0)])
def test_a_join_of_a_record_without_a_time_has_none(times: tuple[int, int]) -> None:
    rows = [seen(name, "ads", time, PHONE) for name, time in zip("ab", times, strict=False)]
    (entity,) = resolve(rows, {}, "t").entities
    assert entity.joins[0].time == 0


def test_a_stored_document_gives_back_each_join_as_it_was_made() -> None:
    rows = [seen(f"r{n}", f"source {n % 3}", EARLY + n if n % 4 else 0, PHONE, f"email:u{n // 2}@x.example")
            for n in range(12)]  # fmt: skip
    rows.append(seen("alone", "ads", EARLY))
    entities = resolve(rows, {}, "t", judgements=[Judgement("alone", "r3", "same", "ann")]).entities
    stored = [json.loads(json.dumps(entity.to_document())) for entity in entities]
    assert [joins_of(document) for document in stored] == [list(entity.joins) for entity in entities]
    assert sorted(join.rule for entity in entities for join in entity.joins) == [
        "judgement",
        *["shared_identifier"] * 6,
    ]


def test_as_many_records_are_told_of_as_a_document_lists() -> None:
    assert LISTED == MOST_IN_DOCUMENT
    records = [LinkRecord(f"{n:06d}", "s", "ad", (PHONE,), "", "", "", "", "", 5) for n in range(3)]
    (entity,) = resolve(records, {}, "t").entities
    many = replace(entity, records=tuple(records[0]._replace(record_id=f"{n:06d}") for n in range(LISTED + 1)))
    assert len(many.to_document()["record_times"]) == LISTED


def document(**changes: Any) -> dict[str, Any]:
    rows = [seen("a", "ads", LATE, PHONE), seen("b", "forum", EARLY, PHONE)]
    return {**resolve(rows, {}, "t").entities[0].to_document(), **changes}


def asked(output: str, answer: dict[str, Any] | None) -> list[dict[str, Any]]:
    request = resolving.read_options({"record_id": "a", "output": output})
    return list(resolved(output, resolving.rows_of(request, answer), answer))


def answer(*judgements: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"entities": [document(**changes)], "judgements": list(judgements), "left_out": 0}


def test_a_row_of_a_join_says_all_of_it_in_columns() -> None:
    (shown,) = asked("joins", answer())
    columns = ("kinds", "values", "rule", "time", "time_utc")
    assert [shown[name] for name in columns] == [
        "phone", "+14155550123", "shared_identifier", LATE, "2026-03-01T12:00:00Z",
    ]  # fmt: skip
    assert shown["strength"] == document()["joins"][0]["strength"]
    assert shown["sources"] == [{"a": "ads", "b": "forum"}[shown[end]] for end in "ab"]


@pytest.mark.parametrize("output", resolving.OUTPUTS)
def test_rows_have_the_same_columns_whether_anything_is_found_or_not(output: str) -> None:
    judged = {"tenant_id": "t", "a": "a", "b": "b", "verdict": "unsure", "by": "ann", "why": "x", "time": LATE}
    found, none = asked(output, answer(judged))[0], asked(output, None)[0]
    assert list(found) == list(none)
    assert any(name.endswith("_utc") for name in found)


def test_an_entity_and_a_judgement_tell_times_that_people_read_beside_those_that_searches_use() -> None:
    judged = {"tenant_id": "t", "a": "a", "b": "b", "verdict": "unsure", "by": "ann", "why": "x", "time": LATE}
    (entity,) = asked("entity", answer(judged))
    assert (entity["first_time"], entity["first_time_utc"]) == (EARLY, "2023-11-14T22:13:20Z")
    assert (entity["last_time"], entity["last_time_utc"]) == (LATE, "2026-03-01T12:00:00Z")
    (row,) = asked("judgements", answer(judged))
    assert (row["time"], row["time_utc"]) == (LATE, "2026-03-01T12:00:00Z")


def test_the_reason_of_a_join_ends_with_its_sources_and_time() -> None:
    (entity,) = asked("entity", answer())
    strength = document()["joins"][0]["strength"]
    assert str(entity["reasons"]).endswith(
        f"(shared_identifier, strength {strength}); from forum and ads; both there since 2026-03-01T12:00:00Z"
    )


def test_a_document_of_an_earlier_version_leaves_sources_and_time_empty() -> None:
    (shown,) = asked("joins", answer(record_sources=None, record_times=None))
    assert (shown["kinds"], shown["values"]) == ("phone", "+14155550123")
    assert [shown[name] for name in ("sources", "time", "time_utc")] == [None, None, None]


def test_the_origin_of_a_single_record_is_that_of_its_entity() -> None:
    (entity,) = resolve([seen("a", "ads", LATE)], {}, "t").entities
    assert "record_times" not in entity.to_document()
    assert origins_of(entity.to_document()) == {"a": ("ads", LATE)}


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        pytest.param(("a", PHONE, "shared_identifier"), ("phone", "+14155550123", "ads", LATE), id="identifier"),
        pytest.param(("a", "b", "name_city"), (["name", "city"], None, ["ads", "forum"], LATE), id="two records"),
        pytest.param(("e_1", "b", "member"), (None, None, "forum", EARLY), id="record of an entity"),
        pytest.param(("e_1", PHONE, "seen"), ("phone", "+14155550123", None, None), id="no record"),
        pytest.param(("e_1", "x:y", "member"), (None, None, None, None), id="record of an entity that was not read"),
    ],
)
def test_an_edge_has_the_evidence_of_its_records(edge: tuple[str, str, str], expected: tuple[Any, ...]) -> None:
    kinds = {"a": "record", "b": "record", "x:y": "record", PHONE: "phone", "e_1": "entity"}
    nodes = [{"id": name, "kind": kind} for name, kind in kinds.items()]
    rows = [dict(zip(("source", "target", "rule"), edge, strict=False))]
    (shown,) = expanded(rows, nodes, origins_of(document()))
    assert tuple(shown[name] for name in ("kinds", "values", "sources", "time")) == expected


def test_minervalink_gives_each_join_whole_as_json() -> None:
    found = [document()]
    (shown,) = linked(link_options.result_rows(found), found)
    told = json.loads(shown["evidence"])
    assert {told["a"], told["b"]} == {"a", "b"}
    assert (told["kinds"], told["values"], told["time"]) == (["phone"], ["+14155550123"], LATE)
    assert sorted(told["sources"]) == ["ads", "forum"]


@pytest.mark.parametrize(
    ("time", "expected"),
    [(LATE, "2026-03-01T12:00:00Z"), (0, None), (None, None), (-(10**6), "1969-12-20T10:13:20Z"), (10**18, None)],
)
def test_a_time_is_shown_in_utc_or_not_at_all(time: int | None, expected: str | None) -> None:
    assert utc(time) == expected
