"""The vault: who a victim is stands here and nowhere else; elsewhere stand pseudonyms. Minimisation and erasure."""

from __future__ import annotations

from minerva.tenancy.answering import Operations
from minerva.vault import erasure, intake, retention, subjects

OPERATIONS: Operations = {
    "vault_add": subjects.vault_add,
    "vault_find": subjects.vault_find,
    "vault_get": subjects.vault_get,
    "erase": erasure.erase,
    "erasures": erasure.erasures,
    "hold": erasure.hold,
    "purge": retention.purge,
    "intake_check": intake.intake_check,
    "intake_hide": intake.intake_hide,
}
