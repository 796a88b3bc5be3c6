"""Writes Splunk's conf text: stanzas in the order given, one do-not-edit line on top, long values continued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Both interpreters of Splunk 9.3 to 10.4: AppInspect wants `python.version`, and `python.required` wins on 10.2+.
PYTHON_SETTINGS: Mapping[str, str] = {"python.version": "python3", "python.required": "3.9, 3.13"}


@dataclass(frozen=True)
class Stanza:
    """One `[name]` with its settings in order; `note` becomes a comment above it."""

    name: str
    settings: Mapping[str, str | int | bool]
    note: str = ""


@dataclass(frozen=True)
class ConfFile:
    """A conf file to be written: `path` is relative to the repository root, `facts` the files it comes from."""

    path: str
    facts: Sequence[str]
    stanzas: Sequence[Stanza] = field(default_factory=list)

    def text(self) -> str:
        """Returns the whole file, ending in one newline."""
        parts = [emitted_line(self.facts)]
        for stanza in self.stanzas:
            note = "".join(f"# {line}\n" for line in stanza.note.splitlines())
            lines = "".join(f"{key} = {_value(value)}\n" for key, value in stanza.settings.items())
            parts.append(f"{note}[{stanza.name}]\n{lines}")
        return "\n".join(parts)


def emitted_line(facts: Sequence[str]) -> str:
    """Returns the first line of every emitted file."""
    return f"# Emitted by build.py emit from {', '.join(facts)}: do not edit.\n"


def _value(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A backslash at a line's end continues the value on the next line (props.conf.spec and peers).
    return str(value).strip().replace("\n", " \\\n")
