"""Users of an installation in memory, beside the institutions of tests/sharing/desk.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from minerva import services
from minerva.administration.standing import UNASSIGNED
from minerva.policy import Subject
from minerva.tenancy.directory import Forwarding, Jobs, Person, Token
from minerva.tenancy.errors import Unanswered
from tests.sharing.desk import Desk, who

HOURS = 3600


class Users:
    """A directory in memory. `steps`: what was done, in order."""

    def __init__(self) -> None:
        self.held: dict[str, Person] = {}
        self.given: dict[str, list[Token]] = {}
        self.jobs: dict[str, int] = {}
        self.kept: dict[str, int] = {}
        """Searches of a user that cannot be deleted; below 0: which there are cannot be told."""
        self.beside: Callable[[], None] = lambda: None
        """What happens while roles are being changed."""
        self.steps: list[tuple[str, str]] = []
        self.retention = {"t_river": 365 * 86_400}
        self.sent = Forwarding()
        self.announced: dict[str, str] = {}

    def add(self, user: str, *roles: str, tokens: int = 0, jobs: int = 0) -> None:
        self.held[user] = Person(user, user.title(), frozenset(roles))
        self.given[user] = [Token(f"{user}-{number}", user, "", number, 0, 0, True) for number in range(tokens)]
        self.jobs[user] = jobs

    def people(self) -> list[Person]:
        return list(self.held.values())

    def person(self, user: str) -> Person | None:
        return self.held.get(user)

    def set_roles(self, user: str, roles: Sequence[str]) -> None:
        self.steps.append(("roles", user))
        beside, self.beside = self.beside, lambda: None
        beside()
        self.held[user] = replace(self.held[user], roles=frozenset(roles))

    def tokens(self, user: str) -> list[Token]:
        return list(self.given.get(user, ()))

    def revoke(self, token: Token) -> None:
        self.steps.append(("token", token.token_id))
        self.given[token.user].remove(token)

    def delete_jobs(self, user: str, finished: bool = False) -> Jobs:
        self.steps.append(("finished jobs" if finished else "jobs", user))
        left = self.kept.get(user, 0)
        if left < 0:
            raise Unanswered("no list")
        return Jobs(self.jobs.pop(user, 0), left)

    def retention_s(self, index: str) -> int | None:
        return self.retention.get(index)

    def forwarding(self) -> Forwarding:
        return self.sent

    def announce(self, name: str, text: str) -> None:
        self.announced[name] = text


class House(Desk):
    """Asks the services with users behind them. ada and ben administer river, cleo is its analyst."""

    def __init__(self) -> None:
        super().__init__()
        self.users = Users()
        self.users.add("ada", "river_admin")
        self.users.add("ben", "river_admin")
        self.users.add("cleo", "river_analyst", tokens=2, jobs=1)
        self.users.add("nobody", UNASSIGNED)
        self.users.add("stranger", "north_analyst", tokens=1)
        self.users.add("root", "admin")

    def as_user(self, user: str) -> Subject:
        return Subject(user, self.users.held[user].roles, frozenset(["minerva_query"]))

    def asked(self, asker: str | Subject, operation: str, **body: Any) -> tuple[int, dict[str, Any]]:
        subject = self.as_user(asker) if isinstance(asker, str) else asker
        store = replace(self.store(subject), directory=self.users)
        found = services.answer(operation, body, store)
        return found.status, found.payload

    def good(self, asker: str | Subject, operation: str, **body: Any) -> dict[str, Any]:
        status, payload = self.asked(asker, operation, **body)
        assert status == 200, payload
        return payload

    def proposed(self, **body: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.good("ada", "people_propose", **body)["proposal"]
        return found


__all__ = ["HOURS", "House", "who"]
