"""A disk that is full, and a store that is away for a minute: the run ends in words, and nothing is lost or doubled."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import StateError
from tests.connectors.kills.forked import forked
from tests.connectors.kills.license_files import line, write
from tests.connectors.running import World, changed
from tests.connectors.test_protection import Vault

ROWS = 1500


def prepared(tmp_path: Path, rows: int = ROWS) -> Path:
    write(tmp_path / "in" / "a.csv", *(line(number) for number in range(rows)))
    return tmp_path / "in"


@pytest.mark.parametrize("room", [55_000, 75_000])
def test_a_full_disk_ends_the_run_in_words_and_the_next_run_loses_and_doubles_nothing(
    tmp_path: Path, room: int
) -> None:
    folder, state = prepared(tmp_path), tmp_path / "state"
    stored = tmp_path / "stored.txt"
    stored.touch()

    def run(world: World) -> None:
        with stored.open("a", encoding="utf-8") as out:
            world.confirm = lambda ids: set(ids) & set(stored.read_text(encoding="utf-8").split())
            world.index = _Kept(out)  # type: ignore[assignment]
            world.read(changed("massage_licenses"), folder)

    def run_without_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        with pytest.raises(StateError, match="is the volume of the checkpoints full"):
            run(World(state))

    assert forked(run_without_room) == 0
    before = stored.read_text(encoding="utf-8").split()
    assert len(before) < ROWS
    for _ in range(2):
        run(World(state))
    found = stored.read_text(encoding="utf-8").split()
    assert (len(set(found)), len(found)) == (ROWS, ROWS)


class _Kept:
    """Ids that reach the index, in a file that outlives the process."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def extend(self, records: Any) -> None:
        self._out.writelines(f"{record.record_id}\n" for record in records)
        self._out.flush()


def test_a_store_that_is_away_for_a_minute_stops_runs_and_loses_nothing(tmp_path: Path) -> None:
    folder = prepared(tmp_path, 60)
    world, vault = World(tmp_path / "state"), Vault()
    world.vault = vault
    back = world.slept.moment + 60
    failed = []
    for _ in range(5):
        vault.down = world.slept.moment < back
        failed.append(world.read(changed("massage_licenses"), folder).failed)
        world.slept.moment += 15
    assert failed == ["vault", "vault", "vault", "vault", ""]
    assert (len(world.ids()), len(set(world.ids()))) == (60, 60)
    assert world.codes().count("run_failed") == 4
