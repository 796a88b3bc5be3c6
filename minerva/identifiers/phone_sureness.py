"""How sure phones are: sureness.py by the words before them."""

from __future__ import annotations

from minerva.identifiers.announced import is_announced, is_pictured
from minerva.identifiers.phone_tokens import Hit
from minerva.identifiers.sureness import given

_LABEL_TELLS = frozenset(["digits", "separators", "words", "lookalike"])
"""Methods by which numbers of other things are read, too: those that a word announces are surer."""
_BEHIND_PLUS = frozenset([0.98, 0.91, 0.81])
"""What rules state of these methods behind a plus sign, which announces by itself."""


def is_labelled(method: str, stated: float, text: str, start: int) -> bool:
    """Whether a word or a picture before a phone announces it, where that tells."""
    if method not in _LABEL_TELLS or stated in _BEHIND_PLUS:
        return False
    return is_announced(text, start) or is_pictured(text, start)


def of_phone(method: str, stated: float, text: str, start: int) -> float:
    """The confidence in a phone that starts there in the original text."""
    return given("phone", method, stated, is_labelled(method, stated, text, start))


def of_hits(text: str, hits: list[Hit]) -> list[Hit]:
    """The phones of a text as rules state them, each with the confidence that is given with it."""
    return [
        (start, end, number, method, of_phone(method, stated, text, start))
        for start, end, number, method, stated in hits
    ]
