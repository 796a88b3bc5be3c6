"""E-mail addresses told in two places of a text, the mailbox behind one phrase and the host behind another: `Email,
first half: jen4u ... after the @ comes mail.example`, `Mailbox jen4u... ...at mail.example` (data/mail_halves.json).

Linear in the text: what is read behind each phrase is bounded, and so is the way from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple

from minerva.identifiers import hosts, mail_guesses, mail_sent_to, mail_words
from minerva.identifiers.lexicon import branches, spaced
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.mail_hosts import GUESSED, LOST, any_host
from minerva.identifiers.tables import table

_DATA = table("mail_halves")
VERSION: int = _DATA["version"]
_NATIVE = _DATA["native"]
_FAR = 600
"""Characters from one part to the other."""
_MOST, _MOST_JOINS, _NEAR = 8, 5, 24
_LEAST, _LEAST_TOLD = 3, 6
"""The shortest mailbox name behind a phrase that names the sign, and the shortest word behind another one."""
_NEAR_NAMES = 100
"""The same from a word for any user's name to the provider."""
_FIRST = frozenset(_DATA["first"])
_USERS, _NO_NAMES = frozenset(_DATA["users"]), frozenset(_DATA["no_names"])
_NAMES, _ACCOUNTS = frozenset(_DATA["names"]), frozenset(_DATA["accounts"])


class _Part(NamedTuple):
    """A mailbox name or a host, and where it stands with the phrase before it."""

    value: str
    start: int
    end: int
    is_weak: bool = False
    """Whether the phrase is one that no sign belongs to: then the host must be a known provider and near."""
    names_sign: bool = False


def _keys(*names: str) -> frozenset[str]:
    """Of each phrase of some lists its longest word."""
    return frozenset(max(_LETTERS.findall(phrase), key=len) for name in names for phrase in _DATA[name])


_LETTERS = re.compile(r"[^\W\d_]+")
_KEYS = _keys("after", "second", "servers", "domains", "behind", "rest", "accounts")
_ASCII_KEYS = frozenset(key.encode() for key in _KEYS if key.isascii())
_FOREIGN_KEYS = tuple(key for key in _KEYS if not key.isascii())


_BESIDE = r"[\s:=,>\-\"'\u2013\u2014\u201c\u201d\u201e\u00ab\u00bb]"


def _phrases(key: str, others: Iterable[str]) -> str:
    """What stands before a part: words and a name of the sign, other phrases, those of scripts without blanks; and what
    joins them to it. `key`: whether it is the `first` part or the `second`."""
    place = spaced(_DATA["before" if key == "first" else "after"])
    # "e depois da arroba": what joins it to the first part is the begin of other phrases.
    told = rf"(?:(?:{spaced(_DATA['ands'])})\s)?(?:{place})\s?(?:{spaced(_DATA['signs'])})"
    joins = rf"(?:{spaced(_DATA['joins'])})(?![^\W_])|{'|'.join(_NATIVE['joins'])}"
    return (
        rf"(?:(?<![^\W_])(?:{told}|(?P<other>{spaced(others)}))(?![^\W_])|{'|'.join(_NATIVE[key])})"
        rf"(?:{_BESIDE}{{0,4}}(?:{joins})){{0,{_MOST_JOINS}}}{_BESIDE}{{0,4}}"
    )


@cache
def _first() -> re.Pattern[str]:
    """A phrase and the mailbox name behind it; compiled when the first text asks for it, as are the next."""
    phrases = _phrases("first", [*_DATA["first"], *_DATA["begins"], *_DATA["users"], *_DATA["names"]])
    return re.compile(rf"{phrases}(?P<local>[a-z0-9][a-z0-9._%+\-]{{1,62}})(?=@?(?![\w@%+\-]))")


@cache
def _second() -> re.Pattern[str]:
    """A phrase that a host stands behind."""
    others = [*_DATA["second"], *_DATA["servers"], *_DATA["behind"], *_DATA["rest"], *_DATA["accounts"]]
    return re.compile(_phrases("second", others) + "@?")


