"""What an e-mail address most likely means where it is not written whole: a provider named alone, parts put in against
spam, digits for letters in a provider's name. Each is a guess and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import hosts, mail_words

_MAIL = re.compile(r"mail(?![\w@.])")
"""What the names of _PROVIDERS end with; it begins with a plain text that the search skips to."""
_PROVIDERS = {"g": "gmail", "g ": "gmail", "hot": "hotmail", "proton": "protonmail", "proton ": "protonmail"}
_BEGINNINGS = tuple(_PROVIDERS)
_WITHIN = re.compile(r"(?:^|[^\w@.\-])(?P<begin>g ?|hot|proton ?)$")
_BEHIND = re.compile(
    r"(?P<join>(?: (?:name|user|id|address|addy|adresse|account|both|is|es|est|ist|to|je)(?![a-z0-9_])){0,2}"
    r" ?[:=>\-]{0,2} ?)"
    r"(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?![\w@])"
)
_BEFORE = re.compile(
    r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?:(?: ?[,\-])? (?:on|sur|auf|en|su|no) (?:my )?| ?[(\[])$"
)
_ENDS = re.compile(r"\s*(?:$|\n|[.!?;)]+(?:\s|$))")
_LEAST = 10
"""The shortest word that is taken for a mailbox because of its place alone: as long as two names together."""


def ends(folded: str, end: int) -> bool:
    """Whether a clause ends at `end`."""
    return _ENDS.match(folded, end) is not None


def is_name(local: str) -> bool:
    """Whether a word could be a mailbox by its length and is none of those that stand there in prose."""
    return len(local) >= _LEAST and local not in mail_words.PROSE and local not in mail_words.LABELS


def is_marked(local: str) -> bool:
    """Whether a word looks like a mailbox by itself: three letters, and a digit or sign within."""
    letters = sum(char.isalpha() for char in local)
    if ".." in local or not 3 <= letters < len(local):
        return False
    return not local.replace("-", "").isalpha() and not hosts.is_host(local)


def may_name_provider(folded: str) -> bool:
    """Whether a provider can be named alone."""
    if "gmail" not in folded and "g mail" not in folded and "hotmail" not in folded and "proton" not in folded:
        return False
    return _MAIL.search(folded) is not None


def beside_providers(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of mailboxes told beside a provider that has neither sign nor top-level domain:
    `gmail: jen_4u`, `jen_4u on gmail`. None of them is sure."""
    for mail in _MAIL.finditer(folded):
        middle, after = mail.span()
        if not folded.endswith(_BEGINNINGS, 0, middle):
            continue
        begin = _WITHIN.search(folded, max(0, middle - 8), middle)
        if begin is None:
            continue
        start, host = begin.start("begin"), _PROVIDERS[begin.group("begin")] + ".com"
        behind = _BEHIND.match(folded, after)
        if behind is not None and behind.group("join").strip():
            local = behind.group("local").rstrip(".-%+")
            end = behind.start("local") + len(local)
            told = local.isalpha() and any(sign in behind.group("join") for sign in ":=>")
            if is_marked(local) or (told and is_name(local) and ends(folded, end)):
                yield start, end, f"{local}@{host}"
                continue
        floor = max(0, start - 90)
        before = _BEFORE.search(folded[floor:start])
        closed = folded[start - 1 : start] not in ("(", "[") or folded[after : after + 1] in (")", "]")
        if before is not None and closed and is_marked(before.group("local")):
            yield floor + before.start("local"), after, f"{before.group('local').rstrip('.-%+')}@{host}"


