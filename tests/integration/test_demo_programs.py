"""What the demo prints about the partner API answers as it stands: the address, a program's token, one request."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from demo.programs import print_programs
from demo.run import PROGRAMS
from tests.integration.installation import installed

pytestmark = pytest.mark.full


def run_line(line: str) -> subprocess.CompletedProcess[str]:
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = ["bash", "-c", line]
    return subprocess.run(command, env={**own, "NO_PROXY": "*"}, capture_output=True, text=True, timeout=60, check=True)


def test_the_printed_request_answers_with_the_printed_token(
    apps: list[Path], tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    with installed(tmp_path_factory.mktemp("programs") / "splunk", apps) as run:
        for tenant in run.tenants:
            run.stage.create_user(PROGRAMS[tenant.id], "a test password", [tenant.partner_role])
        print_programs(run)
        printed = capsys.readouterr().out
        line = next(line for line in printed.splitlines() if line.strip().startswith("curl "))
        done = run_line(line)
        assert json.loads(done.stdout)["status"] == "ok"
        assert run.admin.base in printed
        assert len(set(re.findall(r"^      (\S+)$", printed, re.MULTILINE))) == len(run.tenants)
        refused = line.replace("Bearer ", "Bearer x")
        done = run_line(refused)
        assert json.loads(done.stdout)["messages"], "with output_mode=json splunkd itself refuses in JSON too"
