"""Kinds of records: every one is a sourcetype, has fields that a search can name, and keeps its id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembly.conf_read import read_conf
from assembly.emit.kind_facts import TAKEN
from assembly.emit.record_kinds import emit_kinds, read_kinds
from assembly.facts import FactError
from assembly.paths import ADDON, APP, ROOT
from minerva.records import Record
from minerva.records.kinds import EVERY, KINDS, RECORD_TYPES, STATE_TYPES, fields_of, named_by, why_unknown
from minerva.records.model import INDEXED_KEYS, PERSONAL, TEXT_KEYS

STORED_BEFORE = {"ad", "profile", "review", "license", "company", "notice", "site"}


def test_kinds_that_are_stored_keep_their_ids_and_times() -> None:
    assert set(RECORD_TYPES) >= STORED_BEFORE
    assert {"license", "company", "site"} == STORED_BEFORE & STATE_TYPES


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_kind_is_a_sourcetype_with_the_time_of_its_facts(kind: str) -> None:
    settings = read_conf(ROOT / ADDON / "default" / "props.conf")[f"minerva:{kind}"]
    assert ("DATETIME_CONFIG" in settings) == (kind in STATE_TYPES)
    assert f"minerva_{kind}" in read_conf(ROOT / ADDON / "default" / "eventtypes.conf")


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_a_record_of_every_kind_is_built_and_read_back(kind: str) -> None:
    record = Record.build(
        record_type=kind, source_id="s", tenant_id="t", natural_key="1", observed_time="2026-12-01T00:00:00Z",
        texts={"name": "Example"}, attributes=dict.fromkeys(fields_of(kind), "1"),
    )  # fmt: skip
    assert Record.from_json(record.to_json()) == record


def test_no_field_takes_a_name_that_events_have() -> None:
    assert {*INDEXED_KEYS, *TEXT_KEYS} <= TAKEN
    assert not TAKEN & {name for kind in RECORD_TYPES for name in fields_of(kind)}
    assert {field.personal for kind in KINDS.values() for field in (*EVERY, *kind.fields)} <= set(PERSONAL)


def test_places_and_organizations_are_told_apart() -> None:
    assert {"booking", "site", "school", "hotel", "property"} == named_by("place")
    assert "company" in named_by("organization")
    assert "license" in named_by("either")


def test_an_unknown_attribute_is_told_with_what_is_near() -> None:
    assert why_unknown("license", "expires") == ""
    assert why_unknown("license", "x_fee_code") == ""
    assert "near to it: expires" in why_unknown("license", "expiry")
    assert "x_fee_code" in why_unknown("license", "fee_code")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("name: category", "name: city"), "is a name that events have already"),
        (("name: category", "name: status"), "given twice"),
        (("type: date", "type: day"), "is none of"),
        (("id: ad", "id: advert"), "must be the file stem"),
        (("time: event", "times: event"), "unknown key"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_file(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    folder = tmp_path / "minerva" / "records" / "kinds"
    folder.mkdir(parents=True)
    for name in ("every.yml", "ad.yml"):
        text = (ROOT / "minerva" / "records" / "kinds" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(*change, 1) if name == "ad.yml" else text, encoding="utf-8")
    with pytest.raises(FactError, match=words) as caught:
        read_kinds(tmp_path)
    assert caught.value.path.name == "ad.yml"


def test_what_runs_reads_what_authors_wrote() -> None:
    for path, text in emit_kinds(ROOT).items():
        assert (ROOT / path).read_text(encoding="utf-8") == text
    assert [kind.id for kind in read_kinds(ROOT)[1]] == list(RECORD_TYPES)


def test_the_data_model_of_the_app_has_every_kind_and_is_not_accelerated() -> None:
    model = json.loads((ROOT / APP / "default" / "data" / "models" / "Minerva.json").read_text(encoding="utf-8"))
    assert model["objectNameList"] == ["Record", *RECORD_TYPES]
    for dataset in model["objects"][1:]:
        kind = dataset["objectName"]
        assert dataset["constraints"] == [{"search": f"eventtype=minerva_{kind}", "owner": f"Record.{kind}"}]
        assert {field["fieldName"] for field in dataset["fields"]} == {field.name for field in KINDS[kind].fields}
    assert not (ROOT / APP / "default" / "datamodels.conf").exists()


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_attribute_has_its_name_at_search_time(kind: str) -> None:
    settings = read_conf(ROOT / ADDON / "default" / "props.conf")[f"minerva:{kind}"]
    for name, field in fields_of(kind).items():
        if field.many:
            assert settings[f"EVAL-{name}"] == f"coalesce('attributes.{name}{{}}', 'attributes.{name}')"
        else:
            assert f'"attributes.{name}" AS {name}' in settings["FIELDALIAS-minerva_attributes"]
