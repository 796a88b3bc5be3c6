"""The source workbench: from a pasted sample to a saved source, its versions, and what is refused on the way."""

from __future__ import annotations

import base64
import io
import json
import shutil
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from minerva.intake.facts.authoring import gather
from minerva.intake.rows import Row
from minerva.intake.workbench import versions
from minerva.intake.workbench.choices import choices_of, mapping_of
from minerva.intake.workbench.folder import yaml_text
from minerva.intake.workbench.preview import preview
from minerva.intake.workbench.samples import MAX_BYTES, MAX_CELLS
from tests.connectors.workbench.workbench_desk import Desk, all_documents, opened, sent

SAMPLE = """\
permit_id;Business Name;Street Address;City;State;ZIP;Phone;E-mail;Web;Issued;Fee;Remarks;Inspector
P-1;Rosewood Spa;12 Main St;Peoria;IL;61602;(217) 555-0123;desk@spa.example.org;www.example.org;01/31/2026;$120;open;Ann
P-2;Juniper Bath;400 Oak Avenue;Peoria;IL;61602;309.555.0144;;juniper.example.com;02/14/2026;$95.50;;B. Person
P-3;Lotus House;9 Elm Road;Chicago;IL;60601;+1 312 555 0199;lotus@example.net;;03/01/2026;$80.00;;C. Person
;No Permit;1 First St;Chicago;IL;60601;;;;;;;
"""
WANTED = {
    "permit_id": "licenses", "Business Name": "field.name", "Street Address": "field.address", "City": "field.city",
    "State": "field.region", "ZIP": "field.postcode", "Phone": "phones", "E-mail": "emails", "Web": "field.url",
    "Issued": "attribute.issued", "Fee": "ignore", "Remarks": "attribute.remarks", "Inspector": "ignore",
}  # fmt: skip


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return opened(tmp_path)


def document(**more: Any) -> dict[str, Any]:
    return {
        "id": "oakton_permits", "title": "Permits of Oakton", "record_type": "license", "country": "US",
        "legal": {
            "owner": "City of Oakton", "licence": "public record", "terms": "none known", "terms_allow": True,
            "robots": "not_applicable", "personal_data": "contact", "retention_days": 365, "marking": "L0",
        },
        "file": {"format": "csv", "delimiter": ";", "pattern": "*.csv"},
        **more,
    }  # fmt: skip


def looked_at(desk: Desk, text: str | bytes = SAMPLE, **more: Any) -> dict[str, Any]:
    return desk.ask("sample", content=sent(text), record_type="license", country="US", **more)


def test_columns_appear_with_examples_rates_and_guesses(desk: Desk) -> None:
    found = looked_at(desk)
    assert found["reading"] == {"format": "csv", "delimiter": ";"}
    assert (found["rows"], found["fault"]) == (4, "")
    columns = {item["name"]: item for item in found["columns"]}
    assert columns["E-mail"]["rate"] == 0.5
    assert columns["E-mail"]["examples"] == ["desk@spa.example.org", "lotus@example.net"]
    assert columns["Issued"]["guess"]["forms"] == ["%m/%d/%Y"]
    assert columns["Fee"]["guess"]["kind"] == "amount"
    assert {choice["column"]: choice["target"] for choice in found["choices"]} == WANTED
    assert [choice["column"] for choice in found["choices"] if choice.get("key")] == ["permit_id"]


def test_one_bad_value_of_a_small_sample_does_not_hide_what_the_heading_says(desk: Desk) -> None:
    rows = "Permit No;Issued;Telephone\nP-1;see file;none\nP-2;02/14/2026;(217) 555-0123\n"
    columns = {item["name"]: item["guess"] for item in looked_at(desk, rows)["columns"]}
    assert (columns["Issued"]["kind"], columns["Issued"]["forms"]) == ("date", ["%m/%d/%Y"])
    assert (columns["Telephone"]["kind"], columns["Telephone"]["sure"]) == ("phone", False)
    assert "1 of 2 values do not fit it" in columns["Issued"]["why"]
    rows = "Permit No;Issued\nP-1;see file\nP-2;none\n"
    columns = {item["name"]: item["guess"] for item in looked_at(desk, rows)["columns"]}
    assert columns["Issued"]["kind"] == ""


