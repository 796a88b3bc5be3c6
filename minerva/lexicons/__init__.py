"""Lexicons: groups of terms and emoji that published lists name, found in texts as attributes of a record.

Never identifiers and never evidence by themselves: each group carries its meaning, its sources and what is known of
its precision (data/terms.json, versioned).
"""

from __future__ import annotations

from minerva.lexicons.groups import GROUPS, VERSION, Group
from minerva.lexicons.search import Hit, attributes, derived, hits

__all__ = ["GROUPS", "VERSION", "Group", "Hit", "attributes", "derived", "hits"]
