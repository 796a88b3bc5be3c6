"""Takes events that a search writes (`collect`): the index must exist and be one that the user's roles reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from understudy.access import AccessContext
from understudy.spl.commands.collect import SummaryEvent
from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Context, Message
from understudy.storage.events import RawEvent

if TYPE_CHECKING:
    from understudy.storage.store import Store


def write(store: Store, access: AccessContext, events: Sequence[SummaryEvent], index: str, context: Context) -> int:
    """Stores the events and returns how many; they are on disk then. Raises RuntimeSplError without a right to.

    An index out of the roles' reach is answered like one that does not exist, so that nobody learns which there are.
    """
    if index not in store.index_names() or not access.may_search_index(index):
        raise RuntimeSplError(f"collect cannot write: index '{index}' does not exist or is not yours to use")
    server = store.conf.get("server", "general", "serverName") or "understudy"
    result = store.ingest(
        RawEvent(
            raw=event.raw,
            index=index,
            host=event.host or server,
            source=event.source,
            sourcetype=event.sourcetype,
            time=event.time,
            fields={name: values for name, values in event.fields.items() if values},
        )
        for event in events
    )
    context.messages.extend(Message("WARN", text) for text in result.messages)
    return result.written


__all__ = ["write"]
