"""Shipped dashboards open on the oldest Splunk that is claimed, and ask no more at once than an analyst may."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assembly.emit.app_endpoints import read_roles
from assembly.lint import NEWER_PANELS, lint_app
from assembly.paths import APP, ROOT
from assembly.searches import dashboard_searches

VIEWS = sorted(
    path
    for path in (ROOT / APP / "default" / "data" / "ui" / "views").glob("*.xml")
    if ElementTree.parse(path).findtext("definition")
)
STORED = ("| minervaexpand", "| minervafigures", "| minervasourcehealth")
"""What begins so reads what is stored as it is now, of which no time range can choose."""


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.stem)
def test_a_page_starts_fewer_searches_than_an_analyst_may_run(view: Path) -> None:
    sources = json.loads(ElementTree.parse(view).findtext("definition") or "")["dataSources"]
    searching = [name for name, source in sources.items() if source["type"] == "ds.search"]
    assert len(list(dashboard_searches(view))) == len(sources)
    templates = read_roles(ROOT).templates
    assert len(searching) < min(templates.analyst.srchJobsQuota, templates.admin.srchJobsQuota)


@pytest.mark.parametrize("kind", sorted(NEWER_PANELS))
def test_a_panel_that_the_oldest_splunk_does_not_draw_is_refused(tmp_path: Path, kind: str) -> None:
    views = tmp_path / "toy" / "default" / "data" / "ui" / "views"
    views.mkdir(parents=True)
    definition = json.dumps({"visualizations": {"viz_a": {"type": kind}}})
    (views / "page.xml").write_text(
        f'<dashboard version="2"><definition><![CDATA[{definition}]]></definition></dashboard>', encoding="utf-8"
    )
    (problem,) = lint_app(tmp_path / "toy")
    assert problem.startswith(f"toy/default/data/ui/views/page.xml: viz_a is a {kind}")
    assert lint_app(ROOT / APP) == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.stem)
def test_what_a_page_reads_of_events_obeys_its_time_range(view: Path) -> None:
    definition = json.loads(ElementTree.parse(view).findtext("definition") or "")
    ranges = [
        each["options"]["token"] for each in definition.get("inputs", {}).values() if each["type"] == "input.timerange"
    ]
    for name, source in definition["dataSources"].items():
        query = source["options"].get("query", "")
        if ranges and source["type"] == "ds.search" and not query.lstrip().startswith(STORED):
            expected = {end: f"${ranges[0]}.{end}$" for end in ("earliest", "latest")}
            assert source["options"].get("queryParameters") == expected, name


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.stem)
def test_a_heading_is_one_word(view: Path) -> None:
    """Splunk's tables take headings for ids of elements, where a blank is an error to screen readers."""
    definition = json.loads(ElementTree.parse(view).findtext("definition") or "")
    queries = [source["options"].get("query", "") for source in definition["dataSources"].values()]
    named = [name for query in queries for name in re.findall(r'\bas "([^"]*)"', query)]
    for panel in definition["visualizations"].values():
        named += panel.get("options", {}).get("columnFormat", {})
    assert [name for name in named if " " in name] == []
