"""E-mail addresses at one host whose mailbox names stand in one pair of braces, as on scientific papers: `{jen, ana}@
mail.example`; and further mailboxes said to be at the host of another: `jen4u at the same domain`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minerva.identifiers.mail_boxes import VALID_LOCAL

_GROUP = re.compile(r"[{(\[<](?P<names>[a-z0-9._%+\-]{1,40}(?: ?[,;|/] ?[a-z0-9._%+\-]{1,40}){1,9})[})\]>] ?")
_BRACES = re.compile(r"\{[^{}\n]{2,80}[,;|][^{}\n]{1,80}\}")
_NAME = re.compile(r"[a-z0-9._%+\-]+")
_SAME = re.compile(
    r"(?<![\w@.%+\-])(?P<local>[a-z0-9][a-z0-9._%+\-]{2,62})(?:, | (?:@|at|on|en|em|auf|sur|su) )"
    r"(?:the |el |o |il |le |der |am )?(?:same|mismo|mesmo|stesso|meme|selben|gleichen)"
    r" (?:domain|host|provider|server|ending|dominio|domaine|domane|anbieter)"
)


def may_hold(folded: str, words: frozenset[bytes] | None) -> bool:
    """Whether several mailbox names may stand before one host; `words` are those of mail_words.NAMING in the text."""
    return ("}" in folded and _BRACES.search(folded) is not None) or (
        words is not None and not words.isdisjoint(_DOMAINS)
    )


_DOMAINS = frozenset([b"domain", b"dominio", b"domaine", b"provider", b"server", b"host", b"ending"])


def others(folded: str, found: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of the other names of groups, and of those at the host of the only one found."""
    for match in _GROUP.finditer(folded):
        names = list(_NAME.finditer(folded, *match.span("names")))
        host = next((address.partition("@")[2] for start, end, address in found
                     if match.start() <= start <= names[-1].start() and end > match.end()), None)  # fmt: skip
        if host is not None:
            yield from _at(host, names[:-1])
    hosts_found = {address.partition("@")[2] for _, _, address in found}
    if len(hosts_found) == 1:
        yield from _at(hosts_found.pop(), list(_SAME.finditer(folded)))


def _at(host: str, names: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    for name in names:
        local = name["local"] if "local" in name.re.groupindex else name[0]
        if VALID_LOCAL.fullmatch(local) is not None:
            yield name.start(), name.start() + len(local), f"{local}@{host}"
