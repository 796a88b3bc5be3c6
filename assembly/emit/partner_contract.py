"""The partner API's OpenAPI contract as a committed file: the registry's operations are its facts."""

from __future__ import annotations

import json
from pathlib import Path

CONTRACT = "docs/partner-api.openapi.json"


def emit_contract(root: Path) -> dict[str, str]:
    """Returns the contract. JSON has no comments, so the document's own description says where it comes from."""
    if not (root / "docs").is_dir():
        return {}
    # Here, since it needs the shipped libraries, which not every command of build.py has made.
    from minerva.partner.openapi import document

    return {CONTRACT: json.dumps(document(), ensure_ascii=False, indent=2) + "\n"}
