"""FollowTheMoney, STIX, MISP and hash lists: ids, references and marks as their standards want them.

The libraries of the three formats judge the same files in benchmarks/export_validators.py.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import uuid
from typing import Any

import pytest

from minerva.exports import ExportError, export
from minerva.exports.hashes import token
from minerva.exports.ids import NAMESPACE
from minerva.exports.stix_objects import observable
from tests.minerva_exports.sample import KEY, RECORDS, entity, files, items, package, request


def stix(**changes: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files("stix", **changes)["bundle.stix.json"])["objects"]
    return found


def misp(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("misp", **changes)["event.misp.json"])["Event"]
    return found


def ftm() -> list[dict[str, Any]]:
    return [json.loads(line) for line in files("ftm")["entities.ftm.json"].decode().splitlines()]


def refs(made: Any) -> set[str]:
    """Every STIX id that an object refers to, at any depth."""
    if isinstance(made, dict):
        return {ref for key, value in made.items() if key != "id" for ref in refs(value)}
    if isinstance(made, list):
        return {ref for value in made for ref in refs(value)}
    return {made} if isinstance(made, str) and re.fullmatch(r"[a-z\-]+--[0-9a-f\-]{36}", made) else set()


def of_the_format(made: list[dict[str, Any]]) -> set[str]:
    """Ids of what defines the format's own observables, and of who defines them."""
    found = [each for each in made if each["type"] == "extension-definition"]
    return {each["id"] for each in found} | {each["created_by_ref"] for each in found}


def test_every_stix_id_is_unique_and_every_reference_stays_in_the_bundle() -> None:
    made = stix()
    ids = [each["id"] for each in made]
    assert len(ids) == len(set(ids))
    assert refs(made) <= set(ids)
    assert {each["id"].partition("--")[0] for each in made} == {each["type"] for each in made}


@pytest.mark.parametrize(
    ("level", "word"),
    [("L0", "red"), ("L3", "amber"), ("L4", "amber+strict"), ("L5", "green"), ("L6", "clear")],
)
def test_every_stix_object_carries_the_traffic_light_and_the_statement(level: str, word: str) -> None:
    made = stix(given=[{"record": {"record_id": "r1", "url": "https://ads.example.org/a"}}], level=level)
    marks = [each for each in made if each["type"] == "marking-definition"]
    (light,) = marks[0]["extensions"].values()
    assert light["tlp_2_0"] == word
    assert marks[0]["name"] == f"TLP:{word.upper()}"
    assert "harbor_ngo" in marks[1]["definition"]["statement"]
    own = [each for each in made[2:] if each["id"] not in of_the_format(made)]
    assert len(own) == len(made) - 2 - 3
    for each in own:
        assert each["object_marking_refs"] == [mark["id"] for mark in marks]


@pytest.mark.parametrize(
    ("identifier", "name", "contributing"),
    [
        ("email:ann@venue.example", "email-addr", '{"value":"ann@venue.example"}'),
        ("url:https://ads.example.org/a", "url", '{"value":"https://ads.example.org/a"}'),
        ("domain:venue.example", "domain-name", '{"value":"venue.example"}'),
        ("username:instagram/ann", "user-account", '{"account_login":"ann","account_type":"instagram"}'),
        ("phone:+14155550123", "phone-number", '{"value":"+14155550123"}'),
        ("license:massage/MT1", "minerva-identifier", '{"kind":"license","value":"massage/MT1"}'),
    ],
    ids=lambda value: value if "--" not in value and ":" not in value else "",
)
def test_observable_ids_are_those_that_everybody_derives(identifier: str, name: str, contributing: str) -> None:
    namespace = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
    assert observable(identifier)["id"] == f"{name}--{uuid.uuid5(namespace, contributing)}"


def test_own_observables_are_declared_in_the_bundle() -> None:
    made = {each["id"]: each for each in stix()}
    for each in made.values():
        if each["type"] in ("phone-number", "minerva-identifier"):
            (extension,) = each["extensions"]
            assert made[extension]["extension_types"] == ["new-sco"]
            assert json.loads(made[extension]["schema"])["properties"]["type"]["const"] == each["type"]


