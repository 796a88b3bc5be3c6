"""Errors of the SPL room: one base, one class per kind, each with the place in the search text.

The kinds are the words the command line prints: syntax, unsupported, missing, runtime.
"""

from __future__ import annotations


class SplError(Exception):
    """A search that cannot be answered. `position` is a 0-based offset into the search text, or None."""

    kind = "runtime"

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def located(self, text: str) -> str:
        """Returns the message with line, column and the nearby text, when the position is known."""
        if self.position is None or self.position > len(text):
            return self.message
        line = text.count("\n", 0, self.position) + 1
        column = self.position - (text.rfind("\n", 0, self.position) + 1) + 1
        nearby = text[self.position : self.position + 30].split("\n")[0]
        return f"{self.message} (line {line}, column {column}, at '{nearby}')"


class SplSyntaxError(SplError):
    """The text is not a search: unbalanced quotes, a missing argument, a misplaced operator."""

    kind = "syntax"


class UnsupportedError(SplError):
    """Splunk may know it, the stand-in does not: a command, option or function that must not pass silently."""

    kind = "unsupported"


class MissingError(SplError):
    """A named object is not there: a lookup, macro, index, saved search. Message form: "X 'name' not found"."""

    kind = "missing"


class RuntimeSplError(SplError):
    """The search was understood and failed while running."""

    kind = "runtime"
