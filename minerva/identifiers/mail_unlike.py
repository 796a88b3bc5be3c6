"""E-mail addresses written as a whole in a way of their own: from right to left, with capitals for signs, with a blank
behind every letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from minerva.identifiers import hosts, mail_anchors, mail_words
from minerva.identifiers.mail_boxes import LOCAL_SIGNS, VALID_LOCAL, letters_apart

_SPELLED_HOST = re.compile(r"(?:[a-z0-9.\-] ){3,60}[a-z0-9](?![a-z0-9])")
_SPELLED_HOST_WIDE = re.compile(r"(?:[a-z0-9.\-]  ){3,60}[a-z0-9](?![a-z0-9])")
_WORDS_OF_ONE = frozenset("iayeo")


def _in_capitals(key: str, least: int) -> str:
    """Names of a sign of one word, as they are written and without accents, in capitals, as an alternation."""
    written = {form for word in mail_words.written(key) for form in (word, mail_words.plain(word)) if form.isalpha()}
    capitals = {word.upper() for word in written if len(word) >= least}
    return "|".join(sorted(capitals, key=lambda word: (-len(word), word)))


_DOT = _in_capitals("dot", 3)
_DOTS = re.compile(_DOT)
_SMALL_LOCAL = re.compile(rf"(?<![A-Za-z0-9._%+\-])[a-z0-9._%+\-]{{1,64}}(?:(?:{_DOT})[a-z0-9._%+\-]{{1,64}}){{0,3}}$")
_SMALL_HOST = re.compile(
    rf"[a-z0-9\-]{{1,63}}(?:(?:{_DOT}|\.)[a-z0-9\-]{{2,63}}){{0,4}}(?:{_DOT}|\.)(?:[a-z0-9\-]{{2,63}}|COM|NET|ORG)"
    "(?![A-Za-z0-9])"
)
_FEWEST = 4
_HOST_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_TURNED_TOPS = ("moc.", "ten.", "gro.", "ur.", "ed.", "rf.", "se.", "ku.oc.", "elpmaxe.")
"""What hosts of any firm begin with from right to left; others must be a provider's."""
_WINDOW = 80


class Found(NamedTuple):
    """An address read from `text[start:end]` of the normalized text; `others`: addresses it may stand for instead."""

    start: int
    end: int
    address: str
    method: str
    others: tuple[str, ...] = ()


found_of: Callable[[tuple[int, int, str, str, tuple[str, ...]]], Found] = partial(tuple.__new__, Found)
"""Found of a tuple of all five fields: a third of the time of calling the class."""


def backwards(folded: str, floor: int, begin: int, after: int) -> Found | None:
    """An address written from right to left: `moc.liamg@nej`."""
    before = folded[floor:begin]
    turned = before[len(before.rstrip(_HOST_SIGNS)) :].lstrip(".-")
    name = turned[::-1]
    if "." not in turned or not (turned.startswith(_TURNED_TOPS) or name in hosts.MAIL_PROVIDERS):
        return None
    rest = folded[after : after + 65]
    local = rest[: len(rest) - len(rest.lstrip(LOCAL_SIGNS))].rstrip(".,-'")
    if not hosts.is_host(name) or VALID_LOCAL.fullmatch(local) is None:
        return None
    return Found(begin - len(turned), after + len(local), f"{local[::-1]}@{name}", "reversed")


@cache
def _rare_signs() -> re.Pattern[str]:
    """Names of the sign in capitals, besides those of mail_anchors.CAPITALS; compiled when the first text asks for
    it."""
    return re.compile(rf"(?:(?<=[a-z0-9])|(?<=[a-z0-9] ))(?:{_in_capitals('at', _FEWEST)}|\u00c4T|ET)(?=[a-z0-9])")


def may_hold_rare_capitals(text: str) -> bool:
    """Whether such a name may be in a text."""
    return _ANY_RARE.search(text) is not None


_ANY_RARE = re.compile(
    "ETg|A(?:RO|RRO|FFE|TS)|SNABEL|CHIOCC|STAART|MA[L\u0141]P|KUKAC|ZAVIN|\u00c4T|\u0421\u041e\u0411\u0410"
)


