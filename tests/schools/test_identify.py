"""From pictures of invented schools to a gallery, and from crops and words to the right school."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from assembly.paths import ROOT
from demo.schools_world.__main__ import query_photo, write_school
from demo.schools_world.charges import drawn_charges
from demo.schools_world.photo import analyst_cut
from demo.schools_world.school import World
from minerva.images.ocr import TextLine
from minerva.schools.build import build_gallery
from minerva.schools.errors import GalleryError, QueryError
from minerva.schools.gallery import Entry, Gallery, write_gallery
from minerva.schools.identify import Query, identify
from minerva.schools.legible import legible

WORLD = World(drawn_charges(), 3)
SCHOOLS = 12


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for number in range(SCHOOLS):
        school = WORLD.school(number)
        write_school(WORLD, school, folder / school.id)
    return folder


@pytest.fixture(scope="module")
def gallery(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    folder = tmp_path_factory.mktemp("galleries") / "gallery"
    refused: list[Mapping[str, Any]] = []
    counts = build_gallery(pictures, folder, refused.append)
    ties = sum(WORLD.school(number).tie is not None for number in range(SCHOOLS))
    assert refused == []
    assert counts == {"schools": SCHOOLS, "crests": SCHOOLS, "ties": ties, "garments": SCHOOLS, "refused": 0}
    return Gallery(folder)


def png(pixels: Any) -> bytes:
    return bytes(cv2.imencode(".png", pixels)[1].tobytes())


def test_a_schools_own_crest_is_found_on_another_ground_and_in_another_format(gallery: Gallery, pictures: Path) -> None:
    for school in (WORLD.school(number).id for number in (0, 6)):
        crest = cv2.imread(str(pictures / school / "crest.png"), cv2.IMREAD_UNCHANGED)
        assert crest is not None
        share = crest[..., 3:] / 255.0
        shown = (crest[..., :3] * share + 200 * (1 - share)).astype(np.uint8)
        data = cv2.imencode(".jpg", shown, (cv2.IMWRITE_JPEG_QUALITY, 80))[1].tobytes()
        answer = identify(gallery, Query(crest=bytes(data)), 3)
        assert answer.schools[0]["id"] == school
        assert answer.signals == ["crest"]


def test_tie_and_garment_or_the_crest_of_a_photo_bring_the_right_school_before_most(gallery: Gallery) -> None:
    ranks: list[int] = []
    by_crest: list[int] = []
    for number in [each for each in range(SCHOOLS) if WORLD.school(each).tie is not None][:4]:
        school = WORLD.school(number)
        photo, draw = query_photo(WORLD, school, number)
        assert photo.tie is not None
        tie, patch = analyst_cut(photo.pixels, photo.tie, draw, 0.05), analyst_cut(photo.pixels, photo.garment, draw, 0)
        crest = analyst_cut(photo.pixels, photo.crest, draw)
        for held, query in ((ranks, Query(tie=png(tie), garment=png(patch))), (by_crest, Query(crest=png(crest)))):
            answer = identify(gallery, query, SCHOOLS)
            held.append([row["id"] for row in answer.schools].index(school.id))
    assert len(ranks) == 4
    assert sum(rank < 3 for rank in ranks) * 2 > len(ranks)
    assert sum(rank < 2 for rank in by_crest) * 2 > len(by_crest)


def test_words_alone_find_a_school_and_say_why(gallery: Gallery) -> None:
    school = WORLD.school(5)
    said = f"{school.color} {school.garment}, crest with a {school.words[0]}, in {school.county}"
    answer = identify(gallery, Query(describe=said), 3)
    best = answer.schools[0]
    assert best["id"] == school.id
    assert f"in {school.county}" in best["signals"]["words"]["reasons"]
    assert 0 < best["confidence"] <= 1


def test_confidences_add_up_to_one_and_follow_the_ranks(gallery: Gallery, pictures: Path) -> None:
    garment = (pictures / WORLD.school(1).id / "garment.png").read_bytes()
    rows = identify(gallery, Query(garment=garment, describe="blazer"), SCHOOLS).schools
    confidences = [row["confidence"] for row in rows]
    assert sum(confidences) == pytest.approx(1, abs=0.01)
    assert confidences == sorted(confidences, reverse=True)
    assert [row["rank"] for row in rows] == list(range(1, SCHOOLS + 1))


def test_a_bad_picture_costs_its_own_signal_alone(gallery: Gallery) -> None:
    answer = identify(gallery, Query(crest=b"no picture", describe="navy jumper"), 2)
    assert answer.signals == ["words"]
    assert "not a picture" in answer.missing["crest"]
    with pytest.raises(QueryError, match="crest: not a picture"):
        identify(gallery, Query(crest=b"no picture"), 2)
    with pytest.raises(QueryError, match="nothing is asked"):
        identify(gallery, Query(), 2)


def test_schools_with_parts_missing_are_built_and_ranked(tmp_path: Path, pictures: Path) -> None:
    (tmp_path / "in" / "bare").mkdir(parents=True)
    facts = {"name": "Told School", "garment_color": "dark green", "tie_colors": ["bottle green", "gold"]}
    for name, content in (("told", json.dumps(facts)), ("broken", "[")):
        (tmp_path / "in" / name).mkdir()
        (tmp_path / "in" / name / "facts.json").write_text(content, encoding="utf-8")
    (tmp_path / "in" / "broken" / "crest.png").write_bytes(b"\x89PNG and no more")
    refused: list[Mapping[str, Any]] = []
    counts = build_gallery(tmp_path / "in", tmp_path / "out", refused.append)
    assert counts == {"schools": 3, "crests": 0, "ties": 1, "garments": 1, "refused": 2}
    assert {(row["school"], row["file"]) for row in refused} == {("broken", "facts.json"), ("broken", "crest.png")}
    crest = (pictures / WORLD.school(0).id / "crest.png").read_bytes()
    answer = identify(Gallery(tmp_path / "out"), Query(crest=crest, describe="green tie"), 9)
    assert answer.schools[0]["id"] == "told"
    assert all(row["signals"]["crest"] is None for row in answer.schools)


def test_a_gallery_keeps_a_small_copy_of_each_crest_without_what_else_the_file_held(gallery: Gallery) -> None:
    copy = gallery.emblem(2)
    assert copy is not None
    pixels = cv2.imdecode(np.frombuffer(copy, np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None
    assert max(pixels.shape[:2]) == 96


def test_a_gallery_is_replaced_in_one_step_and_other_folders_never(tmp_path: Path) -> None:
    for name in ("first", "second"):
        assert write_gallery(tmp_path / "gallery", [Entry({"id": name})]) == 1
    assert [school["id"] for school in Gallery(tmp_path / "gallery").schools] == ["second"]
    with pytest.raises(GalleryError, match="twice"):
        write_gallery(tmp_path / "gallery", [Entry({"id": "a"}), Entry({"id": "a"})])
    assert [school["id"] for school in Gallery(tmp_path / "gallery").schools] == ["second"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(GalleryError, match="no gallery and not empty"):
        write_gallery(tmp_path / "other", [Entry({"id": "a"})])
    assert (tmp_path / "other" / "file").read_text(encoding="utf-8") == "kept"
    assert sorted(os.listdir(tmp_path)) == ["gallery", "other"]


def test_the_command_line_finds_a_school_without_the_models_of_crests(tmp_path: Path, pictures: Path) -> None:
    def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "minerva.schools", *arguments, "--models", tmp_path]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    done = run("build", "--pictures", pictures, "--gallery", tmp_path / "gallery")
    assert (done.returncode, json.loads(done.stdout)["schools"]) == (0, SCHOOLS)
    school = WORLD.school(7)
    folder = pictures / school.id
    pair = ("--crest", folder / "crest.png", "--garment", folder / "garment.png")
    said = f"{school.garment} in {school.county}"
    done = run("identify", "--gallery", tmp_path / "gallery", *pair, "--describe", said, "--top", "2")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["schools"][0]["id"] == school.id
    assert len(answer["schools"]) == 2
    assert answer["missing"] == {"crest": "the models of crests are not installed"}
    done = run("identify", "--gallery", tmp_path / "none", "--describe", "blazer")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no gallery can be read" in done.stderr


def test_only_words_that_were_read_with_some_certainty_are_compared() -> None:
    lines = [TextLine("ASHBY CofE, Per Ardua", 0.9), TextLine("\u4e2d\u6587 x 1984", 0.9), TextLine("maybe", 0.3)]
    assert legible(lines) == ("ashby", "cofe", "per", "ardua")


def test_words_need_neither_numpy_nor_opencv(gallery: Gallery) -> None:
    code = (
        "import sys; sys.modules.update(numpy=None, cv2=None); from minerva.schools.__main__ import main; "
        f"raise SystemExit(main(['identify', '--gallery', {str(gallery.folder)!r}, '--describe', 'navy blazer']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["signals"] == ["words"]
