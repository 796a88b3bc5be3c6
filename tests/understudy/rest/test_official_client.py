"""The official Python client against a live stand-in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.understudy.staging import ADMIN, PASSWORD, until
from understudy.stage import Stage

client = pytest.importorskip("splunklib.client", reason="the shipped libraries are not built")
results = pytest.importorskip("splunklib.results")


def connect(stage: Stage, user: str = ADMIN, password: str = PASSWORD, **more: Any) -> Any:
    settings = {"host": "127.0.0.1", "port": stage.rest_port, "scheme": "http", "username": user, "password": password}
    return client.connect(**settings, **{"app": "search", "owner": user, **more})


def rows(answer: Any) -> list[dict[str, Any]]:
    return [item for item in results.JSONResultsReader(answer) if isinstance(item, dict)]


@pytest.fixture
def service(served: Stage) -> Any:
    return connect(served)


def test_wrong_password_is_an_authentication_error(served: Stage) -> None:
    from splunklib.binding import AuthenticationError

    with pytest.raises(AuthenticationError):
        connect(served, password="wrong")


def test_server_info_makes_the_client_use_the_v2_endpoints(service: Any) -> None:
    assert service.info["version"] == "10.2.0"
    assert service.disable_v2_api is False
    assert service.restart_required is False


def test_oneshot_create_results_preview_and_export(service: Any) -> None:
    search = "| makeresults count=3 | eval a=1 | table a"
    assert rows(service.jobs.oneshot(search, output_mode="json")) == [{"a": "1"}] * 3
    job = service.jobs.create(search)
    until(job.is_done)
    assert job["resultCount"] == "3"
    assert job["dispatchState"] == "DONE"
    assert rows(job.results(output_mode="json", count=2, offset=1)) == [{"a": "1"}] * 2
    assert rows(job.preview(output_mode="json")) == [{"a": "1"}] * 3
    assert rows(job.results(output_mode="json", search="stats count")) == [{"count": "3"}]
    assert rows(service.jobs.export(search, output_mode="json")) == [{"a": "1"}] * 3
    assert job.sid in [item.sid for item in service.jobs]
    job.set_ttl(100).refresh()
    assert job["ttl"] == "100"
    job.cancel()
    assert job.sid not in [item.sid for item in service.jobs]


@pytest.mark.parametrize("mode", ["xml", "csv", "json_cols", "json_rows"])
def test_results_come_in_every_format(service: Any, mode: str) -> None:
    text = (
        service.jobs.oneshot('| makeresults | eval a="<x>&", m=split("p,q", ",") | table a m', output_mode=mode)
        .read()
        .decode()
    )
    wanted = {
        "xml": '<field k="a"><value><text>&lt;x&gt;&amp;</text></value></field>',
        "csv": 'a,m\n<x>&,"p\nq"\n',
        "json_cols": '"columns":[["<x>&"],[["p","q"]]]',
        "json_rows": '"rows":[["<x>&",["p","q"]]]',
    }
    assert wanted[mode] in text


def test_search_that_cannot_be_understood_is_refused_with_its_place(service: Any) -> None:
    from splunklib.binding import HTTPError

    with pytest.raises(HTTPError, match=r"Unknown search command 'nosuch'.*line 1, column 3") as caught:
        service.jobs.create("| nosuch")
    assert caught.value.status == 400
    with pytest.raises(HTTPError):
        service.parse("| stats count(")
    assert service.parse("search x | stats count").status == 200


def test_saved_search_is_made_listed_dispatched_and_deleted(service: Any) -> None:
    saved = service.saved_searches.create("mine", "| makeresults | eval b=2 | table b", **{"dispatch.ttl": "60"})
    assert "mine" in [item.name for item in service.saved_searches]
    job = saved.dispatch()
    until(job.is_done)
    assert rows(job.results(output_mode="json")) == [{"b": "2"}]
    assert [item.sid for item in saved.history()] == [job.sid]
    saved.update(description="changed").refresh()
    assert saved["description"] == "changed"
    service.saved_searches.delete("mine")
    assert "mine" not in [item.name for item in service.saved_searches]


def test_name_with_blanks_and_signs_is_found_again(service: Any) -> None:
    name = "phones + e-mails of the week"
    service.saved_searches.create(name, "| makeresults | eval b=2 | table b")
    job = service.saved_searches[name].dispatch()
    until(job.is_done)
    service.saved_searches.delete(name)
    assert name not in [item.name for item in service.saved_searches]


def test_events_sent_to_an_index_are_found(service: Any) -> None:
    service.indexes["main"].submit("hello world", sourcetype="probe", host="there")
    found = rows(service.jobs.oneshot("search index=main hello | table _raw host sourcetype", output_mode="json"))
    assert found == [{"_raw": "hello world", "host": "there", "sourcetype": "probe"}]
    assert service.indexes["main"].refresh()["totalEventCount"] == "1"


def test_time_comes_as_iso_text(service: Any) -> None:
    found = rows(service.jobs.oneshot("| makeresults | eval _time=0 | table _time", output_mode="json"))
    assert found == [{"_time": "1970-01-01T00:00:00.000+00:00"}]


def test_kv_documents_live_their_life(served: Stage) -> None:
    service = connect(served, owner="nobody")
    service.kvstore.create("things", fields={"x": "number"})
    data = service.kvstore["things"].data
    data.insert(json.dumps({"_key": "a", "x": 1}))
    data.batch_save({"_key": "b", "x": 2}, {"_key": "c", "x": 3})
    assert [item["_key"] for item in data.query(query=json.dumps({"x": {"$gt": 1}}), sort="x:-1")] == ["c", "b"]
    assert data.query_by_id("a")["x"] == 1
    assert [
        [item["_key"] for item in found] for found in data.batch_find({"query": {"x": 1}}, {"query": {"x": 2}})
    ] == [["a"], ["b"]]
    data.update("a", json.dumps({"x": 9}))
    assert data.query_by_id("a")["x"] == 9
    data.delete_by_id("a")
    data.delete()
    assert data.query() == []


def test_stored_password_is_encrypted_on_disk(service: Any, served: Stage) -> None:
    made = service.storage_passwords.create("s3cret words", "user", "realm")
    assert (made.name, made.clear_password) == ("realm:user:", "s3cret words")
    text = (served.home / "etc/apps/search/local/passwords.conf").read_text(encoding="utf-8")
    assert "credential:realm:user:" in text
    assert "s3cret" not in text
    service.storage_passwords.delete("user", "realm")
    assert list(service.storage_passwords) == []


def test_users_roles_apps_confs_and_messages(service: Any) -> None:
    service.users.create("else", password="a pass word", roles=["user"])
    assert {user.name for user in service.users} == {"admin", "else"}
    service.users.delete("else")
    service.roles.create("observer", srchIndexesAllowed="main")
    assert "observer" in service.roles
    assert [app.name for app in service.apps] == ["search"]
    service.confs.create("probe")
    stanza = service.confs["probe"].create("one")
    stanza.update(key="value").refresh()
    assert stanza["key"] == "value"
    message = service.messages.create("note", value="look")
    assert message["message"] == "look"
    service.messages.delete("note")
    assert list(service.messages) == []


def test_index_is_made_and_used(service: Any) -> None:
    service.indexes.create("fresh")
    service.indexes["fresh"].submit("first", sourcetype="probe")
    assert rows(service.jobs.oneshot("search index=fresh | stats count", output_mode="json")) == [{"count": "1"}]


def test_macro_and_event_type_count_in_searches(service: Any) -> None:
    service.post("configs/conf-macros", name="three", definition="makeresults count=3")
    assert len(rows(service.jobs.oneshot("| `three`", output_mode="json"))) == 3
    service.event_types.create("greeting", search="hello")
    assert "greeting" in service.event_types


def test_logout_ends_the_session(served: Stage) -> None:
    service = connect(served, autologin=False)
    key = service.token.split(" ", 1)[1]
    assert served.accounts.session_user(key) == ADMIN
    service.delete(f"/services/authentication/httpauth-tokens/{key}")
    assert served.accounts.session_user(key) is None
