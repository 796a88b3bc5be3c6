"""The demo as a user runs it: one command, a summary from the store, and an exit code that means something."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import demo.__main__ as door
from benchmarks import figures, link_ingested
from demo.world import LEVELS, UNTIL, build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "demo", "--once", "--records", "240", "--level", "easy"]
    command += ["--until", f"{UNTIL:%Y-%m-%d}", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.full
def test_every_source_of_every_tenant_is_read_stored_and_refused_as_the_world_says(output: str) -> None:
    lines = re.findall(r"^  (\w+) +(northfield|riverbank) +(\d+) +(\d+) +(\d+)$", output, re.MULTILINE)
    assert len(lines) == 12
    assert sum(int(stored) for *_, stored, _ in lines) == 240
    assert all(int(read) == int(stored) + int(refused) for _, _, read, stored, refused in lines)
    assert sum(int(refused) for *_, refused in lines) > 0


@pytest.mark.slow
@pytest.mark.full
@pytest.mark.parametrize(
    "line",
    [
        r"identifiers +.*phone \d+",
        r"entities +northfield: \d+",
        r"entities +riverbank: \d+",
        r"against truth +precision \d\.\d{3} recall \d\.\d{3} F1 \d\.\d{3}",
        r"scheduled +21 searches run, 21 succeeded",
        r"alerts +northfield: 1 ",
        r"alerts +riverbank: 1 ",
        r"cross-tenant +\d{3} probes tried, 0 seen",
        r"\d+ sources gave records over \d+ transports; 2[0-9] are folders of the catalogue",
        r"analyst of Northfield police unit",
        r"a stand-in for Splunk\. It is not Splunk",
    ],
)
def test_the_summary_says_what_happened(output: str, line: str) -> None:
    assert re.search(line, output), line


@pytest.mark.slow
@pytest.mark.full
def test_the_score_is_that_of_the_same_records_ingested_and_linked_without_the_stand_in(output: str) -> None:
    world = build(records=240, level=LEVELS["easy"])
    linked = {each.tenant: link_ingested.link(each) for each in link_ingested.ingest_world(world)}
    score = link_ingested.score_world(world, linked)
    told = f"precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}"
    assert re.search(rf"against truth +{re.escape(told)}", output), told
    for tenant, each in linked.items():
        assert re.search(rf"entities +{tenant}: {len(each.sizes)}, ", output), tenant


@pytest.mark.slow
@pytest.mark.full
def test_as_many_searches_run_and_probes_are_tried_as_the_pages_say(output: str) -> None:
    stated = figures.read()["demo_run"]["values"]
    assert f"{stated['searches']} searches run, {stated['succeeded']} succeeded" in output
    assert f"{stated['probes']} probes tried, {stated['seen']} seen" in output


def test_a_wrong_number_of_records_is_refused_with_a_reason() -> None:
    command = [sys.executable, "-m", "demo", "--once", "--records", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "at least 50" in done.stderr


def test_a_taken_port_is_told_before_any_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "demo", "--port", str(port), "--home", str(tmp_path / "home")]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert f"--port: something else listens on 127.0.0.1:{port}" in ended.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("date", "reason"),
    [("tomorrow", "expected a date as in 2026-11-01"), ("2999-01-01", "expected a day that has begun")],
)
def test_a_date_that_no_world_can_end_at_is_refused_with_a_reason(date: str, reason: str) -> None:
    command = [sys.executable, "-m", "demo", "--once", "--until", date]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"--until: {reason}" in done.stderr


def test_without_a_date_the_world_ends_at_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []

    def build_nothing(*, until: datetime, **_: Any) -> None:
        made.append(until)
        raise InterruptedError

    monkeypatch.setattr(sys, "argv", ["demo", "--once", "--records", "50"])
    monkeypatch.setattr(door, "build", build_nothing)
    with pytest.raises(InterruptedError):
        door.main()
    assert abs(datetime.now(UTC) - made[0]) < timedelta(minutes=1)
