"""Idempotency keys: a request that is sent again has the same answer, one with other content is a conflict.

An answer is kept a day under its user and key, with a keyed hash of what was asked and no word of it. Whoever has lost
or changed their institutions since is not given it, and nobody is once one of them has erased something.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minerva.audit.chain import token
from minerva.documents import Collection
from minerva.partner.problem import Problem, absent
from minerva.tenancy.kept_answers import emptied, erased_since

KEPT = 86_400
RUNNING = 60
FORM = r"^[A-Za-z0-9_\-]{8,128}$"


@dataclass(frozen=True)
class Repeats:
    """The kept answers of one caller. `tenants` are those the caller belongs to now."""

    collection: Collection
    key: bytes
    user: str
    tenants: Sequence[str]

    def begin(self, given: str, asked: str, now: float) -> tuple[int, Any] | None:
        """Returns (status, payload) of the first answer; None if this request is the first, which `keep` or `drop`
        must then end. Raises Problem 409 for another content or while the first is running.
        """
        row = {"asked": self._hash(asked), "tenants": list(self.tenants), "expires": now + KEPT, "since": now}
        for _ in range(2):
            if self.collection.insert({"_key": self._key_of(given), "state": "running", **row}):
                self.collection.discard({"expires": {"$lt": now}})
                return None
            held = self.collection.get(self._key_of(given))
            if held is None:
                continue
            if held["expires"] < now or (held["state"] == "running" and held["since"] < now - RUNNING):
                self.drop(given)  # forgotten, or its process died; what it did, the same request does not do twice
                continue
            return self._held(held, row)
        raise Problem(409, "in_progress", "the same request is being answered", headers={"Retry-After": "1"})

    def _held(self, held: dict[str, Any], row: dict[str, Any]) -> tuple[int, Any]:
        if held["tenants"] != row["tenants"]:
            raise absent()
        if not hmac.compare_digest(str(held["asked"]), row["asked"]):
            raise Problem(
                409, "idempotency_conflict", "another request was sent under this key: take a new one",
                "Idempotency-Key",
            )  # fmt: skip
        if held["state"] == "running":
            raise Problem(409, "in_progress", "the same request is being answered", headers={"Retry-After": "1"})
        if held.get("erased"):
            gone = "it was done; its answer went with an erasure of your institution"
            raise Problem(409, "answer_erased", gone, "Idempotency-Key")
        return int(held["status"]), held["payload"]

    def keep(self, given: str, asked: str, now: float, status: int, payload: Any) -> None:
        """Keeps the answer."""
        row = {"asked": self._hash(asked), "tenants": list(self.tenants), "expires": now + KEPT, "since": now}
        kept = {"state": "done", "status": status, "payload": payload}
        held = {"_key": self._key_of(given), **row, **kept}
        self.collection.batch_save([held])
        if erased_since(self.collection, self.tenants, now):
            self.collection.batch_save([emptied(held)])

    def drop(self, given: str) -> None:
        """Forgets a request that was not carried out, so that it can be sent again."""
        self.collection.delete({"_key": self._key_of(given)})

    def _key_of(self, given: str) -> str:
        return f"{token(self.key, 'answer_user', self.user)}:{token(self.key, 'answer_key', given)}"

    def _hash(self, asked: str) -> str:
        return hmac.new(self.key, f"asked\0{asked}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
