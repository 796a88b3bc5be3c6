"""A name or tag as a text tells it, and the same one told of a second platform or service: `ig/snap: jen_4u`."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from minerva.identifiers import characters
from minerva.identifiers.reading import Reading

_PLAIN = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4", "'"))
_STOP = "\u3002"
"""Ends a sentence, and is read as a dot in hosts and addresses."""
_TAB = re.compile(r"(?<!\t)\t(?!\t)")


def _in_plain_signs(reading: Reading) -> str:
    text = reading.text
    if not reading.normal and _STOP in reading.resolved and not reading.mixed:
        stopped = _STOP.join(map(characters.plain, reading.resolved.split(_STOP)))
        text = stopped if len(stopped) == len(text) else text
    if "\t" in text:
        text = _TAB.sub(" ", text)
    if text.isascii() or not ("\u2019" in text or "\u2018" in text or "\u02bc" in text or "\u00b4" in text):
        return text
    return text.translate(_PLAIN)


def words_of(reading: Reading) -> str:
    """The text as phrases are compared with it: with the apostrophes that phones write as plain ones, a blank for a
    single tab and the full stop of Chinese and Japanese, places kept."""
    return reading.once(_in_plain_signs)


class Told(NamedTuple):
    """A name told in `text[start:end]`; `shorter` is the name without what stands apart from it, or empty."""

    start: int
    end: int
    value: str
    method: str
    confidence: float
    shorter: str = ""


class Place(Protocol):
    """A platform or a service."""

    @property
    def name(self) -> str: ...

    @property
    def rule(self) -> re.Pattern[str]: ...


def shared(
    name: str, first: Place, other: Place | None, span: tuple[int, int], method: str, confidence: float
) -> Told | None:
    """The name of a first place told of another one, which must allow it too."""
    if other is None or other is first or not other.rule.fullmatch(name):
        return None
    return Told(*span, f"{other.name}/{name}", method, confidence)
