"""Crops of a uniform: compared and forgotten, with words, and without the library, the gallery or the models."""

from __future__ import annotations

import base64
import importlib.util
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pytest

from demo.schools_world.__main__ import write_school
from demo.schools_world.charges import drawn_charges
from demo.schools_world.school import World
from minerva.images.formats.picture import MAX_BYTES
from minerva.school_queries import IDENTIFYING
from minerva.schools.build import build_gallery
from minerva.tenancy.answering import answer
from tests.sharing.desk import STATED, Desk, who

NORA = who("north")
SCHOOLS = 6


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search head's folder with a gallery of the institution north; the pictures it was built of lie beside it."""
    folder = tmp_path_factory.mktemp("search_head")
    world = World(drawn_charges(), 11)
    for number in range(SCHOOLS):
        school = world.school(number)
        write_school(world, school, folder / "pictures" / school.id)
    (folder / "schools").mkdir()
    build_gallery(folder / "pictures", folder / "schools" / "north", lambda row: None)
    return folder


def asked(folder: Path | None, desk: Desk | None = None, **body: Any) -> tuple[int, dict[str, Any]]:
    store = replace((desk or Desk()).store(NORA), folder=folder)
    found = answer("schools_identify", {**body, **STATED}, store, IDENTIFYING)
    return found.status, json.loads(json.dumps(found.payload))


def picture(folder: Path, number: int, part: str) -> str:
    path = folder / "pictures" / f"{100000 + number}" / f"{part}.png"
    return base64.b64encode(path.read_bytes()).decode()


def facts(folder: Path, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "pictures" / f"{100000 + number}" / "facts.json").read_text())
    return found


def test_a_garment_and_words_find_the_school_with_both_as_reasons(made: Path) -> None:
    said = facts(made, 3)
    words = f"{said['garment_color']} {said['garment']} in {said['county']}"
    status, found = asked(made, describe=words, garment=picture(made, 3, "garment"))
    assert status == 200, found
    first = found["found"][0]
    assert (first["school_id"], first["school"]["name"]) == ("100003", said["name"])
    assert {each["signal"] for each in first["signals"]} >= {"garment", "words"}
    assert base64.b64decode(first["emblem"]).startswith(b"\x89PNG")
    assert found["query"]["given"] == ["words", "garment"]
    assert found["searched"] == SCHOOLS


def test_schools_without_a_picture_are_counted_and_lower_the_confidence(made: Path) -> None:
    desk = Desk()
    _, alone = asked(made, desk, garment=picture(made, 3, "garment"))
    rows = [{"school_id": f"other-{number}", "name": f"Other {number}"} for number in range(3 * SCHOOLS)]
    desk.got(NORA, "school_gallery", op="add", schools=[*rows, {"school_id": "100003", "name": "Held with a picture"}])
    _, found = asked(made, desk, garment=picture(made, 3, "garment"))
    assert (alone["unpictured"], found["unpictured"], found["searched"]) == (0, 3 * SCHOOLS, SCHOOLS)
    assert f"{3 * SCHOOLS} of the {4 * SCHOOLS} schools" in found["notes"][-1]
    assert found["found"][0]["confidence"] == pytest.approx(alone["found"][0]["confidence"] / 4, abs=0.001)


def test_nothing_of_a_crop_is_stored_or_logged(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("TMPDIR", "HOME", "SPLUNK_HOME", "SPLUNK_DB"):
        monkeypatch.setenv(name, str(tmp_path))
    before = sorted(path.stat().st_mtime_ns for path in made.rglob("*"))
    desk, crop = Desk(), picture(made, 2, "garment")
    with caplog.at_level(logging.DEBUG):
        assert asked(made, desk, garment=crop)[0] == 200
        assert asked(made, desk, garment=crop[:400])[0] == 400
    stored = json.dumps([desk.rows(name) for name in desk.collections]) + json.dumps(desk.events)
    assert crop[:60] not in stored
    (row,) = desk.rows("school_queries").values()
    assert set(row) == {"_key", "tenant_id", "query_id", "by", "time", "described", "understood", "given", "legible",
                        "verdicts", "schools"}  # fmt: skip
    assert set(row["schools"][0]) == {"school_id", "score", "confidence", "signals"}
    assert list(tmp_path.rglob("*")) == []
    assert sorted(path.stat().st_mtime_ns for path in made.rglob("*")) == before
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("crop", "words"),
    [(7, "garment: expected the bytes"), ("*" * 40, "in base64"), (base64.b64encode(b"no picture").decode(), "refused"),
     ("A" * (MAX_BYTES // 3 * 4 + 8), "at most 20 MiB")],
    ids=["a number", "no base64", "no picture", "too large"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(made: Path, crop: Any, words: str) -> None:
    status, found = asked(made, garment=crop)
    assert (status, words in found["error"]) == (400, True)


def test_without_a_gallery_crops_alone_are_refused_and_words_go_on(tmp_path: Path) -> None:
    crop = base64.b64encode(cv2.imencode(".png", cv2.UMat(64, 64, cv2.CV_8UC3, (90, 40, 20)).get())[1].tobytes())
    for folder in (None, tmp_path):
        status, found = asked(folder, garment=crop.decode())
        assert (status, "gallery of pictures" in found["error"]) == (503, True)
        status, found = asked(folder, garment=crop.decode(), describe="navy blazer")
        assert (status, found["query"]["given"]) == (200, ["words", "garment, which took no part"])
        assert found["notes"][0].startswith("the crops took no part: ")


def test_without_the_native_package_the_answer_names_it(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "cv2" else find_spec(name))
    status, found = asked(made, garment=picture(made, 1, "garment"))
    assert (status, "SA-minerva-native-linux-x86_64" in found["error"]) == (503, True)
    status, found = asked(made, garment=picture(made, 1, "garment"), describe="navy blazer")
    assert (status, "SA-minerva-native-linux-x86_64" in found["notes"][0]) == (200, True)


def test_another_institution_is_not_asked_about(made: Path) -> None:
    store = replace(Desk().store(who("river")), folder=made)
    found = answer("schools_identify", {"garment": picture(made, 3, "garment")}, store, IDENTIFYING)
    assert found.status == 503
