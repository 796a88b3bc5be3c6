"""What administration needs of splunkd: users with their roles, tokens and jobs, how long an index keeps events,
and where events go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Person:
    """A user as splunkd knows one."""

    user: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Jobs:
    """What became of a user's searches: how many were deleted with their results, how many are still there."""

    deleted: int
    left: int


@dataclass(frozen=True)
class Token:
    """A bearer token of a user, without its text. Times are epoch seconds, 0 if there is none."""

    token_id: str
    user: str
    audience: str
    created: float
    expires: float
    last_used: float
    enabled: bool


@dataclass(frozen=True)
class Forwarding:
    """How many search peers splunkd searches, and its outputs.conf by stanza."""

    peers: int = 0
    outputs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Directory(Protocol):
    """The users of the installation, read and changed with the rights of the service."""

    def people(self) -> list[Person]:
        """Everybody, in no order."""
        ...

    def person(self, user: str) -> Person | None: ...

    def set_roles(self, user: str, roles: Sequence[str]) -> None: ...

    def tokens(self, user: str) -> list[Token]:
        """Raises Unanswered where nobody says which there are."""
        ...

    def revoke(self, token: Token) -> None: ...

    def delete_jobs(self, user: str, finished: bool = False) -> Jobs:
        """Deletes the searches of a user, running, paused, finished and saved ones, with their results; with
        `finished`, those alone that have ended.

        Raises Unanswered where nobody says which there are.
        """
        ...

    def retention_s(self, index: str) -> int | None:
        """For how many seconds an index keeps an event at least; None if there is no such index."""
        ...

    def forwarding(self) -> Forwarding: ...

    def announce(self, name: str, text: str) -> None:
        """Puts a warning among splunkd's messages, in place of one of that name; an empty text takes it away."""
        ...


class NoDirectory:
    """Stands where a door reaches no users: there is nobody, and nobody can be changed."""

    def people(self) -> list[Person]:
        return []

    def person(self, user: str) -> Person | None:
        return None

    def set_roles(self, user: str, roles: Sequence[str]) -> None:
        raise LookupError("this door reaches no users")

    def tokens(self, user: str) -> list[Token]:
        return []

    def revoke(self, token: Token) -> None:
        raise LookupError("this door reaches no users")

    def delete_jobs(self, user: str, finished: bool = False) -> Jobs:
        raise LookupError("this door reaches no users")

    def retention_s(self, index: str) -> int | None:
        return None

    def forwarding(self) -> Forwarding:
        return Forwarding()

    def announce(self, name: str, text: str) -> None:
        """Nobody would read it."""
