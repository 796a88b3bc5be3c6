"""E-mail addresses whose sign is drawn: an `a` in a circle, a picture before a known provider, an animal that the sign
is called after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from minerva.identifiers import hosts, mail_guesses, mail_patterns, mail_sent_to, mail_words
from minerva.identifiers.mail_around import WINDOW, around, is_sure_of_drawn
from minerva.identifiers.mail_hosts import GUESSED, LOST, any_host
from minerva.identifiers.mail_local import with_local
from minerva.identifiers.mail_unlike import Found

_NEAR = 24
_WORD = re.compile(r"[^\W\d_]+")


def add_circled(text: str, folded: str, found: list[Found], plain: str) -> None:
    """Adds the addresses whose sign is an `a` in a circle, which stands as mail_patterns.CIRCLED in both texts, where
    none is found. Between letters it may be one of theirs: there the host must be a known one, or its dots hidden where
    the letter in `plain`, the text without marks, is no `a`: `jen\u00a9example(.)net`; or a word for mail stands right
    before it."""

    def read(sign: re.Match[str], last: int) -> Found | None:
        begin, after = sign.span()
        each = around(text, folded, sign, last)
        glued = folded[begin - 1 : begin].isalnum() or folded[after : after + 1].isalnum()
        if each is None:
            return None
        host = each.address.partition("@")[2]
        is_hidden = plain[begin] in "\xa9\xae" and folded[after : each.end] != host
        is_name = mail_guesses.is_marked(each.address.partition("@")[0])
        if glued and host not in hosts.MAIL_PROVIDERS and not (is_hidden or is_name):
            before = _WORD.findall(folded, max(0, each.start - _NEAR), each.start)
            return None if mail_words.LABELS.isdisjoint(before[-1:]) else each
        return each

    _add_between(_CIRCLED_SIGN.finditer(folded), found, read)


def add_drawn(text: str, folded: str, found: list[Found]) -> None:
    """Adds the addresses with a picture for the sign, before a known provider or a host whose dot is drawn too, where
    none is found: `oaktiles📧gmail.com`, `oaktiles 🌀 mail ⚫ example`."""

    def read(sign: re.Match[str], last: int, kind: str = "spaced") -> Found | None:
        begin, after = sign.span()
        left, right = begin - folded[begin - 1 : begin].isspace(), after + folded[after].isspace()
        host = any_host(text, folded, right, loose=False)
        if (host is None or host[2] in (GUESSED, LOST)) and folded[begin] in mail_patterns.FOR_SIGN:
            # "oaktiles2\U0001f40cmail . example"
            host = any_host(text, folded, right, loose=True)
        if host is None or host[2] in (GUESSED, LOST):
            return None
        if host[0].partition(".")[0] not in mail_words.PROVIDERS and {*host[2]} == {"."}:
            # What points at a site of a firm that gives out mailboxes stands for no sign.
            stands = mail_patterns.FOR_SIGN if left < begin or after < right else None
            if folded[begin] in mail_patterns.POINTS or (stands is not None and folded[begin] not in stands):
                return None
        each = with_local(text, folded, (max(last, begin - WINDOW), left), host, kind)
        if each is None:
            return None
        local = each.address.partition("@")[0]
        if len(local) >= _LEAST_LABELLED and local not in mail_words.PROSE and _is_labelled(folded, each.start):
            return each
        return each if is_sure_of_drawn(local, host, left < begin or after < right) else None

    _add_between(mail_patterns.DRAWN_SIGN.finditer(folded), found, read)

    def read_marked(sign: re.Match[str], last: int) -> Found | None:
        begin, after = sign.span()
        is_glued = folded[begin - 1 : begin].isalnum() and folded[after : after + 1].isalnum()
        left = begin - folded[begin - 1 : begin].isspace()
        of_mail = _is_labelled(folded, folded.rfind(" ", max(0, left - WINDOW), left) + 1)
        each = read(sign, last, "sure" if is_glued or of_mail else "spaced")
        local = "" if each is None else each.address.partition("@")[0]
        is_name = mail_guesses.is_marked(local) or ("-" in local and len(local) >= _LEAST_DASHED)
        if each is not None and (is_name or each.method == "spelled" or _is_labelled(folded, each.start)):
            return each
        # A picture of what the sign is called after, between a long word and a host.
        stands = folded[begin] not in mail_sent_to.LETTERS_DRAWN and len(local) >= _LEAST_DASHED
        return each if is_glued and stands and mail_sent_to.is_no_state(local) else None

    if not found:
        _add_between(mail_patterns.ANIMAL_SIGN.finditer(folded), found, read_marked)


def _is_labelled(folded: str, start: int) -> bool:
    """Whether a word for mail or a picture of it stands right before `start`."""
    before = folded[max(0, start - _NEAR) : start]
    words = _WORD.findall(before)[-2:]
    return before.rstrip(" \ufe0f")[-1:] in _MAIL_PICTURES or not _LABELS.isdisjoint(words)


_MAIL_PICTURES = frozenset("\u2709\U0001f4e7\U0001f4e9\U0001f4e8")
_LABELS = mail_words.LABELS | {"poczta"}
_LEAST_DASHED, _LEAST_LABELLED = 8, 5


def _add_between(
    signs: Iterator[re.Match[str]], found: list[Found], read: Callable[[re.Match[str], int], Found | None]
) -> None:
    """Adds what `read` finds around signs, given where the address before ends, outside of those found. Linear in
    both."""
    added: list[Found] = []
    place = last = 0
    for sign in signs:
        begin = sign.start()
        while place < len(found) and found[place].end <= begin:
            last = max(last, found[place].end)
            place += 1
        if begin < last or (place < len(found) and found[place].start <= begin):
            continue
        each = read(sign, last)
        if each is not None and (place == len(found) or each.end <= found[place].start):
            added.append(each)
            last = each.end
    if added:
        found.extend(added)
        found.sort()


_CIRCLED_SIGN = re.compile(mail_patterns.CIRCLED)
