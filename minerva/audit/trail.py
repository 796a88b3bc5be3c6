"""What one request leaves in the audit: who, what, why, and what the policy said, before anything is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from minerva.audit.chain import SERVICE, STRANGERS, token
from minerva.policy import WRITE_CAPABILITY, Context, Decision, Subject
from minerva.policy.vocabulary import POLICY_VERSION


class Appender(Protocol):
    """Where entries go."""

    def append(self, chain: str, fields: Mapping[str, Any]) -> None: ...


class Trail:
    """One request's decisions, and its entry in the chain of each institution of the asker that it concerns.

    Users, objects and cases stand in it as keyed tokens.
    """

    def __init__(self, ledger: Appender, key: bytes) -> None:
        self._ledger = ledger
        self._key = key
        self._own: Sequence[str] = [STRANGERS]
        """Where entries may go: the institutions of the subject; who has none has a chain beside theirs."""
        self._asked: set[str] = set()
        self._fields: dict[str, Any] = {}
        self._tenants: set[str] = set()
        self._refusal = ""
        self._written: dict[str, dict[str, Any]] = {}
        """chain -> the entry as it was written there"""

    def token(self, kind: str, text: str) -> str:
        """What stands for a user, object or case in entries."""
        return token(self._key, kind, text)

    def begin(
        self,
        operation: tuple[str, str],
        objects: Sequence[str],
        subject: Subject,
        tenants: Sequence[str],
        context: Context,
    ) -> None:
        """States the request: operation and step, what it asks about, who asks.

        `tenants` are those the subject belongs to. Each that the request concerns keeps the entry. What inputs ask is
        kept with the service's own.
        """
        takes_in = any(tenant.takes_in(subject.roles) for tenant in context.tenants.values())
        if WRITE_CAPABILITY in subject.capabilities or (takes_in and not tenants):
            self._own = [SERVICE]
        else:
            self._own = tenants or [STRANGERS]
        self._fields = {
            "time": round(context.now, 3),
            "operation": operation[0],
            "step": operation[1],
            "subject": self.token("user", subject.user),
            "member_of": list(tenants),
            "objects": sorted({self.token("object", text) for text in objects}),
            "purpose": context.purpose,
            "case": self.token("case", context.case),
            "legal_basis": self.token("legal_basis", context.legal_basis),
            "policy_version": POLICY_VERSION,
        }

    def about(self, objects: Sequence[str]) -> None:
        """States anew what the request asks about."""
        self._fields["objects"] = sorted({self.token("object", text) for text in objects})

    def concerns(self, tenants: Iterable[str]) -> None:
        """Tells which institutions are asked; those of the subject keep the entry. Untold, all of the subject's do."""
        self._asked.update(tenants)

    def decided(self, tenant_id: str, decision: Decision) -> None:
        """Keeps a decision: the tenant of a permit, the reason of a refusal."""
        if decision.permits:
            self._tenants.add(tenant_id)
        else:
            self._refusal = decision.reason_code

    def permit(self, rows: int | None = None) -> None:
        """Writes the entry of a request that is carried out; what changes data calls this before it does.

        Its reason is that of a refusal on the way, such as another tenant's rows left out of a list.
        """
        self._write("permit", self._refusal, rows)

    def refuse(self, outcome: str) -> None:
        """Writes the entry of a request that is not: `absent` (forbidden or not there), `bad_request`, `conflict`."""
        self._write(outcome, self._refusal or outcome, None)

    def failed(self, operation: str, subject: Subject, tenants: Sequence[str], context: Context) -> None:
        """Writes that a request ended in an error: its entry, or a second one where it was permitted already."""
        if not self._fields:
            self.begin((operation, ""), [], subject, tenants, context)
        if self._written:
            self.unfinished("failed")
        else:
            self.refuse("failed")

    def unfinished(self, reason: str, rows: int = 0) -> None:
        """Writes a second entry: what was permitted could not be carried out whole; `rows` is how much is left."""
        for chain, entry in self._written.items():
            self._ledger.append(chain, {**entry, "outcome": "unfinished", "reason": reason, "rows": rows})

    def _write(self, outcome: str, reason: str, rows: int | None) -> None:
        if self._written:
            return
        told: dict[str, Any] = {"outcome": outcome, "reason": reason, "tenants": sorted(self._tenants)}
        if rows is not None:
            told["rows"] = rows
        entry = {**self._fields, **told}
        for chain in [name for name in self._own if name in self._asked] or self._own:
            self._ledger.append(chain, entry)
            self._written[chain] = entry
