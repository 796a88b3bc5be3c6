"""Files of a source: streamed, judged before they lie on a disk, found by a link, numbered or dated, and gone after."""

from __future__ import annotations

import gzip
import io
import json
import resource
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.running.hosts import FILE
from tests.connectors.loopback import Handler, Site
from tests.connectors.running import World
from tests.connectors.web.making import csv_text, web_source


def answering(body: bytes, kind: str = "text/csv", **headers: str) -> Any:
    return lambda handler: handler.answer(200, body, kind, **headers)


def zipped(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def watched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Size and mode of every file at the moment at which it is removed."""
    found: list[tuple[int, int]] = []
    unlink = Path.unlink

    def noted(path: Path, missing_ok: bool = False) -> None:
        if path.exists():
            found.append((path.stat().st_size, path.stat().st_mode & 0o777))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", noted)
    return found


XML = b"<list><item><id>1</id><name>A</name></item><item><id>2</id><name>B</name></item></list>"
HTML = (
    b"<html><table><tr><th>id</th><th>name</th></tr><tr><td>1</td><td>A</td></tr><tr><td>2</td><td>B</td></tr></table>"
)
LINES = b'{"id": "1", "name": "A"}\n{"id": "2", "name": "B"}\n'
FORMS: dict[str, tuple[dict[str, Any], str, bytes]] = {
    "csv": ({"format": "csv"}, "text/csv; charset=utf-8", csv_text([1, 2])),
    "csv-as-octets": ({"format": "csv"}, "application/octet-stream", csv_text([1, 2])),
    "tsv": ({"format": "tsv"}, "text/plain", csv_text([1, 2]).replace(b",", b"\t")),
    "jsonl": ({"format": "jsonl"}, "application/x-ndjson", LINES),
    "xml": ({"format": "xml", "items": "list/item"}, "application/xml", XML),
    "html": ({"format": "html"}, "text/html", HTML),
    "zip": ({"format": "csv", "unpack": "zip"}, "application/zip", zipped("a.csv", csv_text([1, 2]))),
    "gzip": ({"format": "csv", "unpack": "gzip"}, "application/gzip", gzip.compress(csv_text([1, 2]))),
}


@pytest.mark.parametrize(("facts", "kind", "body"), FORMS.values(), ids=FORMS.keys())
def test_formats_by_get(site: Site, tmp_path: Path, facts: dict[str, Any], kind: str, body: bytes) -> None:
    site.routes["/list"] = answering(body, kind)
    report = World(tmp_path).fetch(site, web_source(**facts))
    assert (report.emitted, report.failed, dict(report.refused)) == (2, "", {})
    assert [path.suffix for path in tmp_path.iterdir() if path.name != FILE] == [".sqlite"]


def test_pages_of_csv_and_of_a_listing(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        page = int(handler.query["p"])
        handler.answer(200, csv_text([page, page + 10] if page < 3 else []), "text/csv")

    site.routes["/list"] = reply
    assert World(tmp_path).fetch(site, web_source(format="csv", paging={"kind": "page", "param": "p"})).emitted == 4

    def listing(handler: Handler) -> None:
        page = int(handler.query.get("p", "1"))
        more = f'<a class="next" href="?p={page + 1}">next</a>' if page < 3 else ""
        handler.answer(200, f'<html><li id="r{page}"><b>Name {page}</b></li>{more}</html>'.encode(), "text/html")

    site.routes["/list"] = listing
    source = web_source(
        format="html", row="li", cells={"id": "@id", "name": "b"}, paging={"kind": "next_url", "select": "a.next"}
    )
    world = World(tmp_path / "b")
    assert (world.fetch(site, source).emitted, world.index[2].name) == (3, "Name 3")


@pytest.mark.parametrize(
    ("facts", "kind", "body", "failed"),
    [
        ({"format": "csv"}, "text/csv", b"\x89PNG\r\n\x1a\n" + b"0" * 4000, "media"),
        ({"format": "csv"}, "image/png", csv_text([1]), "media"),
        ({"format": "csv"}, "application/pdf", csv_text([1]), "content_type"),
        ({"format": "csv"}, "text/csv", zipped("a.csv", csv_text([1])), "media"),
        ({"format": "csv"}, "application/octet-stream", b"id,name\x00\x01\x02", "media"),
        ({"format": "csv"}, "text/csv", b"<!doctype html><html>Log in</html>", "html"),
        ({"format": "csv"}, "text/html", b"<html>Log in</html>", "html"),
        ({"format": "csv"}, "text/csv", b"", "empty"),
        ({"format": "xlsx"}, "application/octet-stream", csv_text([1]), "media"),
        ({"format": "xlsx"}, "application/octet-stream", b"<html>", "html"),
        ({"format": "csv", "unpack": "zip"}, "application/zip", b"\xff\xd8\xff\xe0" + b"0" * 99, "media"),
        ({"format": "csv", "unpack": "gzip"}, "application/gzip", zipped("a", b"b"), "media"),
    ],
)
def test_what_is_not_promised_is_never_written(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    facts: dict[str, Any],
    kind: str,
    body: bytes,
    failed: str,
) -> None:
    site.routes["/list"] = answering(body, kind)
    written = watched(monkeypatch)
    report = World(tmp_path).fetch(site, web_source(**facts))
    assert (report.failed, report.emitted, [size for size, _ in written if size]) == (failed, 0, [])


def test_large_file_is_refused_by_what_the_facts_allow(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = answering(csv_text(range(60_000)))
    assert World(tmp_path).fetch(site, web_source(format="csv", max_mib=1)).failed == "too_large"


def test_disk_that_is_full_is_said_and_nothing_is_left(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = answering(csv_text(range(300_000)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    world, source = World(tmp_path), web_source(format="csv")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
        report = world.fetch(site, source)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (report.failed, report.emitted) == ("scratch", 0)
    assert [path.suffix for path in tmp_path.iterdir() if path.name != FILE] == [".sqlite"]
    site.routes["/list"] = answering(csv_text(range(30)))
    assert world.fetch(site, source).emitted == 30


def test_unchanged_file_is_asked_for_conditionally(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"e1"':
            handler.answer(304)
        else:
            handler.answer(
                200, csv_text([1, 2]), "text/csv", ETag='"e1"', Last_Modified="Tue, 01 Dec 2026 00:00:00 GMT"
            )

    site.routes["/list"] = reply
    world, source = World(tmp_path), web_source(format="csv")
    assert world.fetch(site, source).emitted == 2
    report = world.fetch(site, source)
    assert (report.read, report.met["unchanged"]) == (0, 1)
    assert site.seen[1][1]["if-modified-since"] == "Tue, 01 Dec 2026 00:00:00 GMT"


def test_file_that_breaks_off_is_read_again(site: Site, tmp_path: Path) -> None:
    broken = zipped("a.csv", csv_text([1, 2]))
    site.routes["/list"] = answering(broken[: len(broken) // 2], "application/zip", ETag='"e1"')
    world, source = World(tmp_path), web_source(format="csv", unpack="zip")
    first = world.fetch(site, source)
    assert first.emitted == 0
    assert sum(first.refused.values()) == 1
    site.routes["/list"] = answering(broken, "application/zip", ETag='"e2"')
    assert world.fetch(site, source).emitted == 2
    assert "if-none-match" not in site.seen[-1][1]


PAGE = (
    b'<html><a href="/about">About</a><a class="f" href="/files/list_2025.csv">2025</a>'
    b'<a class="f" href="/files/list_2026.csv?a=1&amp;b=2">2026</a></html>'
)


@pytest.mark.parametrize(
    "find",
    [
        {"page": "/page", "select": "a.f", "pick": "last"},
        {"page": "/page", "pattern": r"list_2026\.csv"},
        {"page": "/page", "pattern": r"/list_\d+\.csv", "pick": "last"},
    ],
)
def test_file_behind_a_link_of_a_page(site: Site, tmp_path: Path, find: dict[str, Any]) -> None:
    site.routes["/page"] = answering(PAGE, "text/html")
    site.routes["/files/list_2026.csv"] = answering(csv_text([1, 2, 3]))
    assert World(tmp_path).fetch(site, web_source(format="csv", find_link=find)).emitted == 3
    assert site.paths() == ["/page", "/files/list_2026.csv?a=1&b=2"]


@pytest.mark.parametrize(
    ("page", "failed"),
    [
        (b"<html>nothing</html>", "paging"),
        (b'<html><a href="http://10.0.0.1/list.csv">x</a></html>', "address_refused"),
        (b'<html><a href="https://93.184.215.14/list.csv">x</a></html>', "address_refused"),
        (b'<html><a href="javascript:list.csv">x</a></html>', "address_refused"),
        (b'<html><a href="file:///etc/list.csv">x</a></html>', "address_refused"),
    ],
)
def test_link_that_leads_elsewhere_is_not_followed(site: Site, tmp_path: Path, page: bytes, failed: str) -> None:
    site.routes["/page"] = answering(page, "text/html")
    find = {"page": "/page", "pattern": r"list\.csv"}
    assert World(tmp_path).fetch(site, web_source(format="csv", find_link=find)).failed == failed
    assert site.paths() == ["/page"]


def test_numbered_files_go_on_where_the_last_run_ended(site: Site, tmp_path: Path) -> None:
    for number in (1, 2, 4):
        site.routes[f"/f/00{number}.csv"] = answering(csv_text([number]))
    source = web_source(format="csv", path="/f/{number}.csv", paging={"kind": "sequence", "digits": 3, "gap": 1})
    world = World(tmp_path)
    assert world.fetch(site, source).emitted == 3
    site.routes["/f/005.csv"] = answering(csv_text([5]))
    seen = len(site.seen)
    assert world.fetch(site, source).emitted == 1
    assert site.paths()[seen:] == ["/f/005.csv", "/f/006.csv", "/f/007.csv"]


def test_dated_files_and_one_that_comes_late(site: Site, tmp_path: Path) -> None:
    for day in ("20260301", "20260302", "20260304"):
        site.routes[f"/f/{day}.csv"] = answering(csv_text([day]))
    paging = {"kind": "sequence", "start": "2026-03-01", "format": "%Y%m%d"}
    source = web_source(format="csv", path="/f/{date}.csv", paging=paging)
    world = World(tmp_path)
    world.slept.moment = datetime(2026, 3, 5, tzinfo=UTC).timestamp()
    assert world.fetch(site, source).emitted == 3
    site.routes["/f/20260303.csv"] = answering(csv_text(["20260303"]))
    world.slept.moment += 86_400
    assert world.fetch(site, source).emitted == 1
    assert site.paths()[-3:] == ["/f/20260303.csv", "/f/20260305.csv", "/f/20260306.csv"]


def test_left_file_of_a_killed_run_is_removed(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = answering(csv_text([1]))
    world, source = World(tmp_path), web_source(format="csv")
    world.fetch(site, source)
    left = next(tmp_path.glob("*.sqlite")).with_suffix(".download")
    left.write_bytes(b"left over")
    site.routes["/list"] = lambda handler: handler.answer(403)
    assert world.fetch(site, source).failed == "status_403"
    assert not left.exists()


def test_file_lies_readable_to_its_owner_alone(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = watched(monkeypatch)
    site.routes["/list"] = answering(csv_text([1]))
    World(tmp_path).fetch(site, web_source(format="csv"))
    assert written == [(len(csv_text([1])), 0o600)]


SOCRATA = [
    {"license_no": "7", "place": {"latitude": "34.7", "human_address": json.dumps({"city": "Riverton"})}},
    {"license_no": "8"},
]


def test_socrata_in_four_lines(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        assert handler.query["$order"] == ":id"
        start = int(handler.query["$offset"])
        handler.answer(200, json.dumps(SOCRATA[start : start + 1]).encode())

    path = "/resource/abcd-1234.json"
    site.routes[path] = reply
    mapping = {"key": ["license_no"], "fields": {"city": "place.human_address.city"}}
    source = web_source(
        mapping,
        preset="socrata",
        dataset="abcd-1234",
        paging={"kind": "offset", "size": 1},
        path="/resource/abcd-1234.json",
    )
    world = World(tmp_path)
    report = world.fetch(site, source, key="app-token")
    assert (report.emitted, report.failed) == (2, "")
    assert [record.city for record in world.index] == ["Riverton", ""]
    assert site.seen[0][1]["x-app-token"] == "app-token"


def test_ckan_package_and_data_store(site: Site, tmp_path: Path) -> None:
    package = {
        "success": True,
        "result": {
            "resources": [
                {"name": "Guide", "format": "PDF", "url": f"{site.url}/guide.pdf"},
                {"name": "Register 2026", "format": "csv", "url": f"{site.url}/register.csv"},
            ]
        },
    }
    site.routes["/api/3/action/package_show"] = package
    site.routes["/register.csv"] = answering(csv_text([1, 2]))
    source = web_source(preset="ckan", dataset="register", format="csv", resource="register*", path="/")
    assert World(tmp_path).fetch(site, source).emitted == 2
    package["success"] = False
    assert World(tmp_path / "b").fetch(site, source).failed == "error_answer"

    def store(handler: Handler) -> None:
        start = int(handler.query["offset"])
        found = [{"id": str(n), "name": "N"} for n in range(start, min(start + 2, 3))]
        handler.answer(200, json.dumps({"success": True, "result": {"records": found, "total": 3}}).encode())

    site.routes["/api/3/action/datastore_search"] = store
    source = web_source(preset="ckan", datastore="aaaa-bbbb", path="/api/3/action/datastore_search")
    assert World(tmp_path / "c").fetch(site, source).emitted == 3


def test_arcgis_layer(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        start = int(handler.query["resultOffset"])
        if start >= 4:
            handler.answer(200, b'{"error": {"code": 400, "message": "Invalid"}}')
            return
        found = [
            {"attributes": {"id": n, "name": "N", "SEEN": -86_400_000}, "geometry": {"x": -92.2, "y": 34.7}}
            for n in range(start, start + 2)
        ]
        answer = {
            "fields": [{"name": "SEEN", "type": "esriFieldTypeDate"}, {"name": "id", "type": "esriFieldTypeOID"}],
            "features": found,
            "exceededTransferLimit": start < 2,
        }
        handler.answer(200, json.dumps(answer).encode())

    site.routes["/rest/services/L/FeatureServer/0/query"] = reply
    mapping = {"attributes": {"x_seen": "SEEN", "x_lat": "geometry.y"}}
    source = web_source(mapping, preset="arcgis", path="/rest/services/L/FeatureServer/0")
    world = World(tmp_path)
    report = world.fetch(site, source)
    assert (report.emitted, report.failed, len(site.seen)) == (4, "", 2)
    assert world.index[0].attributes["x_seen"] == "1969-12-31T00:00:00Z"
    assert world.index[0].attributes["x_lat"] == "34.7"
    assert site.paths()[0].startswith("/rest/services/L/FeatureServer/0/query?where=1%3D1&outFields=%2A")
