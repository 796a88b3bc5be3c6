"""While the demo serves: what is made in a page runs by itself."""

from __future__ import annotations

from pathlib import Path

from demo.run import Run
from demo.serve import schedules_running
from tests.understudy.protocol.test_modular_inputs import add_feed, raw
from tests.understudy.staging import make_stage, until


def test_an_input_that_is_made_while_the_demo_serves_runs_on_its_interval(tmp_path: Path) -> None:
    with make_stage(tmp_path / "splunk") as stage, schedules_running(Run(stage, [], {}), look=0.05):
        add_feed(stage, "[feed://made]\nwhat = hello\ninterval = 300\n")
        until(lambda: raw(stage))
        assert {row["source"] for row in raw(stage)} == {"feed://made"}
