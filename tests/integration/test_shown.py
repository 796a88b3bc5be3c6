"""The world that is made once: each copy of it is whole, at its own place, and sees nothing of what another does."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.inputs import ADDON
from demo.run import ADMINS, ANALYSTS
from tests.integration.installation import APP, NORTHFIELD, Browser
from tests.integration.made_once import made_once
from tests.integration.shown import Shown, opened_world

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def shown(own_world: Shown) -> Shown:
    """A world of this module's own, since its tests change it."""
    return own_world


def files_that_name(place: str, home: Path) -> list[str]:
    """Returns the files of a home whose bytes hold a text, without the log and its events, which tell of what was."""
    told = ("splunkd.log", "events.duckdb")
    files = (path for path in home.rglob("*") if path.is_file() and path.name not in told)
    return sorted(str(path.relative_to(home)) for path in files if place.encode() in path.read_bytes())


def test_a_copy_names_its_own_place_and_port_and_not_those_it_was_made_at(shown: Shown) -> None:
    stage = shown.run.stage
    register = stage.conf.get("inputs", f"minerva_file://{NORTHFIELD.id}_massage_licenses", "path")
    assert Path(str(register)) == stage.home.parent / "registers" / NORTHFIELD.id / "licenses"
    assert (Path(str(register)) / "licenses.csv").is_file()
    assert stage.conf.get("web", "settings", "mgmtHostPort") == f"127.0.0.1:{stage.rest_port}"
    assert files_that_name("world_of_all", stage.home) == []


def test_a_copy_goes_on_where_the_world_stopped(shown: Shown) -> None:
    keys = {each.password for each in shown.run.stage.passwords.all(None) if ADDON in each.realm}
    assert keys
    assert "" not in keys
    ran = shown.run.stage.run_inputs("minerva_file")
    assert sum(len(run.stanzas) for run in ran) == 2 * len(shown.run.collecting)
    assert {(run.written, run.exit_code, run.error) for run in ran} == {(0, 0, "")}


def test_what_is_done_in_one_copy_is_not_in_another(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> None:
    watched = shown.run.stage.kv.collection(APP, "minerva_watchlist").count()
    with opened_world(tmp_path_factory) as other:
        assert other.run.stage.home != shown.run.stage.home
        assert (other.entity, other.records) == (shown.entity, shown.records)
        with Browser(other.run, ADMINS[NORTHFIELD.id]) as admin:
            assert admin.entities("watchlist", {"op": "add", "identifier": "phone:+14155550199"})[0] == 200
        other.run.stage.create_user("newcomer", "a test password", [NORTHFIELD.analyst_role])
        other.run.stage.conf.write("minerva_tenants", NORTHFIELD.id, {"state": "suspended"}, "minerva_tenants")
        home = other.run.stage.home
    assert not home.exists()
    assert shown.run.stage.kv.collection(APP, "minerva_watchlist").count() == watched
    assert shown.run.stage.accounts.user("newcomer") is None
    assert shown.run.call_handler(ANALYSTS[NORTHFIELD.id], "list", {})["entities"]


def test_what_failed_half_made_is_made_anew_and_what_is_made_is_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        made_once(tmp_path_factory, "tried", fails)
    made = made_once(tmp_path_factory, "tried", lambda folder: (folder / "whole").touch())
    assert made_once(tmp_path_factory, "tried", fails) == made
    assert [path.name for path in made.iterdir()] == ["whole"]
