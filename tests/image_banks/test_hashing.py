"""Hashing a picture by request: the answer, refusals in words, who may, the audit, and that nothing stays."""

from __future__ import annotations

import base64
import contextlib
import importlib
import json
import logging
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chunk_driver import BIN, ROOT
from minerva.image_banks import HASHING, incoming
from minerva.image_banks.decoding_slots import DecodingSlots
from minerva.images.distance import distance
from minerva.images.formats.picture import MAX_BYTES
from minerva.policy import Subject
from minerva.tenancy.answering import answer
from minerva.tenancy.asking import Busy
from tests.images.drawn import encoded, scene
from tests.sharing.desk import SERVICE, STATED, Desk, who

NORA = who("north")


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def ask(desk: Desk, subject: Subject = NORA, /, **body: Any) -> tuple[int, dict[str, Any]]:
    found = answer("images_hash", body, desk.store(subject), HASHING)
    return found.status, found.payload


def entries(desk: Desk) -> list[dict[str, Any]]:
    rows = sorted(desk.rows("audit").values(), key=lambda row: row.get("number", 0))
    return [json.loads(row["entry"]) for row in rows if row["kind"] == "entry" and row["chain"] == "north"]


def test_a_picture_gives_hashes_and_leaves_one_count_in_the_audit() -> None:
    desk = Desk()
    status, found = ask(desk, picture=sent(encoded(".png")), **STATED)
    assert (status, len(found["dihedral"]), len(found["md5"]), len(found["sha256"])) == (200, 8, 32, 64)
    assert found["dihedral"][0] == found["pdq"]
    assert found["quality"] >= 50
    (entry,) = entries(desk)
    assert (entry["operation"], entry["outcome"], entry["rows"], entry["objects"]) == ("images_hash", "permit", 1, [])
    assert entry["purpose"] == STATED["purpose"]
    stored = json.dumps([desk.rows(name) for name in desk.collections]) + json.dumps(desk.events)
    assert not any(held in stored for held in (found["pdq"], found["md5"], found["sha256"]))
    again = ask(desk, picture=sent(encoded(".jpg", scene(), 1, 80)))[1]
    assert distance(int(found["pdq"], 16), int(again["pdq"], 16)) <= 31


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "picture: expected the bytes"),
        ({"picture": 7}, "picture: expected the bytes"),
        ({"picture": "*" * 40}, "in base64"),
        ({"picture": sent(b"no picture at all")}, "the picture is refused"),
        ({"picture": sent(encoded(".png")[:900])}, "the picture is refused"),
        ({"picture": "A" * (MAX_BYTES // 3 * 4 + 8)}, "at most 20 MiB"),
        ({"picture": sent(encoded(".png")), "turns": "yes"}, "turns: expected"),
    ],
    ids=["nothing", "a number", "no base64", "no picture", "truncated", "too large", "turns"],
)
def test_what_is_no_picture_is_refused_in_words(body: dict[str, Any], words: str) -> None:
    desk = Desk()
    status, found = ask(desk, **body)
    assert (status, words in found["error"]) == (400, True)
    assert entries(desk)[-1]["outcome"] == "bad_request"


@pytest.mark.parametrize(
    "subject", [who("north", "admin"), SERVICE, Subject("stranger", frozenset(), frozenset(["minerva_query"]))]
)
def test_an_administrator_the_service_and_strangers_hash_nothing(subject: Subject) -> None:
    assert ask(Desk(), subject, picture=sent(encoded(".png")))[0] == 404


def test_without_the_native_package_the_answer_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "cv2" else find_spec(name))
    status, found = ask(desk, picture=sent(encoded(".png")))
    assert (status, "SA-minerva-native-linux-x86_64" in found["error"]) == (503, True)
    assert entries(desk)[-1]["outcome"] == "unavailable"


def test_no_pixel_stays_on_the_disk_or_in_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("TMPDIR", "HOME", "SPLUNK_HOME", "SPLUNK_DB"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        assert ask(Desk(), picture=sent(encoded(".png")), turns=True)[0] == 200
        assert ask(Desk(), picture=sent(encoded(".png")[:-30]))[0] == 400
    assert list(tmp_path.rglob("*")) == []
    assert caplog.text == ""


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "understudy" / "protocol" / "modules"))
    monkeypatch.syspath_prepend(str(BIN))
    sys.modules.pop("minerva_images_handler", None)
    return importlib.import_module("minerva_images_handler")


@pytest.mark.parametrize(
    ("request_part", "status"),
    [({"method": "GET"}, 405), ({"payload": "not json"}, 400), ({"payload": "x" * 28_000_000}, 413),
     ({"payload": 5}, 500), ({"payload": "{}", "path_info": "show"}, 400)],
)  # fmt: skip
def test_the_door_refuses_in_words_and_logs_nothing_of_the_body(
    handler: Any, request_part: dict[str, Any], status: int, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    desk = Desk()
    monkeypatch.setattr("minerva_app_requests.store_of", lambda request: desk.store(NORA))
    with caplog.at_level(logging.DEBUG):
        found = handler.ImagesHandler().handle(json.dumps({"method": "POST", "path_info": "hash", **request_part}))
    assert (found["status"], set(json.loads(found["payload"]))) == (status, {"error"})
    assert found["headers"]["Cache-Control"] == "no-store"
    assert "not json" not in caplog.text


def test_the_door_hashes(handler: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr("minerva_app_requests.store_of", lambda request: desk.store(NORA))
    body = json.dumps({"picture": sent(encoded(".png"))})
    found = handler.ImagesHandler().handle(json.dumps({"method": "POST", "path_info": "/hash", "payload": body}))
    assert (found["status"], len(json.loads(found["payload"])["pdq"])) == (200, 64)


def test_one_person_takes_one_slot_and_all_together_two() -> None:
    slots = DecodingSlots()
    asked = [("ruth", True), ("ruth", False), ("nora", True), ("hana", False)]
    with contextlib.ExitStack() as held:
        for person, is_given in asked:
            assert held.enter_context(slots.slot(person, 0)) is is_given
    with slots.slot("ruth", 0) as again:
        assert again


def test_people_of_one_institution_share_one_slot_so_that_another_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, slots = Desk(), DecodingSlots(wait_s=0)
    monkeypatch.setattr(incoming, "SLOTS", slots)
    with incoming.slot_of(desk.store(NORA)):
        with pytest.raises(Busy), incoming.slot_of(desk.store(who("north", user="nina"))):
            pass
        with incoming.slot_of(desk.store(who("river"))):
            pass


def test_who_came_first_is_served_first() -> None:
    slots, served = DecodingSlots(most=1, wait_s=20), list[str]()

    def ask_for(name: str) -> None:
        with slots.slot(name) as held:
            served.append(f"{name} {held}")

    with slots.slot("hog"):
        waits = threading.Thread(target=ask_for, args=("other",))
        waits.start()
        while not slots.waiting:
            time.sleep(0.01)
    ask_for("hog")
    waits.join()
    assert served == ["other True", "hog True"]


def test_who_finds_no_slot_is_told_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(incoming, "SLOTS", DecodingSlots(most=0, wait_s=0))
    status, found = ask(desk, picture=sent(encoded(".png")), **STATED)
    assert (status, found["retry_after_s"]) == (503, 10)
    assert entries(desk)[-1]["outcome"] == "unavailable"
