"""A made source as files: the folder that the repository takes, and the file that another installation's local/ takes.

No sample goes with it: what was pasted is personal data of real people, and values are not invented by a machine.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from minerva.intake.facts.field_map import field_map, stored_columns, used_columns
from minerva.intake.facts.standing import OWN

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()%$-]*[A-Za-z0-9)]")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"])
_STAMP = (2020, 1, 1, 0, 0, 0)


def folder(document: Mapping[str, Any], today: str) -> bytes:
    """A zip of `sources/<family>/<id>/` with `<id>.yml` and `evidence.yml`, `local/sources/<id>.json` and a README."""
    source_id, family = document["id"], document.get("family", "made")
    authored = {key: value for key, value in document.items() if key not in ("family", "evidence")}
    files = {
        f"sources/{family}/{source_id}/{source_id}.yml": yaml_text(authored),
        f"sources/{family}/{source_id}/evidence.yml": yaml_text([_piece(document, today)]),
        f"local/sources/{source_id}.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n",
        "README.txt": _readme(document),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode("utf-8"))
    return out.getvalue()


def _piece(document: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The one piece of evidence that an exported source rests on; a second one is the author's to add."""
    evidence = document.get("evidence", {})
    return {
        "kind": "reply" if evidence.get("state") == OWN else "documentation",
        "document": evidence.get("reference") or "a reply that was read in the workbench",
        "publisher": document["legal"]["owner"],
        "dated": today,
        "read_on": today,
        "fields": sorted(stored_columns(field_map(document["mapping"]))),
    }


def yaml_text(value: Any, indent: str = "") -> str:
    """A document of maps, lists and scalars as YAML that any reader reads back alike."""
    lines = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            lines.append(f"{indent}{_scalar(key)}:{_inner(inner, indent)}")
    else:
        for inner in value:
            if isinstance(inner, Mapping) and inner:
                body = yaml_text(inner, f"{indent}  ")
                lines.append(f"{indent}- {body[len(indent) + 2 :]}".rstrip("\n"))
            else:
                lines.append(f"{indent}- {_inner(inner, indent).strip()}")
    return "\n".join(lines) + "\n"


def _inner(value: Any, indent: str) -> str:
    if isinstance(value, Mapping) and value:
        return "\n" + yaml_text(value, f"{indent}  ").rstrip("\n")
    if isinstance(value, list) and value and any(isinstance(item, (Mapping, list)) for item in value):
        return "\n" + yaml_text(value, f"{indent}  ").rstrip("\n")
    if isinstance(value, list):
        return f" [{', '.join(map(_scalar, value))}]"
    return f" {_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else json.dumps(value)
    return json.dumps(value)


def _readme(document: Mapping[str, Any]) -> str:
    columns = sorted(used_columns(field_map(document["mapping"])))
    return (
        f"{document['title']} ({document['id']})\n\n"
        "sources/   the folder for the repository: put a synthetic sample.* beside the yml, in the shape of the\n"
        "           source, and let tests.connectors.source_samples write expected.json\n"
        "local/     the file for local/ of the add-on of another installation\n\n"
        "There is no sample in here: what was pasted or fetched is not kept.\n\n"
        f"Columns that the source must have: {', '.join(columns)}\n"
    )
