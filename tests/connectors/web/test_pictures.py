"""Pictures of an input: hashed where source and institution say so, and never kept, on disk or in an event."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from assembly import paths
from minerva.images.match_rows import annotate, read_options
from minerva.images.ocr_models import is_complete
from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.formats.media import holds_media
from minerva.intake.running.runner import Report
from minerva.limited_process import LIMITED
from minerva.linking import resolve
from tests.connectors.loopback import Site
from tests.connectors.running import DOCUMENTS, World, changed
from tests.images.drawn import encoded, scene

MODELS = paths.ROOT / "build" / "native" / "models"
pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")


class Told:
    """The handler of an institution that lets its inputs do with pictures what `pictures` says."""

    def __init__(self, pictures: str) -> None:
        self.pictures = pictures

    def __call__(self, operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        marks = [f"1.{'0' * 32}"] * len(body["records"])
        return {"erased": [], "named": [], "marks": marks, "minimise": [], "kept_since": 0, "pictures": self.pictures}


def advertised(site: Site, pictures: Mapping[str, bytes | int], **more: str | bool) -> Source:
    """The demo's ads with one ad for each picture; a number in place of a picture is a status."""
    ads = [
        {
            "id": f"ad-{name}",
            "posted_at": "2026-11-01T10:00:00Z",
            "body": "calm rooms",
            "pictures": [f"pictures/{name}"],
        }
        for name in pictures
    ]
    site.routes["/ads"] = {"items": ads, "page": 1, "pages": 1}
    for name, data in pictures.items():
        if isinstance(data, int):
            site.routes[f"/pictures/{name}"] = lambda handler, status=data: handler.answer(status, b"", "text/plain")
        else:
            site.routes[f"/pictures/{name}"] = lambda handler, body=data: handler.answer(200, body, "image/jpeg")
    return changed("classified_ads", mapping__pictures={"column": "pictures", **more}, http__rate={"per_second": 1000})


def read(
    site: Site, folder: Path, pictures: Mapping[str, bytes | int], may: str = "hash", **more: str | bool
) -> tuple[World, Report]:
    world = World(folder)
    world.vault = Told(may)
    source = advertised(site, pictures, **more)
    return world, world.fetch(site, source, key="k")


def bordered(pixels: Any) -> bytes:
    return encoded(".jpg", cv2.copyMakeBorder(pixels, 20, 20, 14, 14, cv2.BORDER_CONSTANT, value=(9, 9, 9)))


def test_a_picture_is_hashed_and_its_framed_copy_has_nearly_the_same_hash(site: Site, tmp_path: Path) -> None:
    one = encoded(".jpg")
    world, report = read(site, tmp_path, {"one": one, "two": bordered(scene())})
    first, second = (record.attributes for record in world.index)
    assert len(first["image_pdq"]) == 1
    assert len(second["image_pdq"]) == 2  # with and without its border
    plain, trimmed = first["image_pdq"][0], second["image_pdq"][1]
    assert (int(plain, 16) ^ int(trimmed, 16)).bit_count() <= 31
    assert int(first["image_quality"][0]) >= 50
    assert first["image_md5"] == (hashlib.md5(one).hexdigest(),)
    assert f"image:{plain}" in world.index[0].identifiers
    assert report.met["pictures"] == 2


