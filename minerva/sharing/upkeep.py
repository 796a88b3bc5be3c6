"""The search command minervaupkeep without Splunk: what the service does by the clock, as handler requests and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

TASKS = ("rerelease", "purge", "publish_counts", "check_set_up")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says what is expected."""


def read_task(text: str | None) -> str:
    """The operation that the option `task` names. Raises OptionError."""
    task = (text or "").strip()
    if task not in TASKS:
        raise OptionError(f"task: expected one of {', '.join(TASKS)}")
    return task


def rows_of(task: str, ask: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row per number of the answer: task, what, count. Of a check one per finding: task, check, state, message."""
    answer = ask(task, {})
    if "findings" in answer:
        yield from ({"task": task, **finding} for finding in answer["findings"])
        return
    flat = dict(answer.get("purged", answer))
    for what, count in sorted(flat.items()):
        yield {"task": task, "what": what, "count": count}
