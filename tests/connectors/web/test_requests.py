"""How a source is asked: POST, time windows, forms sent back, and what an answer says against its status."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from minerva.intake.facts.source import check_document
from tests.connectors.loopback import Handler, Site
from tests.connectors.running import World
from tests.connectors.web.making import document, rows, web_source


def test_json_body_carries_the_page(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        page = json.loads(handler.body)["page"]["number"]
        handler.answer(200, json.dumps({"hits": rows([page]) if page < 4 else []}).encode())

    site.routes["/list"] = reply
    paging = {"kind": "page", "param": "page.number", "size_param": "page.size", "size": 50}
    source = web_source(
        method="POST", body={"json": {"query": "all", "page": {"sort": "id"}}}, paging=paging, items="hits"
    )
    assert World(tmp_path).fetch(site, source).emitted == 3
    assert json.loads(site.bodies[1]) == {"query": "all", "page": {"sort": "id", "number": 2, "size": 50}}
    assert site.seen[0][1]["content-type"] == "application/json"
    assert set(site.paths()) == {"/list"}


def test_form_body_with_the_page_in_the_query(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        start = int(handler.query["start"])
        handler.answer(200, json.dumps(rows(range(start, min(start + 2, 5)))).encode())

    site.routes["/list"] = reply
    paging = {"kind": "offset", "param": "start", "in": "query"}
    source = web_source(method="POST", body={"form": {"state": "open & new"}}, paging=paging)
    assert World(tmp_path).fetch(site, source).emitted == 5
    assert parse_qs(site.bodies[0].decode()) == {"state": ["open & new"]}
    assert site.paths()[:2] == ["/list?start=0", "/list?start=2"]


def test_posted_body_does_not_follow_a_redirect_to_another_host(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = lambda handler: handler.answer(307, Location=f"http://127.0.0.2:{site.port}/list")
    source = web_source(method="POST", body={"form": {"a": "b"}})
    assert World(tmp_path).fetch(site, source).failed == "address_refused"
    site.routes["/list"] = lambda handler: handler.answer(303, Location="/done")
    site.routes["/done"] = rows([1])
    assert World(tmp_path / "b").fetch(site, source).emitted == 1
    assert len(site.bodies) == 2


class Days:
    """A source that answers for a span of days; `held` are the days that have a row each."""

    def __init__(self, site: Site, held: list[str]) -> None:
        self.held, self.asked = held, [("", "")][:0]
        site.routes["/list"] = self.reply

    def reply(self, handler: Handler) -> None:
        first, last = handler.query["from"], handler.query["to"]
        self.asked.append((first, last))
        found = [{"id": day, "name": day} for day in self.held if first <= day <= last]
        handler.answer(200, json.dumps(found).encode())


def test_time_windows_are_asked_one_after_another_and_today_again(site: Site, tmp_path: Path) -> None:
    days = Days(site, ["2026-01-05", "2026-02-11", "2026-02-20"])
    source = web_source(window={"from": "from", "to": "to", "start": "2026-01-01", "step_days": 31})
    world = World(tmp_path)
    world.slept.moment = datetime(2026, 2, 20, 12, tzinfo=UTC).timestamp()
    assert world.fetch(site, source).emitted == 3
    assert days.asked == [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-20")]
    days.held.append("2026-02-21")
    world.slept.moment += 86_400
    assert world.fetch(site, source).emitted == 1
    assert days.asked[2:] == [("2026-02-20", "2026-02-21")]


def test_clock_that_stood_in_the_future_loses_no_day(site: Site, tmp_path: Path) -> None:
    days = Days(site, ["2026-01-05", "2026-01-20"])
    source = web_source(window={"from": "from", "to": "to", "start": "2026-01-01", "step_days": 10})
    world = World(tmp_path)
    world.slept.moment = datetime(2026, 3, 30, tzinfo=UTC).timestamp()
    assert world.fetch(site, source).emitted == 2
    days.held.append("2026-01-26")
    world.slept.moment = datetime(2026, 1, 28, tzinfo=UTC).timestamp()
    assert world.fetch(site, source).emitted == 1
    days.held.append("2026-01-29")
    world.slept.moment += 2 * 86_400
    assert world.fetch(site, source).emitted == 1


def test_row_dated_in_the_future_does_not_end_a_source(site: Site, tmp_path: Path) -> None:
    given = [
        {"id": "1", "name": "n", "updated": "2026-03-01T00:00:00Z"},
        {"id": "2", "name": "typing error", "updated": "2062-03-01T00:00:00Z"},
    ]
    site.routes["/list"] = given
    source = web_source(
        {"ignore": ["updated"]}, incremental={"param": "since", "column": "updated"}, rate={"per_second": 0}
    )
    world = World(tmp_path)
    world.slept.moment = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    assert world.fetch(site, source).emitted == 2
    world.fetch(site, source)
    assert site.paths()[-1] == "/list?since=2026-03-01T00%3A00%3A00Z"


FORM = """<html><form><input type="hidden" name="__VIEWSTATE" value="state{page}&amp;&quot;" />
<input type=hidden name=__EVENTVALIDATION value="valid{page}"><input type="text" name="query">
<table><tr><th>id</th><th>name</th></tr>{rows}</table>
<a href="javascript:__doPostBack(&#39;ctl00$grid&#39;,&#39;Page${next}&#39;)">next</a></form></html>"""


def form_page(page: int, last: int) -> bytes:
    listed = "".join(f"<tr><td>{page}{n}</td><td>Name</td></tr>" for n in range(3))
    following = page + 1 if page < last else 1
    return FORM.format(page=page, rows=listed, next=following).encode()


def test_form_of_an_aspnet_page_is_sent_back_page_by_page(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        form = {name: values[0] for name, values in parse_qs(handler.body.decode()).items()}
        page = int(form["__EVENTARGUMENT"].removeprefix("Page$")) if form else 1
        if form:
            assert form["__VIEWSTATE"] == f'state{page - 1}&"'
            assert handler.headers["Cookie"] == "ASP.NET_SessionId=abc"
        handler.answer(200, form_page(page, 3), "text/html", Set_Cookie="ASP.NET_SessionId=abc; path=/; HttpOnly")

    site.routes["/list"] = reply
    source = web_source(format="html", paging={"kind": "postback", "target": "ctl00$grid"})
    world = World(tmp_path)
    report = world.fetch(site, source)
    assert (report.emitted, report.failed) == (9, "")
    assert parse_qs(site.bodies[1].decode())["__EVENTTARGET"] == ["ctl00$grid"]
    assert len(site.seen) == 3


@pytest.mark.parametrize(
    ("facts", "answer", "failed"),
    [
        ({"path": "error"}, {"error": {"code": 498, "message": "Invalid token"}}, "error_answer"),
        ({"path": "error"}, {"error": None, "rows": rows([1])}, ""),
        ({"path": "success", "values": [False]}, {"success": False, "rows": []}, "error_answer"),
        ({"path": "success", "values": [False]}, {"success": True, "rows": rows([1])}, ""),
        ({"path": "meta.status", "values": ["ERROR", "DENIED"]}, {"meta": {"status": "DENIED"}}, "error_answer"),
    ],
)
def test_error_in_an_answer_of_status_200(
    site: Site, tmp_path: Path, facts: dict[str, Any], answer: dict[str, Any], failed: str
) -> None:
    site.routes["/list"] = answer
    report = World(tmp_path).fetch(site, web_source(items="rows", error_in=facts))
    assert (report.failed, report.emitted) == (failed, 0 if failed else 1)


def test_last_page_given_again_and_again_is_the_end(site: Site, tmp_path: Path) -> None:
    site.routes["/list"] = lambda handler: handler.answer(
        200, json.dumps(rows([min(int(handler.query["p"]), 3)])).encode()
    )
    report = World(tmp_path).fetch(site, web_source(paging={"kind": "page", "param": "p"}))
    assert (report.emitted, report.failed, report.met["pages_repeated"], len(site.seen)) == (3, "", 3, 6)


def test_pages_that_lead_in_a_circle_end_the_run(site: Site, tmp_path: Path) -> None:
    def reply(handler: Handler) -> None:
        number = int(handler.query.get("c", "1"))
        handler.answer(200, json.dumps({"rows": rows([number]), "next": number % 3 + 1}).encode())

    site.routes["/list"] = reply
    source = web_source(items="rows", paging={"kind": "cursor", "param": "c", "field": "next"})
    report = World(tmp_path).fetch(site, source)
    assert (report.failed, report.emitted, len(site.seen)) == ("paging", 3, 4)


def test_pages_doubled_and_out_of_order_make_each_record_once(site: Site, tmp_path: Path) -> None:
    order = [2, 1, 1, 3, 2, 4]
    site.routes["/list"] = lambda handler: handler.answer(
        200, json.dumps(rows([order[int(handler.query["p"]) - 1]]) if int(handler.query["p"]) <= 6 else []).encode()
    )
    world = World(tmp_path)
    for _ in range(2):
        assert world.fetch(site, web_source(paging={"kind": "page", "param": "p"})).failed == ""
    assert sorted(record.source_key for record in world.index) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("http", "message"),
    [
        ({"body": {"json": {}}}, "only a POST"),
        ({"method": "POST", "body": {"json": {}, "form": {}}}, "either"),
        ({"paging": {"kind": "sequence"}}, "number"),
        ({"path": "/a/{date}", "paging": {"kind": "sequence"}}, "start"),
        ({"path": "/a/{number}"}, "braces"),
        ({"paging": {"kind": "next_url"}}, "next_url"),
        ({"find_link": {"page": "/p"}}, "find_link|one of"),
        ({"window": {"from": "a", "start": "2026-02-30"}}, "no day"),
        ({"auth": {"kind": "oauth2"}}, "token_url"),
        ({"auth": {"kind": "query"}}, "name"),
        ({"headers": {"Authorization": "x"}}, "not allowed"),
        ({"headers": {"content-length": "x"}}, "not allowed"),
        ({"incremental": {"column": "c"}}, "param"),
        ({"whole": True, "paging": {"kind": "page", "param": "p"}}, "one file"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused(http: dict[str, Any], message: str) -> None:
    problems = [problem.message for problem in check_document(document(**http))]
    assert any(re.search(message, text) for text in problems), problems
