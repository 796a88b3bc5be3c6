"""Deconfliction: whether somebody else holds an identifier, with both sides' consent; counts; matching of two lists.

set_match.py matches two lists offline (`python -m minerva.deconfliction`); the other modules serve the handler.
"""

from __future__ import annotations

from minerva.deconfliction.cubes import counts, publish_counts
from minerva.deconfliction.inquiries import contact_desk, deconflict, inquiries, inquiry_answer
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "deconflict": deconflict,
    "inquiries": inquiries,
    "inquiry_answer": inquiry_answer,
    "contact_desk": contact_desk,
    "counts": counts,
    "publish_counts": publish_counts,
}

__all__ = ["OPERATIONS"]
