"""The search command minervaupkeep without Splunk: what the service does by the clock, as handler requests and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

TASKS = ("rerelease", "purge", "publish_counts", "check_set_up", "watch_check")
OF_TENANT = ("watch_check",)
"""Tasks for one institution, which the option `tenant` names."""


class OptionError(ValueError):
    """An option of the command cannot be used; the message says what is expected."""


def read_task(text: str | None) -> str:
    """The operation that the option `task` names. Raises OptionError."""
    task = (text or "").strip()
    if task not in TASKS:
        raise OptionError(f"task: expected one of {', '.join(TASKS)}")
    return task


def read_tenant(task: str, text: str | None) -> dict[str, str]:
    """The body of the task's operation, of the option `tenant`. Raises OptionError."""
    tenant = (text or "").strip()
    if bool(tenant) != (task in OF_TENANT):
        raise OptionError(f"tenant: expected a tenant id with task={', '.join(OF_TENANT)}, and with no other")
    return {"tenant_id": tenant} if tenant else {}


def rows_of(
    task: str, ask: Callable[[str, Mapping[str, Any]], Mapping[str, Any]], body: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """One row per number of the answer: task, what, count. Of a check one per finding: task, check, state, message; of
    what is watched one per hit, its record ids in one text."""
    answer = ask(task, body or {})
    if "hits" in answer:
        for hit in answer["hits"]:
            yield {"tenant_id": (body or {}).get("tenant_id"), **hit, "record_ids": " ".join(hit["record_ids"])}
        return
    if "findings" in answer:
        yield from ({"task": task, **finding} for finding in answer["findings"])
        return
    flat = dict(answer.get("purged", answer))
    for what, count in sorted(flat.items()):
        yield {"task": task, "what": what, "count": count}
