"""E-mail addresses with another sign in place of the @: one that the text says stands for it, one right before a
provider's whole host, brackets around that host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from minerva.identifiers import hosts, mail_guesses, mail_words

_SAID = re.compile(
    r"(?<![^\s(\[{,;\"'])(?P<sign>[^\w\s@.])[\"']? ?(?:is|=|means|for|stands for|instead of|ist|es|est) ?[\"']?@$"
)
"""`(= is @)`, `# means @`, up to the sign."""
_NEAR, _MOST_SAID = 28, 8
MAY_SAY = re.compile(r"@(?:(?<=[strf=] @)|(?<=[=\"']@))")
"""Where _SAID may end; the sign stands first, so that the search skips to it."""
_NAMES = "gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|aol|gmx|protonmail|proton|live|msn|web|yandex|mail"
_BESIDE = re.compile(
    rf"[#*^~$&+|!=(\[{{](?={_NAMES})(?P<host>[a-z]{{3,12}}\.[a-z]{{2,3}}(?:\.[a-z]{{2}})?)(?!\w)"
)
"""A sign and a provider behind it, or a bracket that opens before it."""
_LOCAL = re.compile(r"(?<![\w@.\-+%/$#])(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?P<blank> ?)$")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def with_signs_said(folded: str) -> str | None:
    """The text with the sign @ in place of another one that it says stands for it, so that nothing says it any more;
    None if it says so of none."""
    for place in islice(MAY_SAY.finditer(folded), _MOST_SAID):
        said = _SAID.search(folded, max(0, place.start() - _NEAR), place.end())
        if said is not None and folded.count(said.group("sign")) > 1:
            sign, (start, end) = said.group("sign"), said.span()
            return folded[:start].replace(sign, "@") + " " * (end - start) + folded[end:].replace(sign, "@")
    return None


def may_stand_before_provider(folded: str) -> bool:
    """Whether `before_providers` can find something."""
    return (
        "mail." in folded or "yahoo." in folded or "outlook." in folded or "icloud." in folded
    ) and _BESIDE.search(folded) is not None


def before_providers(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of mailboxes right before a provider's host with a sign between that is no @:
    `jen_4u#gmail.com`, `jen_4u [gmail.com]`. None of them is sure."""
    for match in _BESIDE.finditer(folded):
        start, host = match.start(), match.group("host")
        local = _LOCAL.search(folded, max(0, start - 64), start)
        opening, end = folded[start], match.end()
        if local is None or host not in hosts.MAIL_PROVIDERS or (local.group("blank") and opening not in _CLOSING):
            continue
        if opening in _CLOSING:
            if folded[end : end + 1] != _CLOSING[opening] or not mail_guesses.ends(folded, end + 1):
                continue
            end += 1
        name = local.group("local")
        if name in mail_words.PROSE or name in mail_words.LABELS or not (
            mail_guesses.is_marked(name) or (opening not in _CLOSING and mail_guesses.is_name(name))
        ):
            continue
        yield local.start(), end, f"{name}@{host}"
