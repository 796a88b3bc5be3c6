"""Addresses in a text that is written plainly for them: a picture of a letter before one as the word for mail, the
letters of a host closed up (`jen @ m.a.i.l . c.o.m`), signs between letters of which the text says that they are none
(`j-e-n (no hyphens) @`), a comma for the dot of a known provider, and parts that are numbered (`1/2: jen @ ...`).

Linear in the text: each pattern is bounded, and runs where a sign of it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import hosts, mail_words
from minerva.identifiers.late import late
from minerva.identifiers.mail_unlike import Found
from minerva.identifiers.spans import Changes
from minerva.identifiers.tables import table

_PICTURES = "\u2709\U0001f4e7\U0001f4e8\U0001f4e9\U0001f48c\U0001f4ec\U0001f4ed\U0001f4ee\U0001f4eb"
"""An envelope, letters and boxes for them."""
_PICTURED = late(
    rf"(?:(?<![^\n|.!?,;)\]])|(?<=[\n|.!?,;)\]] )|(?<=  ))[{_PICTURES}]\ufe0f?(?: ?[:=\-\u2013>])?"
    r"(?= ?[a-z0-9][a-z0-9._+\-]{2,40} (?:at |[(\[\-\u2013\u2014]))"
)
"""A picture where a clause begins, before one word and a sign, a bracket or a dash."""
_ANY_PICTURE = late(f"[{_PICTURES}]")
# The sign first, so that the search skips from one to the next.
_AT_HOST = re.compile(r"@(?:(?<=[)\]]@)|(?<=[)\]] @)| ?(?:[a-z0-9] ?\. ?){3}|[a-z0-9\-]{2,20},[a-z]{2,3}(?![a-z0-9@]))")
_HOST_APART = late(r"(?P<sign> ?@ ?)(?P<host>[a-z0-9](?: ?\. ?[a-z0-9]){4,28})(?![\w@])")
_GAP = late(r" \. ?|\. ")
_COMMA = late(r"(?<=[a-z0-9_]@)(?P<host>[a-z0-9\-]{2,20}(?:,[a-z]{2,4}){1,2})(?![\w@])")
_NO_SIGNS = late(
    r"(?<![\w.\-])(?P<local>[a-z0-9](?P<sign>[._*~\-])[a-z0-9](?:(?P=sign)[a-z0-9]){1,40})"
    r"(?P<remark> ?[(\[](?P<said>[^()\[\]\n@]{4,40})[)\]]) ?@ ?(?=[a-z0-9])"
)
_OF_TWO = r" ?(?:/|of|von|de|di|van|av|af|sur|z|ze|od|iz|din|из|з|от|των|\uc911) ?2[)\]]?"
# The digit first, so that the search skips to it.
_FIRST_PART = late(
    rf"1(?<![\w/]1){_OF_TWO} ?[:=\-\u2013>)]? ?"
    r"(?P<local>[a-z0-9][a-z0-9._%+\-]{1,40}) ?(?:(?P<at>@) ?)?(?:\.{2,3}|\u2026)?(?=\s|$)"
)
_SECOND_PART = late(
    rf"2(?<![\w/]2){_OF_TWO} ?[:=\-\u2013>)]? ?(?:\.{{2,3}}|\u2026)? ?"
    r"(?:(?P<at>@) ?)?(?P<host>[a-z0-9\-]{2,40}(?:\.[a-z]{2,12}){1,2})(?![\w@])"
)
_FAR = 600
"""Characters from one part to the other."""


at_host = _AT_HOST.search
"""Finds, from the first sign on, where a text in lower case may need to be written so."""


def is_pictured(folded: str) -> bool:
    """The same of a text without such a sign."""
    return _ANY_PICTURE.search(folded) is not None


def changes(folded: str) -> Changes:
    """What is written otherwise in a text in lower case without accents."""
    found: Changes = {}
    if not folded.isascii():
        for match in _PICTURED.finditer(folded):
            found[match.span()] = "email:"
    if "@" in folded:
        for match in _HOST_APART.finditer(folded):
            host = _closed_up(match.group("host"))
            if host is not None:
                found[match.span()] = f"@{host}"
        for match in _COMMA.finditer(folded):
            host = match.group("host").replace(",", ".")
            if host != match.group("host") and host in hosts.MAIL_PROVIDERS:
                found[match.span("host")] = host
        begun = {begin for begin, _ in found}
        for match in _NO_SIGNS.finditer(folded):
            if _without().search(match.group("said")) is not None:
                found[match.span("local")] = match.group("local")[::2]
                is_begun = match.end("remark") in begun
                found[match.end("local"), match.end("remark") if is_begun else match.end()] = "" if is_begun else "@"
    return found


@cache
def _without() -> re.Pattern[str]:
    """What says in a remark that signs are to be left out."""
    listed = table("mail_inserts")
    said = {"no", "not", *mail_words.plain_words((*listed["take_away"], *listed["is_without"]))}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(said, key=len, reverse=True)))})")


@cache
def _providers() -> dict[str, str]:
    return {host.replace(".", ""): host for host in hosts.MAIL_PROVIDERS}


def _closed_up(written: str) -> str | None:
    """The host whose letters stand apart: a known one, or one whose own dots have blanks beside them."""
    letters = written.replace(".", "").replace(" ", "")
    known = _providers().get(letters)
    if known is not None:
        return known
    parts = ["".join(part.split(".")) for part in _GAP.split(written)]
    host = ".".join(part.replace(" ", "") for part in parts)
    return host if len(parts) > 1 and hosts.is_host(host) else None


def in_numbered_parts(folded: str) -> Iterator[Found]:
    """`1/2: jen @ ...`, `2/2: ... @ mail.example`"""
    for first in _FIRST_PART.finditer(folded):
        second = _SECOND_PART.search(folded, first.end(), first.end() + _FAR)
        if second is None or not (first.group("at") or second.group("at")):
            continue
        local, host = first.group("local").rstrip(".-"), second.group("host")
        if any(map(str.isalpha, local)) and hosts.is_host(host):
            yield Found(first.start(), second.end(), f"{local}@{host}", "joined")
            return
