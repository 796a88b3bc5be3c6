"""A partner's bundle in a case: the round trip of each format, what is refused and why, who may, and what leaves it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from minerva.imports import importing
from minerva.policy import Subject
from tests.sharing.desk import DAY, EMAIL, PHONE, SERVICE, STATED, Desk, who

NORA, RUTH = who("north"), who("river")
A, B, C, ENTITY, OTHER = "a" * 32, "b" * 32, "c" * 32, "e_00000000000000aa", "e_00000000000000bb"
SPA = ["domain:spa.example.org", "username:instagram/spa", "url:https://spa.example.org/a"]
FORMS = ["stix", "misp", "ftm", "csv", "xlsx"]


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.entity("north", ENTITY, names=["=Jen Example", "Jenny"], identifiers=[EMAIL, PHONE])
    made.entity("north", OTHER, names=["Harbor Spa"], records=[C], size=1, joins=[], cities=["Boston"],
                identifiers=SPA)  # fmt: skip
    members = [{"member": name, "entity_id": ENTITY, "kind": "record"} for name in (A, B)]
    members.append({"member": C, "entity_id": OTHER, "kind": "record"})
    made.got(SERVICE, "save", tenant_id="north", members=members)
    return made


def opened(desk: Desk, by: Subject, **more: Any) -> str:
    return str(desk.got(by, "cases", **{"op": "open", "title": "Harbor road", **more})["opened"])


def exported(desk: Desk, form: str, meant: str = "river") -> bytes:
    case_id = opened(desk, NORA)
    for entity_id in (ENTITY, OTHER):
        desk.got(NORA, "case_item", case_id=case_id, what="pin", object="entity", object_id=entity_id)
    found = desk.got(NORA, "case_export", **{"case_id": case_id, "format": form, "for": meant, **STATED})
    return base64.b64decode(found["file"]["base64"])


def given(*files: tuple[str, bytes]) -> list[dict[str, str]]:
    return [{"name": name, "base64": base64.b64encode(data).decode()} for name, data in files]


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """A zip in which one file is another, or is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if content is not None:
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_an_export_of_a_case_imported_by_another_institution_shows_the_same_entities(desk: Desk, form: str) -> None:
    data, case_id = exported(desk, form), opened(desk, RUTH)
    body = {"case_id": case_id, "files": given(("minerva.zip", data))}
    told = desk.got(RUTH, "case_import", **STATED, **body)
    assert told["refused"] == []
    assert {each["state"] for each in told["leads"]} == {"new"}
    about = told["import"]
    assert (about["form"], about["marking"], about["is_marked"]) == (form, "RED", True)
    assert (about["is_complete"], about["is_genuine"]) == (True, True)
    assert about["source"] in ("north", "North")
    assert desk.got(RUTH, "case", case_id=case_id)["items"] == []  # a preview stores nothing
    added = desk.got(RUTH, "case_import", **STATED, **body, op="add")
    leads = {tuple(sorted(each["identifiers"])): each for each in added["items"]}
    assert added["added"] == 2
    first = leads[tuple(sorted([EMAIL, PHONE]))]
    assert first["names"][0] == "=Jen Example"
    assert first["source"] == about["source"]
    assert first["marking"] == "RED"
    second = leads[tuple(sorted(SPA))]
    assert second["names"] == ["Harbor Spa"]
    assert desk.got(RUTH, "list")["entities"] == []  # no entity of one's own
    assert desk.ask(RUTH, "lookup", identifier=PHONE)[0] == 404
    again = desk.got(RUTH, "case_import", **STATED, **body, op="add")
    assert ({each["state"] for each in again["leads"]}, again["added"], len(again["items"])) == ({"held"}, 0, 2)


