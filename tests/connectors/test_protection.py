"""Inputs and the vault: nobody it keeps is named in what is emitted, nobody erased comes back, and without it nothing
is emitted and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import VaultError
from minerva.intake.inputs import InputError, check_answers, check_vault
from minerva.intake.running.protection import VaultProtection
from minerva.records import Record
from minerva.records.retention import event_time
from minerva.records.signing import digest_of
from tests.connectors.kills.license_files import line, write
from tests.connectors.running import World, changed
from tests.sharing.desk import SERVICE, Askers, Desk, tenant, who

PHONE = "phone:+14155550142"  # the one of `line`
SOURCE = changed("massage_licenses")


class Vault:
    """The handler of an installation whose vault keeps people of northfield; `down` refuses to answer."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.desk.context.tenants["northfield"] = tenant("northfield", "ngo")  # type: ignore[index]
        self.down = False
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def __call__(self, operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append((operation, body))
        if self.down:
            raise VaultError("the vault's handler cannot be reached (TimeoutError)")
        status, told = self.desk.ask(SERVICE, operation, **json.loads(json.dumps(body)))
        if status == 400:
            raise VaultError(told["error"])
        assert status == 200, told
        return told

    def add(self, identifier: str = PHONE, *names: str) -> str:
        identity = {"identifiers": [identifier], "names": list(names)}
        return str(self.desk.got(who("northfield"), "vault_add", identity=identity)["subject_id"])

    def erase(self, **named: str) -> None:
        self.desk.got(who("northfield", "admin"), "erase", why="asked for it", **named)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.vault = Vault()
    return made


def other(number: int) -> str:
    return line(number).replace("555-0142", f"555-01{number}")


def test_who_is_in_the_vault_is_emitted_under_a_pseudonym_once(world: World, tmp_path: Path) -> None:
    subject = world.vault.add(PHONE, "Robin Doe")
    path = write(tmp_path / "in" / "a.csv", line(1), other(43))
    report = world.read(SOURCE, tmp_path / "in")
    assert (report.emitted, report.hidden, report.failed) == (2, 1, "")
    hidden = next(record for record in world.index if subject in record.to_json())
    for trace in ("0142", "Robin", PHONE):
        assert trace not in hidden.to_json()
    assert hidden.attributes["vault_subject"] == (subject,)
    path.write_bytes(path.read_bytes() + b"\n")  # the file is read again as a whole
    again = world.read(SOURCE, tmp_path / "in")
    assert (again.read, again.emitted, again.duplicates) == (2, 0, 2)


def test_who_was_erased_does_not_come_back_and_the_log_says_how_many(world: World, tmp_path: Path) -> None:
    world.vault.erase(subject_id=world.vault.add())
    write(tmp_path / "in" / "a.csv", line(1), other(43), line(2))
    report = world.read(SOURCE, tmp_path / "in")
    assert [record.source_key for record in world.index] == ["MT-43"]
    assert (report.kept_out, report.words()["kept_out"]) == ({"erased": 2}, 2)
    assert ("WARN", "kept_out", {"source_id": "massage_licenses", "reason": "erased", "records": 2}) in world.lines
    told = json.dumps([words for _, _, words in world.lines])
    for trace in ("0142", "MT-1", "MT-2", "a.csv:2"):
        assert trace not in told
    world.read(SOURCE, write(tmp_path / "in" / "b.csv", line(3)).parent)
    assert [record.source_key for record in world.index] == ["MT-43"]


def test_a_record_of_an_erased_entity_does_not_come_back(world: World, tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.csv", line(1))
    world.read(SOURCE, tmp_path / "in")
    (record,) = world.index
    world.vault.desk.entity("northfield", records=[record.record_id])
    world.vault.erase(entity_id="e_1")
    fresh = World(tmp_path / "new")  # a new input, whose checkpoint knows nothing
    fresh.vault = world.vault
    report = fresh.read(SOURCE, tmp_path / "in")
    assert (fresh.index, report.kept_out) == ([], {"erased": 1})


def test_while_the_vault_is_silent_nothing_is_emitted_and_nothing_is_lost(world: World, tmp_path: Path) -> None:
    subject = world.vault.add()
    world.vault.down = True
    write(tmp_path / "in" / "a.csv", line(1), other(43))
    report = world.read(SOURCE, tmp_path / "in")
    assert (report.failed, world.index) == ("vault", [])
    failed = next(words for _, code, words in world.lines if code == "run_failed")
    assert failed == {
        "source_id": "massage_licenses", "reason": "vault",
        "error": "the vault's handler cannot be reached (TimeoutError)",
    }  # fmt: skip
    world.vault.down = False
    assert world.read(SOURCE, tmp_path / "in").emitted == 2
    assert [subject in record.to_json() for record in world.index].count(True) == 1


def test_what_was_emitted_before_the_vault_fell_silent_is_not_emitted_again(world: World, tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.csv", *(other(number) for number in range(10, 99)))
    assert world.read(SOURCE, tmp_path / "in").emitted == 89
    write(tmp_path / "in" / "b.csv", line(1))
    world.vault.down = True
    assert world.read(SOURCE, tmp_path / "in").failed == "vault"
    world.vault.down = False
    assert world.read(SOURCE, tmp_path / "in").emitted == 1
    assert len(set(world.ids())) == len(world.ids()) == 90


def test_an_input_of_an_institution_without_a_vault_says_so_and_has_its_records_signed(
    world: World, tmp_path: Path
) -> None:
    world.keeps_vault = False
    path = write(tmp_path / "in" / "a.csv", line(1), line(2))
    assert world.read(SOURCE, path.parent).emitted == 2
    assert "vault_not_asked" in world.codes()
    digests = [digest_of(record) for record in world.index]
    assert world.vault.asked == [
        ("intake_sign", {"tenant_id": "northfield", "digests": digests, "index": "t_northfield"})
    ]
    assert [signs(world, record) for record in world.index] == [True, True]
    world.vault.down = True
    write(tmp_path / "in" / "b.csv", line(3))
    assert world.read(SOURCE, path.parent).failed == "vault"
    assert len(world.index) == 2


def signs(world: World, record: Record) -> bool:
    """Whether the handler finds its own signature on a record."""
    signed = [[digest_of(record), ".".join(record.signature.split(".")[:2])]]
    return bool(world.vault("records_check", {"tenant_id": "northfield", "signed": signed}) == {"untrusted": []})


def test_what_is_emitted_is_signed_as_it_stands_hidden_or_not(world: World, tmp_path: Path) -> None:
    world.vault.desk.change("northfield", profile="28cfr23")
    world.vault.add(PHONE, "Robin Doe")
    write(tmp_path / "in" / "a.csv", line(1), other(43))
    assert world.read(SOURCE, tmp_path / "in").hidden == 1
    assert [signs(world, record) for record in world.index] == [True, True]
    assert not signs(world, replace(world.index[0], city="Elsewhere"))


@pytest.mark.parametrize(("kind", "name"), [("notice", "date_of_birth"), ("license", "x_dob")])
def test_the_profile_of_the_institution_minimises_what_is_emitted(
    world: World, tmp_path: Path, kind: str, name: str
) -> None:
    source = changed("massage_licenses", record_type=kind, mapping__attributes={name: "owner"})
    write(tmp_path / "in" / "a.csv", line(1).replace("Robin Doe", "1999-05-05"))
    world.read(source, tmp_path / "in")
    assert [record.attributes.get(name) for record in world.index] == ["1999-05-05"]
    world.vault.desk.change("northfield", profile="28cfr23")
    fresh = World(tmp_path / "new")
    fresh.vault = world.vault
    fresh.read(source, tmp_path / "in")
    assert "1999" not in fresh.index[0].to_json()
    assert fresh.index[0].attributes["age_band"] == ("21-25",)


def test_the_vault_learns_no_more_than_ids_and_identifiers_of_records_that_name_nobody(
    world: World, tmp_path: Path
) -> None:
    write(tmp_path / "in" / "a.csv", line(1))
    world.read(SOURCE, tmp_path / "in")
    assert [operation for operation, _ in world.vault.asked] == ["intake_check", "intake_check"]
    ((ids, names, _),) = world.vault.asked[1][1]["records"]
    assert (ids, PHONE in names) == ([world.index[0].record_id], True)
    assert "Spa" not in json.dumps(world.vault.asked)


@pytest.mark.parametrize(
    "answer",
    [{}, {"erased": [7], "named": [], "minimise": []}, {"erased": [], "named": "x", "minimise": []},
     {"erased": [], "named": [], "minimise": ["cut off"]},
     {"erased": [], "named": [0], "minimise": [], "marks": [""], "events": []},
     {"erased": [], "named": [0], "minimise": [], "marks": [""], "events": [{"event": {"key": 1}}]},
     {"erased": [], "named": [], "minimise": []}, {"erased": [], "named": [], "minimise": [], "marks": ["1.x"]},
     {"erased": [], "named": [], "minimise": [], "marks": []}],
    ids=["empty", "position", "shape", "step", "too few events", "no record", "no marks", "no mark", "too few marks"],
)  # fmt: skip
def test_an_answer_that_is_not_understood_lets_nothing_through(
    world: World, tmp_path: Path, answer: dict[str, Any]
) -> None:
    write(tmp_path / "in" / "a.csv", line(1))
    world.vault = lambda *_: answer
    assert world.read(SOURCE, tmp_path / "in").failed == "vault"
    assert world.index == []


def test_large_batches_are_asked_about_in_parts(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minerva.intake.running.protection.ASKED_RECORDS", 3)
    monkeypatch.setattr("minerva.intake.running.protection.HIDDEN_RECORDS", 2)
    world.vault.add()
    write(tmp_path / "in" / "a.csv", *(line(number) for number in range(7)))
    report = world.read(SOURCE, tmp_path / "in")
    assert (report.emitted, report.hidden) == (7, 7)
    assert [operation for operation, _ in world.vault.asked].count("intake_hide") == 5
    assert VaultProtection(world.vault, "northfield")([]).records == []


def test_the_setting_is_checked() -> None:
    for choice in ("", "ask", "none"):
        check_vault(choice)
    with pytest.raises(InputError, match="one of ask, none"):
        check_vault("perhaps")


def test_an_input_is_taken_if_the_handler_answers_for_its_institution(world: World) -> None:
    for choice in ("", "ask", "none"):
        check_answers(choice, "northfield", "t_northfield", world.vault)
    world.vault.down = True
    for choice in ("", "ask", "none"):
        with pytest.raises(InputError, match="vault: the vault's handler cannot be reached"):
            check_answers(choice, "northfield", "t_northfield", world.vault)


@pytest.mark.parametrize("keeps", [True, False], ids=["vault", "no vault"])
@pytest.mark.parametrize("index", ["t_river", "main", "default", ""])
def test_an_input_that_writes_into_another_index_than_its_institutions_emits_nothing_until_it_is_mended(
    world: World, tmp_path: Path, index: str, keeps: bool
) -> None:
    world.keeps_vault, world.writes_into = keeps, index
    world.vault.desk.context.tenants["river"] = tenant("river", "ngo")
    write(tmp_path / "in" / "a.csv", line(1))
    assert (world.read(SOURCE, tmp_path / "in").failed, world.index) == ("vault", [])
    world.writes_into = "t_northfield"
    assert world.read(SOURCE, tmp_path / "in").emitted == 1


@pytest.mark.parametrize("choice", ["ask", "none"])
def test_an_input_that_names_another_index_than_its_institutions_is_not_taken(world: World, choice: str) -> None:
    for index in ("t_river", "main", "default"):
        with pytest.raises(InputError, match="the institution's own"):
            check_answers(choice, "northfield", index, world.vault)


class Year(Askers):
    """An installation whose indexes keep events for a year."""

    def retention_s(self, index: str) -> int | None:
        return 365 * 86_400


def test_what_is_older_than_the_index_keeps_is_counted_and_not_emitted(world: World, tmp_path: Path) -> None:
    world.vault.desk.askers = Year()
    world.vault.desk.now = 1_717_200_000.0  # 2024-06-01
    write(tmp_path / "in" / "a.csv", line(1), other(43).replace("2024-01-01", "2022-01-01"))
    report = world.read(changed("massage_licenses", record_type="review", mapping__attributes={}), tmp_path / "in")
    assert [record.source_key for record in world.index] == ["MT-1"]
    assert report.kept_out == {"past_retention": 1}
    assert "past_retention" in [words.get("reason") for level, _, words in world.lines if level == "WARN"]


def test_a_licence_is_taken_in_however_long_ago_it_was_issued(world: World, tmp_path: Path) -> None:
    world.vault.desk.askers = Year()
    world.vault.desk.now = 1_717_200_000.0
    write(tmp_path / "in" / "a.csv", line(1).replace("2024-01-01", "1994-01-01"))
    world.read(SOURCE, tmp_path / "in")
    (record,) = world.index
    assert record.observed_time.startswith("1994")
    assert event_time(record, 1_717_200_000.5) == 1_717_200_000
