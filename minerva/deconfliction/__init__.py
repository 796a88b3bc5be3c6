"""Deconfliction: whether somebody else holds an identifier, with both sides' consent; fixed counts."""

from __future__ import annotations

from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {}
