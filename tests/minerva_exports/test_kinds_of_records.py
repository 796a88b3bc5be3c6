"""Every kind of record leaves in every format, as what its facts call it, and no name lands where it may be wrong."""

from __future__ import annotations

import csv
import io
import json

import pytest

from minerva.exports.formats import WRITERS
from minerva.records.kinds import KINDS, RECORD_TYPES
from tests.minerva_exports.sample import files, record


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_a_named_record_has_the_schema_of_its_kind(kind: str) -> None:
    given = [{"record": record("K-1", kind, name="Example House", city="Springfield").to_dict()}]
    (made,) = [json.loads(line) for line in files("ftm", given)["entities.ftm.json"].decode().splitlines()]
    assert (made["schema"], made["properties"]["name"]) == (KINDS[kind].schema, ["Example House"])


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_records_of_all_kinds_leave_in_every_format(name: str) -> None:
    given = [{"record": record(f"K-{at}", kind, name="Example").to_dict()} for at, kind in enumerate(RECORD_TYPES)]
    assert files(name, given)


@pytest.mark.parametrize(
    ("kind", "is_listed"),
    [
        ("hotel", True),
        ("establishment", True),
        ("offer", True),
        ("license", True),
        ("sanction", False),
        ("notice", False),
    ],
)
def test_only_what_is_an_organisation_becomes_one_in_htcds(kind: str, is_listed: bool) -> None:
    given = [{"record": record("K-1", kind, name="Example House", city="Springfield").to_dict()}]
    found = files("htcds", given)["organisation.csv"].decode("utf-8-sig")
    assert ("Example House" in {row["org_Name"] for row in csv.DictReader(io.StringIO(found))}) == is_listed
