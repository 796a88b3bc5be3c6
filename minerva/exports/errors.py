"""Errors of the exports room. Messages name the key and what was expected, never a value that may be personal."""

from __future__ import annotations


class ExportError(ValueError):
    """An export cannot be made: `key` names the offending key, the message says what was expected there."""

    def __init__(self, key: str, expected: str) -> None:
        self.key = key
        self.expected = expected
        super().__init__(f"export key '{key}': {expected}")


class ExportTooLarge(ExportError):
    """The export would exceed one of its limits; nothing of it may be handed out."""


class MarkingRefused(ExportError):
    """An item is marked stricter than the export it should go into; nothing of the export may be handed out."""
