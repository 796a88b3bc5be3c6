"""Numbers whose groups stand in lines of their own, dots and empty lines between or not, behind a word that announces a
phone: `Phone:\\n07700 ...\\n... 900 ...\\n... 844`. What is found so is a guess.

Linear in the text: each line belongs to one block.
"""

from __future__ import annotations

from minerva.identifiers import announced
from minerva.identifiers.group_rows import FEWEST_TOLD, MOST_TOLD
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Hit, Token, whole_of
from minerva.identifiers.plans import Dialing

_SEEN = late(rb"\n[^9a\n]{0,5}9{1,8}[^9a\n]{0,6}(?:\n[ \t\r]{0,3}){1,3}[^9a\n]{0,5}9{2,8}[^9a\n]{0,6}(?:\n|\Z)")
_SIGNS = r"[ \t.,\-\u2013\u2014\u2026>*\u2022_()]"
_BLOCK = late(
    # the end of the line before first, so that the search skips from one to the next
    rf"(?<=\n){_SIGNS}{{0,5}}\+?[0-9]{{1,8}}"
    rf"(?:{_SIGNS}{{0,6}}\r?\n(?:[ \t]{{0,9}}\r?\n){{0,2}}{_SIGNS}{{0,5}}[0-9]{{1,8}}){{1,9}}"
    rf"(?={_SIGNS}{{0,6}}(?:\r?\n|\Z))"
)
_GROUP = late("[0-9]+")
_NEAR = 64
_BEFORE = " \n\r\t:;.,-\u2013>*\u2022_=\u2192\u2193"


def may_hold(kinds: bytes) -> bool:
    """Whether two groups of digits stand alone in lines of a text, by phone_shapes.KINDS."""
    return kinds.find(b"\n") >= 0 and _SEEN.search(kinds) is not None


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are written so."""
    found: list[Hit] = []
    for match in _BLOCK.finditer(text):
        start, end = match.span()
        groups = _GROUP.finditer(text, start, end)
        tokens = [Token(group[0], *group.span(), text[group.start() - 1] == "+") for group in groups]
        size = sum([len(token.digits) for token in tokens])
        if FEWEST_TOLD <= size <= MOST_TOLD and min([len(token.digits) for token in tokens]) > 1:
            before = text[max(0, start - _NEAR) : start].rstrip(_BEFORE)
            if announced.is_announced(before, len(before)) or announced.is_pictured(before, len(before)):
                found += whole_of(tokens, text, rules)
    return found
