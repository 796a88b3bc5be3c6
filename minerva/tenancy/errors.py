"""What those who ask the entity handler raise; what the handler itself raises stands in asking.py."""

from __future__ import annotations


class Unanswered(Exception):
    """What was asked of the entity handler was not answered; the message is for the user."""


class Contradicted(Unanswered):
    """The request contradicts what others did or are doing, such as another search that stores the same entities."""
