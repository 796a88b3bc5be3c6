"""A stage with both apps over the small synthetic world of tests/integration, and a browser before its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from demo.run import ANALYSTS, ROOT, Run
from tests.browser import chromium
from tests.integration.shown import SHARED, Shown, opened_world
from understudy.web.serving import Serving

PANELS = Path(__file__).with_name("panels")
"""An app with one dashboard of every kind of source, input and drilldown, and the dashboard its links lead to."""
TENANT = "northfield"
JOB = re.compile(r"/search/(?:v2/)?jobs/(?P<sid>[^/?]+)(?:/(?P<control>control)$)?")
STATUS = re.compile(r"responded with a status of (\d+)")


@dataclass(frozen=True)
class Site:
    """The running web: its address, the demo's run behind it, and what its world holds."""

    address: str
    run: Run
    user: str
    shown: Shown

    @property
    def password(self) -> str:
        return self.run.passwords[self.user]


@dataclass
class Watched:
    """A logged-in page, with everything that a test must not overlook."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    """Jobs that the page itself has cancelled: what it had asked of them just before may be answered with 404."""

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        job = JOB.search(request.url)
        if job and job["control"] and "action=cancel" in (request.post_data or ""):
            self.cancelled.add(job["sid"])

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and not self._is_of_an_ended_job(answer.url, answer.status):
            self.errors.append(f"{answer.status} {answer.url}")

    def _said(self, message: ConsoleMessage) -> None:
        status = STATUS.search(message.text)
        url = str(message.location.get("url", ""))
        if message.type == "error" and not (status and self._is_of_an_ended_job(url, int(status[1]))):
            self.errors.append(message.text)

    def _is_of_an_ended_job(self, url: str, status: int) -> bool:
        """Tells whether an error is no fault: of a job that the page has cancelled, or of the cancelling.

        Splunk's client cancels a job twice as a page goes, the second in vain, and also jobs of saved searches of
        others.
        """
        job = JOB.search(url)
        if job is None:
            return False
        return status in (403, 404) if job["control"] else status == 404 and job["sid"] in self.cancelled


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yields the web over the worker's shared world, to read only; nothing is replaced."""
    with SHARED.held(tmp_path_factory) as shown, _served(shown) as made:
        yield made


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yields the web over a module's own copy of the world, to change; such a module names it `site`."""
    with opened_world(tmp_path_factory) as shown, _served(shown) as made:
        yield made


@contextmanager
def _served(shown: Shown) -> Iterator[Site]:
    if not (ROOT / "build" / "web" / "dashboard.js").is_file():
        raise FileNotFoundError("build/web is empty: run `npm ci` and `npm run build` in frontend/")
    shown.run.stage.install(PANELS)
    with Serving(shown.run.stage) as pages:
        yield Site(pages.address, shown.run, ANALYSTS[TENANT], shown)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Yields the one browser of the session; a thread may run Playwright once only."""
    with sync_playwright() as driver, chromium.launched(driver) as browser:
        yield browser


@pytest.fixture(scope="module")
def analyst(site: Site, chrome: Browser) -> Iterator[BrowserContext]:
    """Yields a profile that is logged in as the tenant's analyst."""
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        yield page.context


@pytest.fixture
def watched(site: Site, analyst: BrowserContext) -> Iterator[Watched]:
    """Yields a page; fails the test for a console error, a broken script, or a request to anywhere else."""
    page = analyst.new_page()
    seen = Watched(page)
    yield seen
    page.close()
    assert seen.errors == []
    local = (site.address, "data:", "blob:")
    assert [url for url in seen.requests if not url.startswith(local)] == []
