"""Answers that are kept for what repeats, in bounded memory."""

from __future__ import annotations

from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


SHORT_TEXT, MOST_TEXTS = 80, 10_000
"""Characters up to which a text is worth keeping, as titles and handles repeat, and how many are kept."""


def keep(known: dict[_Key, _Value], key: _Key, value: _Value, most: int) -> _Value:
    """Keeps an answer and returns it; with `most` of them all others are forgotten first."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value
