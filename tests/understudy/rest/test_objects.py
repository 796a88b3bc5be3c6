"""REST objects beside jobs: tokens, indexes, apps, lookup files, props, inputs, loggers, permissions."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.staging import ADMIN, PASSWORD, Clock, make_stage
from understudy.rest.app import make_call, run
from understudy.stage import Stage


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home"), clock) as stage:
        stage.create_user("ann", PASSWORD, ["power"])
        stage.create_user("bob", PASSWORD, ["user"])
        yield stage


class Caller:
    """Calls the REST app in a user's name, without a socket."""

    def __init__(self, stage: Stage, user: str = ADMIN) -> None:
        self._stage = stage
        self._key = stage.accounts.open_session(user)

    def ask(self, method: str, path: str, **values: str | list[str]) -> tuple[int, Any]:
        pairs = [(name.replace("__", "."), item) for name, value in values.items() for item in _listed(value)]
        headers = {"authorization": f"Splunk {self._key}"}
        query = [("output_mode", "json"), *pairs]
        answer = run(make_call(self._stage, method, path, query, b"", headers, {}, "127.0.0.1"))
        return answer.status_code, json.loads(bytes(answer.body) or b"{}")

    def get(self, path: str, **values: str | list[str]) -> dict[str, Any]:
        """Returns the content of the first entry."""
        status, document = self.ask("GET", path, **values)
        assert status == 200, document
        found: dict[str, Any] = document["entry"][0]["content"]
        return found

    def names(self, path: str, **values: str) -> list[str]:
        status, document = self.ask("GET", path, count="0", **values)
        assert status == 200, document
        return [item["name"] for item in document["entry"]]

    def post(self, path: str, **values: str | list[str]) -> dict[str, Any]:
        status, document = self.ask("POST", path, **values)
        assert status in (200, 201), document
        found: dict[str, Any] = document["entry"][0]["content"]
        return found

    def refused(self, method: str, path: str, **values: str | list[str]) -> int:
        status, document = self.ask(method, path, **values)
        assert status >= 400, document
        assert document["messages"][0]["text"]
        return status


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.fixture
def admin(full: Stage) -> Caller:
    return Caller(full)


# Tokens


def test_token_is_told_once_with_readable_claims_and_can_be_disabled(admin: Caller, full: Stage) -> None:
    made = admin.post("/services/authorization/tokens", name="ann", audience="tests", expires_on="+1d")
    claims = json.loads(base64.urlsafe_b64decode(made["token"].split(".")[1] + "=="))
    assert (claims["sub"], claims["aud"], claims["jti"]) == ("ann", "tests", made["id"])
    assert claims["exp"] == int(full.now()) + 86_400
    assert full.accounts.token_user(made["token"]) == "ann"
    _, listing = admin.ask("GET", "/services/authorization/tokens", username="ann")
    assert made["token"] not in json.dumps(listing)
    shown = next(item["content"] for item in listing["entry"] if item["name"] == made["id"])
    assert (shown["status"], shown["lastUsed"]) == ("enabled", int(full.now()))
    admin.post("/services/authorization/tokens/ann", id=made["id"], status="disabled")
    assert full.accounts.token_user(made["token"]) is None
    admin.post("/services/authorization/tokens/ann", id=made["id"], status="enabled")
    assert full.accounts.token_user(made["token"]) == "ann"
    assert admin.ask("DELETE", "/services/authorization/tokens/ann", id=made["id"])[0] == 200
    assert full.accounts.token_user(made["token"]) is None


def test_token_counts_between_its_times_only(admin: Caller, full: Stage, clock: Clock) -> None:
    made = admin.post("/services/authorization/tokens", name="ann", not_before="+1h", expires_on="+2h")
    began = clock.now
    seen = []
    for hours in (0.5, 1.5, 2.5):
        clock.now = began + hours * 3600
        seen.append(full.accounts.token_user(made["token"]))
    clock.now = began
    assert seen == [None, "ann", None]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        pytest.param({"name": "nosuch"}, 400, id="unknown-user"),
        pytest.param({"name": "ann", "expires_on": "-1d"}, 400, id="past"),
        pytest.param({"name": "ann", "expires_on": "soon"}, 400, id="no-time"),
        pytest.param({"name": "ann", "expires_on": "+1d", "not_before": "+2d"}, 400, id="never-valid"),
        pytest.param({"name": "ann", "audience": "x" * 257}, 400, id="long-audience"),
        pytest.param({"id": "nosuch", "name": "ann", "status": "disabled"}, 404, id="unknown-id"),
        pytest.param({"name": "ann", "status": "asleep"}, 400, id="unknown-status"),
    ],
)
def test_token_that_cannot_be_is_refused(admin: Caller, values: dict[str, str], status: int) -> None:
    assert admin.refused("POST", "/services/authorization/tokens", **values) == status


