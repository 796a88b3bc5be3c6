"""Records of a batch, searched together: the same as one by one, so that speed never changes what is stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.world.build import build
from minerva.intake.errors import MappingError
from minerva.intake.mapping.mapper import Draft, Mapper, finish_each
from minerva.records import Record, RecordError
from minerva.records.marks import marks_of
from minerva.records.mentions import mentioned, mentioned_each
from minerva.records.model import MAX_EVENT_BYTES
from tests.connectors.running import changed

NOW = datetime(2026, 4, 1, tzinfo=UTC)
WORLD = build(records=120, seed=36, tenants=("northfield",))


def drafts_of(source_id: str) -> list[Draft]:
    mapper, found = Mapper(changed(source_id), "northfield"), []
    for row in WORLD.rows("northfield", source_id):
        try:
            found.append(mapper.map_row(row, NOW))
        except (MappingError, AttributeError):
            continue
    return found


@pytest.mark.parametrize("source_id", ["classified_ads", "user_profiles", "business_reviews", "missing_person_notices"])
def test_a_batch_gives_the_records_and_mentions_that_each_gives_alone(source_id: str) -> None:
    drafts = drafts_of(source_id)
    drafts += drafts[:3]
    alone = [draft.finish() for draft in drafts]
    assert drafts
    assert finish_each(drafts) == alone
    asked: list[tuple[Record, str, Collection[str]]]
    asked = [(record, draft.region, draft.texts.keys()) for draft, record in zip(drafts, alone, strict=True)]
    asked += [(record, "", ()) for record in alone[:20]]
    assert mentioned_each(asked) == [mentioned(*each) for each in asked]


def test_a_record_that_cannot_be_finished_stops_no_other() -> None:
    good = drafts_of("classified_ads")[0]
    row = {"id": "1", "title": "t", "body": "\x7f" * 9 + "a@example.org " * 14_000, "posted_at": "2026-03-01"}
    large = Mapper(changed("classified_ads"), "northfield").map_row(row, NOW)
    distinct = " ".join(f"a{number}@mail{number}.example.org" for number in range(6000))
    full = Mapper(changed("classified_ads"), "northfield").map_row({**row, "body": distinct}, NOW)
    made = finish_each([good, full, large])
    assert isinstance(made[1], RecordError)
    assert [made[0], made[2]] == [good.finish(), large.finish()]


TEXT = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(["\x00" * 30, "\ud800", "\U0001f600" * 9])


@given(st.dictionaries(st.sampled_from(["title", "text", "name"]), TEXT), st.lists(TEXT, max_size=4))
@settings(max_examples=150, deadline=None)
def test_size_is_never_told_too_small(texts: dict[str, str], values: list[Any]) -> None:
    record = Record.build(
        record_type="ad", source_id="s", tenant_id="t", natural_key="1", observed_time=NOW, texts=texts,
        attributes={"x_a": values},
    ).signed_with("1." + "a" * 32 + ".1")  # fmt: skip
    assert len(record.to_json().encode()) <= record._most_bytes() <= MAX_EVENT_BYTES


def test_marks_stay_with_a_signed_record() -> None:
    record = drafts_of("classified_ads")[0].finish()
    fresh = record.signed_with("1." + "a" * 32 + ".1")
    assert record.marks == marks_of(record.record_type, record.text, record.attributes)
    signed = record.signed_with("1." + "a" * 32 + ".1")
    assert signed.to_json() == fresh.to_json()
