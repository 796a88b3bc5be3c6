"""Idempotency keys: a request that is sent again has the same answer, one with other content is a conflict.

An answer is kept a day under its user and key, with a keyed hash of what was asked and no word of it. Whoever has lost
or changed their institutions since is not given it, and nobody is once one of them has erased something.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minerva.audit.chain import token
from minerva.documents import Collection, Document
from minerva.partner.problem import Problem, absent
from minerva.tenancy.kept_answers import emptied, erased_since

KEPT = 86_400
RUNNING = 60
"""Seconds after which a request without an answer is taken for dead; what it did, the same one does not do twice."""
FORM = r"^[A-Za-z0-9_\-]{8,128}$"


@dataclass(frozen=True)
class Repeats:
    """The kept answers of one caller. `tenants` are those the caller belongs to now."""

    collection: Collection
    key: bytes
    user: str
    tenants: Sequence[str]
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    """This request: it forgets what it holds itself and nothing else."""

    def begin(self, given: str, asked: str, now: float) -> tuple[int, Any] | None:
        """Returns (status, payload) of the first answer; None if this request is the first, which `keep` or `drop`
        must then end. Raises Problem 409 for another content or while the first is running.
        """
        row = {"_key": self._key_of(given), "state": "running", **self._row(asked, now + RUNNING)}
        # In one step, so that of two who find a dead request only one gets its place.
        self.collection.discard({"expires": {"$lt": now}})
        if self.collection.insert(row):
            return None
        held = self.collection.get(row["_key"])
        if held is None:
            raise _in_progress()
        return self._held(held, row)

    def _held(self, held: Document, row: Document) -> tuple[int, Any]:
        if held["tenants"] != row["tenants"]:
            raise absent()
        if not hmac.compare_digest(str(held["asked"]), row["asked"]):
            raise Problem(
                409, "idempotency_conflict", "another request was sent under this key: take a new one",
                "Idempotency-Key",
            )  # fmt: skip
        if held["state"] == "running":
            raise _in_progress()
        if held.get("erased"):
            gone = "it was done; its answer went with an erasure of your institution"
            raise Problem(409, "answer_erased", gone, "Idempotency-Key")
        return int(held["status"]), held["payload"]

    def keep(self, given: str, asked: str, now: float, status: int, payload: Any) -> None:
        """Keeps the answer."""
        kept = {"state": "done", "status": status, "payload": payload}
        held = {"_key": self._key_of(given), **self._row(asked, now + KEPT), "since": now, **kept}
        self.collection.batch_save([held])
        if erased_since(self.collection, self.tenants, now):
            self.collection.batch_save([emptied(held)])

    def drop(self) -> None:
        """Forgets a request that was not carried out, so that it can be sent again."""
        self.collection.discard({"owner": self.owner})

    def _row(self, asked: str, expires: float) -> Document:
        tenants = list(self.tenants)
        return {"asked": self._hash(asked), "tenants": tenants, "owner": self.owner, "expires": expires}

    def _key_of(self, given: str) -> str:
        return f"{token(self.key, 'answer_user', self.user)}:{token(self.key, 'answer_key', given)}"

    def _hash(self, asked: str) -> str:
        return hmac.new(self.key, f"asked\0{asked}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _in_progress() -> Problem:
    return Problem(409, "in_progress", "the same request is being answered", headers={"Retry-After": "1"})