@cache
def _left_open() -> re.Pattern[str]:
    """A mailbox name with dots behind it that say that it goes on."""
    labels = branches([*(word for word in mail_words.LABELS if word[0].isalpha()), "mailbox"])
    local = r"[a-z0-9][a-z0-9_%+\-]{0,40}(?:\.[a-z0-9_%+\-]{1,40}){0,4}"
    return re.compile(rf"(?<![^\W_])(?:{labels})[\s:]{{1,3}}(?P<local>{local})\.{{3,4}}(?!\.)")


@cache
def _goes_on() -> re.Pattern[str]:
    """Dots that say that something came before, and the sign."""
    return re.compile(rf"\.{{3}}\s?(?:@|(?:at|{spaced(mail_words.AT_SURE)})(?![^\W_]))\s?")


_NATIVE_SIGNS = ("艾特", "爱特", "เครื่องหมาย")
"""What the sign is called in scripts without blanks."""


def told_in_two_places(text: str, folded: str, words: frozenset[bytes]) -> tuple[int, int, str] | None:
    """(start, end, address) of the one that is told so; None where there are several or none. `words`: those of the
    text in letters of ASCII."""
    if "..." in folded:
        found = _whole(folded, _hosts(_goes_on(), text, folded), _mailboxes_left_open(folded))
        if found is not None:
            return found
    may_hold = mail_words.holds_any(folded, words, _ASCII_KEYS, _FOREIGN_KEYS)
    if not may_hold and (folded.isascii() or not ("@" in folded or any(sign in folded for sign in _NATIVE_SIGNS))):
        return None
    labelled = _behind_labels(text, folded)
    if labelled is not None:
        return labelled
    hosts_told = _hosts(_second(), text, folded)
    if not hosts_told:
        return None
    names_sign = any(each.names_sign for each in hosts_told)
    return _whole(folded, hosts_told, _mailboxes(folded, names_sign) or _before_accounts(folded))


@cache
def _labelled() -> re.Pattern[str]:
    """A label, a mailbox name, and right behind it the label of a host."""
    labels = spaced([*_DATA["labels"], *_DATA["users"], *_DATA["names"]])
    is_ = r"(?:is|ist|es|est|e|jest|er)(?![^\W_])"
    return re.compile(
        rf"(?<![^\W_])(?:{labels})(?![^\W_])(?:\s{is_})?{_BESIDE}{{1,3}}(?P<local>[a-z0-9][a-z0-9._%+\-]{{1,62}})"
        rf"[\s,;/|]{{1,3}}(?:(?:{spaced(_DATA['ands'])})\s)?(?:(?:{spaced(_DATA['articles'])})\s)?"
        rf"(?:{spaced(_DATA['domains'])})(?![^\W_])(?:\s{is_})?{_BESIDE}{{1,3}}@?"
    )


def _behind_labels(text: str, folded: str) -> tuple[int, int, str] | None:
    """The address whose parts a text lists behind a word for mail: `Email. User: jen4u, domain: mail.example`."""
    match = _labelled().search(folded)
    if match is None:
        return None
    start, local = match.start("local"), match["local"].rstrip(".-%+")
    before = mail_words.WORD.findall(folded, max(0, match.start() - _NEAR), match.start())
    if mail_words.LABELS.isdisjoint(before) or not _is_mailbox(folded, local, start + len(local), True):
        return None
    host = any_host(text, folded, match.end(), loose=False)
    if host is None or host[2] is LOST or (host[2] is GUESSED and host[0] not in hosts.MAIL_PROVIDERS):
        return None
    return start, host[1], f"{local}@{host[0]}"


_SENTENCE = re.compile(r"[.!?;]\s|\n[^\n]*\n")


def _whole(folded: str, hosts_told: list[_Part], mailboxes: list[_Part]) -> tuple[int, int, str] | None:
    """The address of the one host and the one mailbox name that are told, near each other."""
    if len({each.value for each in hosts_told}) != 1 or len({each.value for each in mailboxes}) != 1:
        return None
    host, mailbox = hosts_told[0], mailboxes[0]
    start, end = min(host.start, mailbox.start), max(host.end, mailbox.end)
    if (host.is_weak or mailbox.is_weak) and (
        host.value not in hosts.MAIL_PROVIDERS
        or end - start > _NEAR_NAMES
        or _SENTENCE.search(folded, min(host.end, mailbox.end), max(host.start, mailbox.start)) is not None
    ):
        return None
    if end - start > _FAR or (mailbox.start < host.end and host.start < mailbox.end):
        return None
    return start, end, f"{mailbox.value}@{host.value}"


