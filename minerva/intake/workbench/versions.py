"""Versions: what minerva_sources.conf holds of a made source, as settings of its stanza; old versions come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from minerva.intake.errors import FactsError

KEPT = 20
"""Earlier versions that a stanza keeps."""
MAX_DOCUMENT = 200_000

Settings = Mapping[str, str]


def saved(before: Settings | None, document: Mapping[str, Any], user: str, now: float, note: str) -> dict[str, str]:
    """The stanza's settings after saving `document` as a new version. Raises FactsError if it is too long."""
    text = line(document)
    if len(text) > MAX_DOCUMENT:
        raise FactsError(f"the source's facts are longer than {MAX_DOCUMENT} characters")
    history = versions(before) if before else []
    return {
        "document": text,
        "version": str(max((item["version"] for item in history), default=0) + 1),
        "saved_by": user,
        "saved_at": str(int(now)),
        "note": " ".join(note.split())[:200],
        "history": line(history[:KEPT]),
    }


def versions(settings: Settings) -> list[dict[str, Any]]:
    """Every version that is kept, newest first: {version, saved_by, saved_at, note, document}."""
    try:
        held = json.loads(settings.get("history") or "[]")
        document = json.loads(settings.get("document") or "null")
    except ValueError:
        raise FactsError("the stanza of this source in minerva_sources.conf is broken") from None
    current = {
        "version": int(settings.get("version") or 0),
        "saved_by": settings.get("saved_by", ""),
        "saved_at": int(settings.get("saved_at") or 0),
        "note": settings.get("note", ""),
        "document": document,
    }
    return [current, *(item for item in held if isinstance(item, dict))]


def titles(stanzas: Mapping[str, Settings]) -> dict[str, str]:
    """Source id -> title of the made sources whose document says one; a broken stanza has none."""
    found = {}
    for source_id, settings in stanzas.items():
        try:
            document = json.loads(settings.get("document") or "null")
        except ValueError:
            continue
        if isinstance(document, dict) and document.get("title"):
            found[source_id] = str(document["title"])
    return found


def version(settings: Settings, number: int) -> dict[str, Any]:
    """The document of one version. Raises FactsError if it is not kept."""
    for item in versions(settings):
        if item["version"] == number and isinstance(item["document"], dict):
            return dict(item["document"])
    raise FactsError(f"version {number} is not kept; the last {KEPT} are")


def line(value: Any) -> str:
    """Any JSON as one line of a conf file."""
    # ASCII: a conf file is read by more than one program. It ends in a bracket, so no backslash ends the line.
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
