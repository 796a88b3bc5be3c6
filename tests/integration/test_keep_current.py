"""On the stand-in: the scheduled search links what is new alone, and the nightly one finds nothing to change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assembly.emit.app_searches import fill, read_searches
from demo.run import ADMIN, ANALYSTS, ROOT, SERVICE, Run
from demo.serve import schedules_running
from minerva.linking.model import read_row
from minerva.records import Record
from tests.integration.installation import NORTHFIELD, Browser, documents, installed, schedule, signed
from tests.integration.test_schedule_alert import plant
from tests.understudy.staging import Clock

FIRST, SECOND = "415-555-0123", "415-555-0145"
KEEP, ANEW = "Minerva - keep entities current", "Minerva - link everything anew"


@pytest.fixture
def clock() -> Clock:
    return Clock(1_795_500_000.0)


@pytest.fixture
def run(apps: list[Path], tmp_path: Path, clock: Clock) -> Iterator[Run]:
    with installed(tmp_path, apps, clock=clock) as made:
        yield made


def saved(run: Run, name: str) -> list[dict[str, object]]:
    """Runs one scheduled search of the tenant as the service; returns its rows."""
    (text,) = (each.search for each in read_searches(ROOT).searches if each.name.startswith(name))
    return run.ask(filled(text), SERVICE)


def filled(text: str) -> str:
    return fill(text, {"tenant": NORTHFIELD.id, "index": NORTHFIELD.index})


LINKED = (
    "entities", "members", "redirects", "watchlist", "judgements", "alerts", "submissions", "api_limits", "api_answers",
)  # fmt: skip
"""Collections that a linking run writes or must leave alone; `refresh` counts the runs themselves."""


def read(run: Run) -> list[dict[str, object]]:
    """Returns the rows that the scheduled search hands to linking."""
    (text,) = (each.search for each in read_searches(ROOT).searches if each.name.startswith(KEEP))
    return run.ask(filled(text).rpartition("| minervalink")[0], SERVICE)


def stored(run: Run) -> dict[str, dict[str, str]]:
    return {f"minerva_{name}": documents(run, NORTHFIELD.id, f"minerva_{name}") for name in LINKED}


def test_new_records_are_linked_alone_and_a_rebuild_changes_nothing(run: Run, clock: Clock) -> None:
    for number, phone in enumerate((FIRST, FIRST, SECOND), 1):
        plant(run, NORTHFIELD, number, f"Call me {phone} today")
    assert len(saved(run, KEEP)) == 2
    clock.now += 7200
    plant(run, NORTHFIELD, 4, f"New here, call {SECOND}")
    assert len(read(run)) == 4  # indexed within a quarter of an hour of the newest that was linked
    (linked,) = saved(run, KEEP)
    assert str(linked["size"]) == "2"
    clock.now += 60
    plant(run, NORTHFIELD, 5, f"Again, call {FIRST}")
    assert len(read(run)) == 2
    (linked,) = saved(run, KEEP)
    assert str(linked["size"]) == "3"
    before = stored(run)
    saved(run, ANEW)
    assert stored(run) == before
    assert saved(run, KEEP) == []


TEMPLATE = (
    "Two weeks only in the old mill house by the river, quiet rooms with tea and soft light, please write a day before "
    "and say which hour suits you, parking behind the bakery, no hidden fees, the door is the green one, ask for {}"
)


@pytest.mark.full
def test_the_schedule_sees_sketches_of_texts_and_no_text(run: Run, clock: Clock) -> None:
    plant(run, NORTHFIELD, 1, TEMPLATE.format(f"Lena, {FIRST}"))
    assert len(saved(run, KEEP)) == 1
    clock.now += 7200
    plant(run, NORTHFIELD, 9, f"Elsewhere, call {SECOND}")
    assert len(saved(run, KEEP)) == 1
    clock.now += 7200
    plant(run, NORTHFIELD, 2, TEMPLATE.format("Mia"))
    rows = read(run)
    assert [str(row["sketch"])[0] for row in rows if row.get("sketch")] == ["l"]
    assert "mill house" not in str(rows)
    (linked,) = saved(run, KEEP)
    assert str(linked["size"]) == "2"
    assert "a template used with at most 2 different contacts" in str(linked["why"])
    before = stored(run)
    assert "mill house" not in str(before)
    saved(run, ANEW)
    assert stored(run) == before


@pytest.mark.full
def test_two_events_of_one_id_that_differ_are_named_by_schedule_message_and_entity(run: Run, clock: Clock) -> None:
    record_id = plant(run, NORTHFIELD, 1, f"Call {FIRST}")
    (event,) = (str(row["_raw"]) for row in run.ask(f"search index={NORTHFIELD.index} | table _raw"))
    for name in ("Ann", "Bea"):
        twin = signed(run, NORTHFIELD, replace(Record.from_json(event), name=name, signature=""))
        with Browser(run, ADMIN) as browser:
            query = f"index={NORTHFIELD.index}&sourcetype=minerva:ad&source=classified_ads&host=minerva"
            assert browser.send(f"/services/receivers/simple?{query}", twin.to_json()) == 200
    clock.now = (clock.now // 300 + 1) * 300
    jobs = [job for job in run.stage.run_schedules(clock.now) if NORTHFIELD.id in str(job.request.saved_search)]
    told = {str(job.request.saved_search): [each.text for each in job.messages] for job in jobs}
    named = f"1 record id came with different content: {record_id} (name)"
    assert all(any(named in text for text in told[f"{name} - {NORTHFIELD.id}"]) for name in (KEEP, ANEW)), told
    (row,) = run.ask(f"| minervaresolve record_id={record_id}", ANALYSTS[NORTHFIELD.id])
    assert (row["differing"], row["names"]) == (f"{record_id}: name", "Ann")
    assert named in str(row["explanation"])


@pytest.mark.full
def test_coordinates_reach_linking(run: Run) -> None:
    plant(run, NORTHFIELD, 1, f"Call {FIRST}", attributes={"latitude": "41.878113", "longitude": "-87.629799"})
    (row,) = read(run)
    assert read_row(row).identifiers == ("geo:41.878113,-87.629799", "phone:+14155550123")


@pytest.mark.full
def test_what_closed_and_what_opened_at_a_site_are_told_in_turn_with_their_dates(run: Run) -> None:
    days = {"Haybar Bakery": {"opened": "2009-04-01", "closed": "2018-08-31"}, "Rainwater Grill": {"opened": "2018-09"}}
    ids = {name: _business(run, name, told) for name, told in days.items()}
    for search in (KEEP, ANEW):
        rows = saved(run, search)
        assert len(rows) == 2 if search == KEEP else [str(row["entities"]) for row in rows] == ["2"]
        for name, kind, other in (
            ("Haybar Bakery", "predecessor", "Rainwater Grill"),
            ("Rainwater Grill", "successor", "Haybar Bakery"),
        ):
            (row,) = run.ask(f"| minervaresolve record_id={ids[name]}", ANALYSTS[NORTHFIELD.id])
            assert str(row["related"]).startswith(f"{kind} of {other} ")
            assert "the one ended 2018-08-31, the other began 2018-09" in str(row["related"])


def _business(run: Run, name: str, days: dict[str, str]) -> str:
    """Sends one establishment of the same house to the index, as an input would; returns its record id."""
    record = Record.build(
        record_type="establishment",
        source_id="register",
        tenant_id=NORTHFIELD.id,
        natural_key=name,
        observed_time="2026-10-01T12:00:00Z",
        texts={"name": name, "address": "400 Elm St", "city": "Salem", "postcode": "80306"},
        attributes=days,
    )
    query = f"index={NORTHFIELD.index}&sourcetype=minerva:establishment&source=register&host=minerva"
    with Browser(run, "admin") as browser:
        assert browser.send(f"/services/receivers/simple?{query}", signed(run, NORTHFIELD, record).to_json()) == 200
    return record.record_id


@pytest.mark.full
def test_a_nightly_rebuild_that_runs_late_keeps_what_came_since_its_time(run: Run, clock: Clock) -> None:
    """A scheduled search's `now` is the time it was due; at its first run that is last night."""
    for number in (1, 2):
        plant(run, NORTHFIELD, number, f"Call me {FIRST} today", observed="2026-11-24T05:59:00Z")
    mark = (clock.now // 300 + 1) * 300
    ran = schedule(run, mark)
    assert {f"{KEEP} - {NORTHFIELD.id}", f"{ANEW} - {NORTHFIELD.id}"} <= set(ran)
    (entity,) = stored(run)["minerva_entities"].values()
    assert '"size": 2' in entity


@pytest.mark.full
def test_the_demo_runs_its_schedules_while_it_serves(run: Run, clock: Clock) -> None:
    plant(run, NORTHFIELD, 1, f"Call me {FIRST} today")
    clock.now += 600  # what was due before the start is not made up for
    with schedules_running(run, look=0.05):
        deadline = time.monotonic() + 120
        while not stored(run)["minerva_entities"] and time.monotonic() < deadline:
            time.sleep(0.05)
    assert len(stored(run)["minerva_entities"]) == 1


@pytest.mark.full
def test_a_record_that_rebuilds_do_not_find_leaves_with_the_third_or_when_it_is_old(run: Run, clock: Clock) -> None:
    lost = [
        plant(run, NORTHFIELD, number, f"Call {FIRST}", observed=observed)
        for number, observed in ((1, "2026-11-01T12:00:00Z"), (2, "2003-11-01T12:00:00Z"))
    ]
    plant(run, NORTHFIELD, 3, f"Call {FIRST}")
    saved(run, KEEP)
    (text,) = (each.search for each in read_searches(ROOT).searches if each.name.startswith(ANEW))
    head, command, tail = filled(text).rpartition("| minervalink")
    sizes = []
    for _ in range(3):
        (row,) = run.ask(
            f"{head}| search NOT record_id IN ({','.join(lost)}) {command}{tail.partition('|')[0]}", SERVICE
        )
        sizes.append(int(str(row["size"])))
    assert sizes == [2, 2, 1]