def _hosts(pattern: re.Pattern[str], text: str, folded: str) -> list[_Part]:
    """The hosts behind what a pattern finds."""
    found = []
    for match in islice(pattern.finditer(folded), _MOST):
        host = any_host(text, folded, match.end(), loose=False)
        if host is not None and host[2] is not LOST and (host[2] is not GUESSED or host[0] in hosts.MAIL_PROVIDERS):
            other = _other(match)
            found.append(_Part(host[0], match.end(), host[1], other in _ACCOUNTS, other is None))
    return found


def _other(match: re.Match[str]) -> str | None:
    """The phrase that stands before a part, if it names no sign."""
    other = match.groupdict().get("other")
    return None if other is None else " ".join(other.split())


@cache
def _account() -> re.Pattern[str]:
    """A mailbox name and, behind it, what it is: `jen_4u and it's an account at`."""
    ands, clauses, articles, accounts = (spaced(_DATA[key]) for key in ("ands", "clauses", "articles", "accounts"))
    return re.compile(
        r"(?<![\w@.%+\-])(?P<local>[a-z0-9][a-z0-9._%+\-]{2,62})(?:\s?[,;\-(])?\s"
        rf"(?:(?:{ands})\s)?(?:(?:{clauses})\s)?(?:(?:{articles})\s)?(?:{accounts})(?![^\W_])"
    )


def _before_accounts(folded: str) -> list[_Part]:
    found = []
    for match in islice(_account().finditer(folded), _MOST):
        local, start = match["local"].rstrip(".-%+"), match.start("local")
        told = mail_guesses.is_marked(local) or (
            len(local) >= _LEAST_TOLD and mail_sent_to.is_no_state(local)
            and mail_sent_to.is_told_before(folded, start, False)
        )  # fmt: skip
        if told and _is_mailbox(folded, local, start + len(local), True):
            found.append(_Part(local, start, start + len(local), True))
    return found


def _mailboxes_left_open(folded: str) -> list[_Part]:
    return [
        _Part(match["local"], *match.span("local"))
        for match in islice(_left_open().finditer(folded), _MOST)
        if _is_mailbox(folded, match["local"], match.end(), False)
    ]


def _mailboxes(folded: str, names_sign: bool) -> list[_Part]:
    """The mailbox names behind phrases; `names_sign`: whether what tells the host names the sign."""
    found = []
    for match in islice(_first().finditer(folded), _MOST):
        local, start, other = match["local"].rstrip(".-%+"), match.start("local"), _other(match)
        is_weak = other in _NAMES
        if other is not None and other not in _USERS and not (is_weak or (names_sign and other in _FIRST)):
            # "Email, first half"
            before = mail_words.WORD.findall(folded, max(0, match.start() - _NEAR), match.start())[-1:]
            if mail_words.LABELS.isdisjoint(before) and not mail_sent_to.is_told_before(folded, match.start(), True):
                continue
        if _is_mailbox(folded, local, start + len(local), other is None):
            found.append(_Part(local, start, start + len(local), is_weak))
    return found


_QUOTES = frozenset("\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")


@cache
def _and() -> re.Pattern[str]:
    """What joins a mailbox name to what follows: `my email name is jen4u and the part after...`."""
    return re.compile(rf"\s(?:{spaced(_DATA['ands'])})\s")


def _is_mailbox(folded: str, local: str, end: int, is_sure: bool) -> bool:
    """Whether a word behind such a phrase is a mailbox name; `is_sure`: the phrase names the sign."""
    if len(local) < _LEAST or local.isdigit() or local in mail_words.PROSE or local in mail_words.LABELS:
        return False
    if local in _NO_NAMES or local in mail_words.PROVIDERS or VALID_LOCAL.fullmatch(local) is None:
        return False
    start = end - len(local)
    is_quoted = start > 0 and folded[end : end + 1] in _QUOTES and folded[start - 1] in _QUOTES
    if is_sure or is_quoted or not local.isalpha():
        return True
    goes_on = (
        not mail_guesses.ends(folded, end)
        and folded[end : end + 1] != ","
        and folded[end - 1 : end] != "."
        and _and().match(folded, end) is None
    )
    return len(local) >= _LEAST_TOLD and mail_sent_to.is_no_state(local) and not goes_on
