"""What the vault says of records before they are indexed: nobody it keeps is named, and nobody erased comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.records import Column, Record, identify
from minerva.records.mentions import mentioned
from minerva.services import OPERATIONS
from minerva.vault.hiding import SUBJECTS, hidden
from minerva.vault.intake import MINIMISED, received
from tests.sharing.desk import EMAIL, PHONE, SERVICE, STATED, Askers, Desk, who

IDENTITY = {"names": ["Mara Example"], "identifiers": [PHONE, EMAIL, "username:instagram:mara_e"]}
WRITTEN = ["+1 415 555 0123", "(415) 555-0123", "415.555.0123", "four one five 555 0123", "jen@mail.example",
           "JEN [at] mail [dot] example", "instagram.com/mara_e", "wa.me/14155550123"]  # fmt: skip
OWN = {"tenant_id": "river", "index": "t_river"}
TRACES = ("mara", "0123", "jen", "example,")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ad(text: str = "", key: str = "17", columns: tuple[Column, ...] = (), **attributes: Any) -> Record:
    texts = {"title": "Massage", "text": text}
    made = Record.build(
        record_type="ad", source_id="ads", tenant_id="river", natural_key=key, observed_time="2026-11-01T10:00:00Z",
        texts=texts, attributes=attributes,
    )  # fmt: skip
    return made.with_evidence(identify(texts, columns, region="US"))


def added(desk: Desk, **identity: Any) -> str:
    return str(desk.got(who("river"), "vault_add", identity={**IDENTITY, **identity})["subject_id"])


def after(desk: Desk, *records: Record, tenant: str = "river") -> list[Any]:
    store = desk.store(who(tenant, "partner"))
    return received(store, tenant, [(each, "US") for each in records])


@pytest.mark.parametrize("written", WRITTEN)
def test_a_person_of_the_vault_stands_under_a_pseudonym_however_written(desk: Desk, written: str) -> None:
    subject = added(desk)
    (found,) = after(desk, ad(f"Mara  EXAMPLE is new in town, {written}. Ask for mara example. Or +1 415 555 0188"))
    told = found.record.to_json()
    assert subject in found.record.text
    assert found.record.attributes[SUBJECTS] == (subject,)
    assert not {name for name in mentioned(found.record, "US") if name in IDENTITY["identifiers"]}
    assert "phone:+14155550188" in found.record.identifiers
    for trace in ("mara", "jen", "5550123", "555-0123", "555.0123", "555 0123"):
        assert trace not in told.lower()


def test_what_is_named_twice_in_a_field_is_replaced_twice(desk: Desk) -> None:
    subject = added(desk)
    (found,) = after(desk, ad("call +1 415 555 0123, that is 415-555-0123 or (415) 555 0123"))
    assert found.record.text == f"call {subject}, that is {subject} or {subject}"


def test_columns_keys_and_unsearched_attributes_hold_nothing_of_a_person(desk: Desk) -> None:
    subject = added(desk)
    made = ad(
        "nice", "4155550123", (Column("attributes.username", "username", "mara_e", "instagram"),),
        username="mara_e", bio=["mail jen@mail.example", "fine"],
    )  # fmt: skip
    (found,) = after(desk, made)
    told = found.record.to_json()
    assert found.record.attributes["username"] == subject
    assert found.record.attributes["bio"] == (f"mail {subject}", "fine")
    for trace in ("mara", "jen", "5550123"):
        assert trace not in told
    other = after(desk, ad("nice", "4155550123", (), username="mara_e", bio=["jen@mail.example x"]))[0].record
    assert other.source_key == found.record.source_key  # the same row has the same key, which nobody can guess


def test_the_same_row_gives_the_same_record_and_nothing_can_be_guessed_from_its_id(desk: Desk) -> None:
    added(desk)
    made = ad("call +1 415 555 0123")
    first, again = after(desk, made, made)
    assert first.record == again.record
    assert first.record.record_id != made.record_id


def test_another_institutions_people_are_its_own(desk: Desk) -> None:
    added(desk)
    made = Record.build(
        record_type="ad", source_id="ads", tenant_id="north", natural_key="1", observed_time="2026-11-01T10:00:00Z",
        texts={"text": "call +1 415 555 0123"},
    )  # fmt: skip
    assert after(desk, made, tenant="north")[0].record == made


def test_who_was_erased_stays_out(desk: Desk) -> None:
    subject = added(desk)
    desk.got(who("river", "admin"), "erase", subject_id=subject, why="asked for it")
    found = after(desk, ad("call +1 415 555 0123"), ad("mail jen@mail.example", "18"), ad("call +1 415 555 0188", "19"))
    assert [each.refused for each in found] == ["erased", "erased", ""]


def test_a_record_of_an_erased_entity_stays_out(desk: Desk) -> None:
    made = ad("call +1 415 555 0188")
    desk.entity(records=[made.record_id])
    desk.got(who("river", "admin"), "erase", entity_id="e_1", why="wrong person")
    assert [each.refused for each in after(desk, made, ad("x", "18"))] == ["erased", ""]


def test_a_record_of_an_erased_entity_stays_out_under_pseudonyms_and_minimised(desk: Desk) -> None:
    added(desk)
    desk.change("river", profile="gdpr_led")
    named, plain = ad("call +1 415 555 0123"), ad("born 2000-01-02, +1 415 555 0188", "18")
    kept = [each.record.record_id for each in after(desk, named, plain)]
    assert kept[0] != named.record_id
    assert kept[1] != plain.record_id
    desk.entity(records=kept)
    desk.got(who("river", "admin"), "erase", entity_id="e_1", why="wrong person")
    assert [each.refused for each in after(desk, named, plain)] == ["erased", "erased"]


@pytest.mark.parametrize("profile", [*MINIMISED, "unheard_of"])
def test_each_legal_profile_minimises_as_it_says(desk: Desk, profile: str) -> None:
    desk.change("river", profile=profile)
    (found,) = after(desk, ad("born 2000-01-02 " + "word " * 800, dob="2000-01-02"))
    steps = MINIMISED.get(profile, ("births", "long_texts"))
    assert ("2000-01-02" in found.record.to_json()) == ("births" not in steps)
    assert (len(found.record.text) > 2000) == ("long_texts" not in steps)


def test_the_service_asks_through_the_handler_and_nobody_else(desk: Desk) -> None:
    subject, made = added(desk), ad("call +1 415 555 0123")
    other = [["f" * 32], ["phone:+14155550188"], "f" * 64]
    asked = {**OWN, "records": [[[made.record_id], [PHONE], "0" * 64], other]}
    (first, second) = (answer := desk.got(SERVICE, "intake_check", **asked)).pop("marks")
    assert answer == {"erased": [], "named": [0], "minimise": [], "kept_since": 0, "pictures": "none"}
    assert (first, len(second)) == ("", len("1.") + 32)
    (told,) = desk.got(SERVICE, "intake_hide", **OWN, events=[[made.to_dict(), "US"]])["events"]
    assert told["event"]["text"] == f"call {subject}"
    for asker in (who("river"), who("river", "admin"), who("river", "partner"), who("north"), who("desk", "admin")):
        assert desk.ask(asker, "intake_check", **asked) == (404, {"error": "not found"})
        assert desk.ask(asker, "intake_hide", **OWN, events=[[made.to_dict(), "US"]])[0] == 404
    assert desk.ask(SERVICE, "intake_check", tenant_id="nobody", records=[])[0] == 404


def test_an_inputs_account_asks_for_its_own_institution_alone(desk: Desk) -> None:
    subject, made = added(desk), ad("call +1 415 555 0123")
    for name in ("river", "north"):
        desk.change(name, intake_role=f"{name}_intake")
    asked = {**OWN, "records": [[[made.record_id], [PHONE], "0" * 64]]}
    event = {**OWN, "events": [[made.to_dict(), "US"]]}
    own, other = who("river", "intake", "collector"), who("north", "intake")
    assert desk.got(own, "intake_check", **asked)["named"] == [0]
    assert subject in desk.got(own, "intake_hide", **event)["events"][0]["event"]["text"]
    for operation, body in (("intake_check", asked), ("intake_hide", event)):
        assert desk.ask(other, operation, **body) == (404, {"error": "not found"})
    body = {"entity_id": "e_1", "identifier": PHONE, "record_id": made.record_id, "subject_id": subject, **asked}
    answers = {name: desk.ask(own, name, **{**body, **STATED}) for name in OPERATIONS if not name.startswith("intake_")}
    told = json.dumps([payload for status, payload in answers.values() if status == 200])
    assert subject not in told
    assert "Mara" not in told
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    mine = [entry for entry in entries if entry["operation"].startswith("intake_")]
    assert [(entry["chain"], entry["outcome"], entry["tenants"]) for entry in mine] == [
        ("0service", "permit", ["river"]), ("0service", "permit", ["river"]),
        ("0service", "absent", []), ("0service", "absent", []),
    ]  # fmt: skip


@pytest.mark.parametrize("index", ["t_north", "s_river", "main", "default", "T_RIVER", "*", "", ["t_river"], None, 1])
def test_what_is_to_be_written_into_another_index_than_the_institutions_is_not_taken_in(desk: Desk, index: Any) -> None:
    subject = added(desk)
    given: list[tuple[str, str, list[Any]]] = [
        ("intake_check", "records", [[["f" * 32], ["phone:+14155550188"], "f" * 64]]),
        ("intake_hide", "events", [[ad("call +1 415 555 0123").to_dict(), "US"]]),
        ("intake_sign", "digests", ["f" * 64]),
    ]
    for operation, of, asked in given:
        assert desk.ask(SERVICE, operation, **OWN, **{of: asked})[0] == 200
        for wrong in ({"index": index}, {}):
            status, told = desk.ask(SERVICE, operation, tenant_id="river", **wrong, **{of: asked})
            assert (status, told["error"][:7]) == (400, "index: "), operation
            assert subject not in json.dumps(told)
        assert desk.ask(SERVICE, operation, tenant_id="river", index=index, **{of: []})[0] == 400
        assert desk.ask(SERVICE, operation, tenant_id="river", **{of: []})[0] == 200  # whether it answers


def test_nothing_of_what_is_asked_stands_in_the_audit(desk: Desk) -> None:
    added(desk)
    made = ad("call +1 415 555 0123")
    desk.got(SERVICE, "intake_check", **OWN, records=[[[made.record_id], [PHONE], "0" * 64]])
    desk.got(SERVICE, "intake_hide", **OWN, events=[[made.to_dict(), "US"]])
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    mine = [entry for entry in entries if entry["operation"].startswith("intake_")]
    assert [(entry["operation"], entry["outcome"]) for entry in mine] == [
        ("intake_check", "permit"), ("intake_hide", "permit"),
    ]  # fmt: skip
    for trace in ("0123", made.record_id, "Massage"):
        assert trace not in json.dumps(mine)


@pytest.mark.parametrize(
    "records",
    [
        [1], [["a", []]], [[["a", "b", "c"], [], "0" * 64]], [[["a"], [1], "0" * 64]],
        [[[], ["x"] * 20_001, "0" * 64]], "x", [[[]]] * 1001, [[["a"], [], "x"]],
    ],
    ids=["no pair", "no list", "three ids", "number", "too many", "text", "too long", "digest"],
)  # fmt: skip
def test_a_question_of_another_shape_is_a_bad_request(desk: Desk, records: Any) -> None:
    assert desk.ask(SERVICE, "intake_check", **OWN, records=records)[0] == 400


@pytest.mark.parametrize("event", [1, [{}, "US"], [{"key": 1}, ""], ["x"]], ids=["number", "empty", "key", "short"])
def test_an_event_of_another_shape_is_a_bad_request(desk: Desk, event: Any) -> None:
    assert desk.ask(SERVICE, "intake_hide", **OWN, events=[event])[0] == 400


def test_events_of_another_institution_are_not_rewritten(desk: Desk) -> None:
    assert (
        desk.ask(SERVICE, "intake_hide", tenant_id="north", index="t_north", events=[[ad("x").to_dict(), ""]])[0] == 400
    )


WORDS = st.sampled_from(
    [*WRITTEN, "hello", "Mara Example", "call", "$200", "\n", "415", "+1 415 555 0188", "é", "mara_e"]
)


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=3), st.sampled_from([" ", ", ", "-", ""]))
def test_no_record_names_a_person_of_the_vault(words: list[str], bio: list[str], between: str) -> None:
    made = ad(between.join(words) or "x", bio=bio)
    people = dict.fromkeys([*IDENTITY["identifiers"]], "v_0123456789abcdef")
    found = hidden(made, people, {"Mara Example": "v_0123456789abcdef"}, b"key", "US")
    if found is not None:  # what cannot be replaced is not let through
        assert not people.keys() & set(mentioned(found, "US"))
        for item in found.evidence:
            texts = [found.text, found.title, *found.attributes.get("bio", ())]
            assert any(text[item.start : item.end] == item.raw for text in texts)


class Year(Askers):
    """An installation whose indexes keep events for a year."""

    def retention_s(self, index: str) -> int | None:
        return 365 * 86_400


def test_a_record_older_than_the_index_keeps_is_refused_and_one_of_a_register_is_not(desk: Desk) -> None:
    desk.askers = Year()
    desk.now = 1_793_520_000.0  # 2026-11-01
    old = replace(ad("old"), observed_time="2024-11-01T10:00:00Z")
    found = after(desk, ad("new"), old, replace(old, record_type="license"))
    assert [each.refused for each in found] == ["", "past_retention", ""]
    told = desk.got(SERVICE, "intake_check", tenant_id="river", records=[])
    assert told["kept_since"] == int(desk.now) - 365 * 86_400
