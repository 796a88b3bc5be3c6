"""A contact that several entities hold is marked in every format that names contacts; nothing is certain."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.exports.items import SET_ASIDE, percent
from minerva.imports.reading import read_bundle
from tests.minerva_exports.sample import entity, files, items, package

PHONE = "phone:+14155550123"
SHARED = "phone:+14155550188"


def given(**changes: Any) -> list[dict[str, Any]]:
    """The sample, its entity holding a phone that several hold beside the one that joins it."""
    document = entity()
    document["identifiers"] = sorted([*document["identifiers"], SHARED])
    return [*items()[:-1], {"entity": {**document, "set_aside": [SHARED], **changes}}]


@pytest.mark.parametrize(
    ("name", "file"),
    [("csv", "entity_identifiers.csv"), ("stix", "bundle.stix.json"), ("ftm", "entities.ftm.json"),
     ("report", "report.html"), ("misp", "event.json")],
)  # fmt: skip
def test_it_is_marked_with_the_reason(name: str, file: str) -> None:
    found = files(name, given())
    text = found[file if file in found else next(each for each in found if each != "manifest.json")].decode()
    assert SET_ASIDE in text
    assert SET_ASIDE not in "".join(
        content.decode() for each, content in files(name).items() if not each.endswith(".xlsx")
    )


@pytest.mark.parametrize("name", ["csv", "stix", "xlsx"])
def test_what_comes_back_knows_it_and_lists_it_last(name: str) -> None:
    bundle = read_bundle([("given.zip", package(name, given()))])
    (lead,) = [each for each in bundle.leads if SHARED in each.identifiers]
    assert lead.set_aside == [SHARED]
    assert lead.identifiers[-1] == SHARED


def test_a_report_is_called_by_a_contact_that_is_none_of_many() -> None:
    page = files("report", given(names=[], joins=[], identifiers=[SHARED, "phone:+14155550199"]))[
        "report.html"
    ].decode()
    assert "<h2>+14155550199</h2>" in page


def test_how_sure_a_reading_is_stays_open_where_nobody_says() -> None:
    record = {"record_id": "R-1", "record_type": "ad", "evidence": [{"identifier": PHONE}]}
    rows = files("csv", [{"record": record}])["record_identifiers.csv"].decode("utf-8-sig").splitlines()
    assert rows[1].split(",")[3:] == ["", "", ""]


@pytest.mark.parametrize(("strength", "shown"), [(0.999, 99), (0.995, 99), (0.99, 99), (0.5, 50), (1.0, 100)])
def test_what_is_not_certain_is_never_rounded_up_to_it(strength: float, shown: int) -> None:
    assert percent(strength) == shown


def test_a_join_of_stix_is_not_certain() -> None:
    joins = [{**entity()["joins"][0], "strength": 0.999}]
    bundle = json.loads(files("stix", given(joins=joins))["bundle.stix.json"])
    assert [each["confidence"] for each in bundle["objects"] if each["type"] == "relationship"] == [99]


def test_what_the_caller_does_not_give_stands_in_the_manifest() -> None:
    found = files("report", given(), left_out={"texts_of_records": 4})
    assert json.loads(found["manifest.json"])["left_out"]["texts_of_records"] == 4
    assert "4 texts of records" in found["report.html"].decode()
