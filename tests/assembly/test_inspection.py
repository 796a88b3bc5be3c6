"""One AppInspect report answers for every tag; a warning counts unless it is allowed; a run under a tag must agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assembly.packages import inspection
from assembly.packages.inspection import AllowedWarning, differences, inspect_packages

PACKAGE = "packaging_standards"
COUNTED = ("error", "failure", "future_failure", "skipped", "not_applicable", "warning", "success")


def check(name: str, result: str, *tags: str, messages: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "result": result, "tags": list(tags), "messages": [{"message": line} for line in messages]}


def report(*checks: dict[str, Any]) -> dict[str, Any]:
    summary = {key: sum(item["result"] == key for item in checks) for key in COUNTED}
    return {"summary": summary, "reports": [{"groups": [{"checks": list(checks)}]}]}


COMPLETE = report(
    check("of_the_package", "success", PACKAGE, "cloud"),
    check("of_the_cloud", "failure", "cloud", messages=("line 3",)),
    check("of_all", "success", "cloud", "future"),
    check("of_the_future", "warning", "future", messages=("soon",)),
)


@pytest.mark.parametrize(
    ("tag", "success", "problems"),
    [
        pytest.param("", 2, ["failure of_the_cloud: line 3", "warning of_the_future: soon"], id="all checks"),
        pytest.param("cloud", 2, ["failure of_the_cloud: line 3"], id="cloud"),
        pytest.param("future", 2, ["warning of_the_future: soon"], id="future, the package's own checks too"),
    ],
)
def test_a_tag_counts_its_checks_and_those_of_the_package(tag: str, success: int, problems: list[str]) -> None:
    result = inspection.inspection("toy", tag, COMPLETE, [])
    assert (result.summary["success"], result.problems) == (success, problems)


@pytest.mark.parametrize(
    ("allowed", "counts"),
    [
        pytest.param(AllowedWarning("of_the_future", "known"), False, id="of any package"),
        pytest.param(AllowedWarning("of_the_future", "known", "toy"), False, id="of this package"),
        pytest.param(AllowedWarning("of_the_future", "known", "other"), True, id="of another package"),
    ],
)
def test_a_warning_is_a_problem_unless_it_is_allowed(allowed: AllowedWarning, counts: bool) -> None:
    assert bool(inspection.inspection("toy", "future", COMPLETE, [allowed]).problems) is counts


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("AppInspect wrote no report", id="no report"),
        pytest.param({"summary": {}, "reports": []}, id="a package that was refused"),
        pytest.param({**COMPLETE, "summary": {**COMPLETE["summary"], "error": 1}}, id="an error that no check names"),
    ],
)
def test_a_report_that_says_too_little_is_a_problem(given: dict[str, Any] | str) -> None:
    assert inspection.inspection("toy", "", given, [AllowedWarning("of_the_future", "known")]).problems


@pytest.mark.parametrize(
    ("own", "differs"),
    [
        pytest.param(report(*COMPLETE["reports"][0]["groups"][0]["checks"][:3]), [], id="the same"),
        pytest.param(
            report(*COMPLETE["reports"][0]["groups"][0]["checks"][:2]),
            ["of_all: in a run of all checks ('success', []), under the tag not run"],
            id="a check less",
        ),
        pytest.param("took too long", ["took too long"], id="no report"),
    ],
)
def test_what_a_run_under_a_tag_says_otherwise_is_named(own: dict[str, Any] | str, differs: list[str]) -> None:
    assert differences(COMPLETE, "cloud", own) == differs


@pytest.mark.parametrize(("each_tag", "runs"), [(False, [""]), (True, list(inspection.TAGS))], ids=["once", "each tag"])
def test_the_tool_is_run_once_or_under_each_tag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each_tag: bool, runs: list[str]
) -> None:
    """Only the run of the tool is replaced; its report is read, kept and used again as always."""
    asked: list[str] = []

    def run(archive: Path, tag: str, output: Path, root: Path) -> None:
        asked.append(tag)
        output.write_text(json.dumps(COMPLETE), encoding="utf-8")

    monkeypatch.setattr(inspection, "_run", run)
    (tmp_path / "assembly" / "packages").mkdir(parents=True)
    (tmp_path / inspection.ALLOWED).write_text("- check: of_the_future\n  reason: known\n", encoding="utf-8")
    archive = tmp_path / "toy-0.1.0.tar.gz"
    archive.write_bytes(b"bytes")
    for _ in range(2):
        found = inspect_packages([archive], tmp_path, each_tag)
        assert [item.tag for item in found] == list(inspection.TAGS)
        assert sorted(asked) == sorted(runs)
    # The run under a tag has checks here that the tag does not select.
    assert any("of_the_future: in a run of all checks not run" in line for line in found[1].problems) is each_tag