def test_a_stix_entity_groups_its_records_and_a_join_says_why() -> None:
    made = stix()
    grouping = next(each for each in made if each["type"] == "grouping")
    records = [each["id"] for each in made if each["type"] == "observed-data"]
    assert len(records) == 3, "the record without identifier has nothing to refer to"
    assert grouping["object_refs"][:2] == sorted(records[:2], key=grouping["object_refs"].index)
    link = next(each for each in made if each["type"] == "relationship")
    assert {link["source_ref"], link["target_ref"]} == set(records[:2])
    assert (link["confidence"], link["description"]) == (93, "both hold phone +14155550123")


@pytest.mark.parametrize("held", [0, 1], ids=["no record", "one of two"])
def test_stix_and_misp_refer_to_no_record_that_is_not_in_the_export(held: int) -> None:
    given = [*items()[:held], {"entity": entity()}]
    made = stix(given=given)
    assert refs(made) <= {each["id"] for each in made}
    event = misp(given=given)
    keys = {each["uuid"] for each in (*event["Object"], *event["Attribute"])}
    assert {part["referenced_uuid"] for each in event["Object"] for part in each["ObjectReference"]} <= keys


def test_created_is_never_after_modified() -> None:
    for each in stix(time="2020-01-01T00:00:00Z", expires=""):
        assert each.get("created", "") <= each.get("modified", "9")


def test_left_out_joins_and_records_are_counted() -> None:
    alone = json.loads(files("stix", [{"entity": entity()}])["manifest.json"])
    assert alone["left_out"] == {"joins_without_records": 1}
    assert json.loads(files("stix")["manifest.json"])["left_out"] == {"records_without_identifier": 1}
    assert json.loads(files("misp")["manifest.json"])["left_out"] == {}
    alone = json.loads(files("misp", [{"entity": entity()}])["manifest.json"])
    assert alone["left_out"] == {"joins_without_records": 1}


def test_misp_references_and_attributes_are_each_there_once() -> None:
    event = misp()
    keys = [each["uuid"] for each in (*event["Object"], *event["Attribute"])]
    assert len(keys) == len(set(keys))
    for each in event["Object"]:
        assert {reference["referenced_uuid"] for reference in each["ObjectReference"]} <= set(keys)
        assert {part["distribution"] for part in each["Attribute"]} == {"5"}
    assert not [part for each in event["Object"] for part in each["Attribute"] if part["to_ids"]]


@pytest.mark.parametrize("name", ["stix", "misp", "ftm"])
def test_wallets_have_their_place_and_attributes_none(name: str) -> None:
    identifiers = ["price:USD 120 / 60 min", "wallet:btc:16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu"]
    found = files(name, [{"entity": {"entity_id": "e_1", "identifiers": identifiers}}])
    assert json.loads(found.pop("manifest.json"))["left_out"] == {"identifier.price": 1}
    (content,) = found.values()
    assert b"USD 120" not in content
    assert b'16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu"' in content


GROUP = "7e57d004-2b97-4e7a-b45f-5387367791cd"


@pytest.mark.parametrize(
    ("level", "group", "expected"),
    [
        pytest.param("L0", GROUP, "0", id="private stays, whatever group is named"),
        pytest.param("L3", GROUP, "4", id="redacted to its group"),
        pytest.param("L4", GROUP, "4", id="group"),
        pytest.param("L4", "", "0", id="no group named: own organization"),
        pytest.param("L5", GROUP, "1", id="community"),
        pytest.param("L6", "", "3", id="public"),
    ],
)
def test_misp_distribution_never_goes_beyond_the_level(level: str, group: str, expected: str) -> None:
    event = misp(given=[], level=level, sharing_group=group)
    assert event["distribution"] == expected
    assert ("SharingGroup" in event) == (expected == "4")
    assert event["Tag"][0]["name"].startswith("tlp:")


