"""Hosts whose dots are said or stand between blanks: `site dot example dot com`, `www . site . com`."""

from __future__ import annotations

import re

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
_SAID_DOTS = (" dot ", "-dot-", "_dot_", " punto ", "-punto-", "_punto_", " point ", " ponto ", " punkt ")
"""What _WORD_DOT finds."""


def may_be_said(lowered: str) -> bool:
    """Whether a dot may be said or stand between blanks in a text whose form in lower case this is."""
    return _may_be_spaced(lowered) or _may_be_word(lowered)


def _may_be_spaced(lowered: str) -> bool:
    """Whether _SPACED_TOP may find something."""
    return " . " in lowered or ("www" in lowered and ("www. " in lowered or "www ." in lowered))


def _may_be_word(lowered: str) -> bool:
    """Whether _WORD_DOT may find something."""
    # One by one, which takes half the time of a loop.
    if not (
        "dot" in lowered or "punto" in lowered or "point" in lowered or "ponto" in lowered or "punkt" in lowered
    ):
        return False
    # Beyond ASCII more letters than these are read as them.
    return not lowered.isascii() or any(word in lowered for word in _SAID_DOTS)


def said_hosts(reading: Reading) -> list[tuple[str, int, int]]:
    """(host, start, end) of hosts outside e-mail addresses with their dots in words or blanks around them."""
    lowered = reading.lowered
    patterns: list[re.Pattern[str]] = []
    if _may_be_word(lowered) and _stands(_WORD_TOP, reading):
        patterns.append(_WORD_DOT_HOST)
    if _may_be_spaced(lowered) and _stands(_SPACED_TOP, reading):
        patterns.append(_SPACED_HOST)
    found = []
    for pattern in patterns:
        for match in pattern.finditer(reading.text):
            start, end = match.span()
            written = re.sub(r" ?\. ?", ".", _ANY_WORD_DOT.sub(".", match.group()))
            host = hosts.without_www(written.replace("w w w.", "www."))
            mailed = _AT_BEFORE.search(reading.text, max(0, start - 20), start) is not None
            mailed = mailed or meets(mail_spans(reading), start, end)
            if not mailed and hosts.is_host(host) and host not in PLATFORM_HOSTS:
                found.append((host, start, end))
    return found


def _stands(top: re.Pattern[str], reading: Reading) -> bool:
    """Whether a dot and what it stands before, as `top` finds them, are in the text and in no e-mail address."""
    text = reading.text
    if top.search(text) is None:
        return False
    return next(starts_outside(top.finditer(text), mail_spans(reading)), None) is not None
