"""Forty sources drawn by chance, whose records were written by hand: the code makes the same of their samples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.source_samples import SOURCES
from tests.read_yaml import read_yaml

BY_HAND: dict[str, Any] = read_yaml(Path(__file__).with_name("by_hand.yml"))
READ = "2026-04-01T00:00:00Z"
WRITTEN = ("title", "text", "name", "address", "city", "region", "postcode", "country", "url")

COPIES = frozenset({"phone", "email", "links", "username", "license_number", "company_number"})
"""Attributes that repeat a column as written, beside the identifier that was read in it."""


def told(expected: dict[str, Any]) -> dict[str, Any]:
    """An expected.json as somebody writes it who knows neither the ids nor where in a text something stands."""
    found: dict[str, Any] = {"records": [_told(record) for record in expected["records"]]}
    kinds = {record["key"]["record_type"] for record in expected["records"]}
    markings = {f"{record['marking']['level']} {record['marking']['personal']}" for record in expected["records"]}
    found.update(kind=" ".join(sorted(kinds)), marking=" ".join(sorted(markings)), refused=expected["refused"])
    found.update(unknown=expected["unknown_columns"], duplicates=expected["duplicates"])
    return found


def _told(record: dict[str, Any]) -> dict[str, Any]:
    stated = {**record["key"], **record}
    attributes = {n: _listed(value) for n, value in record.get("attributes", {}).items() if n not in COPIES}
    return {
        **{name: stated[name] for name in WRITTEN if stated.get(name)},
        "key": record["source_key"],
        "time": record["observed_time"],
        "attributes": attributes,
        "found": sorted({item["identifier"] for item in record.get("evidence", ())}),
    }


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def written(source_id: str, made: dict[str, Any]) -> dict[str, Any]:
    """What was written by hand, filled in to the same form; a key of several columns is the code's own."""
    by_hand = BY_HAND[source_id]
    records = []
    for at, record in enumerate(by_hand["records"]):
        key = record.get("key") or (made["records"][at]["key"] if at < len(made["records"]) else "")
        attributes = {name: _listed(value) for name, value in record.get("attributes", {}).items()}
        records.append({
            **record, "key": key, "time": record.get("time", READ), "attributes": attributes,
            "found": sorted(record.get("found", ())),
        })  # fmt: skip
    return {
        "kind": by_hand["kind"], "marking": by_hand["marking"], "records": records,
        "refused": by_hand.get("refused", []), "unknown": {}, "duplicates": 0,
    }  # fmt: skip


@pytest.mark.parametrize("source_id", BY_HAND)
def test_what_was_written_by_hand_comes_out(source_id: str) -> None:
    (path,) = SOURCES.glob(f"*/{source_id}/expected.json")
    made = told(json.loads(path.read_text(encoding="utf-8")))
    assert made == written(source_id, made)


def test_forty_were_written() -> None:
    assert len(BY_HAND) >= 40
