"""The examples of docs/partner-api.md, run in order against a stage: they succeed, and answers have the shown keys."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assembly.paths import ROOT
from demo.run import ADMIN, Run
from minerva.partner.contract.checking import check
from minerva.partner.contract.schemas import SCHEMAS
from minerva.partner.registry import BASE, OPERATIONS
from tests.integration.installation import NORTHFIELD, installed

PAGE = (ROOT / "docs" / "partner-api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PROGRAM = "northfield_program"


@pytest.fixture(scope="module")
def environment(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with installed(tmp_path_factory.mktemp("examples") / "splunk", apps) as run:
        yield environment_of(run)


def environment_of(run: Run) -> dict[str, str]:
    """What the page's examples need. The program's user and token are made by the page's own lines."""
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    (steps,) = (text for language, text in BLOCKS if language == "text" and "authorization/tokens" in text)
    steps = steps.replace("https://splunk.example:8089", run.admin.base).replace(
        "password=...", "password='a long word'"
    )
    steps = steps.replace("curl -sS -u admin", f"curl -sS --fail-with-body -u '{ADMIN}:{run.passwords[ADMIN]}'")
    told = run_block(["bash", "-euo", "pipefail", "-c", steps], {**own, "NO_PROXY": "*"})
    made = [each["entry"][0] for each in json.loads(f"[{told.replace('}{', '},{')}]")]
    assert [made[0]["name"], made[0]["content"]["roles"]] == [PROGRAM, [NORTHFIELD.partner_role]]
    return {**own, "NO_PROXY": "*", "MINERVA": run.admin.base + BASE, "TOKEN": made[1]["content"]["token"]}


def keys_of(value: Any) -> Any:
    """The keys of a JSON value, of the first item of each list that has one; values only by kind."""
    if isinstance(value, dict):
        return {key: keys_of(each) for key, each in value.items()}
    if isinstance(value, list):
        return "list"
    return "number" if isinstance(value, (int, float)) else type(value).__name__


def run_block(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_example_of_the_page_runs(environment: dict[str, str]) -> None:
    python, output, compared = "", "", 0
    for language, text in BLOCKS:
        if language == "sh":
            output = run_block(["bash", "-euo", "pipefail", "-c", text], environment)
        elif language == "python":  # later blocks go on with the session of the first
            python += text
            output = run_block([sys.executable, "-c", text if "requests.Session()" in text else python], environment)
        elif language == "json":
            shown, found = json.loads(text), json.loads(output)
            assert keys_of(found) == keys_of(shown)
            compared += 1
    assert compared == 8
    assert {language for language, _ in BLOCKS} == {"sh", "python", "json", "text"}


def test_submitted_examples_are_what_the_contract_says(environment: dict[str, str]) -> None:
    bodies = [json.loads(found) for found in re.findall(r"--data '(\{.*?\})'$", PAGE, re.MULTILINE | re.DOTALL)]
    paths = re.findall(r'"\$MINERVA(/[^"?]*)" --data', PAGE)
    schemas = {operation.path: operation.body for operation in OPERATIONS if operation.method == "POST"}
    assert len(bodies) == len(paths) == 5
    for path, body in zip(paths, bodies, strict=True):
        schema = schemas[path]
        assert schema is not None
        assert check(body, schema, SCHEMAS) is None


def test_the_page_names_every_operation_and_every_code() -> None:
    for operation in OPERATIONS:
        assert operation.path in PAGE, operation.operation_id
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "minerva" / "partner").glob("*.py"))
    codes = set(re.findall(r'(?:Problem\(\s*|_refused\(Problem\(\s*)\d{3},\s*"(\w+)"', source)) - {"failed"}
    assert len(codes) > 15
    assert sorted(code for code in codes if f"`{code}`" not in PAGE) == []
