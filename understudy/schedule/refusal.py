"""What an alert action says when it does not do what it was asked."""

from __future__ import annotations


class ActionRefusedError(Exception):
    """The action cannot be done as it is configured. The text is fit for the log and holds no results."""
