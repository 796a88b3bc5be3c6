"""What a bundle holds, whatever its format: leads, what was refused and why, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minerva.tenancy import typed

MOST_LEADS, MOST_REFUSED, MOST_IDENTIFIERS = 1000, 1000, 500
MOST_NAMES, MOST_PLACES = 100, 20
MOST_STEPS, MOST_READINGS = 200_000, 5_000
"""Values of one bundle that are looked at, and those in no normal form among them: reading one takes milliseconds."""
MOST_TEXT, MOST_NAME, MOST_REF = 4000, 300, 200
TLP = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
"""TLP 2.0, the strictest first."""
STIX_TLP = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
}
"""The markings of TLP 1 (STIX 2.1, 7.2.1.4) and TLP 2.0, known to all by id: bundles name them without holding them."""
UNMARKED = "RED"
"""What counts where a bundle says nothing of how it may be used: it stays with its reader."""


class ImportRefused(ValueError):
    """The bundle as a whole cannot be taken; the message says why and holds nothing of its content."""


class Budget:
    """What reading one bundle may still cost: few bytes can name the same things again and again."""

    def __init__(self) -> None:
        self._steps, self._readings = MOST_STEPS, MOST_READINGS
        self._read: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def spend(self, steps: int = 1) -> None:
        """Counts values that are looked at. Raises ImportRefused when they are too many."""
        self._steps -= steps
        if self._steps < 0:
            raise ImportRefused(
                f"it names more than {MOST_STEPS} things, or some again and again: ask for a part of it"
            )

    def normal_forms(self, text: str, regions: Sequence[str]) -> list[str]:
        """The identifiers that a typed text can be, read once in a bundle. Raises ImportRefused."""
        asked = (text, tuple(regions))
        if asked not in self._read:
            self._readings -= 1
            if self._readings < 0:
                words = f"more than {MOST_READINGS} of its identifiers are in no form that Minerva writes"
                raise ImportRefused(f"{words}: ask for a part of it")
            self._read[asked] = typed.normal_forms(text, regions)
        return self._read[asked]


@dataclass
class Lead:
    """One thing of a bundle. ref: its id there; schema: what it is called there; records: how many stand behind it."""

    ref: str
    schema: str
    names: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    """Identifiers that its maker says many hold: they are no mark of it."""
    text: str = ""
    records: int = 0
    marking: str = ""
    unread: int = 0
    """Identifiers that are in no form that Minerva reads, or of a kind that it has not."""
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)

    def identify(self, kind: str, value: Any, regions: Sequence[str] = ()) -> None:
        """Adds an identifier in its normal form, or counts it as unread."""
        self.budget.spend()
        text = f"{kind}:{value}" if isinstance(value, str) and 0 < len(value) <= 2000 else ""
        if not text or len(self.identifiers) >= MOST_IDENTIFIERS:
            self.unread += text not in self.identifiers
            return
        found = [text] if typed.is_normal(text) else self.budget.normal_forms(text, regions)
        if len(found) != 1:
            self.unread += 1
        elif found[0] not in self.identifiers:
            self.identifiers.append(found[0])

    def put_aside(self, identifiers: Iterable[str]) -> None:
        """Marks those of its identifiers as shared by many, and lists them last: nothing is called by them."""
        aside = {each for each in identifiers if each in self.identifiers}
        self.set_aside = sorted({*self.set_aside, *aside})
        self.identifiers.sort(key=lambda each: each in self.set_aside)

    def say(self, text: Any) -> None:
        """Adds a paragraph to the text, as far as there is room."""
        self.budget.spend()
        if not isinstance(text, str) or len(self.text) >= MOST_TEXT:
            return
        if text.strip() and text.strip() not in self.text:
            self.text = f"{self.text}\n{clean(text, MOST_TEXT)}".strip()[:MOST_TEXT]

    def call(self, name: Any) -> None:
        """Adds a name."""
        self.budget.spend()
        said = clean(name, MOST_NAME) if isinstance(name, str) and len(self.names) < MOST_NAMES else ""
        if said and said not in self.names:
            self.names.append(said)

    def lie(self, place: Any, most: int = 100) -> None:
        """Adds a place."""
        self.budget.spend()
        said = clean(str(place), most) if place and len(self.places) < MOST_PLACES else ""
        if said:
            self.places.append(said)

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
    """Everything read. source: who the bundle says made it; recipient: whom it says it is for; statement,
    expires: what may be done with it, how long; is_complete: its files are those that its manifest names, which anybody
    can make so; signed: (who made it, digest, signature) as the manifest says, to be verified."""

    form: str
    leads: list[Lead] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    source: str = ""
    recipient: str = ""
    marking: str = ""
    statement: str = ""
    expires: str = ""
    is_complete: bool = False
    signed: tuple[str, str, str] = ("", "", "")
    files: list[dict[str, Any]] = field(default_factory=list)
    """[{"name", "bytes", "sha256"}]."""
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)
    _met: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def lead(self, ref: str, schema: str) -> Lead:
        """A lead whose reading counts for this bundle; `take` takes it."""
        return Lead(clean(ref, MOST_REF), clean(schema, MOST_REF), budget=self.budget)

    def take(self, lead: Lead, what: str = "") -> None:
        """Adds a lead, or refuses one that says nothing. Raises ImportRefused when there are too many."""
        if lead.is_empty:
            self.refuse(lead.ref, f"{what}nothing in it that is read: no name, text or identifier")
            return
        self._met[lead.ref] = met = self._met.get(lead.ref, 0) + 1
        if met > 1:  # each is kept: one that takes another's id would take its place in the case
            lead.ref = f"{lead.ref} ({met})"
        self.leads.append(lead)
        if len(self.leads) > MOST_LEADS:
            raise ImportRefused(f"it holds more than {MOST_LEADS} things: ask for a part of it")

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
    kept = text.strip()[: 2 * most]
    if not kept.isprintable():
        kept = "".join(char if char.isprintable() or char in "\n\t" else " " for char in kept)
    return kept.strip()[:most]


def marked(refs: Iterable[str], words: Mapping[str, str]) -> str:
    """The strictest of the markings named; one that the bundle does not define counts as UNMARKED does."""
    return strictest(words.get(ref, STIX_TLP.get(ref, UNMARKED)) for ref in refs)
