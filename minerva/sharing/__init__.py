"""Release and recall: what an institution gives to others, previewed, agreed to, copied, logged and taken back."""

from __future__ import annotations

from minerva.sharing.log import distribution, notices
from minerva.sharing.proposals import approve, mark, preview, proposals, propose
from minerva.sharing.reading import shared, shared_item
from minerva.sharing.release import grants, recall, release, rerelease
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "mark": mark,
    "preview": preview,
    "propose": propose,
    "proposals": proposals,
    "approve": approve,
    "release": release,
    "grants": grants,
    "recall": recall,
    "distribution": distribution,
    "shared": shared,
    "shared_item": shared_item,
    "notices": notices,
    "rerelease": rerelease,
}

__all__ = ["OPERATIONS"]
