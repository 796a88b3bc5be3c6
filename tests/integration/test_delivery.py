"""Every record comes in once: after kills of an input or of the whole stage, on a re-run, and as files grow."""

from __future__ import annotations

import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import inputs
from demo.fake_site import FakeSite
from demo.run import Run
from demo.world import build
from minerva.tenancy.rebuild import refresh
from tests.integration import registers
from tests.integration.installation import (
    NORTHFIELD,
    add_register,
    copies,
    documents,
    installed,
    name_vault_account,
    schedule,
    source_keys,
)
from tests.integration.killing import run_inputs_and_kill, run_stage_and_kill, standing_still
from tests.integration.shown import Shown

ADS = "classified_ads"


def check_exactly_once(run: Run, truth: list[str]) -> None:
    """Each record of the truth is in the index, in one event; nothing else is."""
    assert source_keys(run, NORTHFIELD) == sorted(truth)
    held = copies(run, NORTHFIELD)
    assert len(held) == len(truth)
    assert set(held.values()) == {1}


def check_rerun_is_silent(run: Run) -> None:
    assert [(item.written, item.error) for item in run.stage.run_inputs()] == [(0, "")]


def test_world_is_stored_once_and_without_loss(shown: Shown) -> None:
    for tenant in shown.run.collecting:
        truth = Counter(source for source, _ in shown.world.truth(tenant.id))
        for source, count in truth.items():
            keys = sorted(key for name, key in shown.world.truth(tenant.id) if name == source)
            assert source_keys(shown.run, tenant, source) == keys
            assert len(keys) == count
        assert set(copies(shown.run, tenant).values()) == {1}


@pytest.fixture
def site() -> Iterator[FakeSite]:
    world = build(records=2500, tenants=(NORTHFIELD.id,))
    made = FakeSite({(NORTHFIELD.id, ADS): world.rows(NORTHFIELD.id, ADS)}, api_key="a test key", token="")
    made.truth = [key for source, key in world.truth(NORTHFIELD.id) if source == ADS]  # type: ignore[attr-defined]
    made.start()
    yield made
    made.stop()


@pytest.mark.slow
@pytest.mark.full
def test_web_input_killed_between_pages_loses_and_doubles_nothing(
    apps: list[Path], site: FakeSite, tmp_path: Path
) -> None:
    truth: list[str] = site.truth  # type: ignore[attr-defined]
    with installed(tmp_path, apps) as run:
        inputs.set_network(run.admin, f"127.0.0.1:{site.port}")
        inputs.offer_demo_sources(run.admin)
        inputs.add_account(run.admin, inputs.ACCOUNTS[ADS], "a test key")
        name_vault_account(run.stage)
        inputs.add_http_input(run.admin, NORTHFIELD.id, NORTHFIELD.index, ADS, f"http://127.0.0.1:{site.port}")
        held = standing_still(site, "trouble", lambda: site.requests >= 9)
        (killed,) = run_inputs_and_kill(run, lambda: site.requests >= 9, held)
        assert killed.exit_code == -signal.SIGKILL
        assert len(copies(run, NORTHFIELD)) < len(truth)
        run.stage.run_inputs()
        check_exactly_once(run, truth)
        check_rerun_is_silent(run)


@pytest.mark.slow
@pytest.mark.full
def test_file_input_killed_with_half_a_file_in_the_index_loses_and_doubles_nothing(
    apps: list[Path], tmp_path: Path
) -> None:
    rows = [registers.row(number) for number in range(3500)]
    with installed(tmp_path / "splunk", apps) as run:
        add_register(run, NORTHFIELD, registers.write(tmp_path / "in", rows))
        held = standing_still(run.stage.store, "ingest")
        (killed,) = run_inputs_and_kill(run, lambda: copies(run, NORTHFIELD), held)
        assert killed.exit_code == -signal.SIGKILL
        assert 0 < len(copies(run, NORTHFIELD)) < len(rows)
        run.stage.run_inputs()
        check_exactly_once(run, [row["license_number"] for row in rows])
        check_rerun_is_silent(run)


@pytest.mark.slow
@pytest.mark.full
def test_stage_killed_while_it_reads_and_while_it_links_ends_like_an_undisturbed_one(
    apps: list[Path], tmp_path: Path
) -> None:
    rows = [registers.row(number) for number in range(2300)]
    folder = registers.write(tmp_path / "in", rows)
    homes = {name: tmp_path / name for name in ("killed", "undisturbed")}
    for home in homes.values():
        with installed(home, apps) as run:
            add_register(run, NORTHFIELD, folder)
    reading = run_stage_and_kill(homes["killed"], "reading", lambda said: said["stored"] > 0)
    assert reading["phase"] == "reading"
    assert reading["stored"] < len(rows)
    linking = run_stage_and_kill(homes["killed"], "linking", lambda said: said["entities"] > 0)
    assert linking["phase"] == "linking"
    assert linking["entities"] < len(rows)
    time.sleep(refresh.SECONDS)  # the killed search's lease runs out; until then the tenant's entities are its own
    stored = {}
    for name, home in homes.items():
        with installed(home) as run:
            run.stage.run_inputs()
            schedule(run, (int(time.time()) // 300 + 3) * 300)  # a time that the killed schedule has not begun
            check_exactly_once(run, [row["license_number"] for row in rows])
            check_rerun_is_silent(run)
            stored[name] = [documents(run, NORTHFIELD.id, kind) for kind in ("minerva_entities", "minerva_members")]
    assert stored["killed"] == stored["undisturbed"]
    held = [record for text in stored["killed"][0].values() for record in json.loads(text)["records"]]
    assert len(held) == len(set(held)) == len(rows)


@pytest.mark.full
@pytest.mark.parametrize("mode", ["whole", "appended"])
def test_growing_file_brings_only_what_is_new(apps: list[Path], tmp_path: Path, mode: str) -> None:
    rows = [registers.row(number) for number in range(5)]
    folder = registers.write(tmp_path / "in", rows[:3])
    with installed(tmp_path / "splunk", apps) as run:
        add_register(run, NORTHFIELD, folder, mode)
        written = [item.written for item in run.stage.run_inputs()]
        registers.write(folder, rows)
        written += [item.written for item in run.stage.run_inputs()]
        check_exactly_once(run, [row["license_number"] for row in rows])
        written += [item.written for item in run.stage.run_inputs()]
    assert written == [3, 2, 0]


@pytest.mark.full
def test_changed_content_is_a_new_record_beside_the_old_one(apps: list[Path], tmp_path: Path) -> None:
    folder = registers.write(tmp_path / "in", [registers.row(1), registers.row(2)])
    with installed(tmp_path / "splunk", apps) as run:
        add_register(run, NORTHFIELD, folder)
        run.stage.run_inputs()
        before = set(copies(run, NORTHFIELD))
        registers.write(folder, [registers.row(1, status="revoked"), registers.row(2)])
        assert [item.written for item in run.stage.run_inputs()] == [1]
        after = copies(run, NORTHFIELD)
        assert before < set(after)
        assert set(after.values()) == {1}
        spl = f"search index={NORTHFIELD.index} source_key=MT-1 | sort attributes.status | table attributes.status"
        assert [row["attributes.status"] for row in run.ask(spl)] == ["active", "revoked"]
