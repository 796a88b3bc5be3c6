"""A stage with both apps over the small synthetic world of tests/integration, and a browser before its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from demo.run import ANALYSTS, ROOT, Run
from tests.browser import chromium
from tests.integration.shown import opened_world
from understudy.web.serving import Serving

PANELS = Path(__file__).with_name("panels")
"""An app with one dashboard of every kind of source, input and drilldown, and the dashboard its links lead to."""
TENANT = "northfield"


@dataclass(frozen=True)
class Site:
    """The running web: its address, and the demo's run behind it."""

    address: str
    run: Run
    user: str

    @property
    def password(self) -> str:
        return self.run.passwords[self.user]


@dataclass
class Watched:
    """A logged-in page, with everything that a test must not overlook."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yields the web over a module's own copy of the world; nothing is replaced."""
    if not (ROOT / "build" / "web" / "dashboard.js").is_file():
        raise FileNotFoundError("build/web is empty: run `npm ci` and `npm run build` in frontend/")
    with opened_world(tmp_path_factory) as shown:
        shown.run.stage.install(PANELS)
        with Serving(shown.run.stage) as pages:
            yield Site(pages.address, shown.run, ANALYSTS[TENANT])


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


def is_failure(answer: Response) -> bool:
    """Tells whether an answer is an error.

    Splunk's client cancels a job twice as a page goes, the second in vain, and also jobs of saved searches of others.
    """
    return answer.status >= 400 and not (answer.status in (403, 404) and answer.url.endswith("/control"))


def is_error(message: ConsoleMessage) -> bool:
    return message.type == "error" and not str(message.location.get("url", "")).endswith("/control")


@pytest.fixture
def watched(site: Site, analyst: BrowserContext) -> Iterator[Watched]:
    """Yields a page; fails the test for a console error, a broken script, or a request to anywhere else."""
    page = analyst.new_page()
    seen = Watched(page)
    page.on("console", lambda message: seen.errors.append(message.text) if is_error(message) else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "response", lambda answer: seen.errors.append(f"{answer.status} {answer.url}") if is_failure(answer) else None
    )
    page.on("request", lambda request: seen.requests.append(request.url))
    yield seen
    page.close()
    assert seen.errors == []
    local = (site.address, "data:", "blob:")
    assert [url for url in seen.requests if not url.startswith(local)] == []