def test_ftm_links_join_what_is_in_the_file() -> None:
    made = ftm()
    ids = {each["id"] for each in made}
    schemata = [each["schema"] for each in made]
    assert schemata.count("Article") == 3
    assert schemata.count("Documentation") == 2
    assert schemata.count("UserAccount") == 1
    ends = [
        each["properties"].get(key, []) for each in made for key in ("document", "entity", "subject", "object", "owner")
    ]
    assert {end for found in ends for end in found} <= ids


def test_a_record_has_the_same_id_in_every_format() -> None:
    key = str(uuid.uuid5(NAMESPACE, f"record\0northfield\0{RECORDS[0].record_id}"))
    for name in ("ftm", "stix", "misp"):
        assert any(key.encode() in content for content in files(name).values())


def test_hashes_are_keyed_sorted_and_of_strong_kinds_only() -> None:
    given = [{"entity": {"entity_id": "e_1", "identifiers": ["phone:+14155550123", "local_phone:springfield/5550123"]}}]
    found = files("hashes", given)
    expected = hmac.new(KEY, b"phone:+14155550123", hashlib.sha256).hexdigest()
    assert found["hashes.csv"].decode() == f"kind,token\r\nphone,{expected}\r\n"
    assert json.loads(found["manifest.json"])["left_out"] == {"identifier.local_phone": 1}
    assert token(b"k" * 32, "phone:+14155550123") != expected
    lines = files("hashes")["hashes.csv"].decode().splitlines()[1:]
    assert lines == sorted(set(lines))
    assert KEY not in package("hashes")


@pytest.mark.parametrize("key", [b"", b"short"], ids=["none", "short"])
def test_hashes_refuse_a_weak_key(key: bytes) -> None:
    class Refusing:
        discarded = False

        def open(self, name: str) -> Any:
            raise AssertionError(name)

        def finish(self) -> None:
            raise AssertionError

        def discard(self) -> None:
            self.discarded = True

    target = Refusing()
    with pytest.raises(ExportError, match="32 bytes"):
        export(request("hashes"), items(), target, key=key)
    assert target.discarded


def test_two_institutions_define_the_same_extensions_alike() -> None:
    bundles = [stix(tenant_id=name, tenant_label=name.title(), recipient="x") for name in ("northfield", "riverbank")]
    shown = [{each["id"]: each for each in made if each["id"] in of_the_format(made)} for made in bundles]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 3
    authors = {each["id"] for made in bundles for each in made if each["type"] == "identity"}
    assert len(authors) == 3, "two institutions and the format"


def nameless() -> list[dict[str, Any]]:
    return [*items()[:-1], {"entity": {**entity(), "names": []}}]


@pytest.mark.parametrize("name", ["ftm", "stix", "misp"])
def test_an_entity_without_a_name_is_not_called_by_its_id(name: str) -> None:
    found = files(name, nameless())
    found.pop("manifest.json")
    (content,) = found.values()
    if name == "ftm":
        shown = [json.loads(line) for line in content.decode().splitlines()]
        assert [each["properties"].get("name") for each in shown if each["schema"] == "LegalEntity"][-1] is None
    if name == "stix":
        (grouping,) = [each for each in json.loads(content)["objects"] if each["type"] == "grouping"]
        assert "name" not in grouping
        assert grouping["external_references"][0]["external_id"] == "e_0123456789abcdef"
    if name == "misp":
        objects = json.loads(content)["Event"]["Object"]
        parts = [part for each in objects for part in each["Attribute"] if part["object_relation"] == "name"]
        assert [part["value"] for part in parts if part["value"].startswith("e_")] == []
        assert [each["name"] for each in objects if each["comment"] == "e_0123456789abcdef"] == ["annotation"]


def test_a_misp_join_says_which_records_are_one_and_why() -> None:
    event = misp()
    (join,) = [each for each in event["Object"] if each["comment"] == "why two records are one"]
    assert "both hold phone +14155550123" in join["Attribute"][0]["value"]
    records = {str(uuid.uuid5(NAMESPACE, f"record\0northfield\0{each.record_id}")) for each in RECORDS[:2]}
    assert {each["referenced_uuid"] for each in join["ObjectReference"]} == records