_INSERT = (
    r"(?:no|anti|ohne|sans|sin|kein|sem|stop)[._\-]?spam(?:[._\-]?(?:please|pls|plz|thanks))?"
    r"|(?:remove|delete)(?:[._\-]?(?:this|me|caps))?"
    r"|(?:quitar|borrar)(?:[._\-]?esto)?|enlever(?:[._\-]?(?:ceci|moi))?|entfernen"
)
_UNUSED = ".invalid"
"""What RFC 2606 keeps for hosts that are certain not to exist, put behind an address for others to take off."""
_INSERTED = re.compile(rf"(?:^|(?<=[._\-+]))(?:{_INSERT})(?:[._\-+]|$)")
_CAPITALS = re.compile(r"(?:NO_?SPAM|ANTI_?SPAM|REMOVE_?(?:THIS|ME)?|DELETE_?(?:THIS|ME)?)")
_LABEL = re.compile(rf"(?:^|(?<=\.))(?:{_INSERT})\.")
REMARK = re.compile(r"[(\[](?:no[ _\-]?spam|(?:remove|delete) (?:this|me|these))[)\]] ?")
"""A remark between the sign and the host: `jen@(no spam)mail.example`."""
REMARK_BEFORE = re.compile(
    r" ?[(\[](?:(?:no|anti|ohne|sans|sin|kein|sem|senza|stop)[ _\-]?spam(?: please| bitte| por favor)?"
    r"|(?:remove|delete) (?:this|me|these)|quitar(?: esto)?|borrar(?: esto)?|enlever(?: ceci)?|(?:bitte )?entfernen)"
    r"[)\]] ?$"
)
"""A remark between the mailbox name and the sign: `jen(no-spam)@mail.example`."""
INSERT_BEHIND = re.compile(rf"[_\-]{{1,2}}(?:{_INSERT})[._\-]{{1,2}}")
"""A part between the sign and the host that no host can begin with: `jen@_remove_me_mail.example`."""
_BEFORE_PROVIDER = re.compile(rf"(?:{_INSERT})-?")


def may_hold_insert(address: str) -> bool:
    """Whether `without_insert` can find something in an address."""
    # One by one, which takes half the time of a loop.
    return (
        "spam" in address or "remove" in address or "delete" in address or "quitar" in address or "borrar" in address
        or "enlever" in address or "entfernen" in address or address.endswith(_UNUSED)
    )  # fmt: skip


def without_insert(mailbox: tuple[str, str], host: tuple[str, str]) -> str | None:
    """The address without a part such as NOSPAM that its writer wants left out; None where there is none.

    `mailbox` and `host` are (in lower case, as it stands in the text).
    """
    local, written = mailbox
    shorter = _INSERTED.sub("", local).rstrip("._-+")
    if shorter == local:
        shorter = _without_capitals(local, written)
    name = _LABEL.sub("", host[0])
    if name.endswith(_UNUSED) and hosts.is_host(name[: -len(_UNUSED)]):
        name = name[: -len(_UNUSED)]
    before = _BEFORE_PROVIDER.match(name)
    if before is not None and name[before.end() :] in hosts.MAIL_PROVIDERS:
        # Elsewhere it may be a firm's own name.
        name = name[before.end() :]
    if name == host[0] == host[1].lower():
        name = _without_capitals(*host)
    if (shorter, name) == (local, host[0]) or len(shorter) < 2 or not hosts.is_host(name):
        return None
    return f"{shorter}@{name}"


def _without_capitals(lowered: str, written: str) -> str:
    """`lowered` without what _CAPITALS finds in it as it is `written`, unless all of that is in capitals."""
    found = None if written.isupper() or len(written) != len(lowered) else _CAPITALS.search(written)
    # Cut out of the folded form: the written one may hold accents.
    return lowered if found is None else lowered[: found.start()] + lowered[found.end() :]


_SKELETON = str.maketrans("ilasoe", "114503")
_BY_SKELETON = {name.translate(_SKELETON): name for name in sorted(hosts.MAIL_PROVIDERS, reverse=True)}


def provider_meant(host: str) -> str | None:
    """The mail provider that a host with digits for letters means (`gma1l.com`); None if it means none or is one."""
    if host in hosts.MAIL_PROVIDERS or host.replace(".", "").isalpha():
        return None
    return _BY_SKELETON.get(host.translate(_SKELETON))
