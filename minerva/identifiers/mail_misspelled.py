"""Names of the signs of an e-mail address, and of providers, that are written with letters doubled, with one letter
wrong or with digits for letters: the text with them put right, and where its characters stand (`jen4u arrrobaa hottmail
puntoo com`, `jen4u a7 gm4il d07 c0m`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from minerva.identifiers import mail_words
from minerva.identifiers.spans import changed

_LEAST = 5
"""The shortest name of which a letter may be doubled or wrong: shorter ones are too near to other words."""
_TWICE = re.compile(r"(.)\1+")


@cache
def _doubled() -> re.Pattern[str]:
    """A word with a letter twice or more in a row; compiled when the first text asks for it, as is the next."""
    return re.compile(r"(?<![^\W_])(?=[^\W\d_]{3,20}(?![^\W_]))[^\W\d_]{0,18}?([^\W\d_])\1[^\W\d_]{0,18}")


@cache
def _before_provider() -> re.Pattern[str]:
    """A word and what may be a provider behind it, with something behind that."""
    return re.compile(
        r"(?<![^\W_])(?P<sign>[^\W\d_]{2,16})\s{1,2}(?:i\s)?(?=[a-z])(?P<host>[a-z]{3,14})"
        r"(?:\s{1,2}|\s?[.,]\s?)(?=[^\W_])"
    )


@cache
def _drawn() -> re.Pattern[str]:
    """A word of letters and of digits or signs that are drawn for some."""
    return re.compile(r"(?<![\w@.\-$])(?=[a-z0-9$]{0,11}[a-z])(?=[a-z]{0,11}[0-9$])[a-z0-9$]{2,12}(?![\w@\-$])")


_DRAWN = str.maketrans("oileastb$", "011345785")


@cache
def _by_drawing() -> dict[str, str]:
    """Names of the sign, of the dot and of providers, by what they are with digits for all letters like them."""
    names = ["at", *mail_words.AT_SURE, *mail_words.DOT_WORDS, *mail_words.PROVIDERS, *_HOSTS]
    return {name.translate(_DRAWN): name for name in names if name.isalpha() and name.isascii() and len(name) > 1}


def _once(word: str) -> str:
    """A word with each of its letters once in a row."""
    return _TWICE.sub(r"\1", word)


def _long(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if len(word) >= _LEAST and word.isalpha())


@cache
def _by_once() -> dict[str, str]:
    """What is looked for, by its letters once in a row; made when the first text asks for it, as is the next."""
    signs = _long([*mail_words.AT_SURE, *mail_words.DOT_WORDS, *mail_words.SIGNS])
    # The shortest last: some are in the tables with their last letter doubled.
    return {_once(word): word for word in sorted([*signs, *_long(mail_words.PROVIDERS)], key=len, reverse=True)}


@cache
def _known() -> frozenset[str]:
    return frozenset([*_by_once().values(), *mail_words.AT_SURE, *mail_words.DOT_WORDS, *mail_words.SIGNS])


def _without_one(word: str) -> set[str]:
    """A word without one of its letters, and with two neighbors swapped."""
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return {word[:at] + word[at + 1 :] for at in range(len(word))} | swapped


@cache
def _near() -> dict[str, str]:
    """Names of the sign by what is left of them without a letter."""
    # "assign gmail.com" is no sign.
    names = [word for word in _long(mail_words.AT_SURE) if len(word) > _LEAST and not word.startswith("at")]
    return {less: word for word in names for less in (word, *_without_one(word))}


def _sign_meant(word: str) -> str | None:
    """The name of the sign that a word before a provider means: with a letter too many, too few or wrong."""
    if _once(word) == "at":
        return "at"
    if len(word) < _LEAST or word in _known():
        return None
    near = _near()
    return near.get(word) or next((near[less] for less in sorted(_without_one(word)) if less in near), None)


def may_hold(folded: str) -> bool:
    """Whether the end of a host, or what names of the dot begin with, is in a text."""
    # One by one, which takes half the time of a loop.
    return (
        " com" in folded or ")com" in folded or "c o m" in folded or "dot" in folded or "pun" in folded
        or "pont" in folded or "poin" in folded or "krop" in folded or "nokt" in folded or "to4k" in folded
        or "toch" in folded or "точ" in folded or "крап" in folded or "c0m" in folded or "d0" in folded
    )  # fmt: skip


def put_right(folded: str) -> tuple[str, list[int]] | None:
    """A text with such names put right, and where each of its characters stands in the one that is given, and where
    that ends; None if there are none."""
    changes: dict[tuple[int, int], str] = {}
    by_once = _by_once()
    for match in _doubled().finditer(folded):
        word = match.group()
        meant = by_once.get(_once(word))
        if meant is not None and len(meant) < len(word) and word not in _known():
            changes[match.span()] = meant
    for match in _drawn().finditer(folded):
        meant = _by_drawing().get(match.group().translate(_DRAWN))
        if meant is not None:
            changes[match.span()] = meant
    place = 0
    while (before := _before_provider().search(folded, place)) is not None:
        # What stands before one may stand behind another.
        place = before.end("sign")
        host = by_once.get(_once(before["host"]), before["host"])
        if host not in mail_words.PROVIDERS and host not in _HOSTS:
            continue
        sign = _sign_meant(before["sign"])
        if sign is not None and sign != before["sign"]:
            changes[before.span("sign")] = sign
    return changed(folded, changes) if changes else None


_HOSTS = frozenset(["cloud", "mail", "example", "yandex", "rambler", "libero", "virgilio", "proton", "interia"])
"""Names of hosts besides mail_words.PROVIDERS that stand behind a sign in words; `cloud` is behind an `i`."""
