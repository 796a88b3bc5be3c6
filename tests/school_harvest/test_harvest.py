"""Pictures from schools' own websites, over a site on the loopback: emblems and garments are kept, people never."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from demo.schools_world.charges import drawn_charges
from demo.schools_world.cloth import tie_cloth
from demo.schools_world.crest import draw_crest
from demo.schools_world.palette import Pixels
from demo.schools_world.school import World
from minerva.school_harvest.__main__ import main
from minerva.school_harvest.harvest import PER_SECOND, harvest
from minerva.school_harvest.judge import Judge
from minerva.school_harvest.wanted import part_of, uniform_pages
from tests.connectors.loopback import Site, fetcher_for, serving

HOME = b"""<html><body><a href="/about/uniform-policy">Our school uniform</a><a href="/private/uniform">uniform</a>
<img src="http://other.example/logo.png"><img src="/img/crest.png" alt="School crest"><img src="/img/facebook-logo.png">
<img src="/img/pupils-wearing-blazer.jpg"><p>Welcome</p></body></html>"""
UNIFORM = (
    b"""<html><body><img data-src="/img/tie.png" alt="The tie"><img src="/img/blazer.jpg" alt="Blazer"></body></html>"""
)


def png(pixels: Pixels, ending: str = ".png") -> bytes:
    return cv2.imencode(ending, pixels)[1].tobytes()


def drawn() -> tuple[Pixels, Pixels]:
    world = World(drawn_charges(), 11)
    school = next(each for each in map(world.school, range(50)) if each.tie and each.crest.layout == "shield")
    assert school.tie is not None
    return draw_crest(school, world.charges), tie_cloth(school.tie, 192, 64).astype(np.uint8)


def skin(shade: tuple[int, int, int]) -> Pixels:
    """A picture with a region in a shade of skin, lit from one side as in a photo."""
    rows, columns = np.mgrid[0:200, 0:200]
    light = (0.75 + 0.25 * columns / 200)[..., None]
    noise = np.random.default_rng(3).normal(0, 4, (200, 200, 3))
    cloth = np.full((200, 200, 3), (90, 50, 20), np.float64)
    inside = ((rows - 90) ** 2 / 70**2 + (columns - 100) ** 2 / 50**2) < 1
    cloth[inside] = (np.array(shade) * light + noise)[inside]
    return np.clip(cloth, 0, 255).astype(np.uint8)


def page(body: bytes) -> object:
    return lambda handler: handler.answer(200, body, "text/html")


def picture(body: bytes, kind: str = "image/png") -> object:
    return lambda handler: handler.answer(200, body, kind)


@pytest.fixture
def site() -> Iterator[Site]:
    crest, tie = drawn()
    with serving() as made:
        made.routes = {
            "/robots.txt": page(b"User-agent: *\nDisallow: /private/\n"),
            "/": page(HOME), "/about/uniform-policy": page(UNIFORM), "/private/uniform": page(UNIFORM),
            "/img/crest.png": picture(png(crest)), "/img/tie.png": picture(png(tie)),
            "/img/blazer.jpg": picture(png(skin((120, 150, 210)), ".jpg"), "image/jpeg"),
        }  # fmt: skip
        yield made


def test_emblem_and_tie_are_kept_and_a_picture_of_somebody_is_dropped(site: Site) -> None:
    fetcher = fetcher_for(site)
    with Judge() as judge:
        found = harvest(f"{site.url}/", fetcher, judge)
    assert sorted(found.pictures) == ["crest", "tie"]
    assert (found.counts["skin"], found.counts["robots"], found.counts["elsewhere"]) == (1, 1, 1)
    kept = cv2.imdecode(np.frombuffer(found.pictures["crest"], np.uint8), cv2.IMREAD_COLOR)
    assert kept is not None
    assert max(kept.shape) <= 512
    assert "/private/uniform" not in site.paths()
    assert not any("facebook" in path or "pupils" in path for path in site.paths())


def test_a_site_that_says_no_or_fails_gives_nothing(site: Site) -> None:
    site.routes["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n")
    with Judge() as judge:
        assert harvest(f"{site.url}/", fetcher_for(site), judge).pictures == {}
        assert site.paths() == ["/robots.txt"]
        site.routes["/robots.txt"] = page(b"")
        site.routes["/"] = page(b"<html><body>no picture at all</body></html>")
        assert harvest(f"{site.url}/", fetcher_for(site), judge).pictures == {}
        site.routes["/"] = page(b'<html><img src="/img/crest.png" alt="crest"></html>')
        site.routes["/img/crest.png"] = picture(b"\x89PNG\r\n\x1a\nbroken")
        found = harvest(f"{site.url}/", fetcher_for(site), judge)
        assert (found.pictures, found.counts["broken"]) == ({}, 1)


@pytest.mark.parametrize(
    "shade", [(120, 150, 210), (160, 185, 235), (60, 90, 150), (45, 65, 105)], ids=["tan", "light", "brown", "dark"]
)
def test_skin_of_any_shade_is_dropped(shade: tuple[int, int, int]) -> None:
    with Judge() as judge:
        assert judge.judge(png(skin(shade)), "garment").refused == "skin"


def test_drawn_emblems_and_cloth_are_no_skin() -> None:
    world = World(drawn_charges(), 11)
    with Judge() as judge:
        refused = [judge.judge(png(draw_crest(world.school(n), world.charges)), "crest").refused for n in range(12)]
    assert refused.count("skin") <= 1


def test_what_a_picture_shows_is_read_from_its_words() -> None:
    assert part_of({"src": "/a/school-badge.png"}) == "crest"
    assert part_of({"src": "/a/1.jpg", "alt": "Striped tie"}) == "tie"
    assert part_of({"src": "/a/1.jpg", "alt": "Navy blazer"}) == "garment"
    assert part_of({"src": "/a/1.jpg", "alt": "Pupils in blazer"}) is None
    assert part_of({"src": "/a/crest.svg"}) is None
    links = [
        {"href": "/u.pdf", "text": "Uniform"},
        {"href": "/b#x", "text": "School Uniform"},
        {"href": "/b", "text": ""},
    ]
    assert uniform_pages(links, 3) == ["/b"]


def test_the_command_line_writes_folders_for_a_gallery(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minerva.school_harvest.__main__.PER_SECOND", 50.0)
    register = tmp_path / "rows.jsonl"
    rows = [
        {"school_id": "a-1", "name": "Example School", "website": f"{site.url}/"},
        {"school_id": "a-2", "name": "No Website School"},
        {"school_id": "a-3", "name": "Inside School", "website": "http://127.0.0.1:1/"},
    ]
    register.write_text("".join(json.dumps(row) + "\n" for row in rows))
    order = ["--register", str(register), "--pictures", str(tmp_path / "pictures")]
    order += ["--allowed", f"127.0.0.1:{site.port}"]
    assert main(order) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["school_id"], line["found"]) for line in lines] == [("a-1", ["crest", "tie"]), ("a-3", [])]
    assert sorted(path.name for path in (tmp_path / "pictures" / "a-1").iterdir()) == [
        "crest.png",
        "facts.json",
        "tie.png",
    ]
    assert lines[1]["counts"] == {"guard": 1}
    asked = len(site.seen)
    assert main(order) == 0
    assert len(site.seen) == asked
    assert PER_SECOND <= 1


def test_a_register_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "rows.jsonl"
    register.write_text('{"school_id": "a-1", "name": "Example"}\nnot json\n')
    assert main(["--register", str(register), "--pictures", str(tmp_path / "p")]) == 2
    assert "rows.jsonl:2" in capsys.readouterr().err
