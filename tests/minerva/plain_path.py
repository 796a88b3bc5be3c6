"""The plain path of extraction, to test the fast one: no gate skips anything, the field library judges numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import phonenumbers
import pytest

from minerva.identifiers import digit_runs, email, numbering, phone, url, username
from minerva.identifiers.reading import Reading

LIBRARY: Any = phonenumbers
EVERYTHING = re.compile("")


@lru_cache(maxsize=65536)
def library_resolve(digits: str, plus: bool, region: str | None) -> str | None:
    """What numbering.resolve must answer, by the field library's own parser and validity test."""
    if not 7 <= len(digits) <= numbering.MAX_DIGITS:
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


def _every_block(reading: Reading) -> Iterator[tuple[int, int]]:
    return (match.span() for match in phone.NOT_PHONES.finditer(reading.text))


@contextmanager
def plain_path() -> Iterator[None]:
    """Within it `extract` takes the plain path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "resolve", library_resolve)
        patch.setattr(phone, "blocked_spans", _every_block)
        patch.setattr(phone, "SEVEN_DIGITS", EVERYTHING)
        patch.setattr(phone, "may_have_words", lambda words: True)
        patch.setattr(phone, "LINK_GATES", ("",))
        patch.setattr(digit_runs, "lookalike_stretches", lambda text: [(0, len(text) + 1)])
        patch.setattr(email, "all_emails", lambda reading: tuple(email.find_emails(reading.text)))
        patch.setattr(Reading, "has_dot", True)
        patch.setattr(url, "possible_hosts", lambda text: url.URL.finditer(text))
        patch.setattr(username, "SPLIT_WORDS", (frozenset(),))
        yield