def test_user_has_no_say_over_tokens_of_others(full: Stage, admin: Caller) -> None:
    made = admin.post("/services/authorization/tokens", name="ann")
    bob = Caller(full, "bob")
    assert bob.refused("POST", "/services/authorization/tokens", name="ann") == 403
    assert bob.refused("DELETE", "/services/authorization/tokens/ann", id=made["id"]) == 404
    assert full.accounts.token_user(made["token"]) == "ann"


# Indexes


def test_index_is_made_changed_disabled_and_deleted_with_its_events(admin: Caller, full: Stage) -> None:
    from understudy.storage.events import RawEvent

    path = "/services/data/indexes"
    made = admin.post(path, name="brief", frozenTimePeriodInSecs="86400")
    assert (made["frozenTimePeriodInSecs"], made["totalEventCount"], made["disabled"]) == ("86400", 0, False)
    full.store.ingest([RawEvent("one", index="brief"), RawEvent("two", index="brief")])
    assert admin.get(f"{path}/brief")["totalEventCount"] == 2
    assert admin.post(f"{path}/brief", maxTotalDataSizeMB="10")["maxTotalDataSizeMB"] == "10"
    assert admin.post(f"{path}/brief/disable")["disabled"] is True
    assert full.store.ingest([RawEvent("three", index="brief")]).refused == {"brief": 1}
    admin.post(f"{path}/brief/enable")
    assert [row["count"] for row in full.search("search index=brief | stats count", ADMIN).rows] == [2]
    assert admin.ask("DELETE", f"{path}/brief")[0] == 200
    assert "brief" not in admin.names(path)
    admin.post(path, name="brief")
    assert admin.get(f"{path}/brief")["totalEventCount"] == 0


@pytest.mark.parametrize(
    ("method", "path", "values", "status"),
    [
        pytest.param("POST", "", {"name": "Upper"}, 400, id="upper-case"),
        pytest.param("POST", "", {"name": "main"}, 409, id="taken"),
        pytest.param("POST", "", {"name": "mykvstore"}, 400, id="kvstore"),
        pytest.param("POST", "", {"name": "x", "maxHotBuckets": "many"}, 400, id="no-number"),
        pytest.param("POST", "", {"name": "x", "datatype": "metric"}, 400, id="metrics"),
        pytest.param("POST", "", {"name": "x", "coldToFrozenScript": "run.sh"}, 400, id="frozen-script"),
        pytest.param("POST", "", {}, 400, id="no-name"),
        pytest.param("DELETE", "/main", {}, 400, id="delete-built-in"),
        pytest.param("DELETE", "/nosuch", {}, 404, id="delete-unknown"),
        pytest.param("POST", "/main/disable", {}, 400, id="disable-built-in"),
    ],
)
def test_index_that_cannot_be_is_refused(
    admin: Caller, method: str, path: str, values: dict[str, str], status: int
) -> None:
    assert admin.refused(method, "/services/data/indexes" + path, **values) == status


def test_index_is_an_administrators_to_make(full: Stage) -> None:
    assert Caller(full, "bob").refused("POST", "/services/data/indexes", name="mine") == 403


# Apps


def test_app_is_made_changed_disabled_and_deleted(admin: Caller, full: Stage) -> None:
    path = "/services/apps/local"
    made = admin.post(path, name="fresh", label="Fresh app", version="1.2.3")
    assert (made["label"], made["version"], made["disabled"]) == ("Fresh app", "1.2.3", False)
    admin.post("/servicesNS/nobody/fresh/configs/conf-macros", name="m", definition="makeresults")
    assert admin.post(f"{path}/fresh", description="changed")["description"] == "changed"
    assert admin.post(f"{path}/fresh/disable")["disabled"] is True
    assert admin.refused("POST", f"{path}/fresh", description="again") == 400
    assert admin.post(f"{path}/fresh/enable")["disabled"] is False
    assert admin.refused("POST", path, name="fresh") == 409
    assert admin.refused("POST", path, name="../x") == 400
    assert admin.refused("POST", path, name="packed", filename="1") == 400
    assert admin.refused("DELETE", f"{path}/search") == 400
    assert admin.refused("GET", f"{path}/fresh/setup") == 404
    assert admin.ask("DELETE", f"{path}/fresh")[0] == 200
    assert "fresh" not in admin.names(path)
    assert not (full.home / "etc/apps/fresh").exists()


# Lookups and search-time settings


