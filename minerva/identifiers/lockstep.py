"""Searches of many texts in lockstep: one part of the work in all of them before the next part in any.

Read one by one, each text passes through all the code and patterns of a search, which are more than a processor's first
cache holds; part by part they stay there for all texts. A search is a generator: it yields the number of each part that
it comes to and returns what it found. `alone` and `together` give the same answers, as nothing passes from one text to
another.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Answer = TypeVar("Answer")
Search = Generator[int, None, Answer]
"""What a search yields are numbers below STEPS."""

STEPS = 15
MOST_TEXTS, MOST_CHARACTERS = 256, 200_000
"""So many texts are read in lockstep at most, with what is known of each."""
_DONE = -1


def alone(search: Search[Answer]) -> Answer:
    """The answer of one search."""
    answers: list[Answer] = []
    for _ in _answered(search, answers):
        pass
    return answers[0]


def together(searches: Iterable[Search[Answer]]) -> list[Answer]:
    """The answers of many searches, in their order; of texts as many as `groups` puts together."""
    answers: list[list[Answer]] = []
    waiting: list[list[Iterator[int]]] = [[] for _ in range(STEPS)]
    for search in searches:
        answers.append([])
        waiting[0].append(_answered(search, answers[-1]))
    part = 0
    while part < STEPS:
        here = waiting[part]
        waiting[part] = []
        lowest = part + 1
        for answered in here:
            # Told this way its end costs no exception.
            following = next(answered, _DONE)
            if following != _DONE:
                waiting[following].append(answered)
                if following < lowest:
                    lowest = following
        part = lowest
    return [answer for (answer,) in answers]


def in_groups(searches: Iterable[Search[Answer]], texts: Iterable[str]) -> list[Answer]:
    """`together`, group by group of the texts that are searched."""
    ahead = iter(searches)
    return [answer for count in groups(texts) for answer in together(islice(ahead, count))]


def groups(texts: Iterable[str]) -> Iterator[int]:
    """How many texts, one group behind the other, are read in lockstep: no more than memory and cache hold."""
    count = characters = 0
    for text in texts:
        if count and (count == MOST_TEXTS or characters + len(text) > MOST_CHARACTERS):
            yield count
            count = characters = 0
        count += 1
        characters += len(text)
    if count:
        yield count


def _answered(search: Search[Answer], answers: list[Answer]) -> Iterator[int]:
    answers.append((yield from search))
