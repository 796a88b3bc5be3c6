"""Records: the model of one observation, its identity and event form, and its identifiers with evidence."""

from __future__ import annotations

from minerva.identifiers.evidence import Evidence
from minerva.records.errors import RecordError, RecordTooLarge
from minerva.records.identification import Column, identify, why_unread
from minerva.records.model import Marking, Record

__all__ = ["Column", "Evidence", "Marking", "Record", "RecordError", "RecordTooLarge", "identify", "why_unread"]
