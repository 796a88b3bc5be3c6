"""An analyst of one tenant sees nothing of the other by any surface; foreign and absent look the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from demo.probes import Target, run_probes
from demo.run import ADMINS, ANALYSTS, Run
from minerva import services
from minerva.partner import desk
from tests.integration.dashboards import searches
from tests.integration.installation import APP, BYSTANDER, COLLECTIONS, NORTHFIELD, RIVERBANK, Browser
from tests.integration.shown import Shown
from understudy.spl.errors import SplError

PAIRS = [(NORTHFIELD, RIVERBANK), (RIVERBANK, NORTHFIELD)]
ABSENT_ENTITY = "e_0000000000000000"
ABSENT_IDENTIFIER = "phone:+14155550199"
DATA = f"/servicesNS/nobody/{APP}/storage/collections/data"
LINK, WATCH = "Minerva - keep entities current - {}", "Minerva - watch list - {}"


@dataclass(frozen=True)
class Side:
    """One tenant's analyst, and the other tenant as a target. `marks`: texts that only the other tenant's data hold."""

    user: str
    own: str
    other: str
    other_index: str
    entity: str
    identifier: str
    sid: str
    record: str
    marks: frozenset[str]

    def seen(self, text: str) -> set[str]:
        return {mark for mark in self.marks if mark in text}


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair[0].id} looks at {pair[1].id}")
def side(request: pytest.FixtureRequest, shown: Shown) -> Side:
    own, other = request.param
    records = shown.records[other.id]
    return Side(
        ANALYSTS[own.id],
        own.id,
        other.id,
        other.index,
        shown.entity[other.id],
        shown.identifier[other.id],
        shown.sid[other.id],
        min(records),
        frozenset({other.id, other.index, *records, *shown.entities[other.id]}),
    )


@pytest.fixture
def browser(shown: Shown, side: Side) -> Iterator[Browser]:
    with Browser(shown.run, side.user) as made:
        yield made


def rows(run: Run, user: str, spl: str) -> list[dict[str, Any]]:
    try:
        return run.ask(spl, user)
    except SplError:
        return []


def at_rest(run: Run, user: str, spl: str) -> list[dict[str, Any]]:
    """Runs a search at one and the same moment, so that two answers can be compared byte by byte."""
    return [dict(row) for row in run.stage.search(spl, user, app=APP, now=1_795_500_000.0).rows]


@pytest.mark.parametrize("people", [ANALYSTS, ADMINS], ids=["analyst", "administrator"])
def test_demo_probes_see_nothing(shown: Shown, side: Side, people: dict[str, str]) -> None:
    user = people[side.own]
    target = Target(side.other, side.other_index, side.entity, side.identifier, side.sid)
    outcomes = list(run_probes(shown.run.stage, user, shown.run.passwords[user], target))
    assert len(outcomes) > 30
    assert [item.name for item in outcomes if item.seen] == []


def test_the_same_marks_are_seen_by_the_other_tenants_own_analyst(shown: Shown, side: Side) -> None:
    """Guards this file: a probe that could see nothing at all would prove nothing."""
    found = rows(shown.run, ANALYSTS[side.other], f"search index={side.other_index} sourcetype=minerva:*")
    assert side.seen(json.dumps(found, default=str)) > {side.other, side.other_index, side.record}
    with Browser(shown.run, ANALYSTS[side.other]) as owner:
        assert side.entity in owner.entities("get", {"entity_id": side.entity})[2]
        assert owner.ask("GET", f"/services/search/v2/jobs/{side.sid}/results")[0] == 200


def test_dashboards_show_a_foreign_id_like_an_absent_one(shown: Shown, side: Side) -> None:
    path = shown.run.stage.home / "etc" / "apps" / APP / "default" / "data" / "ui" / "views" / "overview.xml"
    texts = []
    for entity, identifier in ((side.entity, side.identifier), (ABSENT_ENTITY, ABSENT_IDENTIFIER)):
        tokens = {"entity_id": entity, "identifier": identifier, "global_time.earliest": "0"}
        answers = {name: at_rest(shown.run, side.user, spl) for name, spl in searches(path, tokens).items()}
        assert any(answers.values())
        texts.append(json.dumps(answers, default=str).replace(entity, "ENTITY").replace(identifier, "IDENTIFIER"))
    assert side.seen(texts[0]) == set()
    assert texts[0] == texts[1]


def test_overview_counts_only_the_own_tenant(shown: Shown, side: Side) -> None:
    path = shown.run.stage.home / "etc" / "apps" / APP / "default" / "data" / "ui" / "views" / "overview.xml"
    spl = searches(path, {"identifier": "none", "entity_id": "none"})["ds_types"]
    assert sum(int(row["records"]) for row in shown.run.ask(spl, side.user)) == len(shown.records[side.own])


@pytest.mark.parametrize(
    ("action", "foreign", "absent"),
    [
        ("get", {"entity_id": "{entity}"}, {"entity_id": ABSENT_ENTITY}),
        ("get", {"entity_id": "{entity}", "tenant_id": "{other}"}, {"entity_id": ABSENT_ENTITY, "tenant_id": "nobody"}),
        ("lookup", {"identifier": "{identifier}"}, {"identifier": ABSENT_IDENTIFIER}),
        ("lookup", {"record_id": "{record}"}, {"record_id": "0" * 32}),
        ("neighborhood", {"entity_id": "{entity}"}, {"entity_id": ABSENT_ENTITY}),
        ("neighborhood", {"identifier": "{identifier}"}, {"identifier": ABSENT_IDENTIFIER}),
        ("list", {"tenant_id": "{other}"}, {"tenant_id": "nobody"}),
        ("summary", {"tenant_id": "{other}"}, {"tenant_id": "nobody"}),
        ("members", {"tenant_id": "{other}"}, {"tenant_id": "nobody"}),
        ("save", {"tenant_id": "{other}", "entities": []}, {"tenant_id": "nobody", "entities": []}),
        ("alert", {"tenant_id": "{other}", "hits": []}, {"tenant_id": "nobody", "hits": []}),
        ("watchlist", {"op": "list", "tenant_id": "{other}"}, {"op": "list", "tenant_id": "nobody"}),
        ("image_banks", {"tenant_id": "{other}"}, {"tenant_id": "nobody"}),
        (
            "image_search",
            {"tenant_id": "{other}", "hashes": ["1c" * 32]},
            {"tenant_id": "nobody", "hashes": ["1c" * 32]},
        ),
        (
            "watchlist",
            {"op": "add", "tenant_id": "{other}", "identifier": ABSENT_IDENTIFIER},
            {"op": "add", "tenant_id": "nobody", "identifier": ABSENT_IDENTIFIER},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_handler_answers_foreign_and_absent_with_the_same_bytes(
    browser: Browser, side: Side, action: str, foreign: dict[str, Any], absent: dict[str, Any]
) -> None:
    filled = {key: value.format(**vars(side)) if isinstance(value, str) else value for key, value in foreign.items()}
    answer = browser.entities(action, filled)
    assert answer == browser.entities(action, absent)
    assert side.seen(answer[2]) == set()


def test_the_facts_name_every_collection_that_the_doors_open() -> None:
    assert {f"minerva_{name}" for name in (*services.COLLECTIONS, *desk.COLLECTIONS)} == set(COLLECTIONS)


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/{collection}", None),
        ("GET", "/{collection}/{key}", None),
        ("POST", "/{collection}/batch_find", [{"query": {}}]),
        ("POST", "/{collection}", {"_key": "{key}", "note": "mine"}),
        ("POST", "/{collection}/batch_save", [{"_key": "{key}"}]),
        ("DELETE", "/{collection}/{key}", None),
        ("DELETE", "/{collection}", None),
    ],
    ids=["all", "one", "find", "insert", "save", "delete one", "delete all"],
)
def test_collections_answer_foreign_and_absent_with_the_same_bytes(
    browser: Browser, shown: Shown, side: Side, collection: str, method: str, path: str, body: Any
) -> None:
    before = shown.run.stage.kv.collection(APP, collection).count()
    answers = []
    for key in (f"{side.other}:{side.entity}", f"{side.other}:{ABSENT_ENTITY}"):
        sent = None if body is None else json.loads(json.dumps(body).replace("{key}", key))
        status, kind, text = browser.ask(method, DATA + path.format(collection=collection, key=key), sent)
        assert not 200 <= status < 300
        answers.append((status, kind, text.replace(key, "KEY")))
    assert answers[0] == answers[1]
    assert side.seen(answers[0][2]) == set()
    assert shown.run.stage.kv.collection(APP, collection).count() == before


@pytest.mark.parametrize("tail", ["", "/results", "/events", "/results_preview", "/summary", "/timeline", "/control"])
@pytest.mark.parametrize("root", ["/services/search/jobs", "/services/search/v2/jobs", "/servicesNS/-/-/search/jobs"])
def test_foreign_job_answers_like_an_absent_one(browser: Browser, side: Side, root: str, tail: str) -> None:
    method = "POST" if tail == "/control" else "GET"
    values = {"action": "cancel"} if method == "POST" else {}
    answers = []
    for sid in (side.sid, "1700000000.1"):
        status, kind, text = browser.ask(method, f"{root}/{sid}{tail}", **values)
        answers.append((status, kind, text.replace(sid, "SID")))
    assert answers[0] == answers[1]
    assert answers[0][0] >= 400


def test_list_of_jobs_and_loadjob_hold_nothing_foreign(browser: Browser, shown: Shown, side: Side) -> None:
    status, _, text = browser.ask("GET", "/services/search/jobs", count="0")
    assert status == 200
    entries = json.loads(text)["entry"]
    assert {item["acl"]["owner"] for item in entries} <= {side.user}
    assert side.sid not in [item["name"] for item in entries]
    messages = []
    for sid in (side.sid, "1700000000.1"):
        with pytest.raises(SplError) as caught:
            shown.run.ask(f"| loadjob {sid}", side.user)
        messages.append(str(caught.value).replace(sid, "SID"))
    assert messages[0] == messages[1]


@pytest.mark.parametrize("name", [LINK, WATCH], ids=["link", "watch"])
@pytest.mark.parametrize("owner", ["nobody", "-", "minerva_service"])
@pytest.mark.parametrize("tail", ["", "/dispatch", "/history", "/acl"])
def test_scheduled_search_of_a_tenant_answers_like_an_absent_one(
    browser: Browser, side: Side, name: str, owner: str, tail: str
) -> None:
    answers = []
    for tenant in (side.other, "nobody"):
        method = "POST" if tail == "/dispatch" else "GET"
        full = name.format(tenant)
        path = f"/servicesNS/{owner}/minerva_tenants/saved/searches/{full}{tail}"
        status, kind, text = browser.ask(method, path)
        answers.append((status, kind, text.replace(full, "NAME")))
    assert answers[0] == answers[1]
    assert answers[0][0] in (403, 404)


def test_private_saved_search_of_another_user_stays_private(shown: Shown, side: Side) -> None:
    private = f"cases of {side.other}"
    with Browser(shown.run, ANALYSTS[side.other]) as owner:
        path = f"/servicesNS/{ANALYSTS[side.other]}/{APP}/saved/searches"
        status, _, _ = owner.ask("POST", path, name=private, search=f"search index={side.other_index} | head 3")
        assert status == 201
    answers = []
    with Browser(shown.run, side.user) as browser:
        for name in (private, "no such search"):
            for user in (ANALYSTS[side.other], "-", "nobody"):
                for method, tail in (("GET", ""), ("POST", "/dispatch"), ("DELETE", "")):
                    address = f"/servicesNS/{user}/{APP}/saved/searches/{name}{tail}"
                    status, kind, text = browser.ask(method, address)
                    assert status >= 400
                    answers.append((user, method, status, kind, text.replace(name, "NAME")))
        listed = browser.ask("GET", "/servicesNS/-/-/saved/searches", count="0")[2]
    with Browser(shown.run, ANALYSTS[side.other]) as owner:
        assert owner.ask("DELETE", f"{path}/{private}")[0] == 200
    assert answers[: len(answers) // 2] == answers[len(answers) // 2 :]
    assert private not in listed
    assert side.seen(listed) == set()


@pytest.mark.parametrize(
    "path",
    [
        "/servicesNS/-/-/configs/conf-minerva_tenants",
        "/servicesNS/-/-/configs/conf-savedsearches",
        "/servicesNS/-/-/configs/conf-indexes",
        "/servicesNS/-/-/configs/conf-authorize",
        "/servicesNS/-/-/configs/conf-inputs",
        "/servicesNS/-/-/configs/conf-ta_gen_connectors_account",
        "/servicesNS/-/-/properties/minerva_tenants",
        "/servicesNS/-/-/storage/collections/config",
        "/servicesNS/-/-/storage/passwords",
        "/servicesNS/-/-/data/indexes",
        "/servicesNS/-/-/data/inputs/minerva_file",
        "/servicesNS/-/-/data/inputs/minerva_http",
        "/servicesNS/-/-/data/transforms/lookups",
        "/servicesNS/-/-/data/lookup-table-files",
        "/servicesNS/-/-/alerts/fired_alerts",
        "/servicesNS/-/-/alerts/fired_alerts/-",
        "/servicesNS/-/-/saved/searches",
        "/services/authentication/users",
        "/services/authorization/roles",
        "/services/messages",
        "/services/authentication/current-context",
        "/servicesNS/nobody/TA-gen-connectors/ta_gen_connectors_minerva_file",
        "/servicesNS/nobody/TA-gen-connectors/ta_gen_connectors_minerva_http",
        "/servicesNS/nobody/TA-gen-connectors/ta_gen_connectors_account",
    ],
)
def test_rest_listing_names_nothing_foreign(browser: Browser, side: Side, path: str) -> None:
    status, _, text = browser.ask("GET", path, count="0")
    assert status < 500
    assert side.seen(text) == set()


@pytest.mark.parametrize(
    "spl",
    [
        "search index=* sourcetype=minerva:alert",
        "search index=* OR index=_* | head 1000",
        "search index={other_index} sourcetype=minerva:alert",
        "search index=_internal | head 100",
        "search index=_audit | head 100",
        "| tstats values(minerva_tenant_id) as t values(source) as s where index=* by index",
        '| tstats count where index=* minerva_identifier="{identifier}" by minerva_record_id',
        '| makeresults | eval tenant_id="{other}" | map search="search index={other_index}"',
        '| makeresults | eval entity_id="{entity}" | lookup minerva_entities entity_id OUTPUT size tenant_id',
        '| makeresults | eval _key="{other}:{entity}" | lookup minerva_watchlist tenant_id OUTPUT note',
        "| rest /servicesNS/-/-/saved/searches",
        "| rest /services/data/indexes",
        "| rest /servicesNS/nobody/minerva_app/storage/collections/data/minerva_entities",
        "| minervaexpand output=list limit=1000",
        "| minervaexpand output=summary",
        "| minervaexpand output=overview",
        "| metadata type=sources index=*",
        "| metadata type=hosts index=*",
        "| eventcount summarize=f index=*",
        "search `minerva_records` | stats values(tenant_id) as t values(index) as i",
    ],
)
def test_search_returns_nothing_foreign(shown: Shown, side: Side, spl: str) -> None:
    typed = {side.other, side.other_index, side.entity} & side.seen(spl.format(**vars(side)))
    found = rows(shown.run, side.user, spl.format(**vars(side)))
    if not typed:
        assert side.seen(json.dumps(found, default=str)) == set()
    held = {"record_id", "minerva_record_id", "note", "size", "_raw"}
    assert not [row for row in found if held & set(row) and side.seen(str(row))]


def test_alert_events_and_watch_lists_stay_with_their_tenant(shown: Shown, side: Side, browser: Browser) -> None:
    spl = "search index=* sourcetype=minerva:alert | stats count by index"
    own_index = next(item.index for item in shown.run.tenants if item.id == side.own)
    assert [(row["index"], int(row["count"])) for row in shown.run.ask(spl, side.user)] == [(own_index, 1)]
    listed = json.loads(browser.entities("watchlist", {"op": "list"})[2])["watchlist"]
    assert {row["tenant_id"] for row in listed} == {side.own}


def test_user_without_the_capability_is_forbidden_before_anything_is_read(shown: Shown) -> None:
    with Browser(shown.run, BYSTANDER) as browser:
        answers = {
            browser.entities(action, {"entity_id": entity})
            for action in ("get", "list", "lookup", "summary", "save")
            for entity in (shown.entity["northfield"], ABSENT_ENTITY)
        }
    assert {status for status, _, _ in answers} == {403}
    assert len(answers) == 1


def test_user_without_the_capability_is_told_so_by_the_command(shown: Shown) -> None:
    with pytest.raises(SplError):
        shown.run.ask("| minervaexpand output=list", BYSTANDER)


def test_wrong_password_and_no_session_are_unauthorized(shown: Shown) -> None:
    with Browser(shown.run, ANALYSTS["northfield"], "wrong") as browser:
        assert browser.entities("list", {})[0] == 401
