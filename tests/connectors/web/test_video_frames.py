"""Key frames of a video that a source lists: hashed in order where source and institution say so, and never kept."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from minerva.intake.errors import FactsError
from minerva.limited_process import LIMITED
from minerva.linking import resolve
from tests.connectors.loopback import Site
from tests.connectors.running import World, changed
from tests.connectors.web.test_pictures import Told, traces
from tests.images.drawn import encoded, png, scene

pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")
BLACK = encoded(".jpg", np.zeros((240, 320, 3), np.uint8))


def clip(*seeds: int, quality: int = 90) -> list[bytes]:
    return [encoded(".jpg", scene(seed=seed), 1, quality) for seed in seeds]


def read(site: Site, folder: Path, videos: dict[str, list[bytes]], may: str = "hash", most: int = 60) -> World:
    ads = []
    for name, frames in videos.items():
        ads.append(
            {"id": f"ad-{name}", "posted_at": "2026-11-01T10:00:00Z", "body": "calm rooms",
             "clip": [f"clips/{name}/{place}" for place in range(len(frames))]}
        )  # fmt: skip
        for place, data in enumerate(frames):
            site.routes[f"/clips/{name}/{place}"] = lambda handler, body=data: handler.answer(200, body, "image/jpeg")
    site.routes["/ads"] = {"items": ads, "page": 1, "pages": 1}
    source = changed(
        "classified_ads", mapping__frames={"column": "clip", "most": most}, http__rate={"per_second": 1000}
    )
    world = World(folder)
    world.vault = Told(may)
    world.fetch(site, source, key="k")
    return world


def test_frames_keep_their_places_and_two_copies_of_a_video_are_one(site: Site, tmp_path: Path) -> None:
    first = [BLACK, *clip(3, 3, 9, 12, 15)]
    again = [png(1, 1), *clip(9, 12, 15, 3, quality=55)]
    world = read(site, tmp_path, {"one": first, "two": again})
    one, two = (record.attributes for record in world.index)
    assert (one["frame_place"], two["frame_place"]) == (("2", "4", "5", "6"), ("2", "3", "4", "5"))
    assert len(one["frame_pdq"]) == len(one["frame_quality"]) == 4
    assert "image_pdq" not in one
    rows = [
        {"record_id": record.record_id, "source_id": "s", "record_type": "ad", "city": "Salem", "time": "0",
         "identifier": list(record.identifiers)}
        for record in world.index
    ]  # fmt: skip
    (entity,) = resolve(rows, {}, "t").entities
    told = re.match(r"same video \(4 frames alike, as frame (\d) and frame (\d)\); both in Salem", entity.joins[0].why)
    assert told
    same = {("2", "5"), ("4", "2"), ("5", "3"), ("6", "4")}  # places of one scene in the first video and its copy
    assert told.groups() in same | {pair[::-1] for pair in same}
    assert entity.explanation == "These 2 records: same video in 2"
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    held += "".join(record.to_json() for record in world.index).encode()
    assert not [trace for data in first + again for trace in traces(data) if trace in held]


def test_no_more_frames_are_asked_for_than_the_source_says_and_none_without_the_institution(
    site: Site, tmp_path: Path
) -> None:
    world = read(site, tmp_path / "some", {"one": clip(3, 9, 12)}, most=2)
    assert world.index[0].attributes["frame_place"] == ("1", "2")
    before = len(site.paths())
    world = read(site, tmp_path / "none", {"two": clip(3)}, may="none")
    assert "frame_pdq" not in world.index[0].attributes
    assert not [path for path in site.paths()[before:] if path.startswith("/clips")]


@pytest.mark.parametrize("rule", [{"column": "clip", "most": 101}, {"most": 5}, "clip"])
def test_a_rule_of_frames_that_is_none_is_refused(rule: object) -> None:
    with pytest.raises(FactsError, match="frames"):
        changed("classified_ads", mapping__frames=rule)
