"""Deconfliction: whether somebody else holds an identifier, with both sides' consent; counts; matching of two lists.

set_match.py matches two lists offline (`python -m minerva.deconfliction`); the other modules serve the handler.
"""

from __future__ import annotations

from minerva.deconfliction import cubes, inquiries
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "deconflict": inquiries.deconflict,
    "inquiries": inquiries.inquiries,
    "inquiry_answer": inquiries.inquiry_answer,
    "contact_desk": inquiries.contact_desk,
    "counts": cubes.counts,
    "publish_counts": cubes.publish_counts,
}
