"""Chromium of this machine under Playwright: never a driver's own download, no request but to the page's own server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds for what a page is to show. It is not how long a page may take: the first answer of a handler starts a
Python, and a machine that tests share is slow at times (Playwright's own 5 seconds were too few)."""
expect.set_options(timeout=PATIENCE)


def executable() -> str:
    """Returns the browser to use: $CHROMIUM, or the first known name on PATH. Raises FileNotFoundError."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError(f"no Chromium: set CHROMIUM, or install one of {', '.join(NAMES)}")
    return found


@contextmanager
def launched(driver: Playwright) -> Iterator[Browser]:
    """Yields the browser; every context of it is a fresh profile."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = driver.chromium.launch(executable_path=executable(), headless=True, args=[*ARGUMENTS, *sandbox])
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def opened(browser: Browser, *, width: int = 1440, height: int = 1000) -> Iterator[Page]:
    """Yields a page in a fresh profile."""
    context = browser.new_context(viewport={"width": width, "height": height})
    try:
        yield context.new_page()
    finally:
        context.close()


def log_in(page: Page, address: str, user: str, password: str) -> None:
    """Logs in through the form and waits for the app's first page."""
    page.goto(f"{address}/")
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/en-US/app/**")


def wait_for_panels(page: Page) -> None:
    """Waits until a dashboard shows table rows and its text has stood for two seconds."""
    page.locator("td").first.wait_for(timeout=PATIENCE)
    # Panels poll their searches and show a bar until they are done; nothing in the page says "all done".
    page.wait_for_function(
        """() => {
          const text = document.body.innerText;
          if (window.standing?.text !== text) window.standing = { text, since: performance.now() };
          return performance.now() - window.standing.since > 2000;
        }""",
        polling=200,
        timeout=PATIENCE,
    )
