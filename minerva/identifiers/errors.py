"""Errors of the identifiers room. Reasons never repeat the value: it may be a person's."""

from __future__ import annotations


class IdentifierError(ValueError):
    """Base of this room's errors."""


class InvalidIdentifier(IdentifierError):
    """A value is not of the kind it was read as; `reason` is one plain phrase a user understands."""

    def __init__(self, kind: str, reason: str) -> None:
        self.kind = kind
        self.reason = reason
        super().__init__(f"not a valid {kind}: {reason}")


class UnknownKind(IdentifierError):
    """No identifier kind has that name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown identifier kind '{name}'; the kinds are {', '.join(known)}")
