"""Addresses written as usual, `jen.4u@mail.example`, with nothing around them that says how they are read: a quick
verdict that only says what mail_local.py would say."""

from __future__ import annotations

from functools import lru_cache

from minerva.identifiers import mail_inserts
from minerva.identifiers.mail_boxes import LOCAL_SIGNS, UNDERSCORE_LAST, may_say_underscore
from minerva.identifiers.mail_hosts import Host
from minerva.identifiers.mail_local import BEHIND_A
from minerva.identifiers.mail_unlike import Found, found_of

_SHORTEST, _LONGEST = 5, 64
_BEFORE = frozenset(["", *" \n\r\t,;(<|"])
"""What stands before most addresses; a colon or slash may be part of a web address."""
_ENDS = frozenset(".-'")
_CLOSING = frozenset(")]}>")
_NO_NAME = "between"
"""`first name, last name, dot between`"""


def as_usual(text: str, folded: str, before: tuple[int, int], host: Host) -> Found | None:
    """What mail_local.with_local answers for a host that was written plainly right behind the sign, None where it must
    be asked."""
    floor, stop = before
    name, end, _ = host
    window = folded[floor:stop]
    rest = window.rstrip(LOCAL_SIGNS)
    size = len(window) - len(rest)
    if not _SHORTEST <= size <= _LONGEST or rest[-1:] not in _BEFORE:
        return None
    start = stop - size
    local = folded[start:stop]
    address = f"{local}@{name}"
    if (
        text[start:end] != address
        or not (local.isalnum() or (local[0] not in _ENDS and local[-1] not in _ENDS and ".." not in local))
        or not _is_usual(name)
        or mail_inserts.LIKE_INSERT.search(local) is not None
        or local == _NO_NAME
        or rest[-2:-1] in _CLOSING
        or (rest[-3:-2] in UNDERSCORE_LAST and may_say_underscore(rest))
    ):
        return None
    return found_of((start, end, address, "plain", ()))


@lru_cache(maxsize=4096)
def _is_usual(name: str) -> bool:
    """Whether a host is none that is disguised or has a part to be taken out."""
    return (
        name[1:2] != "."
        and not name.startswith(BEHIND_A)
        and not mail_inserts.may_hold_insert("@" + name)
        and mail_inserts.provider_meant(name) is None
    )
