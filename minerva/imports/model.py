"""What a bundle holds, whatever its format: leads, what was refused and why, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from minerva.tenancy import typed

MOST_LEADS, MOST_REFUSED, MOST_IDENTIFIERS = 1000, 1000, 500
MOST_TEXT, MOST_NAME, MOST_REF = 4000, 300, 200
TLP = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
"""TLP 2.0, the strictest first."""
UNMARKED = "RED"
"""What counts where a bundle says nothing of how it may be used: it stays with its reader."""


class ImportRefused(ValueError):
    """The bundle as a whole cannot be taken; the message says why and holds nothing of its content."""


@dataclass
class Lead:
    """One thing of a bundle. ref: its id there; schema: what it is called there; records: how many stand behind it."""

    ref: str
    schema: str
    names: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    text: str = ""
    records: int = 0
    marking: str = ""
    unread: int = 0
    """Identifiers that are in no form that Minerva reads, or of a kind that it has not."""

    def identify(self, kind: str, value: Any, regions: Sequence[str] = ()) -> None:
        """Adds an identifier in its normal form, or counts it as unread."""
        text = f"{kind}:{value}" if isinstance(value, str) and 0 < len(value) <= 2000 else ""
        found = [text] if text and typed.is_normal(text) else typed.normal_forms(text, regions) if text else []
        if len(found) != 1 or len(self.identifiers) >= MOST_IDENTIFIERS:
            self.unread += 1
        elif found[0] not in self.identifiers:
            self.identifiers.append(found[0])

    def say(self, text: Any) -> None:
        """Adds a paragraph to the text, as far as there is room."""
        if isinstance(text, str) and text.strip() and text.strip() not in self.text:
            self.text = f"{self.text}\n{clean(text, MOST_TEXT)}".strip()[:MOST_TEXT]

    def call(self, name: Any) -> None:
        """Adds a name."""
        if isinstance(name, str) and name.strip() and clean(name, MOST_NAME) not in self.names:
            self.names.append(clean(name, MOST_NAME))

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.identifiers or self.text)


@dataclass
class Refused:
    """What was not taken, and why."""

    ref: str
    reason: str


@dataclass
class Bundle:
    """Everything read. source: who the bundle says made it; statement, expires: what may be done with it, how long."""

    form: str
    leads: list[Lead] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    source: str = ""
    marking: str = ""
    statement: str = ""
    expires: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    """[{"name", "bytes", "sha256", "is_verified"}]."""

    def refuse(self, ref: Any, reason: str) -> None:
        self.refused.append(Refused(clean(str(ref or "(without an id)"), MOST_REF), reason))


def strictest(words: Iterable[str]) -> str:
    """The strictest of TLP words; "" of none."""
    found = [word for word in words if word in TLP]
    return min(found, key=TLP.index) if found else ""


def tlp_word(text: Any) -> str:
    """`AMBER+STRICT` of `TLP:AMBER+STRICT`, `amber+strict`, and `CLEAR` of the earlier `WHITE`; "" of none."""
    word = str(text or "").upper().strip()
    word = word[4:] if word.startswith("TLP:") else word
    word = "CLEAR" if word == "WHITE" else word
    return word if word in TLP else ""


def clean(text: str, most: int) -> str:
    """A text without control characters, cut."""
    kept = "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)
    return kept.strip()[:most]
