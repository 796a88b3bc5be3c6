"""Whatever stands in a path or asks for a page is answered: no 500, whether over REST or in the pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understudy.staging import ADMIN, make_stage
from tests.understudy.web.browser import SESSION, Browser
from understudy.jobs.job import Request
from understudy.rest.app import build as build_rest
from understudy.rest.app import make_call, run
from understudy.rest.routes import table
from understudy.stage import Stage
from understudy.storage.events import RawEvent
from understudy.web.app import build

CHANGING = ("auth/", "authentication/httpauth-tokens", "_reload")
PAGING = ("count", "offset", "limit", "skip", "max_lines", "top_count")
ODD = ("\0", "a\0.js", "..", "../..", ".", "%", "%2e%2e", "a" * 300, "é" * 200, "\u202e", "\x7f", "*", "-", " ")
HUGE = ("99999999999999999999", "-99999999999999999999", "9" * 5000, str(2**63 - 1), "-1", "0", "1e3", "0x1", "٣")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        stage.conf.write("collections", "things", {}, "search")
        stage.kv.collection("search", "things").insert({"_key": "one", "a": 1})
        stage.store.ingest([RawEvent(f"n={number}", index="main", time=1000.0 + number) for number in range(5)])
        stage.jobs.dispatch(Request("search index=main", ADMIN, sid="rows"), wait=True)
        stage.jobs.dispatch(Request("search index=main | stats count by n", ADMIN, sid="table"), wait=True)
        yield stage


NAMES = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(["search", "main", "rows", "table", "things", "one", "admin", "savedsearches"]),
    st.text(max_size=12),
)
NUMBERS = st.one_of(st.sampled_from(HUGE), st.integers(-(10**30), 10**30).map(str), st.text(max_size=6))
GETS = [route for route in table() if "GET" in route.methods and not route.pattern.startswith(CHANGING)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(GETS), st.data())
def test_rest_answers_every_path_and_page(asked: Stage, route: object, data: st.DataObject) -> None:
    pattern = str(getattr(route, "pattern"))  # noqa: B009
    parts = [
        part if "{" not in part else part.split("{", 1)[0] + quote(data.draw(NAMES).encode("utf-8", "replace"), safe="")
        for part in pattern.split("/")
    ]
    query = [(name, data.draw(NUMBERS)) for name in data.draw(st.lists(st.sampled_from(PAGING), max_size=3))]
    query.append(("output_mode", data.draw(st.sampled_from(["json", "xml", "csv"]))))
    headers = {"authorization": f"Splunk {asked.session_key(ADMIN)}"}
    path = data.draw(st.sampled_from(["/services/", "/servicesNS/nobody/search/"])) + "/".join(parts)
    answer = run(make_call(asked, "GET", path, query, b"", headers, {}, "127.0.0.1"))
    assert answer.status_code < 500, (path, query, bytes(getattr(answer, "body", b"")))


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("mode", ["json", "xml", "csv"])
@pytest.mark.parametrize(
    "path",
    [
        "search/v2/jobs/rows/results", "search/v2/jobs/rows/events", "search/v2/jobs/table/results",
        "search/v2/jobs/table/results_preview", "storage/collections/data/things", "data/indexes", "search/jobs",
    ],
)  # fmt: skip
def test_no_page_is_too_far(asked: Stage, path: str, mode: str, number: str) -> None:
    headers = {"authorization": f"Splunk {asked.session_key(ADMIN)}"}
    for name in PAGING:
        query = [(name, number), ("output_mode", mode)]
        answer = run(make_call(asked, "GET", f"/servicesNS/nobody/search/{path}", query, b"", headers, {}, "127.0.0.1"))
        assert answer.status_code in (200, 204, 400), (name, answer.status_code)


@pytest.fixture(scope="module")
def pages(asked: Stage) -> Browser:
    browser = Browser(build(asked, build_rest(asked)))
    browser.keep(SESSION, asked.accounts.open_session(ADMIN))
    return browser


PLACES = (
    "/en-US/static/@x/{}", "/en-US/static/@x/app/{}/{}", "/en-US/app/{}", "/en-US/app/{}/{}", "/en-US/{}",
    "/en-US/splunkd/__raw/services/{}", "/en-US/splunkd/__raw/servicesNS/-/{}/data/ui/views/{}",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), NAMES, NAMES)
def test_pages_answer_every_path(pages: Browser, place: str, first: str, second: str) -> None:
    names = [quote(name.encode("utf-8", "replace"), safe="/") for name in (first, second)]
    answer = pages.get(place.format(*names))
    assert answer.status_code < 500 or answer.status_code in (501, 503), place


@pytest.mark.parametrize("name", ODD)
def test_static_file_of_an_odd_name_is_not_there(pages: Browser, name: str) -> None:
    asked_for = quote(name.encode("utf-8", "replace"), safe="")
    for place in ("/en-US/static/@x/app/search/{}", "/en-US/static/@x/app/{}/own.js", "/en-US/static/@x/{}"):
        assert pages.get(place.format(asked_for)).status_code in (307, 404, 405)
