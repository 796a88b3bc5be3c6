"""Links to profiles and to payments whose dots and slash are said, or whose dot is lost: `t me slash jen4u`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minerva.identifiers.mail_words import DOT_WORDS, plain
from minerva.identifiers.platforms import SLASH_WORDS
from minerva.identifiers.reading import Reading

_LETTERS = re.compile(r"[^\W\d_]+")


def _by_key() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted({plain(phrase) for phrase in SLASH_WORDS}, key=len, reverse=True):
        key = max(_LETTERS.findall(phrase), key=len)
        found[key] = (*found.get(key, ()), phrase)
    return found


_PHRASES = _by_key()
SLASHES = frozenset(_PHRASES)
"""A word of each name of the slash."""
_ORDINARY = frozenset(["barra", "barre", "strich", "stroke", "дробь", "taksim", "/"])
"""What has other uses: `no Instagram com barra de acesso`."""
_TOKEN = re.compile(r"[^\W_]+")
_NOT_BEFORE = frozenset("@._-/\\")
_MOST_TOKENS, _WINDOW = 7, 48


class Link(NamedTuple):
    """A host from `start`, with the end of the slash behind it. `is_sure`: its dot or its slash leaves no doubt."""

    start: int
    end: int
    host: str
    is_sure: bool


def bare(all_hosts: Iterable[str]) -> dict[str, str]:
    """Hosts by their letters and digits alone, also behind `www`."""
    found = {re.sub(r"[^a-z0-9]", "", host): host for host in all_hosts}
    return {**{f"www{letters}": host for letters, host in found.items()}, **found}


BEHIND_LINK = r" ?(?:[@$] ?|(?:at|arroba) )?"
"""What may stand between a slash and a name."""


def last_letters(all_hosts: Iterable[str]) -> frozenset[str]:
    """The last two characters of each host, a blank before a single letter: without them nothing is looked up."""
    return frozenset(f" {_TOKEN.findall(host)[-1]}"[-2:] for host in all_hosts)


def may_hold_link(text: str, words: frozenset[str]) -> bool:
    """Whether a slash is said in a text or stands beside a blank; `words`: those of the text, or what they hold of
    SLASHES."""
    return "/ " in text or " /" in text or not SLASHES.isdisjoint(words)


def said_links(reading: Reading, by_letters: dict[str, str], lasts: frozenset[str]) -> Iterator[Link]:
    """The links to hosts of `by_letters`, whose last letters are `lasts`."""
    folded = reading.folded
    for start, end, word in _slashes(reading):
        near = start - 1 if folded[start - 1 : start] == " " else start
        if folded[max(0, near - 2) : near] not in lasts:
            continue
        offset = max(0, start - _WINDOW)
        before = folded[offset:near]
        letters, is_dot_said = "", False
        for count, token in enumerate(reversed([*_TOKEN.finditer(before)])):
            if count == _MOST_TOKENS:
                break
            if token.group() in DOT_WORDS or token.group() in SLASHES:
                is_dot_said = is_dot_said or token.group() in DOT_WORDS
                continue
            letters = token.group() + letters
            host = by_letters.get(letters)
            first = before[token.start() - 1 : token.start()]
            scheme = before[max(0, token.start() - 3) : token.start()] == "://"
            if host is not None and (scheme or first not in _NOT_BEFORE):
                said = is_dot_said or "." in before[token.start() :]
                yield Link(offset + token.start(), end, host, said or word not in _ORDINARY)
                break


def _slashes(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) of the slashes of a text that are said or stand beside a blank."""
    folded = reading.folded
    end = 0
    while (start := folded.find("/", end)) >= 0:
        end = start + 1
        if folded[start - 1 : start] == " " or folded[end : end + 1] == " ":
            yield start, end, "/"
    for key in SLASHES & reading.words:
        taken = 0
        for phrase in _PHRASES[key]:
            end = taken
            while (start := folded.find(phrase, end)) >= 0:
                end = start + len(phrase)
                if folded[start - 1 : start] == " " and folded[end : end + 1] == " ":
                    yield start, end, phrase
