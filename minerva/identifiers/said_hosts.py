"""Hosts whose dots are said or stand between blanks: `site dot example dot com`, `www . site . com`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minerva.identifiers import hosts
from minerva.identifiers.email import mail_spans
from minerva.identifiers.platforms import PLATFORM_HOSTS
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import meets, starts_outside

_WORD_DOT = r"(?: (?:dot|punto|point|ponto|punkt) |-(?:dot|punto)-|_(?:dot|punto)_)"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9]|-(?!(?:dot|punto)-)){0,62}"
_WORD_DOT_HOST = re.compile(
    rf"(?<![\w.\-@])(?:(?:www|w w w)(?:{_WORD_DOT}| ?\. ?))?{_LABEL}(?:{_WORD_DOT}{_LABEL}){{0,2}}{_WORD_DOT}"
    r"(?:com|net|org|info|biz|co|example)(?![\w\-])",
    re.IGNORECASE,
)
_SPACED_HOST = re.compile(
    rf"(?<![\w.\-@])(?:www ?\. ?{hosts.LABEL} ?\. ?[a-z]{{2,6}}"
    rf"|{hosts.LABEL} \. (?:com|net|org|info|biz|example|co ?\. ?uk))(?![\w\-])",
    re.IGNORECASE,
)
_ANY_WORD_DOT = re.compile(_WORD_DOT, re.IGNORECASE)
_WORD_TOP = re.compile(r"[ _\-](?:dot|punto|point|ponto|punkt)[ _\-](?:com|net|org|info|biz|co|example)", re.IGNORECASE)
"""In every match of _WORD_DOT_HOST."""
_SPACED_TOP = re.compile(r" \. (?:com|net|org|info|biz|co|example)|www(?: \.|\. )", re.IGNORECASE)
"""In every match of _SPACED_HOST that a pattern without blanks does not find."""
_AT_BEFORE = re.compile(r"(?:@ ?|[\[({<] ?(?:at|a|arroba) ?[\])}>] ?| (?:at|arroba) )$", re.IGNORECASE)


def said_in(text: str, lowered: str, mails: Sequence[tuple[int, int]]) -> list[re.Pattern[str]]:
    """The patterns by which hosts outside of `mails` may be found in a text whose form in lower case is `lowered`."""
    patterns: list[re.Pattern[str]] = []
    if _may_be_word(lowered) and _stands(_WORD_TOP, text, mails):
        patterns.append(_WORD_DOT_HOST)
    if _may_be_spaced(lowered) and _stands(_SPACED_TOP, text, mails):
        patterns.append(_SPACED_HOST)
    return patterns


def _may_be_spaced(lowered: str) -> bool:
    """Whether _SPACED_TOP may find something."""
    return " . " in lowered or ("www" in lowered and ("www. " in lowered or "www ." in lowered))


def _may_be_word(lowered: str) -> bool:
    """Whether _WORD_DOT may find something."""
    # One by one, which takes half the time of a loop.
    if lowered.isascii():
        return (
            ("dot" in lowered and (" dot " in lowered or "-dot-" in lowered or "_dot_" in lowered))
            or ("punto" in lowered and (" punto " in lowered or "-punto-" in lowered or "_punto_" in lowered))
            or " point " in lowered or " ponto " in lowered or " punkt " in lowered
        )  # fmt: skip
    # The signs of other scripts that are read as these letters may stand in them.
    return "dot" in lowered or "punto" in lowered or "point" in lowered or "ponto" in lowered or "punkt" in lowered


def said_hosts(reading: Reading) -> list[tuple[str, int, int]]:
    """(host, start, end) of hosts outside e-mail addresses with their dots in words or blanks around them."""
    lowered = reading.lowered
    if not (_may_be_word(lowered) or _may_be_spaced(lowered)):
        return []
    mails = mail_spans(reading)
    found = []
    for pattern in said_in(reading.text, lowered, mails):
        for match in pattern.finditer(reading.text):
            start, end = match.span()
            written = re.sub(r" ?\. ?", ".", _ANY_WORD_DOT.sub(".", match.group()))
            host = hosts.without_www(written.replace("w w w.", "www."))
            mailed = _AT_BEFORE.search(reading.text, max(0, start - 20), start) is not None
            mailed = mailed or meets(mails, start, end)
            if not mailed and hosts.is_host(host) and host not in PLATFORM_HOSTS:
                found.append((host, start, end))
    return found


def _stands(top: re.Pattern[str], text: str, mails: Sequence[tuple[int, int]]) -> bool:
    """Whether a dot and what it stands before, as `top` finds them, are in the text and in no e-mail address."""
    return next(starts_outside(top.finditer(text), mails), None) is not None
