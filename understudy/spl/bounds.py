"""How much one search may make out of nothing: text, values and rows. Beyond it the search ends with a message.

Splunk has such limits in limits.conf by memory; here they are counts, so that an answer never depends on the machine.
What a search reads is not bounded here, only what it makes beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Row

TEXT = 10_000_000
"""Characters of one value."""
VALUES = 200_000
"""Values that one call of a function makes."""
ROWS = 1_000_000
"""Rows that one command makes beyond the rows it reads."""
FAN_OUT = 10
"""Rows that one command makes of one row it reads, on average, beyond ROWS."""
CELLS = 10_000_000
"""Cells that one command adds to a table."""
CONDITIONS = 100_000
"""What a subsearch or format may put into a search: more takes longer to read than it is worth."""
MAP_SECONDS = 10
"""Seconds that one mvmap takes for one row."""
GROUPS_OF_A_ROW = 100_000
"""Groups that one row may count for, by its multivalue group fields."""
COPIED = 500 * 2**20
"""Bytes that mvexpand may copy beside the expanded field, about: limits.conf [mvexpand] max_mem_usage_mb."""
VALUE_BYTES = 16
"""What a value takes beside its characters, in such an estimate."""


def check_text(length: int, what: str, position: int | None = None) -> None:
    """Raises RuntimeSplError when a text would be longer than TEXT."""
    if length > TEXT:
        raise RuntimeSplError(f"{what} would make a text of more than {TEXT:,} characters.", position)


def check_values(count: int, what: str, position: int | None = None) -> None:
    """Raises RuntimeSplError when there would be more than VALUES values."""
    if count > VALUES:
        raise RuntimeSplError(f"{what} would make more than {VALUES:,} values.", position)


def check_cells(rows: int, columns: int, what: str, position: int | None = None) -> None:
    """Raises RuntimeSplError when a table would get more than CELLS cells."""
    if rows * columns > CELLS:
        raise RuntimeSplError(f"{what} would make a table of more than {CELLS:,} cells.", position)


def made_rows(rows: Iterable[Row], command: str) -> Iterator[Row]:
    """Yields the rows; raises RuntimeSplError when there are more than ROWS."""
    for number, row in enumerate(rows):
        if number >= ROWS:
            raise RuntimeSplError(f"{command} would make more than {ROWS:,} rows.")
        yield row


class FanOut:
    """What a command makes of multivalue fields: ROWS in all beyond FAN_OUT for each row that has several."""

    __slots__ = ("left", "what")

    def __init__(self, what: str) -> None:
        self.what = what
        self.left = ROWS

    def take(self, count: int) -> None:
        """Counts what was made of one row; raises RuntimeSplError when it is too much."""
        self.left += FAN_OUT - count if count > FAN_OUT else 0
        if self.left < 0:
            raise RuntimeSplError(f"{self.what} more than {ROWS:,} times beyond {FAN_OUT} for each row it reads.")


def bytes_of(row: Row) -> int:
    """Returns about how many bytes a row's values take as text."""
    total = 0
    for value in row.values():
        values = value if isinstance(value, list) else (value,)
        total += sum(len(single) if isinstance(single, str) else 8 for single in values) + VALUE_BYTES * len(values)
    return total
