"""A description of a school uniform in an analyst's own words: what it says, as a Description.

Each color belongs to the noun that follows it in its clause, else to the one before it. Nothing is required, and what
no table knows is kept in `other`, where it is compared with names and charges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from minerva.schools.fact_scores import FACTS, crest, garment, phase, place, text_of, tie, words
from minerva.schools.word_tables import Meaning, meaning_at, tokens_of

MAX_CHARS = 2_000
_QUOTED = re.compile(
    r"(?<!\w)['\"\u2018\u201c]([^'\"\u201c\u201d\n]{2,80}?(?:['\u2019]s[^'\"\u201c\u201d\n]{0,60}?)?)['\"\u2019\u201d](?!\w)"
)
_AGE = re.compile(
    r"\b(?:aged?\s+(?:about\s+|around\s+)?(\d{1,2})|(\d{1,2})[\s-]*(?:years?[\s-]*old|yrs?\b|y/?o\b))", re.I
)
_ENDS = {",", ";", ".", ":", "(", ")", "\n"}
_WORDS_END = {"on", "with", "underneath", "below", "above", "somewhere", "near", "wearing"}
_PLACE_END = {"with", "wearing", "who", "but", "says", "on", "wears", "has"}
_WEAK_OPENERS = {"in", "at", "place", "town", "region", "county"}
_LESSER_GARMENTS = {"skirt", "coat", "tracksuit", "dress", "polo"}
"""Worn beside a blazer or jumper: they stand back where one of those is named too."""


@dataclass(frozen=True)
class Description:
    """What was said: missing is None or (). `colors` are the garment's, `stripes` is a pattern of the tie.

    `stripes` is striped, plain, checked, spotted, crested, or none where it was said that there is no tie.
    """

    garment: str | None = None
    colors: tuple[str, ...] = ()
    tie_colors: tuple[str, ...] = ()
    stripes: str | None = None
    crest_shape: str | None = None
    charges: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    place: str | None = None
    phase: str | None = None
    crest_colors: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    def score(self, facts: Mapping[str, object]) -> tuple[float, list[str]]:
        """Returns how much likelier this is said of a school with such facts than of any (natural logarithm), and why.

        Facts that are missing count 0. Nothing excludes a school. Costs 10 to 50 microseconds where many are scored.
        """
        fact = {key: text_of(facts.get(key)) for key in FACTS}
        has_tie = bool(fact["tie_colors"]) or not isinstance(facts.get("tie_colors"), (list, tuple))
        found = (
            garment(self.garment, self.colors, fact["garment"], fact["garment_color"])
            + tie(self.tie_colors, self.stripes, fact["tie_colors"], fact["tie_pattern"] if has_tie else "none")
            + crest(self.crest_shape, self.charges, fact["crest_shape"], fact["charges"])
            + place(self.place, fact["place"], fact["county"], fact["country"], fact["name"])
            + phase(self.phase, fact["phase"])
        )
        if self.words or self.other:
            found += words(self.words, self.other, fact)
        return sum(value for value, _ in found), [reason for _, reason in found if reason]

    def is_empty(self) -> bool:
        """Whether nothing was said that could tell schools apart."""
        return self == Description()


def parse(text: str) -> Description:
    """Returns what a text says of a uniform. Never fails: an empty text gives an empty description."""
    return _Reader(text[:MAX_CHARS]).read()


@dataclass
class _Reader:
    """Goes through the words of one text from left to right."""

    text: str
    garment: str | None = None
    colors: dict[str, list[str]] = field(default_factory=lambda: {"garment": [], "tie": [], "crest": [], "trim": []})
    stripes: str | None = None
    shape: str | None = None
    charges: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    phase: str | None = None
    other: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    subject: str | None = None
    """Of what the clause speaks: garment, tie, crest or trim."""
    last_subject: str | None = None
    patterned: bool = False
    negated: bool = False

    def read(self) -> Description:
        text = self._without_ages(self._without_quotes(self.text))
        tokens = tokens_of(text)
        at = 0
        while at < len(tokens):
            at += self._take(tokens, at)
        self._settle(None)
        return Description(
            garment=self.garment,
            colors=_once(self.colors["garment"]),
            tie_colors=_once(self.colors["tie"]),
            stripes=self.stripes,
            crest_shape=self.shape,
            charges=_once(self.charges),
            words=_once(self.said),
            place=", ".join(_once(self.places)) or None,
            phase=self.phase,
            crest_colors=_once(self.colors["crest"]),
            other=_once(self.other),
        )

    def _without_quotes(self, text: str) -> str:
        for found in _QUOTED.finditer(text):
            self.said += [word for word in tokens_of(found[1]) if word not in _ENDS]
        return _QUOTED.sub(" , ", text)

    def _without_ages(self, text: str) -> str:
        for found in _AGE.finditer(text):
            age = int(found[1] or found[2])
            if 4 <= age <= 10:
                self.phase = "primary"
            elif 12 <= age <= 16:
                self.phase = "secondary"
        return _AGE.sub(" ", text)

    def _take(self, tokens: list[str], at: int) -> int:
        """Reads what begins at a token; returns how many tokens it took."""
        token = tokens[at]
        if token in _ENDS:
            if token != ":":
                self._end_clause(tokens, at)
            return 1
        meaning, length = meaning_at(tokens, at)
        if meaning is None:
            if len(token) > 2 and not token.isdigit():
                self.other.append(token)
            return length
        if meaning.word_class == "opens":
            return self._open(meaning.value, tokens, at, length)
        if meaning.word_class == "quiet":
            if token in ("with", "has", "have") and self.subject and not self.colors[self.subject]:
                self._settle(self.subject)
        else:
            self._mean(meaning)
            self.negated = False
        return length

    def _open(self, what: str, tokens: list[str], at: int, length: int) -> int:
        if what == "none":
            self.negated = True
            return length
        start = at + length
        if what == "words":
            taken, end = _run(tokens, start, _WORDS_END, 8)
            self.said += taken
            return max(end - at, length) if taken else length
        weak = " ".join(tokens[at:start]) in _WEAK_OPENERS
        found, end = _place(tokens, start, weak=weak)
        if not found:
            return length
        self.places.append(found)
        return end - at

    def _mean(self, meaning: Meaning) -> None:
        word_class, value = meaning.word_class, meaning.value
        if word_class == "color":
            self.pending.append(value)
        elif word_class == "pattern":
            self._pattern(value)
        elif word_class == "garment":
            self._garment(value)
        elif word_class == "noun":
            if self.negated and value == "tie":
                self.stripes = "none"
            elif value == "tie" or not self.negated:
                self._settle(value)
        elif word_class == "shape" and not self.negated:
            self.shape = self.shape or value
            self._settle("crest")
        elif word_class == "charge" and not self.negated:
            self.charges.append(value)
            self._settle("crest")
        elif word_class == "phase":
            self.phase = self.phase or value
        elif word_class in ("county", "region", "country"):
            self.places.append(value)

    def _pattern(self, value: str) -> None:
        if self.subject == "garment" and self.colors["garment"] and not self.pending:
            return
        self.patterned = True
        if self.subject == "tie":
            self._settle("tie")
        self.stripes = self.stripes or ("plain" if self.negated else value)

    def _garment(self, value: str) -> None:
        if self.negated:
            return
        if self.garment in _LESSER_GARMENTS and value not in _LESSER_GARMENTS:
            self.garment = None
            self.colors["garment"] = []
        if self.garment not in (None, value):
            self._settle("trim")
            return
        self.garment = value
        self._settle("garment")

    def _settle(self, noun: str | None) -> None:
        """Gives the colors that wait to a noun, or at an end to what was spoken of."""
        target = noun or self.subject or self.last_subject or ("tie" if self.patterned else "garment")
        if noun is None and self.patterned and target == "garment" and self.colors["garment"]:
            target = "tie" if not self.colors["tie"] else "trim"
        self.colors[target] += self.pending
        self.pending = []
        if noun is not None:
            self.subject = self.last_subject = noun

    def _end_clause(self, tokens: list[str], at: int) -> None:
        following = next((token for token in tokens[at + 1 :] if token != "and"), "")
        meaning = meaning_at([following], 0)[0] if following else None
        if not self.pending or self.subject is not None or meaning is None or meaning.word_class != "color":
            if self.pending:
                self._settle(None)
            self.subject = None
            self.patterned = False
        self.negated = False


def _run(tokens: list[str], start: int, ends: set[str], most: int) -> tuple[list[str], int]:
    """The words from a start to the end of the clause or a word that ends them, without quiet words before them."""
    at = start
    taken: list[str] = []
    while at < len(tokens) and len(taken) < most and tokens[at] not in _ENDS:
        quiet = _class_at(tokens, at) in ("quiet", "opens")
        if tokens[at] in ends or (tokens[at] == "in" and taken):
            break
        if taken or not quiet:
            taken.append(tokens[at])
        at += 1
    return taken, at


def _place(tokens: list[str], start: int, weak: bool) -> tuple[str, int]:
    """The place that begins at a token, "" where something else follows; places of the table by their usual names."""
    at = start
    while at < len(tokens) and tokens[at] in ("the", "a", "an", "county"):
        at += 1
    taken: list[str] = []
    while at < len(tokens) and len(taken) < 4 and tokens[at] not in _ENDS and tokens[at] not in _PLACE_END:
        meaning, length = meaning_at(tokens, at)
        word_class = meaning.word_class if meaning else ""
        if meaning is not None and word_class in ("county", "region", "country"):
            return " ".join([*taken, meaning.value]), at + length
        refused = {"color", "garment", "noun", "pattern", "phase", "opens"} | ({"charge", "shape"} if weak else set())
        if word_class in refused or (word_class == "quiet" and not taken):
            break
        if tokens[at] == "and" and _class_at(tokens, at + 1) != "":
            break
        taken.append(tokens[at])
        at += 1
    while taken and taken[-1] in ("and", "area", "somewhere"):
        taken.pop()
    return " ".join(taken), at


def _class_at(tokens: list[str], at: int) -> str:
    meaning = meaning_at(tokens, at)[0] if at < len(tokens) else None
    return meaning.word_class if meaning else ""


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
