"""Addresses written as usual, `jen.4u@mail.example`, or with their sign and dots in brackets of one sort, `jen.4u [at]
mail [dot] example`, with nothing around them that says how they are read: quick verdicts that only say what mail_local
and mail_around would say."""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import hosts, lexicon, mail_inserts, mail_words
from minerva.identifiers.mail_boxes import LOCAL_SIGNS, UNDERSCORE_LAST_THREE, may_join, may_say_underscore
from minerva.identifiers.mail_hosts import Host, may_go_on
from minerva.identifiers.mail_local import BEHIND_A, TEMPLATES
from minerva.identifiers.mail_remarks import LAST_THREE, NEXT_FOUR
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
        or (local[0].isdigit() and "." in local)
        or not (local.isalnum() or (local[0] not in _ENDS and local[-1] not in _ENDS and ".." not in local))
        or not _is_usual(name)
        or mail_inserts.LIKE_INSERT.search(local) is not None
        or local == _NO_NAME
        or rest[-2:-1] in _CLOSING
        or ((rest[-4:-1] in UNDERSCORE_LAST_THREE or rest[-2:-1] == " ") and may_say_underscore(rest))
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


_BEHIND_SIGN = {
    opened: re.compile(
        # One blank beside all brackets, or none.
        rf"{closed}( ?)([a-z0-9]{{2,40}}(?:\1{re.escape(opened)}(?:dot|\.){closed}\1[a-z0-9]{{2,40}}){{1,4}})"
        # No second half of `yahoo.com br`.
        r"(?=\Z|[.!?]?(?:\Z|\n)|[.!?] [0-9$\u20ac\u00a3]| [a-z]{3})"
    )
    for opened, closed in (("(", r"\)"), ("[", r"\]"), ("{", r"\}"))
}
_DOT = re.compile(r" ?[(\[{](?:dot|\.)[)\]}] ?")
_PART_SIGNS = frozenset("._")


def as_bracketed(folded: str, before: tuple[int, int], after: int) -> Found | None:
    """What mail_around.around answers for `at` or the sign itself at `before[1]`, behind an opening bracket, where the
    address begins no sooner than `before[0]`; None where it must be asked."""
    floor, begin = before
    pattern = _BEHIND_SIGN.get(folded[begin - 1])
    match = None if pattern is None or begin < 2 else pattern.match(folded, after)
    if match is None:
        return None
    has_blank, end = folded[begin - 2] == " ", match.end()
    next_four = folded[end : end + 4]
    if has_blank is not (match[1] == " ") or next_four in NEXT_FOUR or (next_four[:1] == " " and may_go_on(next_four)):
        return None
    stop = begin - 1 - has_blank
    window = folded[floor:stop]
    rest = window.rstrip(LOCAL_SIGNS)
    size = len(window) - len(rest)
    if not _SHORTEST <= size <= _LONGEST or rest[-1:] not in _BEFORE or folded[stop - 3 : stop] in LAST_THREE:
        return None
    local = folded[stop - size : stop]
    name = _host_in(match[2])
    if (
        name is None
        or not (local[0].isalnum() and local[1].isalnum() and local[-1].isalnum())
        or local.isdigit()
        or ".." in local
        or (local[0].isdigit() and "." in local)
        or "-" in local
        or local in lexicon.MEANINGS
        or local in mail_words.SAID_NUMBERS
        or local in TEMPLATES
        or local == _NO_NAME
        or mail_inserts.LIKE_INSERT.search(local) is not None
        or rest[-2:-1] in _PART_SIGNS
        or (rest and may_join(rest))
    ):
        return None
    return found_of((stop - size, end, f"{local}@{name}", "brackets", ()))


@lru_cache(maxsize=4096)
def _host_in(written: str) -> str | None:
    """The host whose dots are written in brackets; None where it may mean another one, or is none."""
    name = _DOT.sub(".", written)
    is_own = name.partition(".")[0] not in mail_words.SPELLED and name.rpartition(".")[2] not in mail_words.TOPS
    is_own = is_own and _is_usual(name) and mail_inserts.unstretched(name) == name
    return name if is_own and hosts.is_host(name) else None
