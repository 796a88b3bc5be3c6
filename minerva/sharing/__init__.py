"""Release and recall: what an institution gives to others, previewed, agreed to, copied, logged and taken back."""

from __future__ import annotations

from minerva.sharing import copies, log, proposals, reading, refusing, release
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "mark": proposals.mark,
    "preview": proposals.preview,
    "propose": proposals.propose,
    "proposals": proposals.proposals,
    "approve": proposals.approve,
    "refuse": refusing.refuse,
    "release": release.release,
    "grants": release.grants,
    "recall": release.recall,
    "rerelease": release.rerelease,
    "distribution": log.distribution,
    "notices": log.notices,
    "shared": reading.shared,
    "shared_item": reading.shared_item,
    "copies_check": copies.copies_check,
}
