"""Evidence: every column of a field map is known by a named piece, and two independent pieces confirm a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from minerva.intake.errors import FactsError
from minerva.intake.facts.authoring import EVIDENCE, gather, read_evidence
from minerva.intake.facts.evidence import check_pieces, publisher, state_of, unknown_columns
from tests.connectors.source_samples import SOURCES, documents

YML = """\
id: oakton_licences
title: Licences of Oakton
description: Licences of a city.
country: US
landing_url: https://data.example.org/oakton
legal:
  owner: the city
  licence: public domain
  terms: none known
  terms_allow: true
  robots: not_applicable
  personal_data: contact
  retention_days: 3650
  marking: L0
record_type: license
expect: {min: 1}
http: {base_url: "https://data.example.org", path: /oakton.json}
mapping:
  key: [id]
  fields:
    name: business_name
    city: town
  attributes:
    x_status: status
"""
HTTP = 'http: {base_url: "https://data.example.org", path: /oakton.json}'
KEYED = HTTP.replace("}", ", auth: {kind: bearer}}")
ALL = ["id", "business_name", "town", "status"]


def piece(*fields: str, owner: str = "one", **more: Any) -> dict[str, Any]:
    return {
        "kind": "code", "repository": f"{owner}/reader", "path": "read.py", "commit": "abcdef1",
        "read_on": "2026-12-01", "fields": list(fields or ALL), **more,
    }  # fmt: skip


def page(*fields: str, document: str = "https://example.org/columns", **more: Any) -> dict[str, Any]:
    return {
        "kind": "documentation", "document": document, "dated": "2026-05", "read_on": "2026-12-01",
        "fields": list(fields or ALL), **more,
    }  # fmt: skip


def gathered(folder: Path, pieces: Any, yml: str = YML) -> dict[str, Any]:
    path = folder / "licences" / "oakton_licences" / "oakton_licences.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yml, encoding="utf-8")
    text = pieces if isinstance(pieces, str) else yaml.safe_dump(pieces)
    (path.parent / EVIDENCE).write_text(text, encoding="utf-8")
    return dict(gather(folder)["oakton_licences"])


def refused(folder: Path, pieces: Any, yml: str = YML) -> str:
    with pytest.raises(FactsError) as caught:
        gathered(folder, pieces, yml)
    return str(caught.value)


def document(mapping: dict[str, Any] | None = None, **http: Any) -> dict[str, Any]:
    return {
        "family": "licences",
        "http": {"base_url": "https://data.example.org", "path": "/a", **http},
        "mapping": mapping or {"key": ["id"], "fields": {"name": "business_name", "city": "town", "text": "status"}},
    }


def unknown(pieces: list[dict[str, Any]], *columns: str, **http: Any) -> list[str]:
    """Of columns of a map, those that no piece knows."""
    key, *others = columns
    mapping = {"key": [key], "fields": {}, "attributes": {f"a{at}": name for at, name in enumerate(others)}}
    return [item.column for item in unknown_columns(document(mapping, **http), pieces)]


def test_a_column_that_no_piece_knows_is_refused_with_file_line_and_the_nearest_name(tmp_path: Path) -> None:
    told = refused(tmp_path, [piece("id", "business_names", "town", "status")])
    line = YML.splitlines().index("    name: business_name") + 1
    assert f"oakton_licences.yml:{line}: no piece of evidence.yml knows the column 'business_name'" in told
    assert "near to it: 'business_names'" in told
    assert told.count("\n") == 0


def test_one_piece_may_know_what_another_does_not(tmp_path: Path) -> None:
    found = gathered(tmp_path, [piece("id", "business_name"), page("town", "status")])
    assert found["evidence"]["state"] == "unconfirmed"


def test_state_and_a_short_reference_are_all_that_is_gathered(tmp_path: Path) -> None:
    found = gathered(tmp_path, [piece(dated="2026-08-22"), page()])
    assert found["evidence"] == {
        "state": "confirmed",
        "reference": "code: one/reader read.py @abcdef1 of 2026-08-22; "
        "documentation: https://example.org/columns of 2026-05",
    }
    assert "needs" not in found


OLD = {"dated": "2022-07-23"}
STATES: list[Any] = [
    ([piece(), page()], "confirmed"),
    ([piece()], "unconfirmed"),
    ([piece(), piece(path="other.py")], "unconfirmed"),
    ([piece(), piece(owner="ONE")], "unconfirmed"),
    ([piece(), piece(owner="two")], "confirmed"),
    ([page(), page(document="https://example.org/another")], "unconfirmed"),
    ([page(), page(document="A printed list")], "confirmed"),
    ([page(publisher="The City"), page(document="A printed list", publisher="the city")], "unconfirmed"),
    ([piece(), page("business_name", "town", "status")], "unconfirmed"),
    ([piece(), page("id", "business_name", "town")], "confirmed"),
    ([piece(), page("id", "business_name")], "unconfirmed"),
    ([piece(**OLD), page(**OLD)], "unconfirmed"),
    ([piece(**OLD), page()], "confirmed"),
    ([piece(**OLD), piece(owner="two")], "confirmed"),
    ([piece(dated="2019"), page(dated="2023-12")], "confirmed"),
    ([piece(dated="2019"), page(dated="2023-10")], "unconfirmed"),
]
STATE_IDS = [
    "two publishers", "one piece", "one owner", "one owner in capitals", "two owners", "one site", "site and paper",
    "one publisher by name", "the key is not known", "two thirds are known", "half is known", "both are old",
    "one is of late", "one is of an unknown day", "a month within three years", "a month before them",
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "state"), STATES, ids=STATE_IDS)
def test_two_independent_pieces_confirm(pieces: list[dict[str, Any]], state: str) -> None:
    assert state_of(document(), pieces) == state


KNOWN: list[Any] = [
    ("a.b", piece("a.b"), {}),
    ("a.b", piece("a", "b"), {}),
    ("b", piece("data.items[].b"), {}),
    ("names[kind=good].text", piece("names", "kind", "text"), {}),
    ("names[].text", piece("names[].text"), {}),
    ("@id", piece("id"), {}),
    ("birth", piece("Date of Birth"), {"headings": {"date of birth": "birth"}}),
    ("birth", piece("Date of Birth (yyyy)"), {"headings": {"date of birth*": "birth"}}),
    ("date_of_birth", piece("Date of  Birth"), {"headings": "words"}),
    ("license_number", piece("License Number", by="heading"), {}),
    ("title", piece("h2.head > a"), {"format": "html", "row": "li", "cells": {"title": "h2.head > a"}}),
    ("ent_num", piece("EntityID", by="position"), {"format": "csv", "header": ["ent_num", "name"]}),
    ("properties.NAME", piece("NAME"), {"format": "geojson"}),
    ("geometry.x", piece("NAME"), {"preset": "arcgis"}),
    ("site.human_address.city", piece("site"), {"preset": "socrata"}),
    ("_sheet", piece("NAME"), {"format": "xlsx"}),
]


@pytest.mark.parametrize(("column", "known", "http"), KNOWN, ids=[item[0] + str(at) for at, item in enumerate(KNOWN)])
def test_a_column_is_known_by_what_the_source_calls_it(column: str, known: Any, http: dict[str, Any]) -> None:
    assert unknown([known], column, **http) == []


NOT_KNOWN: list[Any] = [
    ("Name", piece("name"), {}),
    ("license_number", piece("License Number"), {}),
    ("a.b", piece("a"), {}),
    ("names[kind=good].text", piece("names", "text"), {}),
    ("name", piece("first_name"), {}),
    ("name", piece("EntityID", by="position"), {"format": "csv", "header": ["ent_num", "name"]}),
    ("birth", piece("Birthplace"), {"headings": {"date of birth": "birth"}}),
    ("geometry.x", piece("NAME"), {}),
]


@pytest.mark.parametrize(
    ("column", "piece_", "http"), NOT_KNOWN, ids=[item[0] + str(at) for at, item in enumerate(NOT_KNOWN)]
)
def test_what_only_looks_like_it_is_not_known(column: str, piece_: Any, http: dict[str, Any]) -> None:
    assert unknown([piece_], column, **http) == [column]


def test_columns_of_paging_and_of_pages_behind_rows_count_and_those_of_our_readers_do_not() -> None:
    follow = {"follow": {"link": "href"}, "incremental": {"column": "changed"}}
    assert unknown([piece("id")], "id", "page.text", **follow) == ["changed", "href"]
    assert unknown([piece()], "published_parsed", "title", format="rss") == []


FAULTS: list[Any] = [
    ("[]", "expected at least 1 items"),
    ("kind: code", "expected a list"),
    ("", "the file is empty"),
    ([{**piece(), "kind": "rumour"}], "expected one of: code, fixture, documentation, reply"),
    ([{**piece(), "confidence": "high"}], "unknown key 'confidence'"),
    ([{key: value for key, value in piece().items() if key != "commit"}], "repository, path and commit"),
    ([{**piece(), "document": "A page"}], "either a document, or repository"),
    ([{key: value for key, value in page().items() if key != "dated"}], "needs 'dated'"),
    ([{**piece(), "commit": "main"}], "does not match"),
]


@pytest.mark.parametrize(("pieces", "words"), FAULTS)
def test_evidence_without_a_name_is_refused_in_its_own_file(tmp_path: Path, pieces: Any, words: str) -> None:
    told = refused(tmp_path, pieces)
    assert f"{EVIDENCE}:" in told
    assert words in told


def test_evidence_within_the_facts_is_sent_to_its_own_file(tmp_path: Path) -> None:
    told = refused(tmp_path, [piece(), page()], YML + "evidence: {kind: reply}\n")
    assert "evidence stands in evidence.yml beside this file" in told


@pytest.mark.parametrize(
    ("stated", "change", "words"),
    [
        ("unattended", {}, ""),
        ("[unattended]", {}, ""),
        ("key", {}, "amount to: unattended"),
        ("unattended", {"terms_allow: true": "terms_allow: false"}, "amount to: consent"),
        ("consent", {"terms_allow: true": "terms_allow: false"}, ""),
        ("saved_file", {HTTP: "file: {format: json, pattern: a}"}, ""),
        ("[consent, key]", {"terms_allow: true": "terms_allow: false", HTTP: KEYED}, ""),
        ("by_hand", {}, "expected one of: consent, key, saved_file, unattended"),
    ],
)  # fmt: skip
def test_a_stated_need_is_what_the_facts_amount_to(
    tmp_path: Path, stated: str, change: dict[str, str], words: str
) -> None:
    yml = YML + f"needs: {stated}\n"
    for old, new in change.items():
        yml = yml.replace(old, new)
    if words:
        assert words in refused(tmp_path, [piece()], yml)
    else:
        assert "needs" not in gathered(tmp_path, [piece()], yml)


def test_only_a_templates_evidence_confirms_those_that_are_like_it(tmp_path: Path) -> None:
    child = "id: elmton_licences\ntitle: Licences of Elmton\nlike: oakton_licences\n"
    folder = tmp_path / "licences" / "elmton_licences"
    folder.mkdir(parents=True)
    (folder / "elmton_licences.yml").write_text(child, encoding="utf-8")
    (folder / EVIDENCE).write_text(yaml.safe_dump([piece("id")]), encoding="utf-8")
    gathered(tmp_path, [piece(), page()])
    assert gather(tmp_path)["elmton_licences"]["evidence"]["state"] == "unconfirmed"
    child = child + "country: US\nlanding_url: https://data.example.org\n"
    (folder / "elmton_licences.yml").write_text(child, encoding="utf-8")
    template = "\n".join(line for line in YML.splitlines() if not line.startswith(("country:", "landing_url:")))
    path = tmp_path / "licences" / "oakton_licences" / "oakton_licences.yml"
    path.write_text(template + "\nabstract: true\n", encoding="utf-8")
    assert gather(tmp_path)["elmton_licences"]["evidence"]["state"] == "confirmed"


@given(st.permutations([piece(), page(), piece(owner="two", **OLD), page("id")]))
def test_the_order_of_pieces_says_nothing(pieces: list[dict[str, Any]]) -> None:
    assert state_of(document(), pieces) == "confirmed"


@given(st.lists(st.sampled_from(ALL), unique=True))
def test_a_piece_that_knows_less_never_confirms_more(fields: list[str]) -> None:
    """Taking names from a piece never turns `unconfirmed` into `confirmed`, nor an unknown column into a known one."""
    less = piece(*fields) if fields else {**piece(), "fields": []}
    if state_of(document(), [less, page()]) == "confirmed":
        assert state_of(document(), [piece(), page()]) == "confirmed"
    assert set(unknown_columns(document(), [piece()])) <= set(unknown_columns(document(), [less]))


@given(st.text(min_size=1, max_size=40))
def test_a_publisher_is_somebody(text: str) -> None:
    assert check_pieces([page(document=text)]) == []
    assert isinstance(publisher(page(document=text)), str)


def test_every_evidence_file_is_beside_a_source_and_none_but_those_waiting_is_without() -> None:
    """The list of those that wait shrinks; a new folder has its evidence."""
    waiting = set(Path(__file__).with_name("without_evidence.txt").read_text(encoding="utf-8").split())
    real = {name for name, item in documents().items() if item["family"] != "demo"}
    named = {path.parent.name for path in SOURCES.glob(f"*/*/{EVIDENCE}")}
    assert real - named == waiting
    for path in SOURCES.glob(f"*/*/{EVIDENCE}"):
        assert read_evidence(path)[1] == []
