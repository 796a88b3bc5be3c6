"""Finds the terms and emoji of the lexicons in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from minerva.identifiers.characters import folded
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.reading import Reading
from minerva.lexicons.groups import GROUP_BY_NAME, GROUPS, VERSION


class Hit(NamedTuple):
    """A term of a group in `text[start:end]` (code points of the original); `languages` are those that have it."""

    group: str
    term: str
    languages: tuple[str, ...]
    start: int
    end: int


class UnknownGroup(ValueError):
    """No group of that name; the message lists them."""


def _plain(term: str) -> str:
    return folded(Reading(term).text)


def _terms(names: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """(group, language) of each plain term."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        for language, term in GROUP_BY_NAME[name].terms:
            found.setdefault(_plain(term), []).append((name, language))
    return found


class _Searcher(NamedTuple):
    terms: dict[str, list[tuple[str, str]]]
    heads: frozenset[str]
    spaced: re.Pattern[str]
    unspaced: re.Pattern[str]


def _is_unspaced(term: str) -> bool:
    """Whether a term stands in text without blanks around it: Chinese, Thai and emoji do."""
    return not term[0].isascii() and not "\u0400" <= term[0] <= "\u04ff"


@lru_cache(maxsize=64)
def _searcher(names: tuple[str, ...]) -> _Searcher:
    terms = _terms(names)
    spaced = [term for term in terms if not _is_unspaced(term)]
    unspaced = [term for term in terms if _is_unspaced(term)] or ["\0"]
    heads = frozenset(max(re.findall(r"[^\W\d_]+", term), key=len) for term in spaced)
    return _Searcher(
        terms,
        heads,
        re.compile(rf"(?<![\w])(?:{alternation(spaced)})(?![\w])" if spaced else r"(?!)"),
        re.compile(alternation(unspaced)),
    )


def _chosen(groups: Sequence[str] | None) -> tuple[str, ...]:
    if groups is None:
        return tuple(group.name for group in GROUPS if not group.restricted)
    for name in groups:
        if name not in GROUP_BY_NAME:
            raise UnknownGroup(f"unknown lexicon group '{name}'; the groups are {', '.join(GROUP_BY_NAME)}")
    return tuple(dict.fromkeys(groups))


def hits(text: str, *, groups: Sequence[str] | None = None) -> list[Hit]:
    """The terms in a text, by start, the longest where several begin alike.

    `groups` are names, by default all but the restricted ones. Accents and case do not count. Raises UnknownGroup.
    """
    searcher = _searcher(_chosen(groups))
    reading = Reading(text)
    patterns = [searcher.spaced] if not searcher.heads.isdisjoint(reading.words) else []
    if not text.isascii():
        patterns.append(searcher.unspaced)
    found: list[Hit] = []
    for pattern in patterns:
        for match in pattern.finditer(reading.folded):
            by_group: dict[str, list[str]] = {}
            for group, language in searcher.terms.get(match.group(), ()):
                by_group.setdefault(group, []).append(language)
            start, end = reading.span(*match.span())
            found.extend(
                Hit(group, match.group(), tuple(filter(None, languages)), start, end)
                for group, languages in by_group.items()
            )
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.group))


def attributes(text: str, *, groups: Sequence[str] | None = None) -> dict[str, int]:
    """How many different terms of each group a text holds, groups without any left out. Raises UnknownGroup."""
    found: dict[str, set[str]] = {}
    for hit in hits(text, groups=groups):
        found.setdefault(hit.group, set()).add(hit.term)
    return {name: len(terms) for name, terms in sorted(found.items())}


TERMS_KEY, VERSION_KEY = "lexicon_terms", "lexicon_version"


def derived(texts: Iterable[str]) -> dict[str, str | list[str]]:
    """The attributes of a record with these texts: `lexicon_terms`, a list of `<group>:<different terms>`, and the
    `lexicon_version` that found them; empty where no term is found. Restricted groups are left out."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for hit in hits(text):
            found.setdefault(hit.group, set()).add(hit.term)
    if not found:
        return {}
    return {TERMS_KEY: [f"{name}:{len(terms)}" for name, terms in sorted(found.items())], VERSION_KEY: str(VERSION)}
