"""Cases of an institution: what is investigated, by whom, with notes, evidence, hypotheses and tasks.

A case belongs to one institution and is read by its analysts alone: notes may name victims.
"""

from minerva.cases.cases import cases, colleagues
from minerva.cases.export import case_export
from minerva.cases.items import case, case_item
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "cases": cases, "case": case, "case_item": case_item, "case_export": case_export, "colleagues": colleagues,
}  # fmt: skip

__all__ = ["OPERATIONS"]
