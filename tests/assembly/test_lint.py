"""Our own gate finds each thing it names, and the shipped trees pass it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly.lint import lint_app, lint_python, risky_commands
from assembly.paths import ADDON, APP, ROOT
from assembly.searches import check_searches


def app_with(folder: Path, conf: str, text: str) -> Path:
    path = folder / APP / conf
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder / APP


@pytest.mark.parametrize(
    ("conf", "text", "words"),
    [
        pytest.param("default/authorize.conf", "[role_a]\nimportRoles = user\n", "imports user", id="imported role"),
        pytest.param("default/authorize.conf", "[role_a]\nsrchIndexesAllowed = mnv_*\n", "mnv_*", id="wildcard index"),
        pytest.param("default/authorize.conf", "[role_a]\nsrchJobsQuota = 0\n", "without limit", id="quota 0"),
        pytest.param("default/authorize.conf", "[role_a]\nsrchFilter = a=b\n", "srchFilter", id="filter"),
        pytest.param("default/savedsearches.conf", "[s]\nsearch = a | collect index=b\n", "uses collect", id="collect"),
        pytest.param("default/savedsearches.conf", "[s]\ndispatchAs = owner\n", "dispatchAs", id="as owner"),
        pytest.param(
            "default/savedsearches.conf", "[s]\ncron_schedule = 1 2 * * *\n", "allow_partial_results", id="partial"
        ),
        pytest.param("default/savedsearches.conf", "[s]\nenableSched = true\n", "0 or 1", id="a word"),
        pytest.param("default/savedsearches.conf", "[s]\nalert.digest_mode = false\n", "at most 500", id="row by row"),
        pytest.param("default/macros.conf", "[m]\ndefinition = x | outputlookup y\n", "uses outputlookup", id="macro"),
        pytest.param("default/macros.conf", "[m]\ndefinition = x | append [| rest /y]\n", "uses rest", id="rest"),
        pytest.param(
            "default/macros.conf",
            "[minerva_source_lines]\ndefinition = x | append [| rest /y]\n",
            "uses rest",
            id="rest in the lines of sources",
        ),
        pytest.param("default/macros.conf", "[m]\ndefinition = x\n[m]\na = b\n", "occurs twice", id="stanza twice"),
        pytest.param("metadata/default.meta", "[views]\nexport = system\n", "export = system", id="export"),
        pytest.param("metadata/default.meta", "[collections]\naccess = read : [ * ]\n", "who may read", id="read all"),
        pytest.param(
            "metadata/default.meta", "[]\naccess = read : [ a ], write : [ * ]\n", "may write", id="write all"
        ),
    ],
)
def test_a_conf_that_opens_a_door_is_found(tmp_path: Path, conf: str, text: str, words: str) -> None:
    assert any(words in line for line in lint_app(app_with(tmp_path, conf, text)))


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from subprocess import run",
        "eval('1')",
        "import os\nos.system('x')",
        "get(url, verify=False)",
    ],
)
def test_code_that_opens_a_door_is_found(tmp_path: Path, code: str) -> None:
    path = tmp_path / "door.py"
    path.write_text(code + "\n", encoding="utf-8")
    assert len(lint_python(path, "door.py")) == 1


def test_a_process_is_started_by_the_named_modules_alone(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text("import subprocess\nimport pickle\n", encoding="utf-8")
    refused = lint_python(path, "minerva/intake/formats/limited_child.py")
    assert [line.rpartition(" ")[2] for line in refused] == ["pickle"]
    assert len(lint_python(path, "minerva/intake/other_child.py")) == 2


def test_a_quoted_command_is_no_command() -> None:
    assert risky_commands('index=a "| delete" | stats count') == []


def test_a_search_with_an_unknown_command_is_found(tmp_path: Path) -> None:
    app = app_with(tmp_path, "default/savedsearches.conf", "[s]\nsearch = index=a | statz count\n")
    assert any("statz" in line for line in check_searches(app))


@pytest.mark.parametrize("app", [APP, ADDON])
def test_the_shipped_confs_pass(app: str) -> None:
    assert lint_app(ROOT / app) == []
