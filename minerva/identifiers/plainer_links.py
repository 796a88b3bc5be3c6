"""Links to profiles and to payments written plainly: those with a comma or a bracket for a dot (`linktr,ee/jen`,
`fansly(.)com/jen`), with blanks beside their signs, with letters apart or with signs for letters (`p@ypal.me/jen`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.late import late
from minerva.identifiers.mail_words import DOT_WORDS
from minerva.identifiers.payment_services import SERVICE_BY_HOST, SERVICE_BY_WORD
from minerva.identifiers.plainer import Piece
from minerva.identifiers.platforms import PLATFORM_BY_WORD, PLATFORMS_BY_HOST
from minerva.identifiers.said_links import SLASHES
from minerva.identifiers.tables import table

_HOSTS = frozenset([*PLATFORMS_BY_HOST, *(host.partition("/")[0] for host in SERVICE_BY_HOST)])
_IN_OTHER_LETTERS: dict[str, str] = table("username_phrases")["hosts"]
_DOT = r"(?:[.,]| [.,] | \.|\. (?=[a-z]{2,4} ?/)| ?[(\[{<] ?(?:[.,]|[^\x00-\x7f]{1,12}|[^\W\d_]{2,9}) ?[)\]}>] ?)"
_SLASH = r"(?: ?/ ?| {1,2}(?P<said>[^\W\d_]{4,12}) {1,2}/? ?)"
_LINK = late(
    rf"(?<![\w.,@/\-])(?:www{_DOT})?(?P<host>[^\W_]{{1,9}}[^\W_@]?(?:@[a-z]{{1,8}})?[a-z0-9]{{0,9}}"
    rf"(?:{_DOT}[^\W\d_]{{2,8}}){{1,2}}){_SLASH}"
    r"(?P<path>(?:[a-z]{1,12} ?/ ?){0,3}[~@$+]?(?=[a-z0-9_]))"
)
_APART = late(
    r"(?<![\w.,@/\-])(?P<host>[a-z0-9@](?: [a-z0-9@]){1,14} ?[.,] ?[a-z](?: [a-z]){1,4}) ?/ ?"
    r"(?P<path>[~@$+]?(?=[a-z0-9_]))"
)
_SIGNS = late(r"[ ,.()\[\]{}<>]+")
_LETTERS = str.maketrans("@40135", "aaoies")
_PAYPAL = late(r"(?<![\w.@])paypal ?me ?/ ?(?=[a-z0-9])")
_NO_TAG = frozenset(["venmo", "zelle", "cash", "cashapp", "text", "call", "send", "first", "chime", "bank", "apple"])
_TAG = late(r"[a-z0-9\-]{5,20}(?=\s*(?:$|[\n!|)]|[.,;](?:\s|$)|[^\x00-\x7f\w\s]))")


def may_hide_link(text: str, words: frozenset[str]) -> bool:
    """Whether a comma, a bracket, a blank or another letter may stand in a link of a text of these words."""
    if "/" not in text:
        return ("]" in text or ")" in text) and not SLASHES.isdisjoint(words)
    return (
        "," in text or " /" in text or "/ " in text or "@" in text or ")" in text or "]" in text or not text.isascii()
    )


_LONGEST_END = 24
_ODD = frozenset(",()[]{}<>@0123456789")
_SLASH_WORDS = frozenset(SLASHES)


def _may_be_link(folded: str) -> bool:
    """Whether what is no plain host (`t.me`) but may be meant for one stands before a slash of a text, or a word for
    the sign is in it; where neither is, any may be."""
    at = folded.find("/")
    if at < 0:
        return True
    while at >= 0:
        before = folded[at - _LONGEST_END if at > _LONGEST_END else 0 : at]
        token = before.rstrip(" ").rpartition(" ")[2]
        is_apart = before[-1:] == " " or folded[at + 1 : at + 2] == " " or "." not in token
        if (token[-1:].isalpha() or token[-1:] in _ODD) and (
            not token.isascii() or not _ODD.isdisjoint(token) or (is_apart and not _DOTS.isdisjoint(before))
        ):
            return True
        at = folded.find("/", at + 1)
    return not _SLASH_WORDS.isdisjoint(folded.split())


_DOTS = frozenset(".,([{<l")
"""What a host before the sign has, that of the first payment service aside: `paypal me/`."""


def links(folded: str) -> Iterator[Piece]:
    """The links of a text in lower case without accents, as far as they are not written plainly."""
    if not _may_be_link(folded):
        return
    for match in _LINK.finditer(folded):
        host = _host_of(match.group("host"))
        said = match.group("said")
        if host is None or (said is not None and said not in SLASHES) or _names_another(folded, match.end()):
            continue
        new = f"{host}/{match.group('path').replace(' ', '')}"
        if new != match.group():
            lead = " " if folded[match.start() - 1 : match.start()] > "\x7f" else ""
            yield Piece(match.start(), match.end(), f"{lead}{new}")
    for match in _APART.finditer(folded):
        host = _called(_SIGNS.sub("", match.group("host").replace(",", "").replace(".", "")))
        if host is not None:
            yield Piece(match.start(), match.end(), f"{host}/{match.group('path')}")
    for match in _PAYPAL.finditer(folded):
        tag = _TAG.match(folded, match.end())
        if tag is not None and tag.group() not in _NO_TAG:
            yield Piece(match.start(), match.end(), "paypal.me/")


_NAME = late(r"[a-z0-9_]{1,20}")


def _names_another(folded: str, start: int) -> bool:
    """Whether the next of a list stands where a name would: `paypal.me / venmo`."""
    match = _NAME.match(folded, start)
    return match is not None and (match.group() in PLATFORM_BY_WORD or match.group() in SERVICE_BY_WORD)


_BY_LETTERS = {host.replace(".", ""): host for host in _HOSTS}


def _called(letters: str) -> str | None:
    return _BY_LETTERS.get(letters) or _BY_LETTERS.get(letters.translate(_LETTERS))


def _host_of(written: str) -> str | None:
    """The listed host that is written so."""
    plain = re.sub(r" ?[(\[{<] ?([^()\[\]{}<>]{1,12}) ?[)\]}>] ?", _dot_in_brackets, written)
    plain = plain.replace(" ", "").replace(",", ".")
    if plain in _HOSTS:
        return plain
    other = _IN_OTHER_LETTERS.get(plain)
    if other is not None:
        return other
    if plain.isascii() and plain.translate(_LETTERS) in _HOSTS:
        return plain.translate(_LETTERS)
    return None


def _dot_in_brackets(match: re.Match[str]) -> str:
    return "." if match.group(1) in ".," or match.group(1) in DOT_WORDS else match.group()
