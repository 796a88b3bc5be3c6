"""E-mail addresses with an aside beside the mailbox name: its provider in brackets, or that the sign is to be put
between it and the host: `Email: jen_4u (icloud)`, `jen_4u ... mail.example (put the @ between)`; the words are those of
data/mail_halves.json.

Linear in the text: what is read beside each aside is bounded.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from minerva.identifiers import hosts, lexicon, mail_guesses, mail_sent_to, mail_words
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.mail_hosts import GUESSED, LOST, any_host
from minerva.identifiers.tables import table

_DATA = table("mail_halves")
_MOST, _WINDOW = 6, 110
_LEAST, _LEAST_TOLD = 3, 8
"""The shortest mailbox name with a sign or digit in it, and the shortest word."""
_CLOSED = re.compile(r"(?P<name>icloud|yahoo|outlook|aol|proton|protonmail)[)\]]")
_BEFORE_CLOSED = re.compile(r"(?<![\w@.\-+%/])(?P<local>[a-z0-9][a-z0-9._%+\-]{2,63}) ?[(\[](?:(?:at|on|en) |@ ?)?$")
_HOST_OF = {"proton": "proton.me"}
_LONGEST = frozenset(max(phrase.split(), key=len) for phrase in _DATA["between"])
_KEYS = frozenset(word.encode() for word in _LONGEST if word.isascii())
_FOREIGN_KEYS = (*(word for word in _LONGEST if not word.isascii()), "中间", "中間", "之间", "之間")
_NATIVE = "(?:中[间間]|之[间間]).{0,3}@"


def _named(*keys: str) -> str:
    """Phrases of some lists, with any blank for theirs."""
    return lexicon.spaced({phrase for key in keys for phrase in _DATA[key]})


@cache
def _put_between() -> re.Pattern[str]:
    """The sign, and that it stands between two parts; compiled when the first text asks for it, as are the next."""
    signs, between = rf"(?:{_named('signs')})(?![^\W_])", rf"(?:{_named('between')})(?![^\W_])"
    words = rf"(?:(?:{_named('puts', 'joins', 'articles')})(?:\s|(?<=')))"
    return re.compile(rf"{signs}\s{words}{{0,2}}{between}|(?<![^\W_]){between}\s{words}{{0,3}}{signs}|{_NATIVE}")


@cache
def _both_behind() -> re.Pattern[str]:
    """A mailbox name and what joins its host to it: `between jen and mail.example`."""
    local = r"[\"'\u00ab]?(?P<local>[a-z0-9][a-z0-9._%+\-]{1,40})[\"'\u00bb]?"
    return re.compile(rf"\s{local}\s(?:{_named('ands')})\s[\"'\u00ab]?")


@cache
def _before_sign() -> re.Pattern[str]:
    """What stands between a host and that."""
    words = rf"(?:{_named('puts', 'articles')}|[ld](?='))(?:\s{{1,2}}|')"
    return re.compile(rf"[\s,;:.!(\[\-\u2013\u2014]{{0,4}}(?:{words}){{0,4}}")


_APART = re.compile(
    r"(?<![\w@.%+\-])(?P<local>[a-z0-9][a-z0-9_%+\-]{0,40}(?:\.[a-z0-9_%+\-]{1,40}){0,4})"
    r"(?P<gap>\s?(?:\.{2,4}|[/|,;+~*_\-]{1,3}|[^\x00-\x7f\w\s])\s?"
    rf"|\s(?:(?:{_named('ands')})\s)?)(?=[a-z0-9])"
)
"""A mailbox name and what stands between it and its host."""


def beside_asides(text: str, folded: str, words: frozenset[bytes]) -> tuple[int, int, str] | None:
    """(start, end, address) of the first; `words`: those of the text in letters of ASCII."""
    if ")" in folded or "]" in folded:
        found = _in_brackets(folded)
        if found is not None:
            return found
    return _between(text, folded) if mail_words.holds_any(folded, words, _KEYS, _FOREIGN_KEYS) else None


def _in_brackets(folded: str) -> tuple[int, int, str] | None:
    """A mailbox that is announced, with its provider in brackets."""
    for match in islice(_CLOSED.finditer(folded), _MOST):
        before = _BEFORE_CLOSED.search(folded, max(0, match.start() - 72), match.start())
        if before is None:
            continue
        local, start = before["local"].rstrip(".-%+"), before.start("local")
        told = mail_sent_to.is_told_before(folded, start, True) or mail_sent_to.is_asked_for(folded, start)
        if told and _is_mailbox(local):
            return start, match.end(), f"{local}@{_HOST_OF.get(match['name'], match['name'] + '.com')}"
    return None


def _between(text: str, folded: str) -> tuple[int, int, str] | None:
    """A mailbox and its host, of which the text says that the sign stands between."""
    for said in islice(_put_between().finditer(folded), _MOST):
        parts = _both_behind().match(folded, said.end())
        host = any_host(text, folded, parts.end(), loose=False) if parts is not None else None
        if parts is not None and host is not None and host[2] is not LOST and _is_word(parts["local"]):
            return said.start(), host[1], f"{parts['local']}@{host[0]}"
        for match in _APART.finditer(folded, max(0, said.start() - _WINDOW), said.start()):
            local = match["local"]
            host = any_host(text, folded, match.end(), loose=False)
            if host is None or host[1] > said.start() or not _is_mailbox(local):
                continue
            if (host[2] in (GUESSED, LOST) or match["gap"].isspace()) and (
                host[0] not in hosts.MAIL_PROVIDERS or not mail_guesses.is_marked(local)
            ):
                continue
            if _before_sign().fullmatch(folded, host[1], said.start()) is not None:
                return match.start(), host[1], f"{local}@{host[0]}"
    return None


def _is_word(local: str) -> bool:
    """Whether a word that the sign is said to stand behind may be a mailbox name."""
    return VALID_LOCAL.fullmatch(local) is not None and not (local in mail_words.PROSE or local in mail_words.LABELS)


def _is_mailbox(local: str) -> bool:
    """Whether a word is a mailbox name and none of sentences about mail."""
    if len(local) < _LEAST or local in mail_words.PROVIDERS or VALID_LOCAL.fullmatch(local) is None:
        return False
    return mail_guesses.is_marked(local) or (len(local) >= _LEAST_TOLD and mail_sent_to.is_no_state(local))
