"""Exports: permitted records and entities in the formats that partners load, each with a manifest and its marking.

Nothing here decides who may see what: callers ask the policy first and pass what it permits (see request.py).
"""

from __future__ import annotations

from minerva.exports.errors import ExportError, ExportTooLarge, MarkingRefused
from minerva.exports.formats import export
from minerva.exports.request import FORMATS, ExportRequest
from minerva.exports.target import FolderTarget, ZipTarget

__all__ = [
    "FORMATS",
    "ExportError",
    "ExportRequest",
    "ExportTooLarge",
    "FolderTarget",
    "MarkingRefused",
    "ZipTarget",
    "export",
]
