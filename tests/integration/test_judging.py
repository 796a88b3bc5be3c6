"""On the stand-in: an analyst asks for an identifier, undoes a join, and the next refresh keeps to it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from demo.run import ANALYSTS
from tests.integration import registers
from tests.integration.installation import NORTHFIELD, RIVERBANK, add_register, installed, schedule

pytestmark = pytest.mark.full

NORA, RUTH = ANALYSTS[NORTHFIELD.id], ANALYSTS[RIVERBANK.id]


def test_a_join_is_undone_from_the_search_page_and_the_next_refresh_respects_it(
    apps: list[Path], tmp_path: Path
) -> None:
    mark = (int(time.time()) // 300 + 1) * 300.0
    rows = [registers.row(number, "415-555-0123") for number in (1, 2)]
    with installed(tmp_path / "splunk", apps) as run:
        add_register(run, NORTHFIELD, registers.write(tmp_path / "in", rows))
        run.stage.run_inputs()
        schedule(run, mark)
        (found,) = run.ask('| minervaresolve identifier="(415) 555-0123"', NORA)
        assert found["explanation"] == "These 2 records: phone in 2"
        assert "both hold the phone +14155550123" in str(found["reasons"])
        first, second = found["records"]
        (join,) = run.ask(f"| minervaresolve entity={found['entity_id']} output=joins", NORA)
        undo = str(join["undo"]).replace("...", "two businesses, one desk")
        (judged,) = run.ask(undo, NORA)
        assert (judged["by"], judged["verdict"], judged["why"]) == (NORA, "not_same", "two businesses, one desk")
        (unseen,) = run.ask(f"| minervaresolve record_id={first}", RUTH)
        assert str(unseen["message"]).startswith("Nothing found")
        schedule(run, mark + 300)
        parts = [run.ask(f"| minervaresolve record_id={each}", NORA)[0] for each in (first, second)]
        assert [part["records"] for part in parts] == [first, second]
        assert found["entity_id"] in {part["entity_id"] for part in parts}
        run.ask(f'| minervajudge a={first} b={second} verdict=take_back why="one after all"', NORA)
        schedule(run, mark + 600)
        (again,) = run.ask(f"| minervaresolve record_id={second}", NORA)
        assert (again["entity_id"], again["records"]) == (found["entity_id"], found["records"])
