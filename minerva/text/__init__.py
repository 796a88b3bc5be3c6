"""Near-duplicate texts: groups of texts made from one template, the template, and what changes in it."""

from __future__ import annotations

from minerva.text.grouping import group_texts
from minerva.text.options import DEFAULT, Options

__all__ = ["DEFAULT", "Options", "group_texts"]
