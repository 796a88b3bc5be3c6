"""Random items for exports, synthetic and often hostile: all kinds of identifier, formulas, controls, other scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from minerva.exports import ExportRequest
from minerva.records.kinds import RECORD_TYPES

PIECES = (
    "Ask for Ann", "=cmd|' /C calc'!A0", "+1 415 555 0123", "-2+3", "@SUM(A1)", "\t=1", "'quoted", '"', "a,b;c", "\r\n",
    "line\nline", "<script>", "&amp;", "]]>", "{{7*7}}", "\x00", "\x1b[31m", "\ud800", "\u202egnirts", "Zoë", "中文",
    "девять", "١٢٣", "\U0001f339", "\ufeff", "_x000D_", "x" * 300, "null", "NaN",
)  # fmt: skip
LEVELS = ("L3", "L4", "L5", "L6")


def request(name: str, seed: int) -> ExportRequest:
    """A request for format `name`; seeds differ in query only."""
    return ExportRequest.read(
        name,
        {
            "tenant_id": "northfield",
            "recipient": "harbor_ngo",
            "level": "L4",
            "time": "2026-11-20T10:00:00Z",
            "policy_version": "2026-11.1",
            "purpose": "deconfliction",
            "query": {"seed": seed},
            "sharing_group": "7e57d004-2b97-4e7a-b45f-5387367791cd",
        },
    )


def items(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """`count` records, then an entity for every three of them, with a join between the first two."""
    chance = random.Random(seed)
    made = [_record(chance, seed, at) for at in range(count)]
    yield from ({"record": each} for each in made)
    for at in range(0, count, 3):
        yield {"entity": _entity(chance, made[at : at + 3], f"e_{seed:08x}{at:08x}")}


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(PIECES, k=chance.randrange(1, 5)))


def _identifier(chance: random.Random) -> str:
    number = chance.randrange(100, 200)
    return chance.choice(
        (
            f"phone:+1415555{number:04d}",
            f"local_phone:springfield/555{number:04d}",
            f"email:ann.{number}@venue.example",
            f"username:{chance.choice(('instagram', 'telegram', 'twitter'))}/ann_{number}",
            f"url:https://ads{number}.example.org/a?id={number}",
            f"domain:venue{number}.example",
            f"license:massage/MT{number:07d}",
            f"company_number:springfield/{number:08d}",
            f"wallet:{chance.choice(('btc', 'eth'))}:synthetic{number}",
            f"iban:GB29NWBK60161331926{number}",
            f"price:USD {number} / 60 min",
        )
    )


def _record(chance: random.Random, seed: int, at: int) -> dict[str, Any]:
    key = {"record_id": f"{seed:016x}{at:016x}", "record_type": chance.choice(RECORD_TYPES), "tenant_id": "northfield"}
    key.update({name: _words(chance) for name in ("name", "address", "city") if chance.random() < 0.5})
    event: dict[str, Any] = {"key": key, "source_id": "classified_ads", "marking": {"level": chance.choice(LEVELS[1:])}}
    event["observed_time"] = f"20{chance.randrange(10, 27)}-03-01T12:00:00Z"
    event.update({name: _words(chance) for name in ("title", "text") if chance.random() < 0.7})
    if chance.random() < 0.5:
        event["url"] = f"https://ads.example.org/{at}"
    if chance.random() < 0.5:
        event["attributes"] = {"price": _words(chance), "tags": [_words(chance), "plain"]}
    found = [_identifier(chance) for _ in range(chance.randrange(4))]
    event["evidence"] = [
        {"identifier": each, "raw": "", "field": "text", "start": 0, "end": 0, "method": "digits", "confidence": 0.95}
        for each in found
    ]
    return event


def _entity(chance: random.Random, records: list[dict[str, Any]], entity_id: str) -> dict[str, Any]:
    ids = [each["key"]["record_id"] for each in records]
    identifiers = sorted({item["identifier"] for each in records for item in each["evidence"]})
    join = {"a": ids[0], "b": ids[-1], "rule": "shared_identifier", "strength": round(chance.random(), 3)}
    return {
        "entity_id": entity_id,
        "tenant_id": "northfield",
        "size": len(ids),
        "records": sorted(ids),
        "identifiers": identifiers,
        "names": sorted({each["key"]["name"] for each in records if "name" in each["key"]}),
        "cities": ["Springfield"],
        "record_types": {"ad": len(ids)},
        "sources": {"classified_ads": len(ids)},
        "joins": [{**join, "why": _words(chance)}] if len(ids) > 1 else [],
        "explanation": _words(chance),
        "first_time": 1772366400,
        "last_time": 1772452800,
    }
