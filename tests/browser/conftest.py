"""A stage with both apps, a small synthetic world read by the real inputs, linked by the real scheduled searches."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from demo.run import ANALYSTS, ROOT, Run, opened, run_inputs, run_schedules, watch, world_sources
from demo.world import LEVELS, build
from tests.browser import chromium
from understudy.rest.app import build as build_rest
from understudy.web.app import build as build_web

RECORDS = 400
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


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yields the web over the demo's small world; nothing is replaced."""
    if not (ROOT / "build" / "web" / "dashboard.js").is_file():
        raise FileNotFoundError("build/web is empty: run `npm ci` and `npm run build` in frontend/")
    home = Path(tmp_path_factory.mktemp("browser"))
    with opened(home, ROOT / "demo" / "tenants.yml") as run:
        world = build(records=RECORDS, level=LEVELS["easy"])
        with world_sources(run, world, home):
            run_inputs(run)
        tenant = next(item for item in run.tenants if item.id == TENANT)
        top = f"| tstats count where index={tenant.index} identifier=phone:* by identifier | sort - count | head 1"
        watch(run, tenant, str(run.ask(top)[0]["identifier"]))
        run_schedules(run)
        with served(run) as address:
            yield Site(address, run, ANALYSTS[TENANT])


class served:
    """Serves the web of a run in a thread, on a free port of 127.0.0.1."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.server: uvicorn.Server | None = None
        self.thread: threading.Thread | None = None

    def __enter__(self) -> str:
        app = build_web(self.run.stage, build_rest(self.run.stage))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False))
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)
        self.socket.listen(128)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        assert self.server is not None
        assert self.thread is not None
        self.server.should_exit = True
        self.thread.join(timeout=20)
        self.socket.close()


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Yields the one browser of the session; a thread may run Playwright once only."""
    with sync_playwright() as driver, chromium.launched(driver) as browser:
        yield browser


@pytest.fixture(scope="package")
def analyst(site: Site, chrome: Browser) -> Iterator[BrowserContext]:
    """Yields a profile that is logged in as the tenant's analyst."""
    with chromium.opened(chrome) as page:
        chromium.log_in(page, site.address, site.user, site.password)
        yield page.context


def is_failure(answer: Response) -> bool:
    """Tells whether an answer is an error; Splunk's client cancels a job twice as a page goes, the second in vain."""
    return answer.status >= 400 and not (answer.status == 404 and answer.url.endswith("/control"))


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