REPEATED = """<companies>
<company number="09000001"><name>Alder Ltd</name><officer role="director">Ann Alder</officer>
<officer role="secretary">Ben Alder</officer><tag>a</tag><tag>b</tag></company>
<company number="09000002"><name>Birch Ltd</name><officer role="director">Cy Birch</officer><tag>c</tag></company>
<company number="09000003"><name>Cedar Ltd</name><officer>Di Cedar</officer></company>
</companies>"""


def test_an_element_that_repeats_anywhere_is_a_list_everywhere_and_loses_nothing(desk: Desk) -> None:
    found = desk.ask("sample", content=sent(REPEATED), record_type="company", country="GB")
    columns = {item["name"]: item for item in found["columns"]}
    assert set(columns) == {"@number", "name", "officer[].@role", "officer[].#text", "tag"}
    officer = columns["officer[].#text"]
    assert (officer["rate"], officer["several"], len(officer["examples"])) == (1, True, 4)
    assert (columns["tag"]["several"], columns["name"]["several"]) == (True, False)
    choices = {choice["column"]: choice for choice in found["choices"]}
    assert choices["@number"] == {"column": "@number", "target": "company_numbers", "key": True}
    choices["officer[].#text"]["target"] = officer["own"]
    choices["tag"]["target"] = columns["tag"]["own"]
    facts = document(record_type="company", country="GB", file={"format": "xml", "pattern": "*.xml"})
    made = desk.ask("preview", content=sent(REPEATED), document=facts, choices=list(choices.values()))
    held = [record["attributes"].get("x_officer") for record in made["records"]]
    assert held == [["Ann Alder", "Ben Alder"], ["Cy Birch"], ["Di Cedar"]]
    assert made["records"][0]["attributes"]["x_tag"] == ["a", "b"]
    assert [item["identifiers"] for item in made["records"]] == [
        [f"company_number:oakton_permits/0900000{number}"] for number in (1, 2, 3)
    ]


def test_objects_in_a_list_that_a_map_takes_for_text_are_told_as_left_over(desk: Desk) -> None:
    choices = [{"column": "@number", "target": "key"}, {"column": "officer", "target": "field.name"}]
    facts = document(record_type="company", country="GB", file={"format": "xml", "pattern": "*.xml"})
    made = desk.ask("preview", content=sent(REPEATED), document=facts, choices=choices)
    assert {"officer.role", "officer.text"} <= {name.replace("?", "") for name in made["unknown_columns"]}


def test_a_number_of_a_register_is_an_identifier_before_anybody_names_the_register(desk: Desk) -> None:
    choices = looked_at(desk)["choices"]
    made = desk.ask("preview", content=sent(SAMPLE), document=document(), choices=choices)
    assert "license:oakton_permits/P1" in made["records"][0]["identifiers"]
    unnamed = document(id="", title="")
    made = desk.ask("preview", content=sent(SAMPLE), document=unnamed, choices=choices)
    assert "license:this_register/P1" in made["records"][0]["identifiers"]
    text = "Name,Instagram Username\nLotus,lotus_one\nRose,rose_two\n"
    assert [choice.get("label") for choice in looked_at(desk, text)["choices"]] == [None, "instagram"]


def test_where_no_number_tells_rows_apart_names_and_addresses_do(desk: Desk) -> None:
    text = "Business,Address\nRosewood,1 Main St\nRosewood,2 Main St\nLotus,1 Main St\n"
    assert [choice["column"] for choice in looked_at(desk, text)["choices"] if choice.get("key")] == [
        "Business",
        "Address",
    ]


def test_the_preview_shows_records_identifiers_and_why_rows_are_refused(desk: Desk) -> None:
    choices = looked_at(desk)["choices"]
    made = desk.ask("preview", content=sent(SAMPLE), document=document(), choices=choices)
    assert (made["read"], made["made"], made["refused"], made["problems"]) == (4, 3, 1, [])
    assert made["refusals"] == [
        {"place": "sample:5", "code": "key", "words": "a column of the key is empty in this row"}
    ]
    first = made["records"][0]
    assert first["name"] == "Rosewood Spa"
    assert "phone:+12175550123" in first["identifiers"]
    assert "email:desk@spa.example.org" in first["identifiers"]
    assert made["unknown_columns"] == {}


def test_what_is_missing_in_the_facts_is_said_by_key(desk: Desk) -> None:
    facts = document(country="")
    made = desk.ask("preview", content=sent(SAMPLE), document=facts, choices=[{"column": "permit_id", "target": "key"}])
    assert made["problems"] == [{"key": "", "words": "required key 'country' is missing"}]
    assert made["made"] == 3
    made = desk.ask("preview", content=sent(SAMPLE), document=document(), choices=[])
    assert made["problems"][0]["key"] == "mapping.key"
    assert "records" not in made


