"""The official Python client, as shipped with the app, against the whole installation in an analyst's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import splunklib.client as client
import splunklib.results as results
from splunklib.binding import AuthenticationError, HTTPError

from demo.run import ANALYSTS, ROOT, SERVICE
from tests.integration.installation import APP, NORTHFIELD, RIVERBANK
from tests.integration.shown import Shown
from tests.understudy.staging import until

ANALYST = ANALYSTS[NORTHFIELD.id]
WEEK_S = 7 * 86_400


def connect(shown: Shown, user: str, password: str | None = None, **more: str) -> Any:
    stage = shown.run.stage
    secret = shown.run.passwords[user] if password is None else password
    return client.connect(
        host="127.0.0.1", port=stage.rest_port, scheme="http", username=user, password=secret, app=APP, **more
    )


def rows(answer: Any) -> list[dict[str, Any]]:
    return [item for item in results.JSONResultsReader(answer) if isinstance(item, dict)]


@pytest.fixture(scope="module")
def service(shown: Shown) -> Any:
    return connect(shown, ANALYST)


def test_client_is_the_one_the_app_ships() -> None:
    assert Path(client.__file__).is_relative_to(ROOT / "build" / "lib" / APP)


@pytest.mark.parametrize("user", [ANALYST, "nobody at all"], ids=["known user", "unknown user"])
def test_wrong_password_is_refused(shown: Shown, user: str) -> None:
    with pytest.raises(AuthenticationError):
        connect(shown, user, "wrong")


def test_current_context_names_user_roles_and_capabilities(service: Any) -> None:
    entry = service.get("authentication/current-context", output_mode="json", app="-", owner=None)
    text = entry.body.read().decode()
    assert f'"username":"{ANALYST}"' in text.replace(": ", ":")
    assert NORTHFIELD.analyst_role in text
    assert "minerva_query" in text
    assert "minerva_write" not in text


def test_oneshot_extracts_identifiers_from_typed_text(service: Any) -> None:
    spl = (
        '| makeresults | eval text="ring 415.555.0123 or write to jen@mail.example" '
        "| minervaextract fields=text region=US | table identifier phone email"
    )
    (found,) = rows(service.jobs.oneshot(spl, output_mode="json"))
    assert sorted(found["identifier"]) == ["email:jen@mail.example", "phone:+14155550123"]
    assert (found["phone"], found["email"]) == ("+14155550123", "jen@mail.example")


def test_records_of_the_own_tenant_are_searched_and_exported(service: Any, shown: Shown) -> None:
    spl = "search `minerva_records` record_id=* | stats dc(record_id) as records by index"
    expected = [{"index": NORTHFIELD.index, "records": str(len(shown.records[NORTHFIELD.id]))}]
    assert rows(service.jobs.oneshot(spl, output_mode="json")) == expected
    assert rows(service.jobs.export(spl, output_mode="json", preview="false")) == expected


def test_saved_search_of_the_analyst_is_listed_and_dispatched(shown: Shown) -> None:
    service = connect(shown, ANALYST, owner=ANALYST)
    name = "phones of the week"
    service.saved_searches.create(name, "search `minerva_records` identifier=phone:* | stats count")
    try:
        assert name in [item.name for item in service.saved_searches]
        job = service.saved_searches[name].dispatch()
        until(job.is_done)
        assert int(rows(job.results(output_mode="json"))[0]["count"]) > 0
    finally:
        service.saved_searches.delete(name)


def test_scheduled_searches_are_listed_and_dispatched_by_the_service(shown: Shown) -> None:
    service = connect(shown, SERVICE, owner="nobody")
    service.namespace["app"] = "minerva_tenants"
    names = [item.name for item in service.saved_searches]
    assert {f"Minerva - watch list - {tenant.id}" for tenant in shown.run.tenants} < set(names)
    alerts = connect(shown, "admin", owner="nobody").kvstore["minerva_alerts"].data.query()
    (told,) = [alert for alert in alerts if alert["tenant_id"] == NORTHFIELD.id]
    found = {}
    for wait in (WEEK_S - 60, WEEK_S + 60):
        now = {"dispatch.now": str(told["time"] + wait)}
        job = service.saved_searches[f"Minerva - watch list - {NORTHFIELD.id}"].dispatch(**now)
        until(job.is_done)
        assert not job["messages"].get("fatal")
        found[wait] = [(row["tenant_id"], row["identifier"]) for row in rows(job.results(output_mode="json"))]
    # what the alert has told stays silent for a week
    assert found == {WEEK_S - 60: [], WEEK_S + 60: [(NORTHFIELD.id, told["identifier"])]}


def test_message_of_a_failed_command_reaches_the_client(service: Any) -> None:
    job = service.jobs.create("| minervaexpand output=graph", exec_mode="blocking")
    job.refresh()
    assert job["isFailed"] == "1"
    said = " ".join(text for texts in job["messages"].values() for text in texts)
    assert "output: expected one of" in said
    with pytest.raises(HTTPError, match="output: expected one of"):
        service.jobs.oneshot("| minervaexpand output=graph")


def test_collections_of_the_app_are_configured_and_closed_to_the_analyst(shown: Shown) -> None:
    service = connect(shown, "admin", owner="nobody")
    collections = {item.name for item in service.kvstore}
    assert {"minerva_entities", "minerva_members", "minerva_redirects", "minerva_watchlist"} <= collections
    assert service.kvstore["minerva_watchlist"].data.query()
    analyst = connect(shown, ANALYST, owner="nobody")
    assert "minerva_entities" not in [item.name for item in analyst.kvstore]


def test_indexes_and_messages_are_those_the_analyst_may_see(service: Any, shown: Shown) -> None:
    names = {item.name for item in service.indexes}
    assert NORTHFIELD.index in names
    # its own, copies for it, for its groups and for all
    assert {name[:6] for name in names} <= {"mnv_t_", "mnv_s_", "mnv_g_", "mnv_co"}
    assert RIVERBANK.index not in names
    held = shown.run.ask(f"search index={NORTHFIELD.index} | stats count")[0]["count"]
    assert service.indexes[NORTHFIELD.index]["totalEventCount"] == str(held)
    assert list(service.messages) == []
