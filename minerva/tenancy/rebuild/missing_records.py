"""Which known records stay although a rebuild was not given them, and when so many are missing that it must stop.

A record may be missing because it was deleted or because a search peer was down. So it stays, marked, until REBUILDS
rebuilds in a row have not found it; only erasure or age, which the handler knows, takes it away at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

REBUILDS = 3
FEWEST, PERCENT = 20, 5
"""From FEWEST known records up, a rebuild stops when more than PERCENT of them are newly missing without a reason."""


class Missing(NamedTuple):
    """since: the number of the first rebuild that did not find the record; rebuilds: how many in a row did not."""

    since: int
    rebuilds: int


class TooManyMissing(ValueError):
    """So many records are missing that the search may have failed to read them; the message says what to check."""


def staying(
    known: int, marks: Mapping[str, Missing | None], explained: Collection[str], number: int, force: bool
) -> dict[str, Missing]:
    """Returns the records that stay, with their new marks, in a rebuild with this number.

    known: how many records are stored; marks: all that were not given, with the mark they bear; explained: those of
    them that were erased or are older than the index keeps events; force: whatever is missing, the rebuild goes on.
    Records that an earlier rebuild has marked do not stop this one. Raises TooManyMissing.
    """
    unexplained = {record_id: mark for record_id, mark in marks.items() if record_id not in explained}
    new = sum(mark is None for mark in unexplained.values())
    if not force and known >= FEWEST and new * 100 > known * PERCENT:
        raise TooManyMissing(
            f"nothing was stored: {new} of {known} known records were not found, and neither erasure nor age explains "
            "it. Check that all search peers are up, that the time range of the search covers all records and that its "
            "user may search the tenant's index; then run it again. If the records are really gone, run it once with "
            f"force=true: they leave when {REBUILDS} rebuilds in a row have not found them"
        )
    counted = {
        record_id: Missing(number, 1) if mark is None else Missing(mark.since, mark.rebuilds + 1)
        for record_id, mark in unexplained.items()
    }
    return {record_id: mark for record_id, mark in counted.items() if mark.rebuilds < REBUILDS}


def warning(count: int) -> str:
    """Returns what to tell of records that were missing and stay."""
    return f"{count} known records were not found; each stays until {REBUILDS} rebuilds in a row have not found it"
