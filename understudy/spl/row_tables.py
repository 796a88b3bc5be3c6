"""CSV files as the lookups of a search on the command line: each under the name it is given, to be read alone.

The first record names the columns; an empty cell is no value.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from understudy.spl.errors import MissingError, RuntimeSplError, UnsupportedError
from understudy.spl.model import LookupDefinition, Row
from understudy.spl.row_events import NoTables


class RowTables(NoTables):
    """The lookups of one call. files: name -> CSV file in UTF-8."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def _records(self, name: str) -> Iterator[list[str]]:
        path = self._files.get(name)
        if path is None:
            raise MissingError(f"lookup '{name}' not found: give it as --lookup {name}=FILE.csv")
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                yield from (record for record in csv.reader(lines) if record)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise RuntimeSplError(f"lookup '{name}' cannot be read from {path}: {error}") from error

    def definition(self, name: str) -> LookupDefinition:
        """Raises MissingError for a name that was not given."""
        return LookupDefinition(name, [column for column in next(self._records(name), []) if column])

    def rows(self, name: str) -> Iterator[Row]:
        """Yields the file's rows."""
        records = self._records(name)
        names = next(records, [])
        for record in records:
            yield {column: cell for column, cell in zip(names, record, strict=False) if column and cell != ""}

    def write(
        self,
        name: str,
        rows: Any,
        *,
        append: bool,
        key_field: str | None,
        create_empty: bool,
        place: str = "app",
        insert_only: bool = False,
        multivalue: bool = False,
    ) -> int:
        """Raises UnsupportedError: the files stay as they are."""
        raise UnsupportedError(f"The lookup '{name}' is not written: a search over rows of a file only reads lookups.")
