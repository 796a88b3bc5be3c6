"""Paging, auth, checkpoints and failures of HTTP sources, through whole runs against a local site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.inputs import InputError
from tests.connectors.loopback import Handler, Site, serving
from tests.connectors.running import World, changed


def ads(numbers: Any) -> list[dict[str, Any]]:
    return [
        {"id": f"a{n}", "posted_at": f"2026-03-01T{n % 24:02d}:00:00Z", "title": f"Ad {n}", "body": "text", "city": "X",
         "region": "", "country": "US", "category": "c", "price": "1"}
        for n in numbers
    ]  # fmt: skip


def paged(total: int, per_page: int) -> Any:
    def reply(handler: Handler) -> None:
        page = int(handler.query["page"])
        rows = ads(range((page - 1) * per_page, min(total, page * per_page)))
        pages = -(-total // per_page)
        handler.answer(200, json.dumps({"items": rows, "page": page, "pages": pages}).encode())

    return reply


def json_reply(make: Any) -> Any:
    return lambda handler: handler.answer(200, json.dumps(make(handler.query)).encode())


def test_page_numbers_key_and_since(site: Site, tmp_path: Path) -> None:
    site.routes["/ads"] = paged(25, 10)
    world, source = World(tmp_path), changed("classified_ads")
    report = world.fetch(site, source, key="k1")
    assert (report.read, report.emitted, report.failed) == (25, 25, "")
    assert [path for path in site.paths() if "ads" in path] == [f"/ads?per_page=100&page={n}" for n in (1, 2, 3)]
    assert site.seen[-1][1]["x-api-key"] == "k1"
    assert world.fetch(site, source, key="k1").emitted == 0
    assert site.paths()[-3] == "/ads?per_page=100&since=2026-03-01T23%3A00%3A00Z&page=1"


def test_cursor_and_bearer(site: Site, tmp_path: Path) -> None:
    def reply(query: dict[str, str]) -> Any:
        start = int(query.get("cursor", "c0")[1:])
        rows = [
            {"id": str(n), "updated_at": "2026-01-01", "platform": "telegram", "handle": f"h{n}x"}
            for n in range(start, start + 3)
        ]
        return {"data": rows, "next_cursor": f"c{start + 3}" if start < 6 else None}

    site.routes["/profiles"] = json_reply(reply)
    world = World(tmp_path)
    assert world.fetch(site, changed("user_profiles"), key="tok").emitted == 9
    assert site.paths() == ["/profiles?limit=100", "/profiles?limit=100&cursor=c3", "/profiles?limit=100&cursor=c6"]
    assert site.seen[0][1]["authorization"] == "Bearer tok"


def test_offset_and_total(site: Site, tmp_path: Path) -> None:
    def reply(query: dict[str, str]) -> Any:
        start = int(query["offset"])
        return {
            "results": [
                {"id": str(n), "created_at": "2026-01-01", "text": "t"} for n in range(start, min(7, start + 3))
            ],
            "total": 7,
        }

    site.routes["/reviews"] = json_reply(reply)
    assert World(tmp_path).fetch(site, changed("business_reviews")).emitted == 7
    assert [path for path in site.paths() if "reviews" in path] == [f"/reviews?limit=100&offset={n}" for n in (0, 3, 6)]


@pytest.mark.parametrize("kind", ["next_url", "link_header"])
def test_next_address(site: Site, tmp_path: Path, kind: str) -> None:
    def reply(handler: Handler) -> None:
        page = int(handler.query.get("p", "1"))
        following = f"{site.url}/notices?p={page + 1}" if page < 3 else None
        body = {
            "notices": [{"id": f"n{page}", "published_at": "2026-01-01", "headline": "h", "description": "d"}],
            "next": following,
        }
        if kind == "link_header":
            body["next"] = None
            links = f'<{site.url}/>; rel="prev"' + (f', <{following}>; rel="next"' if following else "")
            handler.answer(200, json.dumps(body).encode(), Link=links)
        else:
            handler.answer(200, json.dumps(body).encode())

    site.routes["/notices"] = reply
    paging = {"kind": kind, "field": "next"} if kind == "next_url" else {"kind": kind}
    report = World(tmp_path).fetch(site, changed("missing_person_notices", http__paging=paging))
    assert (report.emitted, report.failed) == (3, "")


def test_next_address_on_another_host_is_refused(site: Site, tmp_path: Path) -> None:
    rows = [{"id": "n1", "published_at": "2026-01-01"}]
    site.routes["/notices"] = {"notices": rows, "next": "https://10.0.0.1/notices"}
    report = World(tmp_path).fetch(site, changed("missing_person_notices"))
    assert (report.emitted, report.failed) == (1, "address_refused")


def test_one_failure_in_three_loses_nothing(site: Site, tmp_path: Path) -> None:
    good, calls = paged(60, 10), [0]

    def reply(handler: Handler) -> None:
        calls[0] += 1
        if calls[0] % 3 == 0:
            handler.answer(503)
        else:
            good(handler)

    site.routes["/ads"] = reply
    report = World(tmp_path).fetch(site, changed("classified_ads"), key="k")
    assert (report.emitted, report.failed, report.met["retries"] > 0) == (60, "", True)


def test_run_that_dies_in_the_middle_goes_on_from_its_page(site: Site, tmp_path: Path) -> None:
    good, up = paged(50, 10), [False]

    def reply(handler: Handler) -> None:
        if handler.query["page"] == "3" and not up[0]:
            handler.answer(403)
        else:
            good(handler)

    site.routes["/ads"] = reply
    world, source = World(tmp_path), changed("classified_ads")
    first = world.fetch(site, source, key="k")
    assert (first.emitted, first.failed) == (20, "status_403")
    up[0] = True
    seen = len(site.seen)
    assert world.fetch(site, source, key="k").emitted == 30
    assert site.paths()[seen + 1] == "/ads?per_page=100&page=3"
    assert len(set(world.ids())) == len(world.ids()) == 50


def test_broken_page_is_passed_over_and_fetched_again_later(site: Site, tmp_path: Path) -> None:
    good, broken = paged(50, 10), [True]

    def reply(handler: Handler) -> None:
        if handler.query["page"] == "2" and broken[0]:
            handler.answer(200, b'{"items": [NaN]}')
        else:
            good(handler)

    site.routes["/ads"] = reply
    world, source = World(tmp_path), changed("classified_ads")
    first = world.fetch(site, source, key="k")
    assert (first.emitted, first.refused["json"], first.failed) == (40, 1, "")
    broken[0] = False
    assert world.fetch(site, source, key="k").emitted == 10
    assert len(set(world.ids())) == 50


MALFORMED = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t", "empty"),
    "list": (b"[]", "paging"),
    "object": (b'{"items": {}}', "paging"),
    "repeated": (b'{"items": [], "items": []}', "json"),
    "infinite": (b'{"items": [1e999]}', "json"),
    "deep": (b"[" * 100_000, "json_depth"),
    "deep-closed": (b'{"a":' * 90 + b"1" + b"}" * 90, "json_depth"),
    "huge-number": (b'{"items": [' + b"9" * 5000 + b"]}", "json"),
    "not-utf8": (b"\xff\xfe", "json"),
    "html": (b"<html>", "html"),
    "html-with-doctype": (b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "html"),
}


@pytest.mark.parametrize(("body", "code"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_answer_ends_in_a_counted_refusal(site: Site, tmp_path: Path, body: bytes, code: str) -> None:
    site.routes["/ads"] = lambda handler: handler.answer(200, body)
    report = World(tmp_path).fetch(site, changed("classified_ads"), key="k")
    assert (report.emitted, report.failed) == (0, code)


def test_bad_items_do_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    rows = [*ads([1]), "text", None, {"id": ""}, {**ads([2])[0], "posted_at": "never"}, *ads([3])]
    site.routes["/ads"] = {"items": rows, "page": 1, "pages": 1}
    world = World(tmp_path)
    report = world.fetch(site, changed("classified_ads"), key="k")
    assert (report.read, report.emitted, dict(report.refused)) == (
        6,
        2,
        {"not_object": 2, "key": 1, "observed_time": 1},
    )
    assert [words["position"] for _, code, words in world.lines if code == "refused"] == [
        f"first page item {n}" for n in (2, 3, 4, 5)
    ]


def test_changed_content_of_the_same_key_is_a_new_record(site: Site, tmp_path: Path) -> None:
    row = ads([1])[0]
    site.routes["/ads"] = {"items": [row], "page": 1, "pages": 1}
    world, source = World(tmp_path), changed("classified_ads")
    world.fetch(site, source, key="k")
    site.routes["/ads"] = {"items": [{**row, "title": "Other"}], "page": 1, "pages": 1}
    assert world.fetch(site, source, key="k").emitted == 1
    assert len(set(world.ids())) == 2


def test_long_retry_after_defers_the_next_runs_too(site: Site, tmp_path: Path) -> None:
    site.routes["/ads"] = lambda handler: handler.answer(429, Retry_After="1800")
    world, source = World(tmp_path), changed("classified_ads")
    assert world.fetch(site, source, key="k").deferred
    seen = len(site.seen)
    assert world.fetch(site, source, key="k").deferred
    assert len(site.seen) == seen
    world.slept.moment += 1801
    world.fetch(site, source, key="k")
    assert len(site.seen) > seen


@pytest.mark.parametrize("changes", [{"enabled": False}, {"legal__terms_allow": False}])
def test_source_that_is_off_is_not_fetched(site: Site, tmp_path: Path, changes: dict[str, Any]) -> None:
    assert World(tmp_path).fetch(site, changed("classified_ads", **changes), key="k").deferred
    assert site.seen == []


def test_missing_key_is_told(site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="account"):
        World(tmp_path).fetch(site, changed("classified_ads"))


def test_too_few_records_is_an_error_event(site: Site, tmp_path: Path) -> None:
    site.routes["/ads"] = {"items": ads([1]), "page": 1, "pages": 1}
    world = World(tmp_path)
    world.fetch(site, changed("classified_ads", expect={"min": 5}), key="k")
    assert ("ERROR", "too_few") in [(level, code) for level, code, _ in world.lines]


def test_refused_records_come_again_when_the_facts_change(site: Site, tmp_path: Path) -> None:
    rows = [*ads([1]), {**ads([2])[0], "posted_at": "02.03.2026"}]
    site.routes["/ads"] = lambda handler: handler.answer(
        200,
        json.dumps({"items": [] if "since" in handler.query else rows, "page": 1, "pages": 1}).encode(),
    )
    world = World(tmp_path)
    assert world.fetch(site, changed("classified_ads"), key="k").emitted == 1
    repaired = changed("classified_ads", mapping__observed={"columns": ["posted_at"], "formats": ["iso", "%d.%m.%Y"]})
    assert world.fetch(site, repaired, key="k").emitted == 1
    assert len(set(world.ids())) == 2


def test_what_is_allowed_to_another_source_is_not_reached_by_a_redirect(site: Site, tmp_path: Path) -> None:
    with serving() as other:
        other.routes["/reviews"] = json_reply(lambda _: [])
        site.routes["/ads"] = lambda handler: handler.answer(302, b"", Location=f"{other.url}/reviews")
        report = World(tmp_path).fetch(site, changed("classified_ads"), key="k", also=f"127.0.0.1:{other.port}")
        assert (report.failed, other.seen) == ("address_refused", [])


def test_null_marks_and_headings_count_in_pages_of_json(site: Site, tmp_path: Path) -> None:
    rows = [{**ads([1])[0], "city": "[REDACTED]", "Words": "text"}]
    site.routes["/ads"] = json_reply(lambda _: {"items": rows, "page": 1, "pages": 1})
    world = World(tmp_path)
    source = changed("classified_ads", http__nulls=["[REDACTED]"], http__headings={"words": "body"})
    rows[0].pop("body")
    assert world.fetch(site, source, key="k1").emitted == 1
    assert (world.index[0].city, world.index[0].text) == ("", "text")
