"""What the search command doors share: messages that users understand, whatever characters they hold."""

from __future__ import annotations

import sys
from typing import Any, NoReturn


class Messages:
    """Mixed in before an SDK command class. The SDK formats messages with str.format, so text with braces (which a
    user can type in an option) would raise instead of being shown."""

    def write_error(self, message: str, *args: Any) -> None:
        super().write_error("{}", message.format(*args) if args else message)  # type: ignore[misc]  # the SDK's

    def write_warning(self, message: str, *args: Any) -> None:
        super().write_warning("{}", message.format(*args) if args else message)  # type: ignore[misc]  # the SDK's

    def fail(self, message: str) -> NoReturn:
        """Shows `message` in the job's messages and ends the command."""
        self.write_error(message)
        sys.exit(1)
