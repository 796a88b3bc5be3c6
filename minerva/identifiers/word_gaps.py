"""What may stand between two members of a chain of digit words and digit groups, and what ends one."""

from __future__ import annotations

from functools import lru_cache

from minerva.identifiers.late import late

WIDEST_GAP = 7
WIDEST_BLANK = 16
"""Blanks alone, as stand behind a long word that was spelled letter by letter."""
_NO_SUM = r"[^\w$€£¥%+=&\u00d7\u00f7]"
_GAP = late(rf"{_NO_SUM}{{0,7}}| {{8,16}}| {{3,13}}[/|,;.\-] ?|{_NO_SUM}{{0,2}}_{{1,3}}{_NO_SUM}{{0,2}}")
_ANNOUNCES = late("[ \n][\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2]")
"""A picture of a phone behind a blank: `aberto do \u260e zero two...`."""
_ARROWS = r"\u2192\u27a1\ufe0f"
SENTENCE_GAP = late(rf"[.!?:;] |[^\w\s{_ARROWS}]{{2}}|[^\x00-\x7f{_ARROWS}] |\n| -+ ")
"""A gap that ends a chain where words and digit groups meet: `60/150. nine one six`; an arrow goes on."""


@lru_cache(maxsize=4096)
def is_gap(gap: str) -> bool:
    """Whether no more than signs stand between two members of a chain, and none that a number follows."""
    return _GAP.fullmatch(gap) is not None and _ANNOUNCES.search(gap) is None


@lru_cache(maxsize=4096)
def ends_chain(gap: str) -> bool:
    """Whether a gap between a digit group and a word behind it surely ends a chain."""
    if len(gap) > WIDEST_GAP or not is_gap(gap):
        return True
    return SENTENCE_GAP.search(gap) is not None and gap.strip() != "-"
