"""Sources that are like others: what is taken over, what is not, and where a fault is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import FactsError
from minerva.intake.facts.authoring import gather, read_source
from minerva.intake.facts.inheritance import chain, merge, resolve

PARENT = """\
id: licences
abstract: true
description: Licences of a city's open data site.
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
expect: {min: 1, max: 1000}
http:
  base_url: https://data.example.org
  path: /licences.json
  items: ""
  params: {order: id}
mapping:
  key: [id]
  fields: {name: name, city: town, postcode: zip}
  emails: [mail, other_mail]
"""
CHILD = """\
id: oakton_licences
title: Licences of Oakton
like: licences
country: US
landing_url: https://data.example.org/oakton
http: {path: /oakton.json}
mapping:
  fields: {name: business_name, postcode: null}
  emails: [mail]
"""


EVIDENCE = """\
- kind: reply
  document: https://data.example.org/oakton.json
  dated: "2026-12-01"
  read_on: "2026-12-01"
  fields: [id, business_name, town, mail]
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / "licences_of_cities" / name / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def gathered(folder: Path, child: str = CHILD, parent: str = PARENT) -> dict[str, Any]:
    written(folder, "licences", parent)
    path = written(folder, "oakton_licences", child)
    path.with_name("evidence.yml").write_text(EVIDENCE, encoding="utf-8")
    return gather(folder)


def refused(folder: Path, **texts: str) -> str:
    with pytest.raises(FactsError) as caught:
        gathered(folder, **texts)
    return str(caught.value)


def test_ten_lines_make_a_source_of_another(tmp_path: Path) -> None:
    (document,) = gathered(tmp_path).values()
    assert document["http"] == {
        "base_url": "https://data.example.org", "path": "/oakton.json", "items": "", "params": {"order": "id"},
    }  # fmt: skip
    assert document["mapping"]["fields"] == {"name": "business_name", "city": "town"}
    assert document["mapping"]["emails"] == ["mail"]
    assert (document["id"], document["family"]) == ("oakton_licences", "licences_of_cities")
    assert not {"like", "abstract"} & set(document)


def test_abstract_sources_are_given_only_if_asked_for(tmp_path: Path) -> None:
    gathered(tmp_path)
    assert list(gather(tmp_path, abstract=True)) == ["licences", "oakton_licences"]


def test_a_name_is_not_taken_over(tmp_path: Path) -> None:
    lines = [line for line in CHILD.splitlines() if not line.startswith("title:")]
    told = refused(tmp_path, child="\n".join(lines), parent=PARENT + "title: T\n")
    assert "oakton_licences.yml:1: required key 'title' is missing" in told


def test_a_fault_is_reported_once_where_it_is_written(tmp_path: Path) -> None:
    told = refused(tmp_path, parent=PARENT.replace("  params: {order: id}", "  parameters: {order: id}"))
    line = PARENT.splitlines().index("  params: {order: id}") + 1
    assert told.count("\n") == 0
    assert f"licences.yml:{line}: unknown key 'parameters'" in told


def test_a_fault_of_the_heir_stands_in_its_own_file(tmp_path: Path) -> None:
    told = refused(tmp_path, child=CHILD.replace("http: {path: /oakton.json}", "http: {path: oakton.json}"))
    line = CHILD.splitlines().index("http: {path: /oakton.json}") + 1
    assert f"oakton_licences.yml:{line}: does not match" in told


def test_taking_away_what_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "expected str" in refused(tmp_path, child=CHILD.replace("postcode: null", "region: null"))


def test_missing_parent_and_circle_are_said_at_their_line(tmp_path: Path) -> None:
    told = refused(tmp_path, child=CHILD.replace("like: licences", "like: licenses"))
    assert "oakton_licences.yml:3: like: there is no source 'licenses'" in told
    told = refused(tmp_path, parent=PARENT + "like: oakton_licences\n")
    assert "like each other in a circle" in told


def test_like_itself_needs_a_source_below(tmp_path: Path) -> None:
    assert "may be like its own id where" in refused(tmp_path, parent=PARENT + "like: licences\n")


def test_family_is_the_folders_name(tmp_path: Path) -> None:
    path = written(tmp_path, "oakton_licences", CHILD.replace("like: licences\n", "family: demo\n"))
    assert "family is the folder's name and is not written down" in [fault.message for fault in read_source(path)[1]]


def test_a_later_layer_may_change_what_it_hides() -> None:
    layers = [
        {"a": {"id": "a", "http": {"path": "/1", "items": "x"}}},
        {"a": {"id": "a", "like": "a", "http": {"path": "/2"}}},
    ]
    assert resolve(chain(layers, "a")) == {"id": "a", "http": {"path": "/2", "items": "x"}}


def test_merging_changes_neither() -> None:
    base, over = {"a": {"b": 1, "c": [1, 2]}}, {"a": {"c": [3]}, "d": 4}
    assert merge(base, over) == {"a": {"b": 1, "c": [3]}, "d": 4}
    assert base == {"a": {"b": 1, "c": [1, 2]}}
