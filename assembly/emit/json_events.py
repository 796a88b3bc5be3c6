"""Source types of events that Minerva writes as one line of JSON with its own time: props.conf of the app, and the
settings that the add-on's record types share with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assembly.conf_text import ConfFile, Stanza
from assembly.facts import read_facts
from assembly.paths import APP

FACTS = f"{APP}/facts/sourcetypes.yml"
LARGEST_EVENT = 1_048_576


@dataclass(frozen=True)
class SourceType:
    """A source type that the app writes. `time_key`: the first key of its events, UTC as 2026-03-01T12:00:00Z."""

    name: str
    time_key: str
    description: str

    def problem(self) -> str | None:
        """The key stands in a regular expression."""
        return None if re.fullmatch(r"[a-z_]+", self.time_key) else f"time_key {self.time_key!r} must be a plain key"


def json_settings(time_prefix: str) -> dict[str, str | int | bool]:
    """The settings of props.conf that cut such events, find their time behind `time_prefix` and read their fields.

    Without a prefix the time of an event is that of its coming.
    """
    time: dict[str, str | int | bool] = {
        "TIME_PREFIX": time_prefix,
        "TIME_FORMAT": "%Y-%m-%dT%H:%M:%SZ",
        "MAX_TIMESTAMP_LOOKAHEAD": 20,
        "TZ": "UTC",
        "MAX_DAYS_AGO": 10951,
    }
    return {
        "SHOULD_LINEMERGE": False,
        "LINE_BREAKER": r"([\r\n]+)",
        "TRUNCATE": LARGEST_EVENT,
        "CHARSET": "UTF-8",
        **(time if time_prefix else {"DATETIME_CONFIG": "CURRENT"}),
        "ANNOTATE_PUNCT": False,
        "KV_MODE": "json",
    }


def emit_sourcetypes(root: Path) -> dict[str, str]:
    """Returns props.conf of the app."""
    if not (root / FACTS).is_file():
        return {}
    found = [
        Stanza(
            kind.name,
            {**json_settings(f'^\\{{"{kind.time_key}":"'), "category": "Custom", "description": kind.description},
        )
        for kind in read_facts(root / FACTS, list[SourceType])
    ]
    props = ConfFile(f"{APP}/default/props.conf", [FACTS], found)
    return {props.path: props.text()}
