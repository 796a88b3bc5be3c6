"""The steps of a search for phones, by which many texts are read in lockstep (lockstep.py)."""

from __future__ import annotations

UNUSUAL, IN_LATIN, PLAINLY, JUDGED = range(4)
"""Characters that stand for others, letters of other scripts, what is written plainly, and whether more is hidden."""
GATHERED, TOLD, IN_SIGNS, IN_LETTERS, SPELLED, IN_WORDS, IN_PLACES, MISSPELLED, NATIVE, CHECKED, RARE = range(4, 15)
"""Of hidden numbers: how digits stand together, what words tell, and the readings in their order."""
