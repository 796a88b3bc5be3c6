"""An institution administers itself: its people and their standing, their tokens, budgets, retention, groups.

What a person of another institution is, or whether somebody exists at all, is not to be learnt here.
"""

from __future__ import annotations

from minerva.administration.membership import people_apply, people_approve, people_proposals, people_propose
from minerva.administration.overview import budgets, institution, retention
from minerva.administration.people import people, people_remove, token_revoke, tokens
from minerva.administration.set_up import check_set_up
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "institution": institution,
    "people": people,
    "people_propose": people_propose,
    "people_proposals": people_proposals,
    "people_approve": people_approve,
    "people_apply": people_apply,
    "people_remove": people_remove,
    "tokens": tokens,
    "token_revoke": token_revoke,
    "budgets": budgets,
    "retention": retention,
    "check_set_up": check_set_up,
}

__all__ = ["OPERATIONS"]
