"""is_risky of commands.conf: told by search/parser, so that a page may ask before it runs a search from a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understudy.access.world import document, rest
from tests.understudy.staging import ADMIN, make_stage


@pytest.mark.parametrize(
    ("search", "risky"),
    [
        pytest.param("search * | stats count", [False, False], id="harmless"),
        pytest.param("| makeresults | outputlookup x.csv", [False, True], id="writes"),
        pytest.param("| makeresults | collect index=main", [False, True], id="collects"),
        pytest.param("| makeresults | map search=\"search x\"", [False, True], id="map"),
        pytest.param("| makeresults | head 1", [False, True], id="made-risky-by-commands.conf"),
    ],
)  # fmt: skip
def test_parser_tells_which_commands_are_risky(tmp_path: Path, search: str, risky: list[bool]) -> None:
    app = tmp_path / "home" / "etc" / "apps" / "a" / "default"
    app.mkdir(parents=True)
    (app / "commands.conf").write_text("[head]\nis_risky = true\n", encoding="utf-8")
    with make_stage(tmp_path / "home") as stage:
        answer = rest(stage, ADMIN, "GET", "search/v2/parser", q=search)
        assert [item["isRisky"] for item in document(answer)["commands"]] == risky
