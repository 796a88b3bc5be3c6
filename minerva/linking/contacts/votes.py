"""Who speaks against an identifier: what one source got within an hour, after others had it, speaks once.

Whoever writes many advertisements at once could otherwise take an operation's number out of linking, with a made-up
name on each. What came first counts record by record, since a source's first reading may give all of them one time.
"""

from __future__ import annotations

from collections.abc import Sequence

from minerva.linking.model import LinkRecord
from minerva.records.kinds import STATE_TYPES

_AT_ONCE_S = 3600


def as_votes(groups: Sequence[Sequence[int]], posts: Sequence[LinkRecord]) -> list[list[int]]:
    """The groups of one identifier's records, those that came at once and later as one. posts: all records; those of a
    kind whose time is that of reading speak for themselves."""
    times = [posts[record].time for group in groups for record in group if posts[record].time]
    oldest = min(times, default=0)
    found: list[list[int]] = []
    later: list[tuple[str, int, Sequence[int]]] = []
    for group in groups:
        moment = _moment(group, posts)
        if moment is None or moment[1] <= oldest + _AT_ONCE_S:
            found.append(list(group))
        else:
            later.append((*moment, group))
    source, start = "", 0
    for each, time, group in sorted(later):
        if each == source and time <= start + _AT_ONCE_S:
            found[-1].extend(group)
        else:
            found.append(list(group))
            source, start = each, time
    return found


def _moment(group: Sequence[int], posts: Sequence[LinkRecord]) -> tuple[str, int] | None:
    """Source and first time of records that one source got at once; None for others."""
    first = posts[group[0]]
    times = [posts[record].time for record in group]
    told = all(posts[record].source_id == first.source_id and posts[record].record_type not in STATE_TYPES
               for record in group)  # fmt: skip
    return (first.source_id, min(times)) if told and min(times) and max(times) - min(times) <= _AT_ONCE_S else None
