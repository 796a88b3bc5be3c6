"""What reading a partner's bundle may cost, and how it is marked: bundles made to do harm."""

from __future__ import annotations

import contextlib
import io
import json
import time
import zipfile
from typing import Any

import pytest

from minerva.imports.model import ImportRefused
from minerva.imports.reading import read_bundle

SECONDS = 40.0
"""For the worst of them, on a machine with other work; before there were limits none ended within minutes."""
RED_1 = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
RED_2 = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
CLEAR = {"type": "marking-definition", "id": "marking-definition--00000000-0000-4000-8000-000000000001",
         "name": "TLP:CLEAR"}  # fmt: skip


def zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def stix_id(kind: str, number: int) -> str:
    return f"{kind}--{number:08x}-0000-4000-8000-{number:012x}"


def stix(*objects: dict[str, Any]) -> str:
    return json.dumps({"type": "bundle", "objects": objects})


def entities(*rows: tuple[str, str, dict[str, list[str]]]) -> str:
    return "\n".join(json.dumps({"id": key, "schema": schema, "properties": held}) for key, schema, held in rows)


def many_phones() -> bytes:
    held = {"phone": [f"+1 212 555 {number % 10_000:04d}" for number in range(250_000)]}
    return zipped(**{"a.json": entities(("a", "Person", held))})


def one_record_behind_all() -> bytes:
    """In FollowTheMoney: each of many people has the same record of many addresses."""
    rows = [("r", "Article", {"emailMentioned": [f"u{number}@example.org" for number in range(2000)]})]
    for number in range(20_000):
        rows.append((f"p{number}", "Person", {"name": ["x"]}))
        rows.append((f"d{number}", "Documentation", {"entity": [f"p{number}"], "document": ["r"]}))
    return zipped(**{"a.json": entities(*rows)})


def one_record_in_all_groups() -> bytes:
    seen = [{"type": "email-addr", "id": stix_id("email-addr", number), "value": f"u{number}@example.org"}
            for number in range(10_000)]  # fmt: skip
    record = {"type": "observed-data", "id": stix_id("observed-data", 1), "object_refs": [each["id"] for each in seen]}
    groups = [{"type": "grouping", "id": stix_id("grouping", number), "name": "g", "object_refs": [record["id"]]}
              for number in range(10_000)]  # fmt: skip
    return zipped(**{"a.json": stix(*seen, record, *groups)})


def workbook(rows: str, shared: str = "") -> bytes:
    return zipped(
        **{
            "xl/workbook.xml": '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="s" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>',
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
            "xl/s.xml": f"<d>{rows}</d>",
        },
    )


def one_text_in_all_cells() -> bytes:
    row = "<row>" + '<c t="s">1</c>' * 100 + "</row>"
    return workbook(row.replace("1", "0") + row * 10_000, f"<si>name</si><si>{'x' * 40_000}</si>")


def many_empty_rows() -> bytes:
    return workbook("<row/>" * 4_500_000)


def many_empty_texts() -> bytes:
    return workbook("<row/>", "<si/>" * 4_500_000)


def many_rows() -> bytes:
    rows = "".join(
        f"n{number},+1 212 555 {number % 10_000:04d};2125550{number % 1000:03d}\n" for number in range(90_000)
    )
    return zipped(**{"a.csv": f"name,phone\n{rows}"})


def many_names() -> bytes:
    return zipped(**{"a.json": entities(("a", "Person", {"name": [f"n{number}" for number in range(300_000)]}))})


@pytest.mark.parametrize(
    ("name", "made"),
    [("a.zip", many_phones), ("a.zip", one_record_behind_all), ("a.zip", one_record_in_all_groups),
     ("a.xlsx", one_text_in_all_cells), ("a.xlsx", many_empty_rows), ("a.xlsx", many_empty_texts), ("a.zip", many_rows),
     ("a.zip", many_names)],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_a_small_file_that_names_things_again_and_again_is_refused_in_words(name: str, made: Any) -> None:
    data = made()
    began = time.process_time()
    with pytest.raises(ImportRefused, match=r"more than \d+"):
        read_bundle([(name, data)])
    assert time.process_time() - began < SECONDS


def marking_of(*objects: dict[str, Any]) -> list[str]:
    bundle = read_bundle([("a.json", stix(*objects).encode())])
    return [lead.marking for lead in bundle.leads]


@pytest.mark.parametrize("ref", [RED_1, RED_2, "marking-definition--00000000-0000-4000-8000-00000000dead"])
@pytest.mark.parametrize("granular", [False, True])
def test_a_marking_that_the_bundle_names_and_does_not_hold_is_not_lowered(ref: str, granular: bool) -> None:
    marked: dict[str, Any] = {"object_marking_refs": [CLEAR["id"], ref]}
    if granular:
        marked = {"granular_markings": [{"marking_ref": ref, "selectors": ["name"]}]}
    person = {"type": "identity", "id": stix_id("identity", 1), "name": "Jane Example", **marked}
    assert marking_of(CLEAR, person) == ["RED"]


def test_a_marking_of_two_words_counts_as_the_stricter_one() -> None:
    both = {**CLEAR, "definition_type": "tlp", "definition": {"tlp": "amber"}}
    lowered = {"type": "marking-definition", "id": RED_1, "name": "TLP:CLEAR"}
    for mark, word in ((both, "AMBER"), (lowered, "RED")):
        person = {"type": "identity", "id": stix_id("identity", 1), "name": "Jane Example",
                  "object_marking_refs": [mark["id"]]}  # fmt: skip
        assert marking_of(mark, person) == [word]


def test_what_was_withdrawn_does_not_come_back_by_an_earlier_version() -> None:
    person = {"type": "identity", "id": stix_id("identity", 1), "name": "Jane Example", "modified": "2026-01-01"}
    other = {"type": "identity", "id": stix_id("identity", 2), "name": "Joan Example"}
    withdrawn = {**person, "modified": "2026-02-01", "revoked": True}
    bundle = read_bundle([("a.json", stix(withdrawn, person, other).encode())])
    assert [lead.names for lead in bundle.leads] == [["Joan Example"]]


def test_two_rows_of_one_id_are_two_leads_with_ids_of_their_own() -> None:
    bundle = read_bundle([("a.csv", b"id,name\n7,Jane Example\n7,Joan Example\n")])
    assert [(lead.ref, lead.names) for lead in bundle.leads] == [("7", ["Jane Example"]), ("7 (2)", ["Joan Example"])]


@pytest.mark.parametrize("name", ["bundle.zip", "leads.xlsx"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_one_wrong_byte_is_read_or_refused_in_words(name: str, method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 20)
    for place in range(len(stream.getvalue())):
        spoiled = bytearray(stream.getvalue())
        spoiled[place] ^= 0x55
        with contextlib.suppress(ImportRefused):
            read_bundle([(name, bytes(spoiled))])
