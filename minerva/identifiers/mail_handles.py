"""What looks like a mailbox before a host and is none: names at networks, parts of web addresses."""

from __future__ import annotations

import re

from minerva.identifiers import hosts
from minerva.identifiers.mail_boxes import LOCAL_SIGNS
from minerva.identifiers.mail_hosts import Host
from minerva.identifiers.platforms import PLATFORMS, PLATFORMS_BY_HOST

_FEDERATED = re.compile(r"mastodon|mstdn|fosstodon|[a-z.\-]*\.social$")
_HANDLES = (".bsky.social",)
"""Ends of names that are written like hosts."""
_UNDISGUISED = str.maketrans("0134578", "oieastb", "_.-'+%")
_NETWORKS = frozenset(word.replace(" ", "") for platform in PLATFORMS for word in platform.words)


def is_handle(text: str, folded: str, before: tuple[int, int], host: Host) -> bool:
    """Whether ` @name` is rather a name at a network: it goes on behind what could be a host, or the network is named
    before it, also with digits for letters: `t1kt0k @oaktiles.by`."""
    name, end, dots = host
    if dots[0] != "." or name in hosts.MAIL_PROVIDERS:
        return False
    if name.endswith(_HANDLES):
        return True
    if folded[end : end + 1] in ("_", ".") and (text[end + 1 : end + 2].islower() or text[end + 1 : end + 2].isdigit()):
        return True
    word = folded[before[0] : before[1]]
    word = word[len(word.rstrip(LOCAL_SIGNS)) :]
    return not word.isalpha() and word.translate(_UNDISGUISED) in _NETWORKS


_SITES = frozenset([*PLATFORMS_BY_HOST, "paypal.me", "paypal.com", "cash.app", "venmo.com"])


def is_site(local: str, name: str) -> bool:
    """Whether the sign of a plain address is rather a letter of the host of a network or service:
    `p@ypal.me`, `inst@gram.com`."""
    return f"{local}a{name}" in _SITES


def in_web_address(folded: str, start: int) -> bool:
    """Whether a plain address is the user, the password or a part of the path of a web address."""
    word = folded[max(0, start - 80) : start].split(" ")[-1]
    return "://" in word and (folded[start - 1] == ":" or word.endswith("://"))


def is_federated(name: str, folded: str, start: int) -> bool:
    """Whether `@jen@host`, whose name begins at `start`, is told as a name of the fediverse and not as an address."""
    alone = not folded[start - 2 : start - 1].isalnum() if start > 1 else True
    return _FEDERATED.match(name) is not None or (alone and name not in hosts.MAIL_PROVIDERS)
