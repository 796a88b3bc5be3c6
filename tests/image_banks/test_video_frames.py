"""Key frames of a video by request: hashes with places, bad frames among good ones, look-ups that name the frame."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minerva.image_banks import HASHING, hashing
from minerva.images.formats.picture import MAX_BYTES
from minerva.images.key_frames import MOST_FRAMES
from minerva.limited_process import LIMITED
from minerva.tenancy.answering import answer
from tests.images.drawn import bad_pictures, encoded, png, scene
from tests.sharing.desk import SERVICE, Desk, who

pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")
NORA = who("north")
VIDEO = [scene(seed=seed) for seed in (3, 9, 12)]


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def ask(desk: Desk, frames: Any, **more: Any) -> tuple[int, dict[str, Any]]:
    found = answer("images_hash", {"frames": frames, **more}, desk.store(NORA), HASHING)
    return found.status, found.payload


def test_a_bad_frame_is_named_and_the_others_keep_their_places() -> None:
    bombs = [data for kind, (data, _) in bad_pictures().items() if kind != "more than 20 MiB"]
    pictures = [bombs[0], encoded(".png", VIDEO[0]), *bombs[1:], encoded(".jpg", VIDEO[1]), png(1, 1)]
    desk = Desk()
    status, found = ask(desk, [sent(data) or "AA==" for data in pictures])
    assert status == 200
    assert [(each["place"], each["is_telling"]) for each in found["frames"]] == [(2, True), (len(pictures) - 1, True)]
    assert [each["place"] for each in found["refused"]] == [1, *range(3, len(pictures) - 1), len(pictures)]
    assert all(each["error"] for each in found["refused"])
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    assert [each["rows"] for each in entries if each["operation"] == "images_hash"] == [2]


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([], "a list of 1 to 100"),
        ("AAAA", "a list of 1 to 100"),
        (["AAAA"] * (MOST_FRAMES + 1), "a list of 1 to 100"),
        (["AAAA", 7], "frames[1]: expected"),
        (["*" * 40], "frames[0]: expected"),
        (["A" * (MAX_BYTES // 3 * 2)] * 3, "at most 20 MiB together"),
    ],
    ids=["none", "no list", "too many", "a number", "no base64", "too much together"],
)
def test_what_is_no_list_of_frames_is_refused_in_words(frames: Any, words: str) -> None:
    status, found = ask(Desk(), frames)
    assert (status, words in found["error"]) == (400, True)


def test_a_picture_beside_the_frames_is_refused() -> None:
    assert ask(Desk(), [sent(encoded(".png"))], picture=sent(encoded(".png")))[0] == 400


def test_frames_that_take_too_long_together_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "MOST_SECONDS", -1.0)
    status, found = ask(Desk(), [sent(encoded(".png"))])
    assert (status, found["frames"]) == (200, [])
    assert "not looked at" in found["refused"][0]["error"]


def test_no_frame_stays_on_the_disk_or_in_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("TMPDIR", "HOME", "SPLUNK_HOME", "SPLUNK_DB"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        assert ask(Desk(), [sent(encoded(".png", each)) for each in VIDEO])[0] == 200
    assert list(tmp_path.rglob("*")) == []
    assert caplog.text == ""


def test_a_match_names_the_frame_that_was_asked_with_and_the_one_in_own_records() -> None:
    desk = Desk()
    black = sent(encoded(".png", np.zeros((90, 160, 3), np.uint8)))
    hashed = ask(desk, [black, *(sent(encoded(".jpg", each)) for each in VIDEO)])[1]["frames"]
    good = [each for each in hashed if each["is_telling"]]
    assert [each["place"] for each in good] == [2, 3, 4]
    bank_id = str(desk.got(NORA, "image_banks", op="open", name="Stills")["opened"])
    logos = str(desk.got(NORA, "image_banks", op="open", name="Logos", what="false_positive")["opened"])
    desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=f"{good[1]['pdq']}\n{good[2]['pdq']}")
    desk.got(NORA, "image_hashes", op="add", bank_id=logos, list=str(good[2]["pdq"]))
    held = f"image_frame:{good[0]['pdq']}/17"
    desk.entity("north", "e_00000000000000aa", identifiers=[held, "phone:+14155550123"])
    member = {"member": held, "entity_id": "e_00000000000000aa", "kind": "identifier"}
    desk.got(SERVICE, "save", tenant_id="north", members=[member])
    found = desk.got(NORA, "image_search", frames=[each["dihedral"] for each in good])
    assert sorted((each["bank"], each["frame"], each["is_doubted"]) for each in found["matches"]) == [
        ("Logos", 3, False), ("Stills", 2, False), ("Stills", 3, True),
    ]  # fmt: skip
    (record,) = found["records"]
    assert (record["frame"], record["of_frame"], record["identifier"]) == (1, 17, held)
    assert record["entities"][0]["identifiers"] == ["phone:+14155550123"]
    still = str(desk.got(NORA, "image_banks", op="open", name="Known")["opened"])
    desk.got(NORA, "image_hashes", op="add", bank_id=still, list=str(good[0]["pdq"]))
    (waiting,) = desk.got(NORA, "image_review")["matches"]
    assert (waiting["frame"], waiting["bank"], len(waiting["entities"])) == (17, "Known", 1)


@pytest.mark.parametrize(
    "frames", ["a", [["zz"]], [[7]], ["f" * 64], [["f" * 64] * 401]], ids=["text", "no hash", "number", "flat", "many"]
)
def test_what_is_no_list_of_hashes_of_frames_is_refused(frames: Any) -> None:
    assert Desk().ask(NORA, "image_search", frames=frames)[0] == 400