def test_lookup_file_comes_from_the_staging_folder_only(admin: Caller, full: Stage, tmp_path: Path) -> None:
    path = "/servicesNS/nobody/search/data/lookup-table-files"
    staging = full.home / "var/run/splunk/lookup_tmp"
    staging.mkdir(parents=True, exist_ok=True)
    (staging / "up.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    (staging / "sly.csv").symlink_to(tmp_path / "secret.csv")
    admin.post(path, name="places.csv", **{"eai:data": str(staging / "up.csv")})
    assert [row["b"] for row in full.search("| inputlookup places.csv", ADMIN).rows] == ["2"]
    for source in (tmp_path / "secret.csv", staging / "sly.csv", staging / "nosuch.csv", "/etc/passwd"):
        assert admin.refused("POST", path, name="other.csv", **{"eai:data": str(source)}) == 400
    assert admin.refused("POST", path, name="../x.csv", **{"eai:data": str(staging / "up.csv")}) == 400
    assert admin.refused("POST", path, name="places.csv", **{"eai:data": str(staging / "up.csv")}) == 409
    assert admin.ask("DELETE", f"{path}/places.csv")[0] == 200
    assert "places.csv" not in admin.names(path)


@pytest.mark.parametrize(
    ("kind", "values", "name", "value"),
    [
        ("extractions", {"type": "EXTRACT", "value": r"id=(?<id>\d+)"}, "st : EXTRACT-x", r"id=(?<id>\d+)"),
        ("calcfields", {"value": "len(_raw)"}, "st : EVAL-x", "len(_raw)"),
        ("fieldaliases", {"alias.src": "source_ip"}, "st : FIELDALIAS-x", "src AS source_ip"),
        (
            "lookups",
            {"transform": "t", "lookup.field.input.a": "", "lookup.field.output.b": "c"},
            "st : LOOKUP-x",
            "t a OUTPUTNEW b AS c",
        ),
    ],
    ids=["extraction", "calculated", "alias", "lookup"],
)
def test_search_time_setting_lives_its_life(
    admin: Caller, kind: str, values: dict[str, str], name: str, value: str
) -> None:
    path = f"/servicesNS/nobody/search/data/props/{kind}"
    made = admin.post(path, name="x", stanza="st", **values)
    assert (made["stanza"], made["value"]) == ("st", value)
    assert admin.refused("POST", path, name="x", stanza="st", **values) == 409
    assert name in admin.names(path)
    quoted = name.replace(" ", "%20")
    assert admin.ask("DELETE", f"{path}/{quoted}")[0] == 200
    assert name not in admin.names(path)


@pytest.mark.parametrize(
    ("kind", "values"),
    [("extractions", {"type": "EXTRACT", "value": "(?<a>"}), ("calcfields", {"value": "len("}), ("fieldaliases", {})],
)
def test_search_time_setting_that_makes_no_sense_is_refused(admin: Caller, kind: str, values: dict[str, str]) -> None:
    assert admin.refused("POST", f"/servicesNS/nobody/search/data/props/{kind}", name="y", stanza="st", **values) == 400


def test_calculated_field_made_over_rest_counts_in_searches(admin: Caller, full: Stage) -> None:
    from understudy.storage.events import RawEvent

    full.store.ingest([RawEvent("four", index="main", sourcetype="sized")])
    admin.post("/servicesNS/nobody/search/data/props/calcfields", name="size", stanza="sized", value="len(_raw)")
    found = list(full.search("search index=main sourcetype=sized | table size", ADMIN).rows)
    assert [str(row["size"]) for row in found] == ["4"]


# Inputs


def test_file_is_read_once(admin: Caller, full: Stage, tmp_path: Path) -> None:
    source = tmp_path / "once.log"
    source.write_text("2026-01-01T00:00:00Z one\n2026-01-01T00:00:01Z two\n", encoding="utf-8")
    made = admin.post("/services/data/inputs/oneshot", name=str(source), sourcetype="once", host_segment="1")
    assert made["Bytes Indexed"] == source.stat().st_size
    found = list(full.search("search index=main sourcetype=once | stats count by host source", ADMIN).rows)
    assert found == [{"host": source.parts[1], "source": str(source), "count": 2}]
    assert admin.refused("POST", "/services/data/inputs/oneshot", name="relative.log") == 400
    assert admin.refused("POST", "/services/data/inputs/oneshot", name=str(tmp_path)) == 400
    assert admin.refused("POST", "/services/data/inputs/oneshot", name=str(source), index="nosuch") == 400
    assert Caller(full, "bob").refused("POST", "/services/data/inputs/oneshot", name=str(source)) == 403


@pytest.mark.parametrize("kind", ["monitor", "tcp/raw", "tcp/cooked", "udp", "win-perfmon"])
def test_input_that_is_not_served_says_what_is(admin: Caller, kind: str) -> None:
    status, document = admin.ask("POST", f"/services/data/inputs/{kind}", name="x")
    assert status == 404
    assert "does not serve data/inputs/" in document["messages"][0]["text"]


def test_collector_token_is_made_rotated_and_the_port_opened(admin: Caller, full: Stage) -> None:
    import requests

    path = "/services/data/inputs/http"
    made = admin.post(path, name="feed", index="main", indexes="main")
    assert admin.post(f"{path}/feed/rotate")["token"] != made["token"]
    assert admin.refused("POST", path, name="feed") == 409
    assert admin.refused("POST", path, name="other", index="nosuch") == 400
    assert admin.get(f"{path}/http")["disabled"] is True
    admin.post(f"{path}/http", port="0")
    assert admin.post(f"{path}/http/enable")["disabled"] is False
    token = admin.get(f"{path}/feed")["token"]
    address = f"http://127.0.0.1:{full.collector_port}/services/collector"
    sent = requests.post(address, json={"event": "x"}, headers={"Authorization": f"Splunk {token}"}, timeout=10)
    assert sent.json()["code"] == 0
    admin.post(f"{path}/http/disable")
    assert full.collector_port is None
    assert Caller(full, "bob").refused("GET", path) == 403


# The rest


def test_private_object_is_shared_and_taken_back(full: Stage, admin: Caller) -> None:
    ann, path = Caller(full, "ann"), "/servicesNS/ann/search/saved/searches"
    ann.post(path, name="mine", search="| makeresults")
    bob = Caller(full, "bob")
    assert "mine" not in bob.names("/servicesNS/bob/search/saved/searches")
    ann.post(f"{path}/mine/acl", sharing="app", owner="ann", **{"perms.read": "*", "perms.write": "power"})
    assert "mine" in bob.names("/servicesNS/bob/search/saved/searches")
    assert bob.refused("POST", "/servicesNS/nobody/search/saved/searches/mine", description="x") == 403
    assert bob.refused("POST", "/servicesNS/nobody/search/saved/searches/mine/acl", sharing="global") == 403
    ann.post("/servicesNS/nobody/search/saved/searches/mine/acl", sharing="user", owner="ann")
    assert "mine" not in bob.names("/servicesNS/bob/search/saved/searches")
    assert ann.get(f"{path}/mine")["search"] == "| makeresults"
    for values in ({"sharing": "planet"}, {"sharing": "app", "owner": "nosuch"}):
        assert admin.refused("POST", f"{path}/mine/acl", **values) in (400, 404)


def test_alert_arguments_are_those_of_the_configuration(admin: Caller, full: Stage) -> None:
    path = "/servicesNS/nobody/search/saved/searches"
    condition = {"alert_type": "number of events", "alert_comparator": "rises by", "alert_threshold": "5"}
    made = admin.post(path, name="rising", search="| makeresults", **condition)
    assert {name: made[name] for name in condition} == condition
    kept = full.conf.stanzas("savedsearches")["rising"]
    assert (kept["counttype"], kept["relation"], kept["quantity"]) == ("number of events", "rises by", "5")
    for wrong in ({"alert_type": "moons"}, {"alert_comparator": "near"}, {"alert_threshold": "nan"}):
        assert admin.refused("POST", f"{path}/rising", **wrong) == 400
    for wrong in ({"cron_schedule": "@daily"}, {"alert.severity": "9"}, {"dispatchAs": "root"}, {"search": ""}):
        assert admin.refused("POST", f"{path}/rising", **wrong) == 400


def test_log_level_of_a_component_counts(admin: Caller, full: Stage) -> None:
    assert admin.post("/services/server/logger/OneShotInput", level="ERROR")["level"] == "ERROR"
    full.log("WARN", "OneShotInput", "not worth a line")
    full.log("ERROR", "OneShotInput", "worth a line")
    text = (full.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    assert "worth a line" in text
    assert "not worth a line" not in text
    assert admin.refused("POST", "/services/server/logger/OneShotInput", level="LOUD") == 400
    assert admin.refused("GET", "/services/server/logger/Nosuch") == 404


def test_restart_is_for_those_who_may(full: Stage) -> None:
    assert Caller(full, "ann").refused("POST", "/services/server/control/restart") == 403


def test_role_arguments_are_checked(admin: Caller) -> None:
    path = "/services/authorization/roles"
    admin.post(path, name="checked", imported_roles="user", srchFilter="host=a", capabilities=["search"])
    for wrong in (
        {"capabilities": "fly"},
        {"imported_roles": "nosuch"},
        {"srchJobsQuota": "many"},
        {"srchFilter": "(a"},
        {"color": "red"},
    ):
        assert admin.refused("POST", f"{path}/checked", **wrong) == 400
    assert admin.refused("DELETE", f"{path}/admin") == 400
    assert admin.ask("DELETE", f"{path}/checked")[0] == 200


def test_sessions_are_listed_without_their_keys(full: Stage) -> None:
    ann = Caller(full, "ann")
    _, document = ann.ask("GET", "/services/authentication/httpauth-tokens")
    assert {item["content"]["userName"] for item in document["entry"]} == {"ann"}
    assert ann._key not in json.dumps(document)
