"""Answers that are kept for what repeats, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
Asked = tuple[str, Optional[str]]
"""A text and its region."""


SHORT_TEXT, MOST_TEXTS = 80, 10_000
"""Characters up to which a text is worth keeping, as titles and handles repeat, and how many are kept."""


def keep(known: dict[_Key, _Value], key: _Key, value: _Value, most: int) -> _Value:
    """Keeps an answer and returns it; with `most` of them all others are forgotten first."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


def answers_to(
    asked: Sequence[Asked],
    known: dict[Asked, _Value],
    read: Callable[[Sequence[str], Sequence[str | None]], Sequence[_Value]],
) -> list[_Value]:
    """The answer to each text with its region; those not `known` are read in one call, short ones once and kept."""
    answers = [known.get(each) if len(each[0]) <= SHORT_TEXT else None for each in asked]
    first: dict[Asked, int] = {}
    unread = [
        place
        for place, each in enumerate(asked)
        if answers[place] is None and (len(each[0]) > SHORT_TEXT or first.setdefault(each, place) == place)
    ]
    if unread:
        texts, regions = zip(*[asked[place] for place in unread])
        for place, answer in zip(unread, read(texts, regions)):
            answers[place] = answer
            if len(asked[place][0]) <= SHORT_TEXT:
                keep(known, asked[place], answer, MOST_TEXTS)
    return [answers[first[each]] if answer is None else answer for each, answer in zip(asked, answers)]  # type: ignore[misc]  # the first is read
