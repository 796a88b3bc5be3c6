"""The short table of supported commands and functions in docs/understudy.md is the one that the registries print."""

from __future__ import annotations

from pathlib import Path

from understudy.spl.support_table import BEGIN, END, render

PAGE = Path(__file__).parents[3] / "docs" / "understudy.md"


def test_the_page_holds_the_table_of_the_registries() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    assert page[page.index(BEGIN) : page.index(END) + len(END)] == render(), "put in: python -m understudy table"
