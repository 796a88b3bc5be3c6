"""Which props.conf settings an event has: its sourcetype's, its host's and its source's stanzas laid together.

source:: beats host:: beats sourcetype; within one kind a literal stanza (priority 100) beats a pattern (0), and
equal priorities go by the ASCII order of the patterns, the first winning. In patterns `...` is any text and `*`
any text without a path separator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from understudy.conf import Merged

Settings = Mapping[str, str]
PATTERN_PIECE = regex.compile(r"\.\.\.|\*|\.|[^.*]+")
LOOKUP_KEY = regex.compile(r"lookup[-_]?(.+)", regex.IGNORECASE)


def pattern_regex(pattern: str) -> Any | None:
    """Returns the compiled pattern of a source:: or host:: stanza, or None for a literal name."""
    if "*" not in pattern and "..." not in pattern and "|" not in pattern and "(?" not in pattern:
        return None
    parts = []
    for piece in PATTERN_PIECE.findall(pattern):
        parts.append({"...": ".*", "*": r"[^/\\]*", ".": r"\."}.get(piece, piece))
    try:
        return regex.compile("".join(parts), regex.DOTALL)
    except regex.error:
        return None


class Props:
    """Settings by (sourcetype, source, host). stanzas: of props.conf, none with the settings of its [default]."""

    def __init__(self, stanzas: Merged) -> None:
        self._stanzas = stanzas
        self._patterns: dict[str, list[tuple[int, str, Any | None]]] = {"source": [], "host": []}
        for stanza, settings in self._stanzas.items():
            kind, mark, pattern = stanza.partition("::")
            if not mark or kind not in self._patterns:
                continue
            compiled = pattern_regex(pattern)
            fallback = 100 if compiled is None else 0
            priority = settings.get("priority", "")
            rank = int(priority) if priority.isdigit() else fallback
            self._patterns[kind].append((rank, pattern, compiled))
        for rules in self._patterns.values():
            # Weakest first, so that later ones overwrite: low priority, then high ASCII order.
            rules.sort(key=lambda rule: rule[1], reverse=True)
            rules.sort(key=lambda rule: rule[0])
        self._cache: dict[tuple[str, str, str], Settings] = {}

    def settings(self, sourcetype: str, source: str, host: str) -> Settings:
        """Returns the merged settings; the same object for the same three names."""
        key = (sourcetype, source, host)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 10_000:
                self._cache.clear()
            found = self._cache[key] = self._merge(sourcetype, source, host)
        return found

    def _merge(self, sourcetype: str, source: str, host: str) -> Settings:
        merged = dict(self._stanzas.get("default", {}))
        merged.update(self._stanzas.get(sourcetype, {}))
        for kind, value in (("host", host), ("source", source)):
            for _, pattern, compiled in self._patterns[kind]:
                if compiled is None:
                    hit = pattern == value or (kind == "host" and pattern.lower() == value.lower())
                else:
                    hit = compiled.fullmatch(value) is not None
                if hit:
                    merged.update(self._stanzas[f"{kind}::{pattern}"])
        return merged


def classes(settings: Settings, prefix: str) -> list[tuple[str, str]]:
    """Returns the (class, value) pairs of settings like `TRANSFORMS-<class>`, in ASCII order of the class."""
    start = len(prefix)
    return sorted((key[start:], value) for key, value in settings.items() if key.startswith(prefix) and value)


def lookups_of(settings: Settings) -> list[tuple[str, str]]:
    """Returns the (class, value) pairs of automatic lookups; the prefix ignores case and may end in `-` or `_`."""
    found = ((LOOKUP_KEY.fullmatch(key), value) for key, value in settings.items())
    return sorted((match[1], value) for match, value in found if match is not None and value)
