"""Errors of the records room. Messages name the key and what was expected, never a value that may be personal."""

from __future__ import annotations


class RecordError(ValueError):
    """A record breaks the model: `key` names the offending key, the message says what was expected there."""

    def __init__(self, key: str, expected: str) -> None:
        self.key = key
        self.expected = expected
        super().__init__(f"record key '{key}': {expected}")


class RecordTooLarge(RecordError):
    """The record's event would exceed the size that Splunk and the indexed-field transforms read whole."""
