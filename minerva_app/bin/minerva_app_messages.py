"""What the search command doors share: messages that users understand, whatever characters they hold, and rows that are
written one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn


class Messages:
    """Mixed in before an SDK command class. The SDK formats messages with str.format, so text with braces (which a
    user can type in an option) would raise instead of being shown."""

    def write_error(self, message: str, *args: Any) -> None:
        super().write_error("{}", message.format(*args) if args else message)  # type: ignore[misc]  # the SDK's

    def write_warning(self, message: str, *args: Any) -> None:
        super().write_warning("{}", message.format(*args) if args else message)  # type: ignore[misc]  # the SDK's

    def write_info(self, message: str) -> None:
        super().write_info("{}", message)  # type: ignore[misc]  # the SDK's

    def fail(self, message: str) -> NoReturn:
        """Shows `message` in the job's messages and ends the command."""
        self.write_error(message)
        sys.exit(1)

    def write_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes rows as they are made. Those that a command yields the SDK gathers in a list before it writes one:
        gigabytes for the entities of a million records."""
        write: Any = self._record_writer.write_record  # type: ignore[attr-defined]  # the SDK's
        for row in rows:
            write(row)
