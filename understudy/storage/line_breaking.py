"""Cutting a raw stream into events: LINE_BREAKER first, then merging of lines while SHOULD_LINEMERGE is on.

Merging follows BREAK_ONLY_BEFORE if it is set, else begins an event at each line that holds a time (the documented
default, BREAK_ONLY_BEFORE_DATE = true); at most MAX_EVENTS lines make one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import regex

from understudy.conf import boolean
from understudy.storage.timestamps import Clock, number

DEFAULT_BREAKER = r"([\r\n]+)"


def break_lines(text: str, breaker: str) -> Iterator[str]:
    """Yields the pieces between the breaker's first matching groups. Raises regex.error for a bad pattern."""
    start = 0
    for match in regex.finditer(breaker, text):
        group = next((n for n in range(1, len(match.groups()) + 1) if match.start(n) >= 0), 0)
        # Without any group in the match the break has no length and stands before the match.
        end, following = (match.start(), match.start()) if group == 0 else match.span(group)
        if end > start:
            yield text[start:end]
        start = max(start, following)
    if start < len(text):
        yield text[start:]


def events_of(
    text: str, settings: Mapping[str, str], clock: Clock, now: float, complain: Callable[[str], None]
) -> Iterator[str]:
    """Yields the events of a stream as the settings of its sourcetype cut it."""
    breaker = settings.get("LINE_BREAKER", DEFAULT_BREAKER)
    try:
        lines = [line for line in break_lines(text, breaker) if line.strip("\r\n")]
    except regex.error as error:
        complain(f"LINE_BREAKER cannot be compiled: {error}")
        lines = [line for line in break_lines(text, DEFAULT_BREAKER) if line]
    if not boolean(settings.get("SHOULD_LINEMERGE"), True):
        yield from lines
        return
    before = settings.get("BREAK_ONLY_BEFORE")
    most = number(settings, "MAX_EVENTS", 256)
    held: list[str] = []
    for line in lines:
        begins = regex.search(before, line) is not None if before else clock.find(line, now) is not None
        if held and (begins or len(held) >= most):
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


def truncate(raw: str, size_bytes: int) -> str:
    """Returns the text cut to the bytes of TRUNCATE at a whole character; 0 = never."""
    if size_bytes <= 0 or len(raw) * 4 <= size_bytes:
        return raw
    data = raw.encode("utf-8")
    return raw if len(data) <= size_bytes else data[:size_bytes].decode("utf-8", "ignore")