def test_a_cropped_and_a_mirrored_copy_link_where_the_source_asks_for_crops(site: Site, tmp_path: Path) -> None:
    drawn = scene()
    height, width = drawn.shape[:2]
    cut = drawn[height // 20 :, : width - width // 20]
    pictures = {"one": encoded(".jpg"), "cut": encoded(".jpg", cut), "mirror": encoded(".jpg", drawn[:, ::-1])}
    world, _ = read(site, tmp_path, pictures, crops="few")
    assert all(20 < sum(each.startswith("image_crop:") for each in record.identifiers) <= 27 for record in world.index)
    rows = [
        {"record_id": record.record_id, "source_id": "s", "record_type": "ad", "city": "Salem", "time": "0",
         "identifier": list(record.identifiers)}
        for record in world.index
    ]  # fmt: skip
    (entity,) = resolve(rows, {}, "t").entities
    reasons = " ".join(join.why for join in entity.joins)
    assert "same image, cropped (distance " in reasons
    assert "same image, mirrored left to right (distance " in reasons
    for row, record in zip(rows, world.index, strict=True):
        row.update(image_pdq=record.attributes["image_pdq"], image_quality=record.attributes["image_quality"])
    assert [each["image_group_size"] for each in annotate(rows, read_options({}))] == [3, 3, 3]


def numbered(digits: str, seed: int) -> bytes:
    """A scene with a phone number drawn on it, on a ground."""
    pixels = cv2.resize(scene(seed=seed), (960, 720), interpolation=cv2.INTER_CUBIC)
    cv2.rectangle(pixels, (40, 300), (920, 420), (250, 250, 250), -1)
    cv2.putText(pixels, digits, (60, 385), cv2.FONT_HERSHEY_DUPLEX, 2.2, (20, 20, 20), 4, cv2.LINE_AA)
    return encoded(".jpg", pixels)


@pytest.mark.full
@pytest.mark.skipif(not is_complete(MODELS), reason="build.py package --native has not fetched the models")
def test_a_number_that_is_drawn_on_a_picture_ends_as_an_identifier_of_its_record(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minerva.images.ocr.models_folder", lambda: MODELS)  # as where the package is installed
    written = [f"(415) 555-01{number:02}" for number in range(30, 42)]
    pictures = {f"ad{place}": numbered(digits, place) for place, digits in enumerate(written)}
    world, report = read(site, tmp_path, pictures, may="read", read=True)
    found = [
        "phone:+1" + re.sub("[^0-9]", "", digits) in record.identifiers
        for digits, record in zip(written, world.index, strict=True)
    ]
    assert report.met["pictures"] == len(written)
    assert sum(found) / len(found) >= 0.93
    others = [each for record in world.index for each in record.identifiers if each.startswith("phone:")]
    assert len(others) == sum(found)


@pytest.mark.parametrize("may", ["none", "", "everything"])
def test_no_picture_is_asked_for_where_the_institution_does_not_say_so(site: Site, tmp_path: Path, may: str) -> None:
    world, _ = read(site, tmp_path, {"one": encoded(".jpg")}, may)
    assert [path for path in site.paths() if path.startswith("/pictures")] == []
    assert "image_pdq" not in world.index[0].attributes
    assert "pictures_left" in world.codes()


def test_no_picture_is_asked_for_where_the_source_does_not_say_so(site: Site, tmp_path: Path) -> None:
    advertised(site, {"one": encoded(".jpg")})
    document = copy.deepcopy(DOCUMENTS["classified_ads"])
    document["mapping"].pop("pictures")
    world = World(tmp_path)
    world.vault = Told("hash")
    world.fetch(site, source_from_document(document), key="k")
    assert [path for path in site.paths() if path.startswith("/pictures")] == []
    assert "image_pdq" not in world.index[0].attributes


def test_a_bad_picture_costs_its_record_nothing_but_the_hash(site: Site, tmp_path: Path) -> None:
    broken = encoded(".jpg")[:300]
    world, report = read(site, tmp_path, {"cut": broken, "page": b"<html>", "gone": 404, "fine": encoded(".jpg")})
    assert ["image_pdq" in record.attributes for record in world.index] == [False, False, False, True]
    assert report.met["pictures_lost"] == 3
    assert {words["reason"] for _, code, words in world.lines if code == "picture_lost"} == {
        "broken",
        "html",
        "status_404",
    }


def test_a_picture_elsewhere_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    source = advertised(site, {"one": encoded(".jpg")})
    for address in ("http://169.254.169.254/latest", "https://other.example.org/a.jpg", "file:///etc/passwd", "//["):
        site.routes["/ads"]["items"][0].update(pictures=[address], id=f"ad {address}")
        world = World(tmp_path)
        world.vault = Told("hash")
        world.fetch(site, source, key="k")
        assert "image_pdq" not in world.index[0].attributes
        assert "picture_lost" in world.codes()


def traces(data: bytes) -> Iterator[bytes]:
    """Pieces of a picture as it came and as text would carry it."""
    for place in range(40, len(data) - 48, 48):
        piece = data[place : place + 48]
        yield from (piece, base64.b64encode(piece), piece.hex().encode())


def test_no_byte_of_a_picture_is_left_on_disk_or_in_an_event(site: Site, tmp_path: Path) -> None:
    drawn = [scene(seed=seed) for seed in range(3)]
    pictures = {f"{n}": encoded(".png" if n else ".jpg", pixels) for n, pixels in enumerate(drawn)}
    before = set(Path(tempfile.gettempdir()).iterdir())
    world, _ = read(site, tmp_path, pictures)
    assert all("image_pdq" in record.attributes for record in world.index)
    events = [record.to_json() for record in world.index]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    new = [path for path in set(Path(tempfile.gettempdir()).iterdir()) - before if path.is_file()]
    held = b"\n".join([*files, *(path.read_bytes() for path in new), *(event.encode() for event in events)])
    assert files
    for data, pixels in zip(pictures.values(), drawn, strict=True):
        assert not [trace for trace in traces(data) if trace in held]
        small = np.ascontiguousarray(cv2.resize(pixels, (64, 64))).tobytes()
        assert not [trace for trace in traces(small) if trace in held]
    assert not [event for event in events if holds_media(event)]
