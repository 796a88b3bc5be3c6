"""The report of a case on paper: Chromium prints it as PDF, and nothing is wider than the sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.minerva_exports.sample import entity, files, record

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.full]

LONG = "A" * 400
SHEET_PX = 680
"""An A4 sheet less its margins of 15 mm, in CSS pixels."""


def test_a_long_report_prints_on_several_sheets_and_nothing_is_cut(chrome: Browser, tmp_path: Path) -> None:
    rows = [{"record": record(f"R-{at}", title=f"Ad {at} {LONG if at % 50 == 0 else ''}", city="Springfield").to_dict()}
            for at in range(200)]  # fmt: skip
    notes = [{"what": "note", "text": f"{LONG}\nseen twice \u0628\u064a\u062a", "by": "nora", "time": 1772366400.0}]
    page_path = tmp_path / "report.html"
    made = files("report", [*rows, {"entity": entity()}], title="NF-7 Harbor road", notes=notes)
    page_path.write_bytes(made["report.html"])
    with chromium.opened(chrome, width=SHEET_PX) as page:
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.goto(page_path.as_uri())
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= SHEET_PX
        data = page.pdf(format="A4", prefer_css_page_size=True, print_background=True, path=tmp_path / "report.pdf")
        assert faults == []
    assert data.startswith(b"%PDF-")
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", data))
    assert 5 <= sheets <= 12
