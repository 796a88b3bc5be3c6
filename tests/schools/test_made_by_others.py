"""Galleries and questions of crests that others drew: every form of file is used or refused in words, odd facts cost a
school no more than themselves, and a school's own crest finds it."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from minerva.limited_process import LIMITED
from minerva.schools.__main__ import main
from minerva.schools.gallery import Gallery
from minerva.schools.identify import Query, identify

pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")


def crest(number: int, size: int = 300) -> Any:
    """A shield with a figure and two letters, with opacity: of no icon set and no code of the invented world."""
    colors = np.random.default_rng(number).integers(0, 255, (3, 3)).tolist()
    drawn = np.zeros((size, size, 4), np.uint8)
    shield = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.6], [0.5, 0.95], [0.1, 0.6]]) * size
    cv2.fillPoly(drawn, [shield.astype(np.int32)], (*colors[0], 255))
    middle, third = size // 2, size // 3
    if number % 3 == 0:
        cv2.circle(drawn, (middle, middle), size // 5, (*colors[1], 255), -1)
    elif number % 3 == 1:
        cv2.rectangle(drawn, (size // 4, third), (3 * size // 4, middle), (*colors[1], 255), -1)
    else:
        cv2.line(drawn, (size // 5, size // 5), (4 * size // 5, 2 * third), (*colors[1], 255), max(1, size // 12))
    letters = chr(65 + number) * 2
    cv2.putText(drawn, letters, (size // 4, int(size * 0.8)), 2, size / 200, (*colors[2], 255), max(1, size // 80))
    return drawn


def on_white(number: int) -> Any:
    drawn = crest(number)
    return np.where(drawn[..., 3:] > 0, drawn[..., :3], np.uint8(255))


def put(folder: Path, school: str, name: str, data: bytes) -> None:
    (folder / school).mkdir(exist_ok=True)
    (folder / school / name).write_bytes(data)


def picture(pixels: Any, ending: str = ".png", *settings: int) -> bytes:
    return bytes(cv2.imencode(ending, pixels, settings)[1].tobytes())


ODD_FACTS = {
    "name": 7, "county": ["Kent", None], "tie_colors": "maroon and gold", "charges": {"a": 1}, "garment": None,
    "garment_color": 5, "motto": ["per", "ardua"], "words": ["a", {"b": 2}], "extra": {"deep": [1]}, "id": "another",
    "latitude": "north", "longitude": math.inf, "phase": True, "place": "\ud800",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gallery, dict[str, str], Path]:
    """The gallery, what was refused of each school, and the folder of the pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    gray = cv2.cvtColor(on_white(5), cv2.COLOR_BGR2GRAY)
    put(folder, "clear", "crest.png", picture(crest(2)))
    put(folder, "gray", "crest.png", picture(gray))
    put(folder, "deep", "crest.png", picture(on_white(6).astype(np.uint16) * 257))
    put(folder, "jpeg", "Crest.JPG", picture(on_white(7), ".jpg", 1, 60))
    put(folder, "misnamed", "crest.png", picture(on_white(8), ".webp"))
    put(folder, "small", "crest.png", picture(cv2.resize(crest(9), (24, 24), interpolation=cv2.INTER_AREA)))
    put(folder, "wide", "crest.png", picture(cv2.resize(on_white(10), (900, 12))))
    put(folder, "école 7's", "crest.png", picture(on_white(11)))
    put(folder, "école 7's", "facts.json", json.dumps({"name": "École Ünï", "county": "Ain"}).encode("utf-16"))
    put(folder, "学校", "crest.png", picture(on_white(12)))
    put(folder, "odd", "crest.png", picture(on_white(13)))
    put(folder, "odd", "facts.json", json.dumps(ODD_FACTS).encode())
    put(folder, "told", "facts.json", b"\xef\xbb\xbf" + json.dumps({"name": "Told", "garment": "blazer"}).encode())
    (folder / "empty").mkdir()
    for school, data in (("blank", picture(np.full((60, 60, 3), 255, np.uint8))), ("nothing", b""), ("text", b"hello"),
                         ("clearest", picture(np.zeros((60, 60, 4), np.uint8))), ("tiny", picture(crest(3, 4))),
                         ("cut", picture(crest(3))[:400])):  # fmt: skip
        put(folder, school, "crest.png", data)
    for school, facts in (("broken", b"{no"), ("list", b"[1]")):
        put(folder, school, "facts.json", facts)
    os.mkdir(os.path.join(os.fsencode(folder), b"bytes\xff"))
    lines: list[Mapping[str, Any]] = []
    from minerva.schools.build import build_gallery

    build_gallery(folder, folder.parent / "gallery", lines.append)
    return Gallery(folder.parent / "gallery"), {str(each["school"]): str(each["error"]) for each in lines}, folder


def test_every_file_is_used_or_refused_in_words(made: tuple[Gallery, dict[str, str], Path]) -> None:
    gallery, refused, _ = made
    assert refused.keys() == {"blank", "nothing", "text", "clearest", "tiny", "cut", "broken", "list"}
    assert "of one color" in refused["blank"]
    assert all(refused.values())
    facts = {str(each["id"]): each for each in gallery.schools}
    assert len(facts) == 21
    assert facts["bytes?"] == {"id": "bytes?"}
    assert (facts["école 7's"]["name"], facts["told"]["name"]) == ("École Ünï", "Told")
    assert facts["odd"] == {
        "name": 7, "county": ["Kent"], "tie_colors": "maroon and gold", "garment_color": 5, "motto": ["per", "ardua"],
        "words": ["a"], "id": "odd", "place": "?",
    }  # fmt: skip


@pytest.mark.full
def test_a_schools_own_crest_finds_it_as_it_is_and_after_a_copy(made: tuple[Gallery, dict[str, str], Path]) -> None:
    gallery, _, folder = made
    schools = ["clear", "gray", "deep", "jpeg", "misnamed", "école 7's", "学校", "odd"]
    ranks = []
    for school in schools:
        (path,) = (each for each in (folder / school).iterdir() if each.stem.lower() == "crest")
        answer = identify(gallery, Query(crest=path.read_bytes()), 3)
        ranks.append([each["id"] for each in answer.schools].index(school))
        json.dumps(answer.schools, allow_nan=False)
    assert ranks == [0] * len(schools)
    small = cv2.resize(on_white(11), (90, 90), interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, 12, 8, 20, 14, cv2.BORDER_CONSTANT, value=(60, 40, 30))
    copied = identify(gallery, Query(crest=picture(framed, ".jpg", 1, 50)), 3)
    assert "école 7's" in [each["id"] for each in copied.schools]


@pytest.mark.parametrize(
    "text",
    ["qwerty flumph", "chartreuse poncho with puce galloon", "🦁", "\ud800 navy", "x" * 5000, "'; | delete", "7"],
)
def test_words_that_nobody_knows_rank_or_are_answered_in_words(
    text: str, made: tuple[Gallery, dict[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["identify", "--gallery", str(made[0].folder), "--describe", text, "--top", "3"])
    out, told = capsys.readouterr()
    if code == 0:
        assert len(json.loads(out)["schools"]) == 3
    else:
        assert (code, "nothing in the description tells schools apart" in told) == (2, True)
