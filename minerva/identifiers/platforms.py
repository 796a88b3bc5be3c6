"""The platforms usernames live on: names, words, hosts and name rules, read from data/platforms.json."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Platform:
    """`words` are how people call it, `hosts` where profiles live, `path` (regex) what precedes the name there."""

    name: str
    title: str
    words: tuple[str, ...]
    hosts: tuple[str, ...]
    path: str
    rule: re.Pattern[str]
    skip: frozenset[str]


def _load() -> tuple[Platform, ...]:
    document = json.loads((Path(__file__).parent / "data" / "platforms.json").read_text(encoding="utf-8"))
    return tuple(
        Platform(
            name=row["name"],
            title=row["title"],
            words=tuple(row["words"]),
            hosts=tuple(row["hosts"]),
            path=row["path"],
            rule=re.compile(row["rule"]),
            skip=frozenset(row["skip"]),
        )
        for row in document["platforms"]
    )


PLATFORMS = _load()
PLATFORM_BY_NAME = {platform.name: platform for platform in PLATFORMS}
PLATFORM_BY_HOST = {host: platform for platform in PLATFORMS for host in platform.hosts}
PLATFORM_BY_WORD = {word.replace(" ", ""): platform for platform in PLATFORMS for word in platform.words}
PLATFORM_HOSTS = frozenset(PLATFORM_BY_HOST) | {"wa.me", "whatsapp.com", "api.whatsapp.com", "google.com", "goo.gl"}
"""Hosts that millions share: no evidence of a common actor by themselves."""
