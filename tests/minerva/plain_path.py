"""The plain path of extraction, to test the fast one: no candidate gets a quick verdict, fewer gates skip
anything, the field library judges numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import phonenumbers
import pytest

from minerva.identifiers import (
    KINDS,
    digit_runs,
    digit_stretches,
    lookalike_runs,
    mail_forms,
    numbering,
    phone_context,
    phone_parts,
    phone_plain,
    plans,
    platform_places,
    reversed_numbers,
    said_hosts,
    url,
    username,
    username_words,
)
from minerva.identifiers.reading import Reading

LIBRARY: Any = phonenumbers


@lru_cache(maxsize=65536)
def library_resolve(digits: str, plus: bool, region: str | None) -> str | None:
    """What numbering.resolve must answer, by the field library's own parser and validity test."""
    if not (6 if plus else 7) <= len(digits) <= numbering.MAX_DIGITS:
        return None
    if not plus and region is None:
        for prefix in ("011", "00"):
            if digits.startswith(prefix):
                return library_resolve(digits[len(prefix) :], True, None)
        region = "US"
    try:
        number = LIBRARY.parse("+" + digits if plus else digits, region)
    except phonenumbers.NumberParseException:
        return None
    e164: str = LIBRARY.format_number(number, LIBRARY.PhoneNumberFormat.E164)
    return e164 if numbering.is_reserved(e164[1:]) or LIBRARY.is_valid_number(number) else None


def library_quick(digits: bytes, plus: bool, rules: plans.Dialing) -> str | None:
    """What numbering.quick must answer."""
    return library_resolve(digits.decode(), plus, rules.region or None)


def _hosts_everywhere(text: str, mails: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """What url.possible_hosts must answer, those in e-mail addresses aside: ASCII texts are searched as a whole."""
    if text.isascii() or url.has_bracket_dot(text):
        yield from url.URL.finditer(text)
        return
    for word in re.finditer(r"\S+", text):
        yield from url.hosts_in_word(text, word.span())


def _whole_text(text: str, encoded: bytes, left: bytes, found: bool) -> list[digit_stretches.Place]:
    """What digit_stretches.places must name at least: where it opens the search for chains, the whole text from the
    first word on that may be in one. What goes before the first word that tells of a number is none, as in a text
    without such a word."""
    opened = digit_stretches.opened_by(encoded, left, found)
    if opened is None:
        return []
    words, roles = opened
    count = len(roles) - len(roles.lstrip(b"\0"))
    start = len(b" ".join(words[:count]).decode("utf-8", "surrogatepass")) + (count > 0)
    return [(start, len(text), None)]


@contextmanager
def plain_path() -> Iterator[None]:
    """Within it `extract` takes the plain path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "resolve", library_resolve)
        patch.setattr(numbering, "quick", library_quick)
        patch.setattr(phone_plain, "quick_verdicts", False)
        patch.setattr(digit_runs, "gathered", lambda encoded, found: digit_runs.DENSE)
        patch.setattr(lookalike_runs, "may_hold", lambda encoded: True)
        patch.setattr(lookalike_runs, "known", {}.get)
        patch.setattr(lookalike_runs, "groups_of", lambda shape: lookalike_runs.CAREFULLY)
        patch.setattr(phone_context, "begun_before", {})
        patch.setattr(phone_context, "begun_otherwise", phone_context.NOT_PHONES)
        patch.setattr(phone_parts, "words_among", lambda encoded: lambda words: True)
        patch.setattr(reversed_numbers, "may_say", lambda words: True)
        patch.setattr(digit_stretches, "places", _whole_text)
        patch.setattr(mail_forms, "every_way", True)
        patch.setattr(Reading, "has_dot", True)
        for kind in KINDS:
            patch.setattr(kind, "may_hold", lambda reading: True)
        patch.setattr(url, "possible_hosts", _hosts_everywhere)
        patch.setattr(url, "shows_host", lambda text, mails: True)
        patch.setattr(said_hosts, "_stands", lambda top, text, mails: True)
        anywhere = platform_places.Places(None, True)
        patch.setattr(platform_places, "places", lambda reading, word: anywhere)
        patch.setattr(username, "names_a_platform", lambda reading: True)
        patch.setattr(username_words, "keys_in", lambda reading: username_words.KEYS_AND_SLASHES)
        patch.setattr(username_words, "spells", lambda reading: True)
        yield
