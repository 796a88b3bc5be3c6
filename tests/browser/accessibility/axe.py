"""axe-core on a page as it stands, light and dark: every violation of WCAG 2.1 A and AA, however grave axe holds it."""

from __future__ import annotations

import functools
from typing import Literal

from playwright.sync_api import Page

from demo.run import ROOT

SCRIPT = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
EXCEPTED = {"label-content-name-mismatch"}
"""The paginator of Splunk's tables shows "Prev" and is named "Go to previous page"; its code is not ours."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ASK = "(rules) => axe.run(document, { runOnly: rules }).then((result) => result.violations)"
TRIES, PAUSE = 6, 500
"""What fades in, or from light to dark, is hard to read for some tenths of a second: only what stays counts."""


@functools.cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> dict[str, list[str]]:
    """Returns by scheme what axe finds, each with its rule and elements."""
    page.evaluate(_script())
    found = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = _lasting(page)
    page.emulate_media(color_scheme="light")
    return {scheme: told for scheme, told in found.items() if told}


def _lasting(page: Page) -> list[str]:
    found: list[str] = []
    for _ in range(TRIES):
        page.wait_for_timeout(PAUSE)
        found = _told(page)
        if not found:
            break
    return found


def _told(page: Page) -> list[str]:
    return [
        f"{item['id']}: {[node['html'][:200] for node in item['nodes'][:5]]}"
        for item in page.evaluate(ASK, RULES)
        if item["id"] not in EXCEPTED
    ]
