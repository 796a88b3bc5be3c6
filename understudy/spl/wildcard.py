"""Matching with `*` as the one wildcard, in linear time: no regular expression, no backtracking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache


def has_wildcard(pattern: str) -> bool:
    return "*" in pattern


@lru_cache(maxsize=4096)
def matcher(pattern: str, case_sensitive: bool = True) -> Callable[[str], bool]:
    """Returns a test of a whole text against a pattern in which `*` stands for any run of characters."""
    if not case_sensitive:
        inner = matcher(pattern.lower())
        return lambda text: inner(text.lower())
    if "*" not in pattern:
        return lambda text: text == pattern
    head, *middle, tail = pattern.split("*")
    parts = [part for part in middle if part]
    shortest = len(head) + len(tail) + sum(map(len, parts))

    def matches(text: str) -> bool:
        if len(text) < shortest or not text.startswith(head) or not text.endswith(tail):
            return False
        start, end = len(head), len(text) - len(tail)
        for part in parts:
            found = text.find(part, start, end)
            if found < 0:
                return False
            start = found + len(part)
        return True

    return matches


def segments(pattern: str, text: str) -> list[str] | None:
    """Returns what each `*` of the pattern stands for in the text (shortest first), or None if it does not match.

    Example: segments("a*_*", "abc_d") == ["bc", "d"].
    """
    head, *rest = pattern.split("*")
    if not rest:
        return [] if text == pattern else None
    if not matcher(pattern)(text):
        return None
    found: list[str] = []
    start = len(head)
    for part in rest[:-1]:
        at = text.find(part, start)
        found.append(text[start:at])
        start = at + len(part)
    found.append(text[start : len(text) - len(rest[-1])])
    return found


def select(patterns: Iterable[str], names: Iterable[str]) -> list[str]:
    """Returns the names that match any pattern, in the order of the patterns, then of the names; no name twice."""
    known = list(names)
    chosen: dict[str, None] = {}
    for pattern in patterns:
        test = matcher(pattern)
        chosen.update((name, None) for name in known if test(name))
    return list(chosen)