@pytest.mark.parametrize("meant", ["the prosecutor's office of Hudson County", ""])
def test_a_bundle_for_another_is_taken_only_by_who_says_that_it_is_meant(desk: Desk, meant: str) -> None:
    case_id = opened(desk, RUTH)
    body = {"case_id": case_id, "files": given(("minerva.zip", exported(desk, "stix", meant)))}
    about = desk.got(RUTH, "case_import", **STATED, **body)["import"]
    assert not about["is_for_us"]
    assert about["recipient"].casefold() == (meant or "north").casefold()
    assert about["recipient"] in about["statement"]
    status, refused = desk.ask(RUTH, "case_import", **STATED, **body, op="add")
    assert (status, "for another institution" in str(refused)) == (409, True)
    assert desk.got(RUTH, "case", case_id=case_id)["items"] == []
    assert desk.got(RUTH, "case_import", **STATED, **body, op="add", is_meant=True)["added"] == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_not_the_one_of_its_manifest_is_refused(desk: Desk, form: str) -> None:
    data, case_id = exported(desk, form), opened(desk, RUTH)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(each for each in archive.namelist() if each != "manifest.json")
        content = archive.read(name)
        manifest = json.loads(archive.read("manifest.json"))
    manifest["content_sha256"] = "0" * 64
    bad = [
        (changed(data, name, content + b" "), "its hash differs"), (changed(data, name, None), "one is missing"),
        (changed(data, "more.csv", b"name\nx\n"), "one too many"),
        (changed(data, "manifest.json", b"[]"), "names no files"),
        (changed(data, "manifest.json", json.dumps(manifest).encode()), "does not fit its own files"),
        (data[: len(data) // 2], "cut or damaged"),
    ]  # fmt: skip
    for broken, said in bad:
        status, payload = desk.ask(RUTH, "case_import", **STATED, case_id=case_id, files=given(("minerva.zip", broken)))
        assert (status, said in payload["error"]) == (400, True), payload


def bundle(*objects: dict[str, Any]) -> bytes:
    made = [{"spec_version": "2.1", "id": f"{each['type']}--00000000-0000-4000-8000-{at:012d}", **each}
            for at, each in enumerate(objects)]  # fmt: skip
    return json.dumps(
        {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-00000000ffff", "objects": made}
    ).encode()


def ref(kind: str, at: int) -> str:
    return f"{kind}--00000000-0000-4000-8000-{at:012d}"


FOREIGN = bundle(
    {"type": "identity", "name": "Harbor Police", "identity_class": "organization"},
    {"type": "marking-definition", "definition_type": "tlp", "definition": {"tlp": "amber"}},
    {"type": "threat-actor", "name": "The Dock Crew", "aliases": ["Dockers"], "created_by_ref": ref("identity", 0),
     "object_marking_refs": [ref("marking-definition", 1)]},
    {"type": "email-addr", "value": "Boss@Mail.Example"},
    {"type": "relationship", "relationship_type": "uses", "source_ref": ref("threat-actor", 2),
     "target_ref": ref("email-addr", 3)},
    {"type": "url", "value": "https://dock.example.org/"},
    {"type": "indicator", "pattern": "[url:value = 'x']"},
    {"type": "ipv4-addr", "value": "192.0.2.1"},
    {"type": "report", "name": "withdrawn", "revoked": True},
    {"type": "note", "content": "seen at the pier", "object_refs": [ref("threat-actor", 2)]},
    {"type": "email-addr", "value": "no address"},
)  # fmt: skip


def test_a_foreign_stix_bundle_is_read_as_far_as_it_goes_and_the_rest_said(desk: Desk) -> None:
    told = desk.got(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=given(("theirs.json", FOREIGN)))
    leads = {each["schema"]: each for each in told["leads"]}
    crew = leads["threat actor"]
    assert (crew["names"], crew["identifiers"]) == (["The Dock Crew", "Dockers"], ["email:boss@mail.example"])
    assert (crew["marking"], crew["text"]) == ("AMBER", "seen at the pier")
    assert leads["url"]["identifiers"] == ["url:https://dock.example.org"]
    assert told["import"]["source"] == "Harbor Police"
    reasons = " | ".join(each["reason"] for each in told["refused"])
    for said in (
        "its pattern is not read",
        "ipv4-addr: objects of this type",
        "withdrawn by who made it",
        "nothing in it",
    ):
        assert said in reasons
    assert len(told["refused"]) == 4


def attribute(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, **more}


EVENT = {"response": [{"Event": {
    "info": "Massage parlors of the docks", "Orgc": {"name": "Harbor CERT"}, "Tag": [{"name": "tlp:amber"}],
    "Attribute": [
        attribute("phone-number", "+1 415 555 0123", uuid="a1", comment="front desk"),
        attribute("btc", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", uuid="a2", Tag=[{"name": "tlp:red"}]),
        attribute("md5", "d41d8cd98f00b204e9800998ecf8427e", uuid="a3"),
        attribute("url", "https://dock.example.org/", uuid="a4", deleted=True),
        attribute("email-src", "Boss@Mail.Example", uuid="a5"),
    ],
    "Object": [
        {"name": "person", "uuid": "o1", "Attribute": [
            attribute("first-name", "Ann", object_relation="first-name"),
            attribute("last-name", "Example", object_relation="last-name"),
            attribute("text", "drives them", object_relation="text"),
        ], "ObjectReference": [{"referenced_uuid": "a5", "relationship_type": "uses"},
                               {"referenced_uuid": "o2", "relationship_type": "owner-of"}]},
        {"name": "user-account", "uuid": "o2", "Attribute": [
            attribute("text", "ann", object_relation="username"),
            attribute("text", "instagram", object_relation="account-type"),
        ]},
    ],
}}]}  # fmt: skip


def test_a_foreign_misp_event_is_read_as_far_as_it_goes_and_the_rest_said(desk: Desk) -> None:
    files = given(("misp.json", json.dumps(EVENT).encode()))
    told = desk.got(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=files)
    leads = {each["ref"]: each for each in told["leads"]}
    assert sorted(leads) == ["a1", "a2", "o1"]
    ann, desk_phone = leads["o1"], leads["a1"]
    assert (ann["names"], ann["text"]) == (["Ann Example"], "drives them")
    assert ann["identifiers"] == ["email:boss@mail.example", "username:instagram/ann"]
    assert (desk_phone["identifiers"], desk_phone["text"]) == ([PHONE], "Massage parlors of the docks\nfront desk")
    assert [leads[name]["marking"] for name in ("a1", "a2", "o1")] == ["AMBER", "RED", "AMBER"]
    assert (told["import"]["form"], told["import"]["source"]) == ("misp", "Harbor CERT")
    reasons = {each["ref"]: each["reason"] for each in told["refused"]}
    assert reasons == {"a3": "md5: attributes of this type are not taken over", "a4": "it was withdrawn by who made it"}


def test_foreign_followthemoney_entities_become_leads_with_their_accounts(desk: Desk) -> None:
    lines = [
        {"id": "p1", "schema": "Person", "properties": {"name": ["Ann Example"], "phone": ["+1 415 555 0123"]}},
        {"id": "a1", "schema": "UserAccount",
         "properties": {"username": ["ann"], "service": ["instagram"], "owner": ["p1"]}},
        {"id": "d1", "schema": "Directorship", "properties": {"director": ["p1"]}},
        {"id": "p1", "schema": "Person", "properties": {"name": ["Other"]}},
        {"id": "e1", "schema": "Company", "properties": {}},
    ]  # fmt: skip
    text = "\n".join(map(json.dumps, lines)) + "\nnot json\n"
    told = desk.got(
        RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=given(("x.ftm.json", text.encode()))
    )
    (lead,) = told["leads"]
    assert (lead["names"], lead["identifiers"]) == (["Ann Example"], [PHONE, "username:instagram/ann"])
    assert len(told["refused"]) == 4
    assert (told["import"]["marking"], told["import"]["is_marked"]) == ("RED", False)


def test_a_table_of_somebody_else_is_read_by_its_columns_and_needs_its_source(desk: Desk) -> None:
    table = (
        "Name;Phone;E-mail;City;Note\r\nAnn;+1 415 555 0123;ann@mail.example;Boston;'=calls\r\n;;;;\r\n;nothing;;;\r\n"
    )
    body = {"case_id": opened(desk, RUTH), "files": given(("list.csv", table.encode()))}
    told = desk.got(RUTH, "case_import", **STATED, **body)
    (lead,) = told["leads"]
    assert sorted(lead["identifiers"]) == ["email:ann@mail.example", PHONE]
    assert (lead["names"], lead["places"], lead["text"]) == (["Ann"], ["Boston"], "=calls")
    assert len(told["refused"]) == 2
    status, payload = desk.ask(RUTH, "case_import", **STATED, **body, op="add")
    assert (status, "source" in payload["error"]) == (400, True)
    (item,) = desk.got(RUTH, "case_import", **STATED, **body, op="add", source="a shelter in Boston")["items"]
    assert (item["source"], item["is_genuine"]) == ("a shelter in Boston", False)


def test_what_changed_in_a_later_bundle_stands_beside_what_came_before(desk: Desk) -> None:
    case_id, seen = opened(desk, RUTH), []
    for name in ("Ann", "Anna", "Ann"):
        data = json.dumps({"id": "p1", "schema": "Person", "properties": {"name": [name]}}).encode()
        body = {"case_id": case_id, "op": "add", "files": given(("x.json", data)), "source": "a partner"}
        items = desk.got(RUTH, "case_import", **STATED, **body)["items"]
        seen.append([(each["names"], each.get("version", 1)) for each in items])
    assert seen[1:] == [[(["Ann"], 1), (["Anna"], 2)]] * 2  # what came first stays, and comes once


def made(table: bytes, **more: Any) -> list[dict[str, str]]:
    """A table with a manifest that fits it, as anybody can make one."""
    found = hashlib.sha256(table).hexdigest()
    whole = hashlib.sha256(f"{found}  a.csv\n".encode()).hexdigest()
    manifest = {"manifest_version": 1, "files": [{"name": "a.csv", "sha256": found}], "content_sha256": whole, **more}
    return given(("manifest.json", json.dumps(manifest).encode()), ("a.csv", table))


TRUE = b"id,name,phone,note\nL1,Jane Marlow,+14155550101,she asked for help\n"
FORGED = b"id,name,phone,note\nL1,Nobody Atall,+14155550109,closed: false alarm\n"


def test_a_forged_bundle_neither_rewrites_a_lead_nor_has_it_deleted(desk: Desk) -> None:
    case_id = opened(desk, RUTH)
    body = {"case_id": case_id, "op": "add"}
    (first,) = desk.got(RUTH, "case_import", **STATED, **body, files=made(TRUE, tenant_id="north"))["items"]
    desk.now += DAY
    forged = made(FORGED, tenant_id="north", expires="2023-11-17")
    items = desk.got(who("river", user="otto"), "case_import", **STATED, **body, files=forged)["items"]
    assert items[0] == first
    assert [each["text"] for each in items] == ["she asked for help", "closed: false alarm"]
    desk.now += 3 * DAY
    desk.got(SERVICE, "purge")
    assert desk.got(RUTH, "case", case_id=case_id)["items"] == [first]


FORGERIES: list[tuple[str, dict[str, Any]]] = [
    ("north", {}),  # a manifest that fits its own files, as anybody makes one
    ("a stranger", {}),
    ("north", {"signature": "1." + "0" * 32}),
    ("north", {"signature": {"a": 1}}),
    ("north", {"signature": "1.\u00e4"}),
    ("river", {"signature": "9.x"}),
]


@pytest.mark.parametrize(("says", "more"), FORGERIES)
def test_a_manifest_of_ones_own_making_is_complete_and_not_genuine(desk: Desk, says: str, more: dict[str, Any]) -> None:
    body = {"case_id": opened(desk, RUTH), "op": "add", "files": made(TRUE, tenant_id=says, **more), **STATED}
    told = desk.got(RUTH, "case_import", **body)
    assert (told["import"]["is_complete"], told["import"]["is_genuine"]) == (True, False)
    assert told["items"][0]["is_genuine"] is False


CHANGES: list[dict[str, Any]] = [
    {"tenant_id": "river"}, {"expires": "2099-01-01"}, {"expires": ""}, {"recipient_label": "everyone"},
    {"marking": {"level": "L6", "tlp": "TLP:CLEAR"}}, {"purpose": "compliance"}, {"signed": True}, {"counts": {}},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_signed_manifest_of_which_anything_was_changed_is_not_genuine(desk: Desk, change: dict[str, Any]) -> None:
    data, body = exported(desk, "csv"), {"case_id": opened(desk, RUTH), "is_meant": True, **STATED}
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        manifest = json.loads(held.read("manifest.json"))
    other = changed(data, "manifest.json", json.dumps({**manifest, **change}).encode())
    told = desk.got(RUTH, "case_import", **body, files=given(("m.zip", other)))["import"]
    assert (told["is_complete"], told["is_genuine"]) == (True, False)
    same = changed(data, "manifest.json", json.dumps(manifest).encode())  # written otherwise, saying the same
    assert desk.got(RUTH, "case_import", **body, files=given(("m.zip", same)))["import"]["is_genuine"] is True


def test_a_lead_of_a_genuine_bundle_is_genuine_under_its_makers_name_alone(desk: Desk) -> None:
    files = given(("m.zip", exported(desk, "csv")))
    for source, is_genuine in (("", True), ("a shelter in Boston", False)):
        body = {"case_id": opened(desk, RUTH), "op": "add", "files": files, "source": source, **STATED}
        items = desk.got(RUTH, "case_import", **body)["items"]
        assert {each["is_genuine"] for each in items} == {is_genuine}


@pytest.mark.parametrize("expires", ["0", "soon", "31 Dec 2026", {"a": 1}, 5, "2023-02-30", "2023-11-01"])
def test_an_odd_day_of_deletion_or_one_that_is_past_is_refused_in_words(desk: Desk, expires: Any) -> None:
    files = made(TRUE, tenant_id="north", expires=expires)
    status, payload = desk.ask(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=files)
    assert (status, "expected" in payload["error"]) == (400, True), payload


def test_a_lead_says_which_own_entities_hold_the_same(desk: Desk) -> None:
    members = [{"member": EMAIL, "entity_id": "e_00000000000000cc", "kind": "identifier"}]
    desk.entity("river", "e_00000000000000cc")
    desk.got(SERVICE, "save", tenant_id="river", members=members)
    told = desk.got(
        RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=given(("m.zip", exported(desk, "csv")))
    )
    assert sorted(len(each["entities"]) for each in told["leads"]) == [0, 1]


def test_a_contact_that_several_own_entities_share_points_at_none_of_them(desk: Desk) -> None:
    own = ["e_00000000000000cc", "e_00000000000000dd"]
    for entity_id in own:
        desk.entity("river", entity_id)
    members = [{"member": EMAIL, "entity_id": own[0], "kind": "identifier"}]
    desk.got(SERVICE, "save", tenant_id="river", members=members)
    desk.rows("members")[f"river:{EMAIL}"]["entities"] = own
    told = desk.got(
        RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=given(("m.zip", exported(desk, "csv")))
    )
    assert [each["entities"] for each in told["leads"]] == [[], []]


def test_only_chosen_leads_are_taken_and_a_lead_stays_as_it_came(desk: Desk) -> None:
    case_id, files = opened(desk, RUTH), given(("m.zip", exported(desk, "stix")))
    first = desk.got(RUTH, "case_import", **STATED, case_id=case_id, files=files)["leads"][0]["ref"]
    (item,) = desk.got(RUTH, "case_import", **STATED, case_id=case_id, op="add", files=files, refs=[first])["items"]
    body = {"case_id": case_id, "item_id": item["item_id"]}
    assert desk.ask(RUTH, "case_item", **body, op="change", text="mine")[0] == 400
    assert desk.got(RUTH, "case_item", **body, op="remove")["items"] == []


STRANGERS = [
    pytest.param(NORA, id="another institution"), pytest.param(who("river", "admin"), id="the own administrator"),
    pytest.param(who("river", "partner"), id="the own program"), pytest.param(SERVICE, id="the service"),
]  # fmt: skip


@pytest.mark.parametrize("other", STRANGERS)
@pytest.mark.parametrize("step", ["preview", "add"])
def test_nobody_else_imports_into_a_case(desk: Desk, other: Subject, step: str) -> None:
    body = {"case_id": opened(desk, RUTH), "op": step, "files": given(("m.json", FOREIGN)), "tenant_id": "river"}
    assert desk.ask(other, "case_import", **STATED, **body)[0] == 404


def test_a_closed_case_takes_nothing_in(desk: Desk) -> None:
    case_id = opened(desk, RUTH)
    desk.got(RUTH, "cases", op="change", case_id=case_id, state="closed")
    assert desk.ask(RUTH, "case_import", **STATED, case_id=case_id, files=given(("m.json", FOREIGN)))[0] == 409


PERSON = {"names": ["Ann Example"], "identifiers": [PHONE], "reference": "REF-1"}


def test_who_was_erased_or_is_protected_does_not_come_in_by_a_bundle(desk: Desk) -> None:
    files = given(("m.zip", exported(desk, "ftm")))
    subject = desk.got(RUTH, "vault_add", identity=PERSON, consent="form 7")["subject_id"]
    protected = desk.got(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=files)
    desk.got(who("river", "admin"), "erase", subject_id=subject, why="asked for", **STATED)
    erased = desk.got(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=files)
    assert len(protected["leads"]) == len(erased["leads"]) == 1
    assert protected["refused"] == erased["refused"]  # one reason: the vault is not told of


def numbers(at: int, count: int = 1) -> list[dict[str, str]]:
    """A table of people with numbers from one on."""
    rows = "".join(f"X{each},+1415555{each:04d}\n" for each in range(at, at + count))
    return given(("a.csv", f"name,phone\n{rows}".encode()))


@pytest.mark.parametrize("missing", ["purpose", "case"])
@pytest.mark.parametrize("step", ["preview", "add"])
def test_a_bundle_is_held_against_the_vault_under_a_purpose_and_a_case_alone(
    desk: Desk, missing: str, step: str
) -> None:
    stated = {key: value for key, value in STATED.items() if key != missing}
    body = {"case_id": opened(desk, RUTH), "op": step, "files": numbers(100), "source": "x", **stated}
    status, payload = desk.ask(RUTH, "case_import", **body)
    assert (status, missing in payload["error"]) == (400, True)


def test_what_bundles_tell_of_the_vault_is_limited_for_each_person_and_day(desk: Desk) -> None:
    """Once used up nothing is told by any answer: a bundle without anybody of the vault is refused the same."""
    people = [f"phone:+1415555{each:04d}" for each in range(100, 100 + importing.MOST_KEPT_OUT + 5)]
    desk.got(RUTH, "vault_add", identity={"names": ["Ann Example"], "identifiers": people[:20]}, consent="form 7")
    for at in range(20, len(people), 20):
        identity = {"names": [f"Ann{at} Example"], "identifiers": people[at : at + 20]}
        desk.got(RUTH, "vault_add", identity=identity, consent="form 7")
    case_id = opened(desk, RUTH)
    body = {"case_id": case_id, "source": "x", **STATED}
    for step in ("preview", "add", "preview"):  # the same bundle counts once
        told = desk.got(RUTH, "case_import", **body, op=step, files=numbers(99, 3))
        assert told["refused_count"] == 2
    desk.got(RUTH, "case_import", **body, files=numbers(102, importing.MOST_KEPT_OUT - 2))
    answers = [desk.ask(RUTH, "case_import", **body, files=numbers(at)) for at in (100, 900)]
    assert [status for status, _ in answers] == [429, 429]
    assert answers[0] == answers[1]
    assert desk.ask(who("river", user="otto"), "case_import", **body, files=numbers(900))[0] == 200
    desk.now += DAY
    assert desk.ask(RUTH, "case_import", **body, files=numbers(900))[0] == 200


def test_a_lead_leaves_with_the_person_that_it_names_and_on_the_day_its_owner_said(desk: Desk) -> None:
    case_id, files = opened(desk, RUTH), given(("m.zip", exported(desk, "csv")))
    desk.got(RUTH, "case_import", **STATED, case_id=case_id, op="add", files=files)
    subject = desk.got(RUTH, "vault_add", identity=PERSON, consent="form 7")["subject_id"]
    desk.got(who("river", "admin"), "erase", subject_id=subject, why="asked for", **STATED)
    assert [each["names"] for each in desk.got(RUTH, "case", case_id=case_id)["items"]] == [["Harbor Spa"]]
    row = next(row for row in desk.rows("cases").values() if row.get("what") == "lead")
    row["expires"] = "2023-11-20T00:00:00Z"
    desk.got(SERVICE, "purge")
    assert len(desk.got(RUTH, "case", case_id=case_id)["items"]) == 1
    desk.now += 7 * DAY
    desk.got(SERVICE, "purge")
    assert desk.got(RUTH, "case", case_id=case_id)["items"] == []


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b" " * 60_000_000)
    return stream.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>"""
BAD = [
    pytest.param("x.json", b"", id="nothing"), pytest.param("x.json", b"{}", id="an object of nothing"),
    pytest.param("x.json", b"\xff\xfe\x00", id="no text"), pytest.param("x.json", b"[" * 100_000, id="a deep list"),
    pytest.param("x.csv", b"color,size\nred,4\n", id="a table of unknown columns"),
    pytest.param("x.csv", b"\xff", id="a table in no known coding"),
    pytest.param("x.xlsx", b"PK\x03\x04nonsense", id="a workbook that is none"),
    pytest.param("x.xlsx", zipped("xl/_rels/workbook.xml.rels", ENTITIES), id="a workbook with entities of XML"),
    pytest.param("x.zip", bomb(), id="a zip that unpacks to much"),
    pytest.param("x.zip", zipped("../x.json", FOREIGN), id="a zip with a path"),
    pytest.param("../x.json", FOREIGN, id="a path"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), BAD)
def test_what_cannot_be_read_is_refused_in_words(desk: Desk, name: str, data: bytes) -> None:
    status, payload = desk.ask(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=given((name, data)))
    assert (status, "expected" in payload["error"]) == (400, True), payload


@pytest.mark.parametrize(
    "files", [None, [], "x", [{"name": "x"}], [{"name": "x", "base64": "%"}], [{"base64": "eA=="}]]
)
def test_a_body_that_names_no_files_is_refused(desk: Desk, files: Any) -> None:
    status, payload = desk.ask(RUTH, "case_import", **STATED, case_id=opened(desk, RUTH), files=files)
    assert (status, "expected" in payload["error"]) == (400, True)


def test_identifiers_of_a_bundle_are_looked_up_together_and_are_bounded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    members = desk.collections["members"]
    row = {"_key": f"north:{EMAIL}", "tenant_id": "north", "member": EMAIL, "entity_id": ENTITY, "kind": "identifier"}
    members.batch_save([row])
    get_many = members.get_many

    def counted(keys: list[str]) -> Any:
        asked.append(len(keys))
        return get_many(keys)

    monkeypatch.setattr(members, "get_many", counted)
    lines = [
        {"id": f"p{person}", "schema": "Person", "properties": {
            "name": [f"Person {person}"],
            "email": [EMAIL.partition(":")[2], *(f"m{person}x{number}@example.org" for number in range(150))]}}
        for person in range(10)
    ]  # fmt: skip
    body = {"case_id": opened(desk, NORA), "source": "x",
            "files": given(("x.ftm.json", "\n".join(map(json.dumps, lines)).encode()))}  # fmt: skip
    told = desk.got(NORA, "case_import", **STATED, **body)
    assert {tuple(each["entities"]) for each in told["leads"]} == {(ENTITY,)}
    assert asked == [1000, 501]
    monkeypatch.setattr(importing, "MOST_LOOKED_UP", 1500)
    status, answer = desk.ask(NORA, "case_import", **STATED, **body)
    assert (status, "more than 1500 identifiers" in answer["error"]) == (400, True)
