"""Cases: who reads and changes them, what stands in them, and what leaves them with an erasure or by age."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from minerva.documents import Document, MemoryCollection
from minerva.linking.model import LinkRecord
from minerva.policy import Subject
from minerva.tenancy.asking import MOST_OBJECTS, objects_of
from minerva.tenancy.rebuild.link_state import packed
from minerva.tenancy.tombstones import ERASED_TEXT
from tests.sharing.desk import DAY, SERVICE, STATED, Desk, who

NORA = who("north")
A, B, ENTITY = "a" * 32, "b" * 32, "e_00000000000000aa"


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.entity("north", ENTITY)
    members = [{"member": name, "entity_id": ENTITY, "kind": "record"} for name in (A, B)]
    made.got(SERVICE, "save", tenant_id="north", members=members)
    return made


def opened(desk: Desk, **more: Any) -> str:
    body = {"op": "open", "title": "Harbor road", "number": "NF-7", **more}
    return str(desk.got(NORA, "cases", **body)["opened"])


def test_a_case_holds_notes_pins_hypotheses_and_tasks_with_who_and_when(desk: Desk) -> None:
    case_id, entity_id = opened(desk), ENTITY
    for item in (
        {"what": "note", "text": "seen twice near the station"},
        {"what": "pin", "object": "entity", "object_id": entity_id, "text": "the number on the poster"},
        {"what": "pin", "object": "join", "object_id": f"{A} {B}", "text": "one number on both"},
        {"what": "hypothesis", "text": "one operator runs both"},
        {"what": "task", "text": "ask the licensing office"},
    ):
        desk.got(NORA, "case_item", **{"case_id": case_id, **item})
    items = desk.got(NORA, "case", case_id=case_id)["items"]
    assert [each["what"] for each in items] == ["note", "pin", "pin", "hypothesis", "task"]
    assert {each["by"] for each in items} == {NORA.user}
    assert [each.get("standing") for each in items[3:]] == ["open", "open"]
    assert not any(each.get("gone") for each in items)
    change = {"case_id": case_id, "op": "change", "item_id": items[4]["item_id"], "standing": "done"}
    assert desk.got(NORA, "case_item", **change)["items"][4]["standing"] == "done"
    left = desk.got(NORA, "case_item", **{"case_id": case_id, "op": "remove", "item_id": items[0]["item_id"]})["items"]
    assert len(left) == 4


def test_a_closed_case_is_changed_only_by_opening_it_again(desk: Desk) -> None:
    case_id = opened(desk)
    desk.got(NORA, "cases", **{"op": "change", "case_id": case_id, "state": "closed"})
    assert desk.ask(NORA, "case_item", case_id=case_id, what="note", text="late")[0] == 409
    assert desk.ask(NORA, "cases", op="change", case_id=case_id, title="other")[0] == 409
    desk.got(NORA, "cases", **{"op": "change", "case_id": case_id, "state": "open"})
    desk.got(NORA, "case_item", **{"case_id": case_id, "what": "note", "text": "in time"})


OTHERS = [
    pytest.param(who("river"), id="an analyst of another institution"),
    pytest.param(who("north", "admin"), id="the own institution's administrator"),
    pytest.param(who("north", "partner"), id="the own institution's program"),
    pytest.param(SERVICE, id="the service"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_nobody_else_reads_or_changes_a_case(desk: Desk, other: Subject) -> None:
    case_id = opened(desk)
    for operation, body in (
        ("case", {"case_id": case_id}),
        ("case_item", {"case_id": case_id, "what": "note", "text": "mine"}),
        ("cases", {"op": "change", "case_id": case_id, "title": "mine"}),
        ("case", {"case_id": case_id, "tenant_id": "north"}),
    ):
        assert desk.ask(other, operation, **body)[0] == 404
    status, payload = desk.ask(other, "cases", op="list")
    assert status == 404 or payload["cases"] == []


def test_a_case_of_members_is_read_by_its_members_alone(desk: Desk) -> None:
    other = who("north", user="otto")
    case_id = opened(desk, readers="members")
    assert desk.ask(other, "case", case_id=case_id)[0] == 404
    desk.got(NORA, "cases", **{"op": "change", "case_id": case_id, "members": ["otto"]})
    assert desk.got(other, "case", case_id=case_id)["case"]["title"] == "Harbor road"


def test_a_task_is_for_a_reader_of_the_case_and_due_on_a_day(desk: Desk) -> None:
    otto = who("north", user="otto")
    desk.ask(otto, "cases")
    case_id = opened(desk, readers="members")
    task = {"case_id": case_id, "what": "task", "text": "ask the licensing office"}
    for wrong in (
        {"assigned": "otto"},
        {"assigned": "river_analyst"},
        {"due": "soon"},
        {"due": "20261224"},
        {"due": 5},
    ):
        assert desk.ask(NORA, "case_item", **task, **wrong)[0] == 400
    desk.got(NORA, "cases", op="change", case_id=case_id, members=["otto"])
    (item,) = desk.got(NORA, "case_item", **task, assigned="otto", due="2026-12-24")["items"]
    assert (item["assigned"], item["due"], item["standing"]) == ("otto", "2026-12-24", "open")
    assert [row["own_tasks"] for row in desk.got(otto, "cases")["cases"]] == [1]
    assert [row["own_tasks"] for row in desk.got(NORA, "cases")["cases"]] == [0]
    change = {"case_id": case_id, "op": "change", "item_id": item["item_id"]}
    (item,) = desk.got(otto, "case_item", **change, due="")["items"]
    assert (item["due"], item["history"][0]["before"]) == ("", {"due": "2026-12-24"})
    desk.got(otto, "case_item", **change, standing="done")
    assert [row["own_tasks"] for row in desk.got(otto, "cases")["cases"]] == [0]


def test_a_case_can_be_given_to_the_analysts_of_the_institution(desk: Desk) -> None:
    for other in (who("north", user="otto"), who("north", "admin"), who("north", "partner"), who("river"), SERVICE):
        desk.ask(other, "cases")
        people = desk.ask(other, "colleagues")[1].get("people")
        assert people is None or other.user in ("otto", "river_analyst")
    assert [each["user"] for each in desk.got(NORA, "colleagues")["people"]] == ["north_analyst", "otto"]


def test_no_number_of_changes_pushes_out_what_somebody_else_wrote(desk: Desk) -> None:
    case_id, otto = opened(desk), who("north", user="otto")
    item = desk.got(NORA, "case_item", case_id=case_id, what="note", text="what Nora saw")["items"][0]
    for number in range(30):
        body = {"case_id": case_id, "op": "change", "item_id": item["item_id"], "text": f"otto {number}"}
        desk.got(otto, "case_item", **body)
        desk.got(otto, "cases", op="change", case_id=case_id, title=f"otto {number}")
    history = desk.got(NORA, "case", case_id=case_id)["items"][0]["history"]
    assert [(step["of"], step["by"], step["before"]["text"]) for step in history if step["of"] == NORA.user] == [
        (NORA.user, "otto", "what Nora saw")
    ]
    assert len(history) == 21
    held = next(row for row in desk.rows("cases").values() if row["kind"] == "case")["history"]
    assert [step["before"] for step in held if step["of"] == NORA.user] == [{"title": "Harbor road"}]


@pytest.mark.parametrize("what", ["note", "hypothesis", "task"])
def test_what_was_written_is_removed_by_who_wrote_it_or_who_opened_the_case(desk: Desk, what: str) -> None:
    case_id, otto, third = opened(desk), who("north", user="otto"), who("north", user="tess")
    first = desk.got(otto, "case_item", case_id=case_id, what=what, text="what Otto saw")["items"][0]
    body = {"case_id": case_id, "op": "remove", "item_id": first["item_id"]}
    for operation in ("change", "remove"):  # who changes it does not become who may remove it
        answer = desk.ask(third, "case_item", **{**body, "op": operation, "text": "what Tess says"})
    assert (answer[0], "who added it or who opened the case" in answer[1]["error"]) == (409, True)
    assert len(desk.got(third, "case", case_id=case_id)["items"]) == 1
    assert desk.got(otto, "case_item", **body)["items"] == []
    second = desk.got(otto, "case_item", case_id=case_id, what=what, text="again")["items"][0]
    assert desk.got(NORA, "case_item", **{**body, "item_id": second["item_id"]})["items"] == []


OUTSIDE = [
    pytest.param(who("river"), id="an analyst of another institution"),
    pytest.param(who("north", "admin"), id="an administrator"), pytest.param(None, id="nobody"),
]  # fmt: skip


@pytest.mark.parametrize("other", OUTSIDE)
def test_a_case_has_no_member_from_outside_and_is_assigned_to_none(desk: Desk, other: Subject | None) -> None:
    case_id, user = opened(desk), other.user if other else "nobody"
    if other:
        desk.store(other)
    for body in ({"members": [user]}, {"assigned": user}):
        answers = desk.ask(NORA, "cases", **{"op": "change", "case_id": case_id, **body})
        assert (answers[0], "analysts of your institution" in answers[1]["error"]) == (400, True)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("cases", {"op": "open"}), ("cases", {"op": "open", "title": "x" * 201}), ("cases", {"op": "burn"}),
    ("cases", {"op": "open", "title": "x", "purpose": "fun"}),
    ("cases", {"op": "open", "title": "x", "members": "otto"}),
    ("case", {}), ("case_item", {"what": "song", "text": "x"}), ("case_item", {"what": "note", "text": " "}),
    ("case_item", {"what": "pin", "object": "entity", "object_id": "../x"}), ("case_item", {"what": "pin"}),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "body"), WRONG)
def test_what_cannot_be_read_is_refused_in_words(desk: Desk, operation: str, body: dict[str, Any]) -> None:
    case_id = opened(desk)
    given = {"case_id": case_id, **body} if operation == "case_item" else body
    status, payload = desk.ask(NORA, operation, **given)
    assert (status, "expected" in payload["error"]) == (400, True)


def test_a_join_is_pinned_with_the_reason_for_it(desk: Desk) -> None:
    body = {"case_id": opened(desk), "what": "pin", "object": "join", "object_id": f"{A} {B}"}
    for text in ({}, {"text": " "}):
        assert desk.ask(NORA, "case_item", **body, **text)[0] == 400
    (item,) = desk.got(NORA, "case_item", **body, text="one hand")["items"]
    change = {"case_id": body["case_id"], "op": "change", "item_id": item["item_id"], "text": ""}
    assert desk.ask(NORA, "case_item", **change)[0] == 400


def test_what_is_erased_is_erased_in_cases_too(desk: Desk) -> None:
    case_id, entity_id = opened(desk), ENTITY
    for item in (
        {"what": "pin", "object": "entity", "object_id": entity_id},
        {"what": "pin", "object": "record", "object_id": A},
        {"what": "pin", "object": "join", "object_id": f"{A} {B}", "text": "one number on both"},
        {"what": "note", "text": "she answers at +1 415 555 0123"},
        {"what": "note", "text": "the door is green"},
    ):
        desk.got(NORA, "case_item", **{"case_id": case_id, **item})
    desk.got(who("north", "admin"), "erase", entity_id=entity_id, why="asked for", **STATED)
    items = desk.got(NORA, "case", case_id=case_id)["items"]
    assert [each["text"] for each in items] == [ERASED_TEXT, "the door is green"]


PERSON = {"names": ["Zelda Quimby"], "identifiers": ["phone:+442079460958"], "reference": "REF-771"}
TOLD = ["zelda quimby was seen", "ask for ref-771", "she has 020 7946 0958", "see {subject}", "the door is green"]


def test_a_person_who_is_erased_is_named_in_no_case_and_no_watch_list(desk: Desk) -> None:
    desk.change("north", region="GB")
    subject = desk.got(NORA, "vault_add", identity=PERSON, consent="form 7")["subject_id"]
    case_id = opened(desk, title="Zelda Quimby", number="REF-771")
    for text in TOLD:
        desk.got(NORA, "case_item", case_id=case_id, what="note", text=text.format(subject=subject))
    desk.got(NORA, "watchlist", op="add", identifier="phone:+442079460958", note="Zelda")
    desk.got(who("north", "admin"), "erase", subject_id=subject, why="asked for", **STATED)
    found = desk.got(NORA, "case", case_id=case_id)
    assert (found["case"]["title"], found["case"]["number"]) == (ERASED_TEXT, "")
    assert [item["text"] for item in found["items"]] == [ERASED_TEXT] * 4 + ["the door is green"]
    assert "elda" not in json.dumps([*desk.rows("cases").values(), *desk.rows("watchlist").values()])


class Meanwhile(MemoryCollection):
    """Does something as soon as an item of a case is saved."""

    def __init__(self, rows: dict[str, Any], deed: Callable[[], object]) -> None:
        super().__init__()
        self.rows, self.deed = rows, deed

    def batch_save(self, documents: Sequence[Document]) -> None:
        super().batch_save(documents)
        if any(row["kind"] == "item" for row in documents):
            self.deed()


@pytest.mark.parametrize("change", [{"readers": "members"}, {"state": "closed"}, {"members": ["otto"]}])
def test_a_note_that_is_written_meanwhile_undoes_no_change_of_the_case(desk: Desk, change: dict[str, Any]) -> None:
    case_id = opened(desk)
    deed = partial(desk.got, NORA, "cases", op="change", case_id=case_id, **change)
    desk.store(who("north", user="otto"))  # who works there, as far as the directory knows
    desk.collections["cases"] = Meanwhile(desk.rows("cases"), deed)
    desk.got(NORA, "case_item", case_id=case_id, what="note", text="x")
    row = desk.got(NORA, "case", case_id=case_id)["case"]
    assert {key: row[key] for key in change} == change


def test_the_audit_names_what_a_question_a_pin_and_an_export_are_about(desk: Desk) -> None:
    case_id = opened(desk)
    desk.got(NORA, "investigate", record_ids=[A], names="Jen Example")
    desk.got(NORA, "case_item", case_id=case_id, what="pin", object="entity", object_id=ENTITY)
    desk.got(NORA, "case_export", case_id=case_id, format="csv", **STATED)
    told = [objects_of({"record_ids": [A], "names": "Jen"}), objects_of({"object": "entity", "object_id": ENTITY})]
    assert told == [["names:Jen", f"record_id:{A}"], [f"entity_id:{ENTITY}"]]
    assert len(objects_of({"entity_ids": [str(number) for number in range(100_000)]})) == MOST_OBJECTS


def test_a_closed_case_leaves_by_age_and_an_open_one_stays(desk: Desk) -> None:
    old, kept = opened(desk), opened(desk, title="Other")
    desk.got(NORA, "case_item", **{"case_id": old, "what": "note", "text": "x"})
    desk.got(NORA, "cases", **{"op": "change", "case_id": old, "state": "closed"})
    desk.now += 1826 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["cases"] == 3  # the case, its note, when it was last touched
    assert [each["case_id"] for each in desk.got(NORA, "cases")["cases"]] == [kept]


def test_what_is_pinned_without_an_entity_leaves_too_and_what_stays_is_counted(desk: Desk) -> None:
    held = {name: packed(LinkRecord(name, "feed", "ad", (), f"Jen {name[0]}", "", "", "", "", 0)) for name in (A, B)}
    members = [{"member": name, "entity_id": ENTITY, "kind": "record", "row": row} for name, row in held.items()]
    desk.got(SERVICE, "save", tenant_id="north", members=members)
    case_id = opened(desk)
    pins = [("record", A, "the poster"), ("join", f"{A} {B}", "same <hand>"), ("entity", ENTITY, "their house")]
    for kind, object_id, text in pins[:2]:
        desk.got(NORA, "case_item", case_id=case_id, what="pin", object=kind, object_id=object_id, text=text)
    theirs = json.dumps({"id": "p1", "schema": "Person", "properties": {"name": ["Ann"]}}).encode()
    files = [{"name": "x.json", "base64": base64.b64encode(theirs).decode()}]
    desk.got(NORA, "case_import", **STATED, case_id=case_id, op="add", files=files, source="a partner")
    found = desk.got(NORA, "case_export", case_id=case_id, format="report", **STATED)
    assert found["manifest"]["counts"] == {"entities": 0, "records": 2}
    assert found["manifest"]["withheld"] == {"leads_of_partners": 1}
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(found["file"]["base64"])))
    report = archive.read("report.html").decode()
    assert [part for part in ("the poster", "same &lt;hand&gt;", "1 leads of partners") if part not in report] == []
    kind, object_id, text = pins[2]
    desk.got(NORA, "case_item", case_id=case_id, what="pin", object=kind, object_id=object_id, text=text)
    desk.rows("members").pop(f"north:{A}")
    again = desk.got(NORA, "case_export", case_id=case_id, format="report", **STATED)
    assert again["manifest"]["withheld"] == {"leads_of_partners": 1, "pins_of_what_is_gone": 2}


def exported(desk: Desk, form: str, **more: Any) -> zipfile.ZipFile:
    case_id = opened(desk, title="<b>Harbor</b> road")
    pin = {"what": "pin", "object": "entity", "object_id": ENTITY}
    for item in (pin, {"what": "note", "text": "seen & noted\n<script>alert(1)</script>"}):
        desk.got(NORA, "case_item", **{"case_id": case_id, **item})
    found = desk.got(NORA, "case_export", case_id=case_id, format=form, **STATED)
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(found["file"]["base64"])))


def test_a_report_holds_the_case_and_its_entities_and_no_markup_of_others(desk: Desk) -> None:
    files = exported(desk, "report")
    report = files.read("report.html").decode()
    assert sorted(files.namelist()) == ["manifest.json", "report.html"]
    parts = ("NF-7 &lt;b&gt;Harbor&lt;/b&gt; road", "seen &amp; noted", "one phone", "Jen Example", "C-17", "TLP:RED")
    assert [part for part in parts if part not in report] == []
    assert "<script" not in report
    manifest = json.loads(files.read("manifest.json"))
    assert manifest["files"][0]["sha256"] == hashlib.sha256(files.read("report.html")).hexdigest()


@pytest.mark.parametrize("form", ["csv", "xlsx", "ftm", "stix", "misp", "htcds"])
def test_a_case_leaves_in_each_format_with_a_manifest(desk: Desk, form: str) -> None:
    files = exported(desk, form)
    assert json.loads(files.read("manifest.json"))["counts"]["entities"] == 1


def test_an_export_needs_purpose_case_and_something_pinned(desk: Desk) -> None:
    case_id = opened(desk)
    for given, said in (({"format": "report"}, "purpose"), ({"format": "report", **STATED}, "at least one"),
                        ({"format": "hashes", **STATED}, "format")):  # fmt: skip
        status, payload = desk.ask(NORA, "case_export", case_id=case_id, **given)
        assert (status, said in payload["error"]) == (400, True)


def test_more_than_a_person_may_take_out_in_a_day_needs_another_way(desk: Desk) -> None:
    case_id = opened(desk)
    desk.got(NORA, "case_item", case_id=case_id, what="pin", object="entity", object_id=ENTITY)
    stated = {"case_id": case_id, "format": "csv", **STATED}
    answers = [desk.ask(NORA, "case_export", **stated, **{"for": f"office {number}"}) for number in range(101)]
    status, payload = answers[-1]
    assert answers[0][0] == 200
    assert (status, "today" in payload["error"]) == (409, True)


def test_the_same_content_for_the_same_hands_counts_once_a_day_in_whatever_format(desk: Desk) -> None:
    case_id = opened(desk)
    desk.got(NORA, "case_item", case_id=case_id, what="pin", object="entity", object_id=ENTITY)
    stated = {"case_id": case_id, **STATED, "for": "a court"}
    forms = ["report", "csv", "xlsx", "ftm", "stix", "misp"] * 20
    assert {desk.ask(NORA, "case_export", format=form, **stated)[0] for form in forms} == {200}
    assert exports_counted(desk) == 1
    desk.got(NORA, "case_export", format="csv", **{**stated, "for": "another court"})
    assert exports_counted(desk) == 2
    desk.now += 86_400
    desk.got(NORA, "case_export", format="csv", **stated)
    assert exports_counted(desk) == 1


def exports_counted(desk: Desk) -> int:
    """How many entities and records NORA is counted for on this day."""
    rows = [row for row in desk.rows("budgets").values() if row["who"].startswith("exported:")]
    return max(int(row["total"]) for row in rows if row["day"] == int(desk.now // 86_400))