def test_saving_makes_a_source_that_inputs_are_offered(desk: Desk) -> None:
    choices = looked_at(desk)["choices"]
    assert desk.ask("save", document=document(), choices=choices, new=True) == {"id": "oakton_permits", "version": 1}
    assert "oakton_permits" in {source.source_id for source in desk.catalogue().offered("file", demo=False)}
    stanza = desk.stanzas["oakton_permits"]
    assert (stanza["version"], stanza["saved_by"], "\n" in stanza["document"]) == ("1", "admin", False)
    assert json.loads(stanza["document"])["evidence"]["state"] == "own"


def keyed(desk: Desk) -> list[dict[str, Any]]:
    return list(looked_at(desk)["choices"])


def test_versions_are_kept_and_come_back(desk: Desk) -> None:
    choices = keyed(desk)
    desk.ask("save", document=document(), choices=choices, new=True, note="first")
    desk.ask("save", document=document(title="Permits, second"), choices=choices, version=1, note="second")
    held = desk.ask("open", id="oakton_permits")
    assert [(item["version"], item["note"]) for item in held["versions"]] == [(2, "second"), (1, "first")]
    assert desk.ask("restore", id="oakton_permits", number=1) == {"id": "oakton_permits", "version": 3}
    assert desk.ask("open", id="oakton_permits")["document"]["title"] == "Permits of Oakton"
    assert "version 9 is not kept" in desk.refuse("restore", id="oakton_permits", number=9)


def test_of_two_who_save_the_second_is_told(desk: Desk) -> None:
    choices = keyed(desk)
    desk.ask("save", document=document(), choices=choices, new=True)
    desk.ask("save", document=document(), choices=choices, version=1)
    assert "saved version 2 meanwhile" in desk.refuse("save", document=document(), choices=choices, version=1)


def test_no_more_than_twenty_old_versions_are_kept() -> None:
    stanza: dict[str, str] = {}
    for number in range(30):
        stanza = versions.saved(stanza or None, {"id": "a", "n": number}, "admin", number, "")
    assert [item["version"] for item in versions.versions(stanza)] == list(range(30, 9, -1))
    assert versions.version(stanza, 10) == {"id": "a", "n": 9}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "classified_ads"}, "there is a source 'classified_ads' in default/sources.json already"),
        ({"id": "Oak ton"}, "id: lower-case letters"),
        ({"record_type": "adds"}, "expected one of"),
        ({"legal": {}}, "required key"),
        ({"file": None}, "needs an 'http', a 'file' or an 'imap' transport"),
        ({"like": "nothing"}, "there is no source 'nothing'"),
        ({"http": {"base_url": "ftp://x", "path": "/", "items": ""}}, "http.base_url"),
        ({"title": "x" * 250_000}, "longer than"),
    ],
)
def test_what_would_not_run_is_not_saved(desk: Desk, changed: dict[str, Any], words: str) -> None:
    assert words in desk.refuse("save", document=document(**changed), choices=keyed(desk), new=True)
    assert desk.stanzas == {}


def test_a_map_survives_being_edited_by_choices() -> None:
    names = ("key", "fields", "attributes", "phones", "emails", "urls", "usernames", "licenses", "company_numbers")
    for source_id, facts in all_documents().items():
        mapping = {"key": [], "fields": {}, **facts.get("mapping", {})}
        again = mapping_of(choices_of(mapping), mapping)
        for name in names:
            wanted = _ordered(again.get(name, []), mapping.get(name, []))
            assert again.get(name, type(wanted)()) == wanted, (source_id, name)
        assert again.get("observed") == mapping.get("observed"), source_id


def _ordered(found: Any, wanted: Any) -> Any:
    """`wanted`; of identifiers, which know no order, in the order of what was found."""
    listed = isinstance(wanted, list) and wanted and isinstance(wanted[0], dict)
    return (
        sorted(wanted, key=lambda item: found.index(item) if item in found else -1)
        if listed
        else wanted or type(found)()
    )


def test_a_column_used_twice_keeps_the_formats_of_both() -> None:
    mapping = {
        "key": ["id"], "fields": {}, "observed": {"columns": ["closed"], "formats": ["iso", "%m/%d/%Y"]},
        "attributes": {"closed": {"columns": ["closed"], "dates": ["%m/%d/%Y"]}},
    }  # fmt: skip
    again = mapping_of(choices_of(mapping), mapping)
    assert (again["observed"], again["attributes"]) == (mapping["observed"], mapping["attributes"])


