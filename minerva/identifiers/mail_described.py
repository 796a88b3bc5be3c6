"""E-mail addresses of which a text says what stands before the sign, and names the provider elsewhere: `a gmail dot com
address, the part before the at sign is jen4u`.
"""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import hosts, mail_guesses, mail_sent_to, mail_words
from minerva.identifiers.mail_hosts import any_host

_SIGN = r"(?:@|at|arroba|arobase|chiocciola|at[ \-]?zeichen|klammeraffen?)(?:[ \-]?(?:sign|symbol))?"
_LOCAL = r"[\"'\u201c]?(?P<local>[a-z0-9][a-z0-9._%+\-]{2,62})(?![\w@])"
_BEFORE_SIGN = re.compile(
    rf"(?:before the|in front of the|antes de(?: la| el)?|antes da|antes do|avant l'|vor dem|prima della) ?{_SIGN},? ?"
    rf"(?:is|=|:|goes|comes|es|va|vem|c'est|est|il y a|steht|ist|kommt|c'e|viene) ?(?:just |only )?{_LOCAL}"
)
"""`the part before the at sign is jen4u`."""
_CALLED = re.compile(
    rf"(?<![\w@])(?:mailbox(?: name)? is|(?:a|my|the|our) (?:mail)?box|inbox|mailbox) (?:called|named) {_LOCAL}"
)
"""`my mailbox is called jen4u`."""
_NAMES = sorted({*hosts.MAIL_PROVIDERS, *mail_words.PROVIDERS, "proton"}, key=lambda name: (-len(name), name))


@cache
def _provider() -> re.Pattern[str]:
    """The name or the host of a provider; compiled when the first text asks for it, as few do."""
    return re.compile(rf"(?<![\w@.\-])(?P<name>{'|'.join(map(re.escape, _NAMES))})(?![\w@\-])")


_MOST = 4


def described(folded: str) -> list[tuple[int, int, str]]:
    """(start, end, address) of the one that is described; none where providers differ."""
    followed = (
        _followed(folded)
        if "followed by" in folded
        or " usual @" in folded
        or "then @" in folded
        or ("seguido de" in folded or "suivi de" in folded or "gefolgt von" in folded or "seguito da" in folded)
        else None
    )
    if followed is not None:
        return [followed]
    told = None
    # One by one, which takes a tenth of the time of the search.
    if (
        "before the" in folded or "in front of" in folded or "antes d" in folded or "avant l'" in folded
        or "vor dem" in folded or "prima della" in folded
    ):  # fmt: skip
        told = _BEFORE_SIGN.search(folded)
    if told is None and "box" in folded:
        told = _CALLED.search(folded)
    if told is None:
        return []
    local = told.group("local").rstrip("._%+-")
    marked = mail_guesses.is_marked(local) or (mail_guesses.is_name(local) and mail_sent_to.is_no_state(local))
    named = {_host(folded, match) for match, _ in zip(_provider().finditer(folded), range(_MOST))}
    if not marked or len(named) != 1:
        return []
    host = named.pop()
    start = told.start("local")
    return [(start, start + len(local), f"{local}@{host}")] if host in hosts.MAIL_PROVIDERS else []


_FOLLOWED = re.compile(
    r"(?:followed by|then|seguido de|suivi de|gefolgt von|seguito da)(?: (?:the|an?|el|la|le|il))?(?: usual| regular)? "
    r"(?P<sign>@?)(?=[a-z])"
)
_LAST = re.compile(r"(?<![\w@.%+\-])(?P<local>[a-z0-9][a-z0-9._%+\-]{2,62}[a-z0-9])[\"']?,?(?: and)?\s$")


def _followed(folded: str) -> tuple[int, int, str] | None:
    """The address of a mailbox name that is said to be followed by a provider: `jen_4u, then the usual @gmail.com`."""
    for match in _FOLLOWED.finditer(folded):
        last = _LAST.search(folded, max(0, match.start() - 70), match.start())
        if last is None or (match.group().startswith("then") and not match.group("sign")):
            continue
        host, local = any_host(folded, folded, match.end(), loose=False), last.group("local")
        named = mail_guesses.is_marked(local) or (mail_guesses.is_name(local) and mail_sent_to.is_no_state(local))
        named = (named or "." in local) and not hosts.is_host(local)
        if named and host is not None and host[0] in hosts.MAIL_PROVIDERS:
            return last.start("local"), host[1], f"{local}@{host[0]}"
    return None


def _host(folded: str, provider: re.Match[str]) -> str:
    """The host of a provider with its ending or without it."""
    host = any_host(folded, folded, provider.start(), loose=False)
    if host is not None and host[0] in hosts.MAIL_PROVIDERS:
        return host[0]
    name = provider.group("name")
    return "proton.me" if name == "proton" else f"{name}.{mail_words.TOP_OF.get(name, 'com')}"
