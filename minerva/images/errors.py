"""Errors of the images room. Messages say what is wrong with a picture or bank, and never what it shows or holds."""

from __future__ import annotations


class ImageError(Exception):
    """Base of all errors of this room."""


class PictureError(ImageError):
    """One picture is refused; `code` is a short word for logs and counts."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MissingLibraryError(ImageError):
    """Pictures cannot be decoded here: a library is missing, or the platform cannot limit a process."""


class HashError(ImageError):
    """A text is not a 256-bit hash in 64 hexadecimal digits."""


class BankError(ImageError):
    """A bank cannot be read or written."""
