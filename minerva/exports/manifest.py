"""The manifest that goes with every export: what is in it, by hash and count, under which marking, for whom and why."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.exports.markings import HANDLING
from minerva.exports.request import ExportRequest
from minerva.exports.target import FileFact
from minerva.records.model import canonical_json

NAME = "manifest.json"
VERSION = 1
SIGNATURE = "signature"


def manifest(
    request: ExportRequest, files: Iterable[FileFact], counts: Mapping[str, int], left_out: Mapping[str, int]
) -> dict[str, Any]:
    """The manifest as JSON values.

    `content_sha256` is the SHA-256 of the lines `<sha256>  <name>` of all files by name, as `sha256sum` prints them:
    what an approval binds to. `left_out` is what the format cannot carry, `withheld` what the policy kept back.
    """
    ordered = sorted(files, key=lambda fact: fact.name)
    lines = "".join(f"{fact.sha256}  {fact.name}\n" for fact in ordered)
    return {
        "manifest_version": VERSION,
        "export_id": request.export_id,
        "format": request.format,
        "tenant_id": request.tenant_id,
        "recipient": request.recipient,
        **({"recipient_label": request.recipient_label} if request.recipient_label else {}),
        "time": request.time,
        "expires": request.expires or None,
        "purpose": request.purpose,
        "case_number": request.case_number or None,
        "policy_version": request.policy_version,
        "query": dict(request.query),
        "marking": {
            "level": request.level,
            "tlp": f"TLP:{request.tlp}",
            "handling": {code: HANDLING[code] for code in request.handling},
        },
        "counts": {"entities": counts.get("entities", 0), "records": counts.get("records", 0)},
        "left_out": dict(sorted(left_out.items())),
        "withheld": dict(request.withheld),
        "files": [
            {"name": fact.name, "bytes": fact.size, "sha256": fact.sha256, "rows": fact.rows} for fact in ordered
        ],
        "content_sha256": hashlib.sha256(lines.encode()).hexdigest(),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """What a signature is of: 64 hex digits of all that the manifest says, however its file is written."""
    said = {key: value for key, value in content.items() if key != SIGNATURE}
    return hashlib.sha256(canonical_json(said).encode("utf-8", "replace")).hexdigest()


def to_bytes(content: Mapping[str, Any]) -> bytes:
    """The manifest file: JSON with two blanks of indent, keys sorted."""
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8", "replace")


def merge(*counts: Mapping[str, int]) -> Counter[str]:
    """The sum of counts, by name."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total
