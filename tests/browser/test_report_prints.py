"""The report of a case and that of a chain's screening on paper: Chromium prints them as PDF, and nothing is wider than
the sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from minerva.screening import analyze, read_chain
from minerva.screening.report import report
from tests.browser import chromium
from tests.minerva_exports.sample import entity, files, record
from tests.screening.world import chain

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


def test_the_report_on_a_chains_screening_prints_and_nothing_is_cut(chrome: Browser, tmp_path: Path) -> None:
    document = chain(locations=60)
    document["name"] = f"Harbor {LONG}"
    document["locations"][0]["label"] = LONG
    document["policy"] = [*document["policy"], {"name": LONG, "in_policy": False, "finds": ["arrest"]}]
    read = read_chain(document, b"salt")
    page_path = tmp_path / "screening.html"
    page_path.write_text(report(read, analyze(read)), encoding="utf-8")
    with chromium.opened(chrome, width=SHEET_PX) as page:
        page.goto(page_path.as_uri())
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= SHEET_PX
        data = page.pdf(format="A4", prefer_css_page_size=True, path=tmp_path / "screening.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) >= 3
