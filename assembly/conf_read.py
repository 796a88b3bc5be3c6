"""Reads a shipped conf file for the checks: stanzas, settings, continued lines. Layering is understudy.conf's."""

from __future__ import annotations

from pathlib import Path


class ConfTextError(Exception):
    """A line of a conf file is neither stanza, setting nor comment."""


def read_conf(path: Path) -> dict[str, dict[str, str]]:
    """Returns {stanza: {key: value}}; settings before any stanza are under "default". Raises ConfTextError."""
    stanzas: dict[str, dict[str, str]] = {}
    current = "default"
    pending = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = pending + line
        if text.endswith("\\"):
            pending = text[:-1] + "\n"
            continue
        pending = ""
        stripped = text.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("[") and stripped.endswith("]"):
            current = stripped[1:-1]
            if current in stanzas:
                raise ConfTextError(f"{path}:{number}: stanza [{current}] occurs twice")
            stanzas[current] = {}
        elif "=" in stripped:
            key, _, value = stripped.partition("=")
            settings = stanzas.setdefault(current, {})
            if key.strip() in settings:
                raise ConfTextError(f"{path}:{number}: {key.strip()} is set twice in [{current}]")
            settings[key.strip()] = value.strip()
        else:
            raise ConfTextError(f"{path}:{number}: neither stanza nor setting: {stripped[:60]}")
    return stanzas
