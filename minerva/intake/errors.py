"""Errors of intake: one tree, one class per stage.

IntakeError
  FactsError       a source's facts are wrong (file, line and key named)
  GuardError       an address, port, scheme or redirect is refused
  FetchError       a request failed for good (status or transport)
    RetryLater     the other side asked to come back later than this run may wait
    MediaRefused   the answer is an image, video, PDF or archive, or of a type that is not allowed
    BodyError      the answer is too large, too slow, or not what its type says
  PagingError      the answer does not have the shape that the facts' paging needs
  FileError        a file cannot be read as its facts say
  MappingError     one record cannot be mapped (code, never content)
  VaultError       the vault could not be asked, so nothing may be emitted
  StateError       the checkpoint cannot be read or written
Messages name the offender and the remedy and carry no personal data, no query string and no secret.
"""

from __future__ import annotations


class IntakeError(Exception):
    """Base of all errors of this room."""


class FactsError(IntakeError):
    """A source's facts are wrong."""


class GuardError(IntakeError):
    """An address, port, scheme or redirect is refused before any byte is sent to it."""


class FetchError(IntakeError):
    """A request failed for good; `code` is a short word for logs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RetryLater(FetchError):
    """The other side asked to wait longer than this run may; `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__("retry_later", f"the server asked to wait {int(seconds)} seconds")
        self.seconds = seconds


class MediaRefused(FetchError):
    """The answer is media, an archive or of a type outside the source's allow-list; the socket was closed early."""


class BodyError(FetchError):
    """The answer is too large, too slow, or not what its type says."""


class PagingError(IntakeError):
    """The answer lacks what the facts' paging needs."""


class FileError(IntakeError):
    """A file cannot be read as its facts say; `code` is a short word for logs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MappingError(IntakeError):
    """One record cannot be mapped; `code` says why, without any of its content."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class VaultError(IntakeError):
    """The vault could not be asked or not be understood; nothing may be emitted until it can."""


class StateError(IntakeError):
    """The checkpoint cannot be read or written."""
