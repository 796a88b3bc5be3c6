"""Bundles of partners taken into a case: read strictly, previewed, checked against their manifest, and kept as leads.

What is imported is a lead of somebody else with source and marking; it never becomes a record or entity of one's own.
"""

from minerva.imports.importing import case_import
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {"case_import": case_import}

__all__ = ["OPERATIONS"]
