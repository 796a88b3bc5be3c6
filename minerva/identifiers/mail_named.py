"""E-mail addresses of which a text names the mailbox and, somewhere near, the provider, in no fixed form: `Mail: jen4u,
gmail.com after the at`, `find me as jen_4u on proton (the mail thing, .me)`; the phrases are those of
data/mail_named.json. Only what is told once each is read, and each address is a guess.

Linear in the text: only the first few phrases and providers are looked at, and what is read beside each is bounded.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from minerva.identifiers import hosts, mail_guesses, mail_sent_to, mail_words
from minerva.identifiers.lexicon import branches, spaced
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.mail_hosts import GUESSED, LOST, any_host
from minerva.identifiers.tables import table
from minerva.identifiers.username_bare import LEAST, is_unlisted

_DATA = table("mail_named")
VERSION: int = _DATA["version"]
_FAR, _MOST = 140, 8
"""Characters between a mailbox name and its provider, and how many of each are looked at."""
_LEAST = 5
_LEAST_WORD = 8
"""The shortest name of letters alone."""
_TOP_BEHIND = 44
"""How far behind a provider its ending may be told."""
_TOP = re.compile(
    r"(?<![a-z0-9@])(?P<dot>\.|dot |punto |ponto |point |punkt |kropka |точка )?"
    r"(?P<top>com|net|org|ru|pl|fr|cz|br|(?:de|it|me)(?(dot)|(?! [a-z])))(?![\w@])"
)
"""The ending of a host that is told apart from it; some are words too, which go on: `and it ends`."""
_STANDARD: dict[str, str] = _DATA["standard"]
_STEMS: dict[str, str] = _DATA["stems"]
_UNSURE = frozenset(_DATA["told_only"])
"""Names that are no providers where their ending is not told."""
_PRODUCTS = frozenset(_DATA["products"])
_LOCAL = r"(?P<local>[a-z][a-z0-9._+\-]{2,40})"


class _Part(NamedTuple):
    """A mailbox name or a host, and where it stands."""

    value: str
    start: int
    end: int
    is_weak: bool = False
    """Of a mailbox name: that a word for any name stands before it; of a host: that its ending is not told."""


@cache
def _provider() -> re.Pattern[str]:
    """The name or host of a provider; compiled when the first text asks for it, as are the next."""
    known = branches(_names())
    return re.compile(rf"(?:(?<![^\W_])|(?<=[^\x00-\u052f]))@?(?P<name>{known})(?![a-z0-9_@]|-[a-z])")


@cache
def _named() -> re.Pattern[str]:
    """A phrase and the mailbox name behind it."""
    joins = rf"(?:[\s:,;=\-\u2013(\"']{{1,3}}(?:{spaced(_DATA['joins'])})(?![^\W_])){{0,4}}"
    native = "邮箱名?|郵箱名?|邮箱地址|用户名|(?:이?메일 ?)?(?:아이디|주소)|메일|이메일|メール|อีเมล"
    return re.compile(
        rf"(?:(?<![^\W_])(?:(?P<weak>{spaced(_DATA['names'])})|{spaced(_DATA['before'])})(?![^\W_]){joins}"
        r"[\s:,;=\-\u2013(\"'\u00ab\u201c]{1,4}"
        rf"|(?:{native})(?:是|为|為|は|:|：|은|는)?\s?){_LOCAL}(?![\w@])"
    )


@cache
def _as() -> re.Pattern[str]:
    """A mailbox name behind its provider: `me acha no gmail (.com) como jen4u`."""
    return re.compile(rf"[)\s(,]{{0,4}}(?:\.?com\)?)?,? (?:{spaced(_DATA['as'])}) {_LOCAL}(?![\w@])")


@cache
def _same() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{spaced(_DATA['same'])})(?![^\W_])")


@cache
def _handle() -> re.Pattern[str]:
    before = spaced(_DATA["handles"])
    return re.compile(
        rf"(?:(?<![\w@.])@|(?<![^\W_])(?:{before})(?: is)?:? ?@?)(?P<local>[a-z0-9][a-z0-9._]{{3,30}})(?![\w@])"
    )


@cache
def _goes_on() -> re.Pattern[str]:
    """Words behind a provider of which it is only a part: `gmail support`."""
    return re.compile(rf" (?!(?:{spaced(_DATA['goes_on'])})(?![^\W_]))[^\W\d_]")


def _same_name(folded: str) -> list[_Part]:
    """The user name that a text says to be the mailbox too: `IG @jen4u, same name at gmail`."""
    if _same().search(folded) is None:
        return []
    found = []
    for match in islice(_handle().finditer(folded), _MOST):
        handle = _part(match)
        if handle.value not in mail_words.PROVIDERS and VALID_LOCAL.fullmatch(handle.value) is not None:
            found.append(handle)
    return found


@cache
def _behind() -> re.Pattern[str]:
    """A mailbox name and the phrase behind it."""
    return re.compile(rf"(?<![\w@.%+\-]){_LOCAL} (?:{spaced(_DATA['after'])})(?![^\W_])")


def named(text: str, folded: str, words: frozenset[bytes]) -> tuple[int, int, str] | None:
    """(start, end, address) of the one that is named; None where there are several or none. `words`: those of the text
    in letters of ASCII."""
    providers = _providers(text, folded, words)
    if len({each.value for each in providers}) != 1:
        return None
    told = _mailboxes(text, folded) or _same_name(folded)
    for each in providers:
        behind = _as().match(folded, each.end)
        if behind is not None and _is_mailbox(text, behind):
            told.append(_part(behind))
    mailboxes = _apart(told, providers) or _apart(_in_itself(folded), providers)
    if len({each.value for each in mailboxes}) != 1:
        return None
    mailbox = mailboxes[0]
    provider = min(providers, key=lambda each: _distance(each, mailbox))
    start, end = min(mailbox.start, provider.start), max(mailbox.end, provider.end)
    if (
        _distance(provider, mailbox) > _FAR
        or (mailbox.is_weak and _SENTENCE.search(folded, mailbox.end, provider.start) is not None)
        or (provider.is_weak and provider.start > mailbox.end and _goes_on().match(folded, provider.end) is not None)
    ):
        return None
    return start, end, f"{mailbox.value}@{provider.value}"


def _apart(told: list[_Part], providers: list[_Part]) -> list[_Part]:
    """The mailbox names that have no part in a provider."""
    return [each for each in told if not any(each.start < other.end and other.start < each.end for other in providers)]


_ODD = re.compile(
    r"(?<![\w@.%+\-/:$#])(?P<local>[a-z]{8,40}[0-9]{1,4}[a-z]{0,3}|[a-z]{3,30}(?:[._][a-z]{2,30}){1,3}[0-9]{1,4})"
    r"(?![\w@\-/]|\.\w)"
)
"""Long words with digits behind them or signs within, which are no words of any text."""


@cache
def _at_network() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![^\W_])(?:{spaced(_DATA['networks'])})(?: is|:)? ?@?|@)$")


@cache
def _on_network() -> re.Pattern[str]:
    return re.compile(rf",? (?:on|at|en|no|na|sur|auf|su|op|pa) (?:the |my )?(?:{spaced(_DATA['networks'])})(?![^\W_])")


def _in_itself(folded: str) -> list[_Part]:
    """Words that look like mailbox names by themselves and are told as names of no network."""
    found = []
    for match in islice(_ODD.finditer(folded), _MOST):
        start, local = match.start(), match["local"]
        if (
            local.rstrip("0123456789") in _PRODUCTS
            or hosts.is_host(local)
            or _at_network().search(folded, max(0, start - 16), start) is not None
            or _on_network().match(folded, match.end()) is not None
        ):
            continue
        found.append(_part(match))
    return found


_SENTENCE = re.compile(r"[.!?]\s|\n")


def _distance(one: _Part, other: _Part) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


@cache
def _names() -> frozenset[str]:
    return frozenset([*hosts.MAIL_PROVIDERS, *_DATA["providers"], *_STEMS, *_UNSURE])


@cache
def _runs_of_names() -> dict[bytes, list[tuple[frozenset[bytes], str]]]:
    """The names of providers with their runs of letters, by the first of these."""
    runs: dict[bytes, list[tuple[frozenset[bytes], str]]] = {}
    for name in _names():
        of_name = mail_words.letters_of(name)
        if of_name:
            runs.setdefault(of_name[0], []).append((frozenset(of_name), name))
    return runs


@cache
def _native() -> tuple[str, ...]:
    return tuple(sorted(name for name in _names() if not mail_words.letters_of(name)))


def _first_name(folded: str, words: frozenset[bytes]) -> int:
    """Where the first name of a provider may begin, -1 for nowhere, in a tenth of the time of `_provider`."""
    runs = _runs_of_names()
    places = [
        folded.find(name) for first in words.intersection(runs) for of_name, name in runs[first] if of_name <= words
    ]
    if not folded.isascii():
        places += [folded.find(name) for name in _native()]
    return min((place for place in places if place >= 0), default=-1)


def _providers(text: str, folded: str, words: frozenset[bytes]) -> list[_Part]:
    first = _first_name(folded, words)
    if first < 0:
        return []
    found = []
    for match in islice(_provider().finditer(folded, max(0, first - 1)), _MOST):
        start, end = match.span("name")
        host = any_host(text, folded, start, loose=False)
        if host is not None and host[2] not in (GUESSED, LOST) and host[0] in hosts.MAIL_PROVIDERS:
            found.append(_Part(host[0], start, host[1]))
            continue
        name = _STEMS.get(match["name"], match["name"])
        name = mail_words.SPELLED.get(name, name)
        if name in hosts.MAIL_PROVIDERS:
            found.append(_Part(name, start, end))
            continue
        top = _TOP.search(folded, end, end + _TOP_BEHIND)
        told = f"{name}.{top['top']}" if top is not None else ""
        if top is not None and told in hosts.MAIL_PROVIDERS:
            found.append(_Part(told, start, top.end()))
        elif match["name"] not in _UNSURE:
            standard = _STANDARD.get(name, f"{name}.{mail_words.TOP_OF.get(name, 'com')}")
            if standard in hosts.MAIL_PROVIDERS:
                found.append(_Part(standard, start, end, True))
    return found


def _mailboxes(text: str, folded: str) -> list[_Part]:
    found = []
    for pattern in (_named(), _behind()):
        for match in islice(pattern.finditer(folded), _MOST):
            if _is_mailbox(text, match):
                found.append(_part(match, match.groupdict().get("weak") is not None))
    return found


def _part(match: re.Match[str], is_weak: bool = False) -> _Part:
    """The mailbox name of a match."""
    local, start = match["local"].rstrip("._+-"), match.start("local")
    return _Part(local, start, start + len(local), is_weak)


def _is_mailbox(text: str, match: re.Match[str]) -> bool:
    """Whether a word that is told as a name of a mailbox is one and none of sentences."""
    local = match["local"].rstrip("._+-")
    if len(local) < _LEAST or local in mail_words.PROVIDERS or VALID_LOCAL.fullmatch(local) is None:
        return False
    if local in mail_words.PROSE or local in mail_words.LABELS or hosts.is_host(local):
        return False
    if mail_guesses.is_marked(local):
        return True
    if text[match.start("local")].isupper() or not mail_sent_to.is_no_state(local):
        return False
    return is_unlisted(local) or _LEAST_WORD <= len(local) < LEAST
