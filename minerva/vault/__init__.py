"""The vault: who a victim is stands here and nowhere else; elsewhere stand pseudonyms. Minimisation and erasure."""

from __future__ import annotations

from minerva.tenancy.answering import Operations
from minerva.vault.erasure import erase, erasures, hold
from minerva.vault.retention import purge
from minerva.vault.subjects import vault_add, vault_find, vault_get

OPERATIONS: Operations = {
    "vault_add": vault_add,
    "vault_find": vault_find,
    "vault_get": vault_get,
    "erase": erase,
    "erasures": erasures,
    "hold": hold,
    "purge": purge,
}

__all__ = ["OPERATIONS"]
