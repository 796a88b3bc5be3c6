"""Features: what indicators compare. Each is a named pure function of one establishment and the market around it.

A feature is None where the records do not say; it falls or becomes None, never rises, when a field of a record is gone.
"""

from __future__ import annotations

from collections.abc import Mapping

from minerva.risk.features import premises, stays, texts, ties
from minerva.risk.features.model import Feature, Function

FEATURES: Mapping[str, Function] = {**premises.FEATURES, **texts.FEATURES, **ties.FEATURES, **stays.FEATURES}

__all__ = ["FEATURES", "Feature", "Function"]
