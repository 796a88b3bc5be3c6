"""Names of organizations and persons: words that count, and a comparison that says which words agreed."""

from __future__ import annotations

from minerva.names.compare import NameComparison, compare_names

__all__ = ["NameComparison", "compare_names"]