def test_formats_and_registers_that_somebody_types_reach_the_map() -> None:
    mapping = {
        "key": ["id"], "fields": {"name": "who"}, "observed": {"columns": ["seen"], "formats": ["iso"]},
        "attributes": {"opened": "since", "closed": {"columns": ["until"], "dates": ["%m/%d/%Y"]}},
        "image_hashes": [{"column": "pdq"}], "pictures": {"column": "photo", "read": True},
        "licenses": [{"column": "no", "register": "old board"}], "usernames": [{"column": "nick", "platform": "forum"}],
    }  # fmt: skip
    choices = {choice["column"]: choice for choice in choices_of(mapping)}
    assert (choices["no"]["label"], choices["nick"]["label"]) == ("old board", "forum")
    choices["seen"]["formats"] = ["iso", "%d.%m.%Y"]
    choices["since"]["formats"] = ["%d.%m.%Y"]
    choices["until"]["formats"] = ["%m/%d/%Y", "%Y%m%d"]
    choices["no"]["label"] = "new board"
    again = mapping_of(choices.values(), mapping)
    assert again["observed"] == {"columns": ["seen"], "formats": ["iso", "%d.%m.%Y"]}
    assert again["attributes"]["opened"] == {"columns": ["since"], "dates": ["%d.%m.%Y"]}
    assert again["attributes"]["closed"] == {"columns": ["until"], "dates": ["%m/%d/%Y", "%Y%m%d"]}
    assert again["licenses"] == [{"column": "no", "register": "new board"}]
    assert all(again[name] == mapping[name] for name in ("usernames", "image_hashes", "pictures"))


def test_targets_say_what_a_column_has_to_be_told(desk: Desk) -> None:
    needs = {item["target"]: item.get("needs") for item in looked_at(desk)["targets"]}
    assert (needs["observed"], needs["usernames"], needs["licenses"]) == ("formats", "platform", "register")
    assert (needs["attribute.issued"], needs["field.name"]) == ("formats", None)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ({"format": "csv", "delimiter": ";", "skip_rows": 1, "pattern": "*"}, 3),
        ({"format": "csv", "delimiter": ";", "pattern": "*"}, 4),
    ],
)
def test_a_sample_of_an_edited_source_is_read_as_its_facts_say(desk: Desk, table: dict[str, Any], rows: int) -> None:
    assert looked_at(desk, read_as=table)["rows"] == rows


def test_a_sample_of_a_portal_is_read_as_its_preset_says(desk: Desk) -> None:
    reply = json.dumps({"features": [{"attributes": {"id": 1, "name": "Spa"}}], "fields": [{"a": 1}, {"b": 2}]})
    table = {"base_url": "https://gis.example.org", "path": "/layer/0", "preset": "arcgis"}
    assert looked_at(desk, reply, read_as=table)["rows"] == 1


def test_an_edited_source_shows_what_is_new_and_what_is_gone(desk: Desk) -> None:
    desk.ask("save", document=document(), choices=keyed(desk), new=True)
    held = desk.ask("open", id="oakton_permits")
    changed = SAMPLE.replace("Inspector", "Officer").replace(";Fee;", ";Charge;")
    found = looked_at(desk, changed, mapping=held["document"]["mapping"])
    assert {choice["column"] for choice in found["choices"] if choice.get("new")} == {"Officer", "Charge"}
    assert set(found["missing"]) == {"Inspector", "Fee"}


def test_an_exported_folder_is_a_source_of_the_repository(desk: Desk, tmp_path: Path) -> None:
    facts = document(landing_url="https://data.example.org/permits")
    desk.ask("save", document=facts, choices=keyed(desk), new=True)
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(desk.ask("export", id="oakton_permits")["content"])))
    archive.extractall(tmp_path / "out")
    read = gather(tmp_path / "out" / "sources")["oakton_permits"]
    kept = desk.catalogue().documents["oakton_permits"]
    assert {**read, "evidence": kept["evidence"]} == kept
    assert read["evidence"]["state"] == "unconfirmed"
    shutil.copytree(tmp_path / "out" / "local", desk.package / "local")
    desk.stanzas.clear()
    assert desk.catalogue().place["oakton_permits"] == "local/sources/oakton_permits.json"
    everything = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert not [value for value in ("Rosewood", "555", "Person") if value in everything]


