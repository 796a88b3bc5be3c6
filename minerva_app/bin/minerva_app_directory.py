"""The users of splunkd as administration reaches them: roles, tokens, searches, how long indexes keep, and
where events go."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from minerva.tenancy.directory import Forwarding, Jobs, Person, Token
from minerva_app_splunkd import SplunkdError
from splunklib.binding import Context as Splunkd
from splunklib.binding import HTTPError

LOOKS = 3
"""How often a user's searches are listed and deleted: one may have begun while others were deleted."""


class SplunkdDirectory:
    """A minerva.tenancy Directory over splunkd's REST."""

    def __init__(self, splunkd: Splunkd) -> None:
        self._splunkd = splunkd

    def people(self) -> list[Person]:
        return [_person(entry) for entry in self._entries("/services/authentication/users", count=0)]

    def person(self, user: str) -> Person | None:
        found = self._entries(f"/services/authentication/users/{quote(user, safe='')}")
        return _person(found[0]) if found else None

    def set_roles(self, user: str, roles: Sequence[str]) -> None:
        self._splunkd.post(f"/services/authentication/users/{quote(user, safe='')}", roles=list(roles))

    def tokens(self, user: str) -> list[Token]:
        try:
            return [_token(entry) for entry in self._entries("/services/authorization/tokens", username=user, count=0)]
        except HTTPError as error:
            raise SplunkdError(f"tokens cannot be listed: splunkd answers {error.status}") from None

    def revoke(self, token: Token) -> None:
        self._splunkd.delete(f"/services/authorization/tokens/{quote(token.user, safe='')}", id=token.token_id)

    def delete_jobs(self, user: str, finished: bool = False) -> Jobs:
        gone: set[str] = set()
        for _ in range(LOOKS):
            found = self._jobs(user, finished)
            if not found:
                return Jobs(len(gone), 0)
            gone |= {sid for sid in found if self._deleted(sid)}
        left = self._jobs(user, finished)
        return Jobs(len(gone - left), len(left))

    def _jobs(self, user: str, finished: bool) -> set[str]:
        """The ids of a user's searches, of whatever state or ended. Raises SplunkdError where none are listed."""
        try:
            answer = self._splunkd.get("/services/search/jobs", output_mode="json", count=0)
        except (HTTPError, OSError) as error:
            raise SplunkdError(f"searches cannot be listed: {type(error).__name__}") from None
        entries = json.loads(answer.body.read().decode("utf-8"))["entry"]
        own = [entry["content"] for entry in entries if entry["acl"]["owner"] == user]
        return {str(job["sid"]) for job in own if not finished or _ended(job)}

    def _deleted(self, sid: str) -> bool:
        try:
            self._splunkd.delete(f"/services/search/jobs/{quote(sid, safe='')}")
        except HTTPError as error:
            return bool(error.status == 404)  # it went by itself meanwhile
        except OSError:
            return False
        return True

    def retention_s(self, index: str) -> int | None:
        found = self._entries(f"/services/data/indexes/{quote(index, safe='')}")
        return int(found[0]["content"]["frozenTimePeriodInSecs"]) if found else None

    def forwarding(self) -> Forwarding:
        peers = self._entries("/services/search/distributed/peers", count=0)
        stanzas: dict[str, dict[str, str]] = {}
        for entry in self._entries("/servicesNS/nobody/-/configs/conf-outputs", count=0):  # of every app
            stanzas.setdefault(entry["name"], {}).update((key, str(value)) for key, value in entry["content"].items())
        return Forwarding(sum(not peer["content"].get("disabled") for peer in peers), stanzas)

    def announce(self, name: str, text: str) -> None:
        if text:
            self._splunkd.post("/services/messages", name=name, value=text, severity="warn")
            return
        with contextlib.suppress(HTTPError):  # there was none
            self._splunkd.delete(f"/services/messages/{quote(name, safe='')}")

    def _entries(self, path: str, **options: Any) -> list[dict[str, Any]]:
        """Entries of a listing, or of one thing; none if it is not there."""
        try:
            answer = self._splunkd.get(path, output_mode="json", **options)
        except HTTPError as error:
            if error.status == 404:
                return []
            raise
        found: list[dict[str, Any]] = json.loads(answer.body.read().decode("utf-8"))["entry"]
        return found


def _ended(job: dict[str, Any]) -> bool:
    return str(job.get("isDone")).lower() in ("1", "true") or str(job.get("isFailed")).lower() in ("1", "true")


def _person(entry: dict[str, Any]) -> Person:
    content = entry["content"]
    return Person(entry["name"], str(content.get("realname") or ""), frozenset(content.get("roles") or ()))


def _token(entry: dict[str, Any]) -> Token:
    content = entry["content"]
    claims = content["claims"]
    return Token(
        entry["name"], claims["sub"], str(claims.get("aud") or ""), float(claims.get("iat") or 0),
        float(claims.get("exp") or 0), _epoch(content.get("lastUsed")), content.get("status") == "enabled",
    )  # fmt: skip


def _epoch(value: Any) -> float:  # Any: splunkd gives epoch seconds, or 0 and nothing for never
    return float(value) if isinstance(value, (int, float)) else 0.0
