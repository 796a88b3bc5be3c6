"""The health of sources on a stage: lines as inputs log them, through the shipped macro, command, page and alert."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assembly.packages.stage import stage_apps
from assembly.paths import APP, ROOT
from demo.run import ADMIN
from minerva.intake.logs import format_line
from tests.integration.installation import NORTHFIELD, installed

pytestmark = pytest.mark.full

VIEW = ROOT / APP / "default" / "data" / "ui" / "views" / "source_health.xml"
HEALTH = (
    "`minerva_source_lines` | minervasourcehealth | table source_id source_title state problem what_to_do cadence_s"
)


def test_each_state_is_told_from_the_log_alone_and_to_nobody_who_may_not_read_it(
    tmp_path: Path,
) -> None:
    apps = stage_apps(tmp_path / "staged", ROOT)
    local = apps[1] / "local" / "inputs.conf"
    local.parent.mkdir()
    held = f"source_id = court_records\ntenant_id = {NORTHFIELD.id}\nindex = {NORTHFIELD.index}\ndisabled = 1\n"
    local.write_text(f"[minerva_http://held]\n{held}", encoding="utf-8")
    with installed(tmp_path / "splunk", apps) as run:
        for source, failed in (("classified_ads", "none"), ("user_profiles", "status_401"), ("press_news", "none")):
            words = {"source_id": source, "tenant_id": NORTHFIELD.id, "read": 9, "emitted": 9, "refused": 0}
            if source == "press_news":
                run.stage.log(
                    "WARN", "ModularInputs", format_line("unknown_column", source_id=source, column="new", rows=9)
                )
            run.stage.log("INFO", "ModularInputs", format_line("run_done", **words, failed=failed))
        run.stage.own_log.index()
        rows = run.ask(HEALTH)
        assert [(row["source_id"], row["state"]) for row in rows] == [
            ("user_profiles", "broken"),
            ("press_news", "drifted"),
            ("court_records", "off"),
            ("classified_ads", "ok"),
        ]
        assert rows[0]["what_to_do"] == "Check the account and when its key ends."
        assert rows[1]["source_title"] == "Press releases"
        assert str(rows[1]["cadence_s"]) == "900"
        assert run.ask("| search index=_internal event=run_done | head 1", ADMIN)
        run.stage.create_user("una", "a long password", ["user"])  # searches what is not internal
        assert list(run.stage.search(HEALTH, "una", app=APP).rows) == []
        for name, query in page_searches():
            assert run.ask(query), name
        alert = run.stage.conf.get("savedsearches", "Minerva - health of sources", "search", app=APP)
        assert {row["source_id"] for row in run.ask(str(alert))} == {"user_profiles", "press_news"}


def page_searches() -> list[tuple[str, str]]:
    """Every search of the page, chains written out."""
    sources = json.loads(ElementTree.parse(VIEW).findtext("definition") or "")["dataSources"]
    found = []
    for name, source in sources.items():
        options = source["options"]
        base = sources[options["extend"]]["options"]["query"] + " " if "extend" in options else ""
        found.append((name, (base + options["query"]).replace("$source|s$", '"*"')))
    return found
