"""loadjob chooses among the jobs of a saved search: by age, by who started them, and only those with results."""

from __future__ import annotations

import pytest

from tests.understudy.staging import ADMIN
from understudy.jobs.job import Request
from understudy.spl.errors import MissingError, RuntimeSplError
from understudy.stage import Stage

NAME = 'savedsearch="admin:search:daily: all"'


def ran(stage: Stage, value: str, *, scheduled: bool = True, user: str = ADMIN, search: str = "") -> str:
    text = search or f'| makeresults | eval v="{value}" | table v'
    request = Request(text, user, saved_search="daily: all", saved_search_owner=ADMIN, scheduled=scheduled)
    return stage.jobs.dispatch(request, wait=True).sid


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param("", "second", id="newest"),
        pytest.param("artifact_offset=1", "first", id="offset"),
        pytest.param("job_delegate=scheduler", "second", id="scheduler"),
        pytest.param("job_delegate=admin", "by hand", id="user"),
        pytest.param("ignore_running=false", "second", id="running-too"),
    ],
)
def test_job_of_a_saved_search_is_chosen(stage: Stage, options: str, expected: str) -> None:
    ran(stage, "first")
    ran(stage, "second")
    ran(stage, "by hand", scheduled=False)
    ran(stage, "", search="| nosuchcommand")
    # `admin` started the scheduled ones too: the newest of all three is the one by hand.
    assert [row["v"] for row in stage.search(f"| loadjob {NAME} {options}", ADMIN).rows] == [expected]


def test_offset_beyond_the_last_job_is_an_error(stage: Stage) -> None:
    ran(stage, "first")
    with pytest.raises(MissingError):
        list(stage.search(f"| loadjob {NAME} artifact_offset=1", ADMIN).rows)


def test_events_of_a_job_are_its_rows_where_it_has_no_other_results(stage: Stage) -> None:
    stage.search('| makeresults | eval _raw="kept" | collect index=summary', ADMIN)
    events = ran(stage, "", search="search index=summary")
    table = ran(stage, "", search="search index=summary | stats count")
    assert [row["_raw"] for row in stage.search(f"| loadjob {events} events=true", ADMIN).rows] == ["kept"]
    with pytest.raises(RuntimeSplError, match="keeps no events"):
        list(stage.search(f"| loadjob {table} events=t", ADMIN).rows)
