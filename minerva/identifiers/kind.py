"""The contract of an identifier kind: one class per kind, never instantiated, listed in KINDS (see __init__.py)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from minerva.identifiers import sureness
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.reading import Reading


class Example(NamedTuple):
    """One case of a kind's contract: `text` holds `raw`, which stands for the normal form `value`.

    `structured` marks a value that is only ever read from a column: `text` is then the column's value.
    """

    text: str
    raw: str
    value: str
    region: str | None = None
    qualifier: str = ""
    city: str | None = None


class Kind(ABC):
    """A kind of identifier. `STRONG`: sharing one value is by itself good evidence of one actor."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    STRONG: ClassVar[bool]
    ATTRIBUTE: ClassVar[bool] = False
    """Whether values describe a record without identifying anyone: searched for only when named."""
    RESTRICTED: ClassVar[bool] = False
    """Whether values are about a person's traits and need a reason to be looked at: an attribute, never a default."""

    @classmethod
    @abstractmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        """The normal form of `value`, the same for every spelling of one thing; idempotent.

        Options that a kind does not need are ignored. Raises InvalidIdentifier with a reason.
        """

    @classmethod
    def is_valid(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> bool:
        try:
            cls.normalize(value, region=region, qualifier=qualifier, city=city)
        except InvalidIdentifier:
            return False
        return True

    @classmethod
    def format(cls, value: str) -> str:
        """A normal form as people read it; `normalize` of it gives the normal form back."""
        return value

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        """Whether `extract` is worth calling: a cheap test, True wherever `extract` would find something."""
        return True

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        """Evidence in order of start, without overlaps. Kinds that only columns hold find nothing."""
        return iter(())

    @classmethod
    def extract_each(
        cls, readings: Sequence[Reading], regions: Sequence[str | None], field: str
    ) -> list[Iterable[Evidence]]:
        """`extract` of each reading, with its region; nothing of those that cannot hold one. Kinds that read many texts
        sooner than one after another do so here."""
        return [
            cls.extract(reading, region=region, field=field) if cls.may_hold(reading) else ()
            for reading, region in zip(readings, regions)
        ]

    @classmethod
    def seen(
        cls,
        reading: Reading,
        span: tuple[int, int],
        value: str,
        field: str,
        method: str,
        confidence: float,
        others: Sequence[str] = (),
    ) -> Evidence:
        """Evidence of a value at a span of the normalized text; `confidence`: what the rule states; `others`: other
        values that the same text may stand for."""
        start, end = reading.span(*span)
        raw = reading.original[start:end]
        alternatives = tuple(f"{cls.NAME}:{other}" for other in others)
        sure = sureness.given(cls.NAME, method, confidence)
        return Evidence(f"{cls.NAME}:{value}", raw, field, start, end, method, sure, alternatives)

    @classmethod
    @abstractmethod
    def examples(cls) -> tuple[Example, ...]:
        """Synthetic cases that tests, docs and demos share."""
