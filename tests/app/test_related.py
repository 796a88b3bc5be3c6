"""What is not one is told: others of one site, branches of one firm, a shared building; to those who may see both."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.linking import DEFAULT
from minerva.linking.model import read_row
from minerva.sharing.exporting import _without_names
from minerva.tenancy import expansion, resolving
from minerva.tenancy.rebuild.link_run import link_all, link_new
from minerva.tenancy.related import MOST_TOLD
from tests.app.splunkd_double import SERVICE, Desk, analyst
from tests.app.test_entity_handler import link

NORA = analyst("northfield")
ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad")


def row(number: int, name: str, address: str, **more: Any) -> dict[str, Any]:
    return {"record_id": f"{number:032x}", "source_id": "register", "record_type": "site", "name": name,
            "address": address, "city": "Springfield", "postcode": "70201", **more}  # fmt: skip


INFANT = row(1, "Grundvik Infant School", "12 Oak Street")
ELM = row(2, "Elm Tree Playgroup", "12 Oak Street")
BAKERY = row(3, "Copper Lantern Bakery", "880 Main Avenue")
BRANCH = row(4, "Copper Lantern Bakery", "7 Harbor Road", city="Salem", postcode="80301")
ALONE = row(5, "Quiet Moss Dental", "31 Hill Lane")
SALON = [row(10 + place, f"{isle} Hair Studio", "650 S Market Rd") for place, isle in enumerate(ISLES)]
ROWS = [INFANT, ELM, BAKERY, BRANCH, ALONE, *SALON]


@pytest.fixture(scope="module")
def desk() -> Desk:
    made = Desk()
    link(made, "northfield", ROWS)
    link(made, "riverbank", [row(90, "Harbor Light Cafe", "12 Oak Street"), BRANCH])
    return made


def card(desk: Desk, of: dict[str, Any], who: Any = NORA) -> dict[str, Any]:
    status, payload = desk.ask(who, "investigate", {"record_ids": [of["record_id"]]})
    assert status == 200, payload
    (found,) = payload["entities"]
    return dict(found)


def entity(desk: Desk, of: dict[str, Any]) -> str:
    return str(card(desk, of)["entity_id"])


def told(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["kind"], each["name"]) for each in found["related"]]


def test_investigate_tells_others_of_one_site_and_branches_of_one_firm(desk: Desk) -> None:
    assert told(card(desk, INFANT)) == [("same site", ELM["name"])]
    assert told(card(desk, ELM)) == [("same site", INFANT["name"])]
    assert told(card(desk, BAKERY)) == [("same name, other address", BRANCH["name"])]
    assert told(card(desk, ALONE)) == []
    (other,) = card(desk, BRANCH)["related"]
    assert (other["entity_id"], other["a"], other["b"]) == (
        entity(desk, BAKERY),
        BRANCH["record_id"],
        BAKERY["record_id"],
    )
    assert "Copper Lantern Bakery" in other["why"]


def test_a_building_that_many_names_share_relates_nobody_and_is_told_as_what_it_is(desk: Desk) -> None:
    found = card(desk, SALON[0])
    assert (found["size"], found["related"]) == (1, [])
    assert found["shared_building"] == {"names": 8, "address": "650 S Market Rd"}
    assert "shared_building" not in card(desk, INFANT)


def test_the_document_the_table_and_the_graph_tell_the_same(desk: Desk) -> None:
    document = desk.ask(NORA, "get", {"entity_id": entity(desk, INFANT)})[1]
    assert document["related"] == card(desk, INFANT)["related"]
    answer = desk.ask(NORA, "resolve", {"record_id": INFANT["record_id"]})[1]
    (line,) = resolving.rows_of(resolving.read_options({"record_id": INFANT["record_id"]}), answer)
    assert line["related"].startswith(f"same site as {ELM['name']} ({entity(desk, ELM)}): same house number 12")
    salon = desk.ask(NORA, "get", {"entity_id": entity(desk, SALON[3])})[1]
    request = expansion.read_options({"entity": entity(desk, SALON[3]), "output": "entity"})
    assert next(expansion.rows_of(request, salon))["shared_building"] == "shared building held by 8 names or more"
    graph = desk.ask(NORA, "neighborhood", {"entity_id": entity(desk, BAKERY)})[1]
    (edge,) = [each for each in graph["edges"] if each["rule"] == "same_name"]
    assert (edge["target"], edge["strength"]) == (entity(desk, BRANCH), 0.0)
    assert edge["why"].startswith("same name, other address: equal names")
    assert BRANCH["record_id"] not in {node["id"] for node in graph["nodes"]}  # told, and not followed


def test_nothing_of_another_institution_is_told_though_it_stands_at_the_same_address(desk: Desk) -> None:
    assert "Harbor Light Cafe" not in str([card(desk, each) for each in ROWS])
    river = analyst("riverbank")
    assert told(card(desk, BRANCH, river)) == []
    assert desk.ask(river, "get", {"entity_id": entity(desk, INFANT)})[0] == 404


def test_a_planted_relation_to_a_foreign_or_absent_record_is_neither_told_nor_counted() -> None:
    made = Desk()
    link(made, "northfield", ROWS)
    link(made, "riverbank", [row(90, "Harbor Light Cafe", "1 Far Road")])
    store = made.collections["entities"]
    key = f"northfield:{entity(made, ALONE)}"
    planted = store.get(key)
    assert planted is not None
    others = [f"{90:032x}", "f" * 32]
    planted["related"] = [
        {"a": ALONE["record_id"], "b": each, "kind": "same site", "why": "planted"} for each in others
    ]
    store.batch_save([planted])
    found = card(made, ALONE)
    assert (found["related"], found["related_left_out"]) == ([], 0)


def test_new_records_change_both_sides_and_so_does_what_leaves(desk: Desk) -> None:
    made = Desk()
    link(made, "northfield", [INFANT, BAKERY, ALONE])
    assert told(card(made, INFANT)) == []

    def ask(operation: str, body: dict[str, Any]) -> dict[str, Any]:
        status, payload = made.ask(SERVICE, operation, body)
        assert status == 200, payload
        return payload

    link_new("northfield", "test", ask, map(read_row, [ELM, BRANCH]), DEFAULT)
    assert told(card(made, INFANT)) == [("same site", ELM["name"])]
    assert told(card(made, BAKERY)) == [("same name, other address", BRANCH["name"])]
    stored = made.collections["entities"].find({})
    link(made, "northfield", [INFANT, BAKERY, ALONE, ELM, BRANCH])
    assert made.collections["entities"].find({}) == stored  # as a rebuild has it
    link(made, "northfield", [INFANT, BAKERY, ALONE])
    link(made, "northfield", [INFANT, BAKERY, ALONE])
    link(made, "northfield", [INFANT, BAKERY, ALONE])
    assert told(card(made, INFANT)) == []


def test_of_many_some_are_told_and_the_rest_is_counted() -> None:
    made = Desk()
    others = [row(200 + each, f"{ISLES[each % 9]} {each}", f"{each}00 Lane{each}") for each in range(MOST_TOLD + 3)]
    link(made, "northfield", [ALONE, *others])
    store = made.collections["entities"]
    document = store.get(f"northfield:{entity(made, ALONE)}")
    assert document is not None
    document["related"] = [
        {"a": ALONE["record_id"], "b": each["record_id"], "kind": "same site", "why": ""} for each in others
    ]
    store.batch_save([document])
    found = card(made, ALONE)
    assert (len(found["related"]), found["related_left_out"]) == (MOST_TOLD, 3)


def test_what_goes_to_others_without_names_holds_no_relation(desk: Desk) -> None:
    document = desk.ask(NORA, "get", {"entity_id": entity(desk, INFANT)})[1]
    assert "related" in document
    assert "Elm Tree" not in str(_without_names(document))


def test_a_rebuild_tells_what_it_did_not_compare_and_a_change_keeps_it() -> None:
    made = Desk()
    said: list[str] = []
    rows = [row(300 + each, f"{ISLES[each % 9]} {each}", "650 S Market Rd") for each in range(30)]

    def ask(operation: str, body: dict[str, Any]) -> dict[str, Any]:
        status, payload = made.ask(SERVICE, operation, body)
        assert status == 200, payload
        return payload

    def told() -> list[tuple[str, int]]:
        found = made.ask(NORA, "summary", {})[1]["rows"]
        return [(each["name"], each["count"]) for each in found if each["measure"] == "not_compared"]

    link_all("northfield", "test", ask, map(read_row, rows), DEFAULT, tell=said.append)
    sentence = "1 block of records that share one house and street, 30 in the largest, up to 435 pairs"
    assert (sentence, 435) in told()
    assert f"not compared: {sentence}" in said
    assert not any("Market" in each or "Ambrant" in each for each in said)
    link_new("northfield", "test", ask, [read_row(ALONE)], DEFAULT)
    assert (sentence, 435) in told()
    assert not [each for each in made.ask(analyst("riverbank"), "summary", {})[1]["rows"] if each["count"]]
