"""The entities of an institution: their rebuild from its records, and how they are stored and read."""

from __future__ import annotations