def test_written_yaml_reads_back_alike() -> None:
    for facts in all_documents().values():
        assert yaml.safe_load(yaml_text(facts)) == facts


def test_scheduling_makes_the_input_and_a_source_in_use_stays(desk: Desk) -> None:
    desk.ask("save", document=document(), choices=keyed(desk), new=True)
    body = {
        "id": "oakton_permits", "transport": "file", "name": "oakton", "tenant_id": "northfield", "index": "mnv_t_1",
        "interval": "300", "path": "/data/oakton",
    }  # fmt: skip
    assert desk.ask("schedule", **body) == {"kind": "minerva_file", "name": "oakton"}
    assert desk.made_inputs[0]["source_id"] == "oakton_permits"
    assert "inputs read it: oakton" in desk.refuse("remove", id="oakton_permits")
    assert "missing: path" in desk.refuse("schedule", **{**body, "path": ""})
    desk.made_inputs.clear()
    desk.ask("remove", id="oakton_permits")
    assert desk.stanzas == {}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "image"),
        (b"PK\x03\x04 not an archive", "zip"),
        (b"{" * 100_000, "sample"),
        (b"a" * (MAX_BYTES + 1), "4 MiB"),
    ],
    ids=["image", "broken archive", "deep", "too long"],
)
def test_a_hostile_sample_is_a_fault_in_words(desk: Desk, content: bytes, fault: str) -> None:
    found = looked_at(desk, content)
    assert fault in found["fault"] or found["rows"] == 0
    assert found["fault"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"content": 7}, "content: paste"), ({"content": "%%"}, "base64"),
        ({"content": "YQ==", "reading": []}, "reading"),
        ({"content": "YQ==", "record_type": "x"}, "record_type: one of"),
        ({"content": "YQ==", "reading": {"format": "exe"}}, "format: expected one of"),
    ],
)  # fmt: skip
def test_a_wrong_request_says_what_is_wrong(desk: Desk, body: dict[str, Any], words: str) -> None:
    assert words in desk.refuse("sample", **{"record_type": "license", **body})


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest",
        "http://[::1]/",
        "file:///etc/passwd",
        "https://a@b.example/",
    ],
)
def test_an_address_inside_is_not_fetched(desk: Desk, address: str) -> None:
    told = desk.refuse("fetch", address=address, record_type="license")
    assert "latest" not in told
    assert "passwd" not in told


def test_an_unknown_operation_is_none(desk: Desk) -> None:
    from minerva.intake.workbench.operations import run

    assert run(desk, "exec", {})[0] == 404


LONG = " ".join(
    ["call 202 555 0147 or mail ann at mail dot example dot org, lotus spa, 12 main st peoria il 61602"] * 80
)


def test_a_large_sample_is_shown_in_time_and_what_was_not_tried_is_said(desk: Desk) -> None:
    long_texts = "id;name;text\n" + "".join(f"P-{number};Spa {number};{LONG}\n" for number in range(450))
    found = looked_at(desk, long_texts)
    started = time.process_time()
    made = desk.ask(
        "preview", document=document(), choices=found["choices"], content=sent(long_texts), reading=found["reading"]
    )
    assert time.process_time() - started < 2
    assert made["records"]
    assert (made["read"] + made["left"], made["made"] + made["refused"]) == (450, made["read"])


def test_of_a_wide_sample_so_many_rows_are_read_as_hold_the_most_cells(desk: Desk) -> None:
    head = ";".join(f"c{number}" for number in range(400))
    rows = "".join(";".join(f"v{row}x{number}" for number in range(400)) + "\n" for row in range(300))
    found = looked_at(desk, f"{head}\n{rows}")
    assert (found["rows"], found["more"]) == (MAX_CELLS // 400, True)


def test_no_row_is_tried_once_the_time_is_over_but_the_first(desk: Desk) -> None:
    source = desk.catalogue().sources["massage_licenses"]
    rows = [Row(f"line {number}", {"license_number": f"L-{number}", "business_name": "Spa"}) for number in range(5)]
    now = datetime(2026, 12, 1, tzinfo=UTC)
    ticks = iter([0.0, 0.4, 0.9, 1.3])
    made = preview(source, rows, now, clock=lambda: next(ticks))
    assert (made["read"], made["left"]) == (3, 2)
    ticks = iter([0.0, 9.0])
    made = preview(source, rows, now, clock=lambda: next(ticks))
    assert (made["read"], made["left"]) == (1, 4)