def in_capitals(text: str, rare: bool = False) -> Iterator[Found]:
    """Addresses whose signs are capitals among small letters: `jenATmailDOTcom`; `rare`: with other names of the sign
    than mail_anchors.CAPITALS has."""
    for match in (_rare_signs() if rare else mail_anchors.CAPITALS).finditer(text):
        stop = match.start() - (text[match.start() - 1] == " ")
        local = _SMALL_LOCAL.search(text, max(0, match.start() - _WINDOW), stop)
        host = _SMALL_HOST.match(text, match.end(), match.end() + 254)
        if local is None or host is None:
            continue
        name, mailbox = _DOTS.sub(".", host.group()).lower(), _DOTS.sub(".", local.group())
        if hosts.is_host(name) and VALID_LOCAL.fullmatch(mailbox):
            yield Found(local.start(), host.end(), f"{mailbox}@{name}", "words")


def spelled_out(folded: str, floor: int, begin: int, after: int, between: str) -> Found | None:
    """An address with a blank, or another sign, behind every letter."""
    after += 1
    is_wide = between == " " and folded[after : after + 1] == " "
    after += is_wide
    before, behind = folded[floor:begin], folded[after : after + (260 if is_wide else 130)]
    if between != " ":
        # A blank is no longer one between letters.
        before = before.replace(" ", "\n").replace(between, " ")
        behind = behind.replace(" ", "\n").replace(between, " ")
    host = (_SPELLED_HOST_WIDE if is_wide else _SPELLED_HOST).match(behind)
    if host is None and is_wide:
        # Only the sign has more blanks around.
        host, is_wide = _SPELLED_HOST.match(behind), False
    name = host.group().replace(" ", "") if host is not None else ""
    end = after + len(host.group()) if host is not None else after
    if name[-1:] in _WORDS_OF_ONE and not hosts.is_host(name) and between == " ":
        # "g m a i l . c o m I am here"
        name, end = name[:-1], end - 2 - is_wide
    if not hosts.is_host(name):
        return None
    before = before.rstrip(" ")
    apart = letters_apart(before)
    if apart is None and between == " ":
        # Only the host has its letters apart.
        local = before[len(before.rstrip(LOCAL_SIGNS)) :].strip(".-'")
        apart = (len(before) - len(local), local) if len(local) > 1 else None
    if apart is not None and apart[0] == 0 and begin - floor == _WINDOW:
        # More letters than are looked at: what is read would be cut.
        return None
    if apart is None or VALID_LOCAL.fullmatch(apart[1]) is None:
        return None
    return Found(floor + apart[0], end, f"{apart[1]}@{name}", "spelled")


@cache
def _camel() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A mailbox, the sign, a host and its dots, each with a capital of its own; compiled when the first text asks."""
    ats = "|".join(sorted({word.capitalize() for word in mail_words.AT_SURE if word.isalpha() and word.isascii()}))
    dots = "|".join(sorted({word.capitalize() for word in mail_words.DOT_WORDS if word.isalpha() and word.isascii()}))
    return re.compile(
        rf"(?<![A-Za-z0-9@._\-])(?P<local>[A-Za-z0-9._\-]{{2,40}}?[a-z0-9])(?:At|{ats})(?P<host>[A-Z][a-z0-9\-]{{1,30}}"
        rf"(?:(?:{dots})[A-Z][a-z]{{1,9}}){{1,3}})(?![A-Za-z0-9])"
    ), re.compile(dots)


def may_be_camel(text: str) -> bool:
    """Whether `in_camel` may find something."""
    return _CAMEL.search(text) is not None


_CAMEL = re.compile("At[A-Z][a-z0-9]{1,30}[A-Z][a-z]{1,9}[A-Z]")


def in_camel(text: str) -> Iterator[Found]:
    """Addresses whose signs are words with a capital of their own: `JenAtMailDotCom`."""
    pattern, dots = _camel()
    for match in pattern.finditer(text):
        local, name = match["local"].lower(), dots.sub(".", match["host"]).lower()
        if hosts.is_host(name) and VALID_LOCAL.fullmatch(local) is not None:
            yield Found(*match.span(), f"{local}@{name}", "words")
