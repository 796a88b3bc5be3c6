"""The audit: one entry per request, permitted or refused, hash-chained, without a name or an identifier in it.

chain.py links entries, ledger.py appends them to a collection, trail.py collects a request's, verify.py finds a break.
"""

from __future__ import annotations

from minerva.audit.chain import AuditError
from minerva.audit.ledger import Ledger
from minerva.audit.trail import Trail
from minerva.audit.verify import Break, Verdict, verify

__all__ = ["AuditError", "Break", "Ledger", "Trail", "Verdict", "verify"]
