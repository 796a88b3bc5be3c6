"""The staged packages on Splunk's own Python versions: inputs, commands, handler, as one road through a stage."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assembly.machine import SHIPPED_PYTHONS, find_python
from assembly.packages.stage import compile_app
from assembly.paths import ADDON, APP
from demo.run import ANALYSTS, SERVICE
from tests.integration import registers
from tests.integration.installation import NORTHFIELD, add_register, installed, own_log, schedule, source_keys

pytestmark = pytest.mark.full

EXTRACT = (
    '| makeresults | eval text="ring 415.555.0123" | minervaextract fields=text region=US '
    "| table identifier identifier_evidence"
)
LINK = "`minerva_link({tenant}, {index})` | table size explanation"


def interpreter(version: str) -> Path:
    """Returns the interpreter; a missing one fails where CI is set, else the test is skipped and says why."""
    found = find_python(version)
    if found is None:
        reason = f"no Python {version} (python{version} on PATH or MINERVA_PYTHON{version.replace('.', '')})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(found)


@pytest.mark.parametrize("version", SHIPPED_PYTHONS)
def test_input_commands_and_handler_run(apps: list[Path], tmp_path: Path, version: str) -> None:
    python = interpreter(version)
    rows = [registers.row(1, "415-555-0123"), registers.row(2, "415-555-0123"), registers.row(3)]
    with installed(tmp_path / "splunk", apps, python=python) as run:
        for app in (APP, ADDON):
            compile_app(run.stage.surroundings.apps / app, python)
        for scheme in ("minerva_file", "minerva_http"):
            assert {item.name for item in run.stage.inputs.scheme(scheme).arguments} >= {"source_id", "tenant_id"}
        add_register(run, NORTHFIELD, registers.write(tmp_path / "in", rows))
        assert [(item.written, item.error) for item in run.stage.run_inputs()] == [(3, "")]
        assert source_keys(run, NORTHFIELD) == ["MT-1", "MT-2", "MT-3"]
        (extracted,) = run.ask(EXTRACT, ANALYSTS[NORTHFIELD.id])
        assert extracted["identifier"] == "phone:+14155550123"
        assert json.loads(str(extracted["identifier_evidence"]))["raw"] == "415.555.0123"
        linked = run.ask(LINK.format(tenant=NORTHFIELD.id, index=NORTHFIELD.index), SERVICE)
        assert sorted(int(str(row["size"])) for row in linked) == [1, 2]
        schedule(run)
        shown = run.ask("| minervaexpand output=list", ANALYSTS[NORTHFIELD.id])
        assert sorted(int(str(row["size"])) for row in shown) == [1, 2]
        nodes = run.ask(f"| minervaexpand entity={shown[0]['entity_id']} output=nodes", ANALYSTS[NORTHFIELD.id])
        assert "phone:+14155550123" in {str(row["id"]) for row in nodes}
        assert "Traceback" not in own_log(run)


@pytest.mark.parametrize("version", SHIPPED_PYTHONS)
def test_interpreter_is_the_version_it_is_named_for(version: str) -> None:
    from assembly.machine import output_of

    assert (output_of([str(interpreter(version)), "-V"]) or "").startswith(f"Python {version}.")
