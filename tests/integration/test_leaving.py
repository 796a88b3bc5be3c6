"""On the stand-in: who leaves an institution, or moves to another, keeps no search of it: not by id, not by loadjob."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assembly.paths import TENANTS_APP
from demo.run import ADMINS, SERVICE, Run
from minerva.administration.standing import UNASSIGNED
from minerva.audit import verify
from tests.integration.installation import NORTHFIELD, RIVERBANK, Browser, installed
from tests.integration.test_audit import key_of, rows_of
from understudy.rest import search_jobs
from understudy.rest.call import RestError

pytestmark = pytest.mark.full

NINA, RITA, ROSA = ADMINS[NORTHFIELD.id], ADMINS[RIVERBANK.id], "rosa"
SECRET = "what only northfield may read"
SEARCH = f'| makeresults | eval told="{SECRET}" | table told'
ABSENT = "1700000000.999999"


@pytest.fixture(scope="module")
def run(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with installed(tmp_path_factory.mktemp("leaving") / "splunk", apps) as made:
        hired(made, ROSA, RIVERBANK.admin_role)
        yield made


def hired(run: Run, user: str, role: str) -> None:
    run.stage.create_user(user, f"a test password of {user}", [role])


def asked(run: Run, user: str, operation: str, **body: Any) -> Any:
    with Browser(run, user) as browser:
        status, _, text = browser.entities(operation, body)
    assert status == 200, text
    return json.loads(text)


def taken_in(run: Run, person: str) -> None:
    """Riverbank takes somebody in as an analyst."""
    made = asked(run, RITA, "people_propose", person=person, standing="analyst")["proposal"]
    asked(run, ROSA, "people_approve", proposal_id=made["proposal_id"], content_hash=made["content_hash"])
    asked(run, RITA, "people_apply", proposal_id=made["proposal_id"])


def ran(browser: Browser, search: str = SEARCH, mode: str = "blocking") -> str:
    status, _, text = browser.ask("POST", "/services/search/jobs", search=search, exec_mode=mode)
    assert status == 201, text
    return str(json.loads(text)["sid"])


def seen(browser: Browser, sid: str) -> list[tuple[int, str]]:
    """What each way to a finished search answers, its id left out."""
    found = []
    for base in ("/services/search/jobs", "/services/search/v2/jobs"):
        for end in ("", "/results", "/results_preview", "/events", "/summary", "/timeline", "/search.log", "/acl"):
            found.append(browser.ask("GET", f"{base}/{sid}{end}"))
    found.append(browser.ask("POST", "/services/search/jobs/export", search=f"| loadjob {sid}"))
    return [(status, text.replace(sid, "SID")) for status, _, text in found]


def test_no_search_is_left_of_one_who_leaves_and_moves(run: Run) -> None:
    hired(run, "liam", NORTHFIELD.analyst_role)
    with Browser(run, "liam") as old:
        finished, saved = ran(old), ran(old)
        paused = ran(old, "| makeresults count=1000000 | eval told=random() | table told", "normal")
        assert old.ask("POST", f"/services/search/jobs/{saved}/control", action="save")[0] == 200
        assert old.ask("POST", f"/services/search/jobs/{paused}/control", action="pause")[0] == 200
        before = [seen(old, sid) for sid in (finished, saved)]
        assert all(SECRET in str(surfaces[at]) for surfaces in before for at in (1, 9, 16))
        gone = asked(run, NINA, "people_remove", person="liam")
        assert (gone["jobs"] >= 3, gone["jobs_left"]) == (True, 0)  # each loadjob above was a search too
        for sid in (finished, saved, paused):
            assert seen(old, sid) == seen(old, ABSENT)
    taken_in(run, "liam")
    with Browser(run, "liam") as new:
        listed = new.ask("GET", "/services/search/jobs", count="0")[2]
        assert [sid for sid in (finished, saved, paused) if sid in listed] == []
        for sid in (finished, saved, paused):
            assert seen(new, sid) == seen(new, ABSENT)
        assert SECRET in str(seen(new, ran(new)))


def test_one_whose_roles_the_platform_took_leaves_searches_behind_on_entry(run: Run) -> None:
    hired(run, "mona", NORTHFIELD.analyst_role)
    with Browser(run, "mona") as browser:
        sid = ran(browser)
        run.stage.accounts.change("mona", roles=[UNASSIGNED])
        taken_in(run, "mona")
        assert seen(browser, sid) == seen(browser, ABSENT)


def test_what_cannot_be_deleted_is_told_and_stands_in_the_audit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RestError(403, "You do not have permission to change this job.")

    hired(run, "piet", NORTHFIELD.analyst_role)
    with Browser(run, "piet") as browser:
        ran(browser)
    with monkeypatch.context() as patch:
        patch.setattr(search_jobs, "_may_write", refused)
        gone = asked(run, NINA, "people_remove", person="piet")
    assert (gone["jobs"], gone["jobs_left"]) == (0, 1)
    last, first = asked(run, NINA, "audit", limit=2)["entries"]
    assert (first["operation"], first["outcome"]) == ("people_remove", "permit")
    assert (last["operation"], last["outcome"], last["reason"], last["rows"]) == (
        "people_remove", "unfinished", "jobs_left", 1,
    )  # fmt: skip
    assert verify(rows_of(run), key_of(run)).broken is None
    assert asked(run, NINA, "people_remove", person="piet")["jobs"] == 1


def test_no_search_is_left_of_a_suspended_institutions_people(run: Run) -> None:
    hired(run, "sven", RIVERBANK.analyst_role)
    with Browser(run, "sven") as browser, Browser(run, SERVICE) as service:
        sid = ran(browser)
        assert SECRET in str(seen(browser, sid))
        run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"state": "suspended"}, TENANTS_APP)
        status, _, text = service.entities("purge", {})
        assert (status, json.loads(text)["purged"]["jobs"] >= 1) == (200, True)
        assert seen(browser, sid) == seen(browser, ABSENT)
        run.stage.conf.write("minerva_tenants", RIVERBANK.id, {"state": "active"}, TENANTS_APP)
