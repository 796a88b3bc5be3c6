"""Pictures that an institution puts into its gallery by requests: found at once, refused in words, its own alone."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo.schools_world.__main__ import write_school
from demo.schools_world.charges import drawn_charges
from demo.schools_world.school import World
from minerva.school_queries import IDENTIFYING, OPERATIONS
from minerva.schools.gallery import Gallery
from minerva.tenancy.answering import answer
from tests.sharing.desk import SERVICE, STATED, Desk, who

NORA = who("north")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Four schools as a request names them."""
    folder, found = tmp_path_factory.mktemp("pictures"), []
    world = World(drawn_charges(), 11)
    for number in range(4):
        school = world.school(number)
        write_school(world, school, folder / school.id)
        parts = {path.stem: base64.b64encode(path.read_bytes()).decode() for path in (folder / school.id).glob("*.png")}
        found.append({"school_id": school.id, "facts": json.loads((folder / school.id / "facts.json").read_text())})
        found[-1] |= parts
    return found


def asked(folder: Path | None, desk: Desk, operation: str, /, subject: Any = NORA, **body: Any) -> tuple[int, Any]:
    store = replace(desk.store(subject), folder=folder)
    found = answer(operation, {**body, **STATED}, store, {**OPERATIONS, **IDENTIFYING})
    return found.status, json.loads(json.dumps(found.payload))


def test_schools_that_are_added_are_found_by_crops_and_by_words(tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    desk = Desk()
    assert asked(tmp_path, desk, "schools_pictures")[1] == {
        "schools": 0, "crests": 0, "ties": 0, "garments": 0, "refused": []
    }  # fmt: skip
    status, told = asked(tmp_path, desk, "schools_pictures", op="add", schools=drawn[:2])
    assert status == 200, told
    assert (status, told["schools"], told["crests"], told["refused"]) == (200, 2, 2, [])
    status, told = asked(tmp_path, desk, "schools_pictures", op="add", schools=[drawn[1], *drawn[2:]])
    assert (status, told["schools"], told["garments"]) == (200, 4, 4)
    found = asked(tmp_path, desk, "schools_identify", garment=drawn[0]["garment"], crest=drawn[0]["crest"])[1]
    assert found["searched"] == 4
    assert found["found"][0]["school"]["name"] == drawn[0]["facts"]["name"]
    assert found["found"][0]["emblem"]
    assert asked(tmp_path, desk, "school_gallery")[1]["schools"] == 4
    status, told = asked(tmp_path, desk, "schools_pictures", op="remove", school_ids=[drawn[0]["school_id"]])
    assert (status, told["schools"]) == (200, 3)
    assert asked(tmp_path, desk, "schools_pictures", op="remove", all=True)[1]["schools"] == 0


def test_what_is_known_of_a_school_stays_when_its_pictures_come(tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    desk = Desk()
    row = {"school_id": drawn[0]["school_id"], "name": "Old name", "address": "1 Example Road"}
    asked(tmp_path, desk, "school_gallery", op="add", schools=[row])
    asked(tmp_path, desk, "schools_pictures", op="add", schools=drawn[:1])
    (held,) = asked(tmp_path, desk, "school_gallery", school_ids=[row["school_id"]])[1]["rows"]
    assert (held["name"], held["address"]) == (drawn[0]["facts"]["name"], "1 Example Road")


def test_a_bad_picture_costs_its_part_alone_and_a_school_keeps_what_it_has_when_added_again(
    tmp_path: Path, drawn: list[dict[str, Any]]
) -> None:
    desk, bad = Desk(), {**drawn[0], "crest": base64.b64encode(b"<svg/>").decode()}
    status, told = asked(tmp_path, desk, "schools_pictures", op="add", schools=[bad])
    assert (status, told["crests"], told["garments"]) == (200, 0, 1)
    assert told["refused"][0]["file"] == "crest.png"
    before = [each.facts["id"] for each in Gallery(tmp_path / "schools" / "north").entries()]
    assert before == [drawn[0]["school_id"]]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"op": "add"}, "schools: expected"),
        ({"op": "add", "schools": [{}] * 51}, "schools: expected"),
        ({"op": "add", "schools": ["x"]}, "schools: expected"),
        ({"op": "add", "schools": [{"school_id": "../x"}]}, "school_id: expected"),
        ({"op": "add", "schools": [{"school_id": "x", "facts": []}]}, "facts: expected"),
        ({"op": "add", "schools": [{"school_id": "x", "facts": {"name": 5}}]}, "facts: name"),
        ({"op": "add", "schools": [{"school_id": "x", "crest": "%"}]}, "crest: expected"),
        ({"op": "remove"}, "school_ids: expected"),
        ({"op": "empty"}, "op: expected"),
    ],
)
def test_wrong_requests_are_refused_with_the_key_that_is_wrong(
    tmp_path: Path, body: Mapping[str, Any], words: str
) -> None:
    status, told = asked(tmp_path, Desk(), "schools_pictures", **body)
    assert status == 400
    assert told["error"].startswith(words)


def test_nobody_else_sees_or_fills_the_gallery(tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    desk = Desk()
    asked(tmp_path, desk, "schools_pictures", op="add", schools=drawn[:1])
    for subject in (who("north", "admin"), SERVICE):
        assert asked(tmp_path, desk, "schools_pictures", subject, op="add", schools=drawn[:1])[0] == 404
    assert asked(tmp_path, desk, "schools_pictures", who("river"))[1]["schools"] == 0
    assert asked(tmp_path, desk, "schools_pictures", who("river"), tenant_id="north")[0] == 404
    assert asked(None, desk, "schools_pictures")[0] == 503
