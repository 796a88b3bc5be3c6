"""North American numbers written with the letters of a phone's keys: `1-800-MASSAGE`, `212-555-RELX`.

Letters on keys are those of ITU-T E.161. Words in capitals stand beside numbers of all sorts, so no more is read than
an area code and seven keys: behind a toll-free code in one or more groups, behind another code as three digits and four
capitals or as seven capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.identifiers.id_labels import follows_id
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Run, Token

METHOD = "keypad"
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
# A digit first, so that the search skips from digit to digit.
_CODE = late(r"[2-9][0-9]{2}(?:\) ?|[.\-])(?=[A-Za-z0-9][A-Za-z0-9 .\-]{0,3}[A-Za-z])")
_BEFORE = late(r"(?<![\w.\-/])(\+?1[ .\-]?)?\(?\Z")
_REACH = 5
"""Characters of a country code and a bracket, and one before them."""
_TOLL_FREE = frozenset(["800", "833", "844", "855", "866", "877", "888"])
_GROUP = late(r"[A-Z0-9]+(?![^\W_])|[A-Za-z]{7,12}(?![^\W_])")
_LOCAL = late(r"[2-9][0-9]{2}[ .\-][A-Z]{4}|[2-9][0-9][ .\-][A-Z]{5}|[A-Z]{7}")
_LETTERS, _DIGITS, _LONGEST = 3, 7, 12
_ENDS = late(r"(?![\w@]|[.\-/][A-Za-z0-9])")


def may_hold(kinds: bytes) -> bool:
    """Whether a text, by phone_shapes.KINDS, can hold a number with letters of keys: letters behind digits and a sign,
    or behind a bracket."""
    found = kinds.find
    return found(b"9-a") >= 0 or found(b"9.a") >= 0 or (found(b")") >= 0 and (found(b")a") >= 0 or found(b") a") >= 0))


def runs(text: str) -> Iterator[Run]:
    """Each number as a run of one token, with country code."""
    for match in _CODE.finditer(text):
        first, start = match.start(), match.end()
        before = _BEFORE.search(text, max(0, first - _REACH), first)
        if before is None:
            continue
        area = match[0][:3]
        found = _toll_free(text, start) if area in _TOLL_FREE else _local(text, start)
        if found is None or _ENDS.match(text, found[1]) is None or follows_id(text, before.start()):
            continue
        keys, end = found
        yield Run([Token("1" + area + keys.upper().translate(_KEYS), before.start(), end, plus=True)], METHOD)


def _local(text: str, start: int) -> tuple[str, int] | None:
    match = _LOCAL.match(text, start)
    return None if match is None else ("".join(filter(str.isalnum, match[0])), match.end())


def _toll_free(text: str, start: int) -> tuple[str, int] | None:
    """The seven keys in groups from `start` on and where the last of them ends. One word may be longer, as nothing
    dialed behind the seventh key counts; groups may not."""
    keys, groups, end = "", 0, start
    while len(keys) < _DIGITS and (match := _GROUP.match(text, end + (groups > 0))) is not None:
        keys, groups, end = keys + match[0], groups + 1, match.end()
        if len(keys) < _DIGITS and text[end : end + 1] not in ("-", ".", " "):
            break
    letters = sum(map(str.isalpha, keys))
    if letters < _LETTERS or not _DIGITS <= len(keys) <= (_LONGEST if groups == 1 else _DIGITS):
        return None
    if groups == 1 and len(keys) > _DIGITS and text[start - 1] == " ":
        return None
    return keys[:_DIGITS], end
