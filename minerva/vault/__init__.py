"""The vault: who a victim is stands here and nowhere else; elsewhere stand pseudonyms. Minimisation and erasure."""

from __future__ import annotations

from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {}
