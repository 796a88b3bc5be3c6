"""Cutting a raw stream into events: LINE_BREAKER first, then merging of lines while SHOULD_LINEMERGE is on.

Merging follows BREAK_ONLY_BEFORE if it is set, else begins an event at each line that holds a time (unless
BREAK_ONLY_BEFORE_DATE is off); MUST_BREAK_AFTER, MUST_NOT_BREAK_AFTER and MUST_NOT_BREAK_BEFORE hold beside it, and
at most MAX_EVENTS lines make one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    yield from merged(lines, Rules.of(settings, complain), clock, now)


@dataclass(frozen=True)
class Rules:
    """When a line begins an event, while lines are merged."""

    only_before: Any | None
    before_date: bool
    break_after: Any | None
    not_after: Any | None
    not_before: Any | None
    most: int

    @classmethod
    def of(cls, settings: Mapping[str, str], complain: Callable[[str], None]) -> Rules:
        def pattern(key: str) -> Any | None:
            try:
                return regex.compile(settings[key]) if settings.get(key) else None
            except regex.error as error:
                complain(f"{key} cannot be compiled: {error}")
                return None

        return cls(
            pattern("BREAK_ONLY_BEFORE"),
            boolean(settings.get("BREAK_ONLY_BEFORE_DATE"), True),
            pattern("MUST_BREAK_AFTER"),
            pattern("MUST_NOT_BREAK_AFTER"),
            pattern("MUST_NOT_BREAK_BEFORE"),
            number(settings, "MAX_EVENTS", 256),
        )


def merged(lines: list[str], rules: Rules, clock: Clock, now: float) -> Iterator[str]:
    """Yields events of lines. MUST_NOT_BREAK_AFTER holds lines together until MUST_BREAK_AFTER matches."""
    held: list[str] = []
    closed = frozen = False
    for line in lines:
        if held and (closed or len(held) >= rules.most or (not frozen and begins(line, rules, clock, now))):
            yield "\n".join(held)
            held, frozen = [], False
        held.append(line)
        closed = rules.break_after is not None and rules.break_after.search(line) is not None
        if rules.not_after is not None and rules.not_after.search(line) is not None:
            frozen = not closed
        elif closed:
            frozen = False
    if held:
        yield "\n".join(held)


def begins(line: str, rules: Rules, clock: Clock, now: float) -> bool:
    if rules.not_before is not None and rules.not_before.search(line) is not None:
        return False
    if rules.only_before is not None:
        return rules.only_before.search(line) is not None
    return rules.before_date and clock.mode == "text" and clock.find(line, now) is not None


def truncate(raw: str, size_bytes: int) -> str:
    """Returns the text cut to the bytes of TRUNCATE at a whole character; 0 = never."""
    if size_bytes <= 0 or len(raw) * 4 <= size_bytes:
        return raw
    data = raw.encode("utf-8")
    return raw if len(data) <= size_bytes else data[:size_bytes].decode("utf-8", "ignore")
