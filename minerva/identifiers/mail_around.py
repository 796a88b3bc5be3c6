"""The address around one place that may stand for the sign @: the host behind it first, as most such places have none,
then the mailbox name before it. What is read around a place is bounded.
"""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import hosts, mail_guesses, mail_inserts, mail_patterns, mail_remarks, mail_words
from minerva.identifiers.lexicon import spaced
from minerva.identifiers.mail_boxes import LOCAL_SIGNS, SIGNS, bracketed_digits
from minerva.identifiers.mail_handles import is_handle
from minerva.identifiers.mail_hosts import (
    GUESSED,
    LOST,
    PLAIN_DOTS,
    Host,
    any_host,
    plain_host,
    provider_with_signs,
    with_blank_before_top,
    with_blank_behind_dot,
)
from minerva.identifiers.mail_local import with_local
from minerva.identifiers.mail_remarks import LAST_THREE, NEXT_FOUR
from minerva.identifiers.mail_said import AND_BEHIND, NEXT_BEHIND, as_one_word, counted_name, in_turn, with_remark
from minerva.identifiers.mail_unlike import Found, backwards, spelled_out
from minerva.identifiers.mail_usual import as_bracketed, as_usual
from minerva.identifiers.mail_verdicts import COM_WORDS, TURNED, encloses, kind_of
from minerva.identifiers.tables import table

WINDOW = 80
"""How far before a sign a mailbox name is looked for."""
_APART = frozenset("*~|/-_\u00b7\u2022\u2219")
"""Signs that stand between all letters of an address, blanks aside."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}>")
_PAUSES = frozenset(" ,\"'")
"""What stands beside a sign that is told between two parts."""
_LONGEST_NAME = 16
"""Characters of a provider's name and a blank behind it."""
_NO_HOST = re.compile(r" (?:[+(]{0,2}[0-9]{1,4}\)? [0-9]{2}|https?://|instagram @|insta @|[a-z]{2,40}[0-9]{1,10}@)")
"""What stands behind many an `at` and is no host, so that none is looked for: `at (206) 555-0157`."""
_HANDLE = re.compile(r"[a-z_]{2,20}[0-9]{1,8}(?:\. [a-z]{4}|\.?\Z)")
"""A user name at the end of a sentence, of which the next word is no top-level domain that stands behind a blank."""
_FAR = 40
_TOLD_IN_TURN = mail_words.AT_SURE | {"a commercial", "a commerciale", "a comercial"}
"""Names of the sign between two parts, the last ones also prose elsewhere: `jen, puis a commercial, puis ...`."""
_MOST_SIGNS = 4
"""As often as the sign may stand in a row."""
_CLOSED = frozenset([") ", "] ", "} "])


def around(text: str, folded: str, anchor: re.Match[str], last: int) -> Found | None:
    """The address around a match of mail_anchors.ANCHOR or of CIRCLED; `last` is where the one before it ends."""
    begin, after = anchor.span()
    word = anchor.group()
    if folded[begin - 1 : begin] in _OPENING and (word == "at" or word == "@"):
        each = as_bracketed(folded, (max(last, begin - WINDOW), begin), after)
        if each is not None:
            return each
    if word == "@":
        return _at_sign(text, folded, begin, after, last)
    if word == "at":
        if _NO_HOST.match(folded, after) is not None:
            return None
        group = "word"
    elif word[0] in "&%@\\":
        # "@t", "@ the rate"
        group = "code" if word[0] != "@" else "word" if len(word) == 2 else "glued"
    elif " ".join(word.split()) in _TOLD_IN_TURN and NEXT_BEHIND.match(folded, after) is not None:
        if folded[begin - 1 : begin].isalnum():
            return None
        return in_turn(folded, (max(last, begin - WINDOW), begin), after)
    elif word in mail_words.AT_SURE and folded[begin - 1 : begin] in _BESIDE_NAME and _tells_place(folded, begin):
        return None
    elif word in mail_words.AT_SURE and not folded[begin - 1 : begin].isalnum() and AND_BEHIND.match(folded, after):
        each = in_turn(folded, (max(last, begin - WINDOW), begin), after)
        if each is not None:
            return each
        group = "glued" if word in mail_words.AT_GLUED else "word"
    else:
        group = "glued" if word in mail_words.AT_GLUED or word == mail_patterns.CIRCLED else "word"
    if group == "word" and begin > 0 and folded[begin - 1].isalnum():
        if word != "at" or not folded[after : after + 1].isalpha():
            return None
        group = "joined"
    right = _signs(folded, after)
    if folded[after : after + 1] == "%" == folded[begin - 1 : begin]:
        # "jen_4u%at%mail.example"; alone it may be a part of a mailbox name.
        begin, after = begin - 1, after + 1
        right = _signs(folded, after)
        group, word = "glued", mail_patterns.CIRCLED
    host = any_host(text, folded, right, loose=group == "code")
    if host is None and right - after > 1 and folded[after : after + 1] in _CLOSING:
        # "[at] mail . example"
        host = any_host(text, folded, right, loose=True)
        host = None if host is None or host[2] in (GUESSED, LOST) else host
    elif host is None and right - after == 1 and folded[after] in _CLOSING:
        # "(at)gma1l . com"
        host = any_host(text, folded, right, loose=True)
        known = host is not None and (host[0] in hosts.MAIL_PROVIDERS or mail_inserts.provider_meant(host[0]))
        host = host if known and host is not None and host[2] not in (GUESSED, LOST) else None
    if (
        word != "at"
        and (host is None or host[2] is GUESSED)
        and " ." in folded[right : right + _LONGEST_NAME]
        and (word in mail_words.AT_SURE or word in mail_words.AT_WEAK)
    ):
        # "arobase laposte . net"
        loose = any_host(text, folded, right, loose=True)
        if loose is not None and loose[2] not in (GUESSED, LOST) and loose[0] in hosts.MAIL_PROVIDERS:
            host = loose
    if (host is None or host[2] is GUESSED) and right > after and not folded[after].isspace():
        host = provider_with_signs(folded, right) or host
    if host is None:
        return None
    floor = begin - WINDOW if begin - last > WINDOW else last
    left = begin - _trailing(folded, floor, begin)
    between = folded[left:begin]
    remark = mail_remarks.before_sign(folded, floor, left) if folded[left - 3 : left] in LAST_THREE else None
    counted = bracketed_digits(folded, floor, left + 1) if folded[left : left + 2] in _CLOSED else None
    if remark is not None or counted is not None:
        between = between.lstrip(")],}")
    closing = between.strip()[-1:]
    if closing in TURNED and folded.rfind(TURNED[closing], floor, left) > folded.rfind(closing, floor, left):
        # "(meet us)at(mail.example)": no bracket turned round, but the end of one.
        return None
    kind = kind_of(group, word if word == "at" else " ".join(word.split()), between, folded[after:right])
    if kind == "word" and word == "at" and text[begin] in "\u00e4\u00c4":
        # German for the sign and nothing else.
        kind = "sure"
    elif (
        kind is None and word == "at" and right == after and between == " "
        and host[0] in hosts.MAIL_PROVIDERS and host[2] not in (GUESSED, LOST)
    ):  # fmt: skip
        # "jen4u atgmail.com"
        kind = "word"
    elif kind == "word" and text[begin:after] == "AT" and not (text[left - 1].isupper() or text[right].isupper()):
        kind = "capital"
    if kind is None:
        return None
    if remark is not None:
        return with_remark(folded, (floor, left), remark, host, kind)
    if counted is not None:
        return counted_name(folded, counted, host, kind)
    if folded[host[1] : host[1] + 4] in NEXT_FOUR or folded.find(": ", floor, left) >= 0:
        whole = as_one_word(folded, floor, left, host, kind)
        if whole is not None:
            return whole
    return with_local(text, folded, (floor, left), host, kind)


_BESIDE_NAME = frozenset(" '\u2019")
_LONGEST_PLACE = 20


@cache
def _places() -> re.Pattern[str]:
    halves = table("mail_halves")
    return re.compile(rf"(?<![^\W_])(?:{spaced(halves['before'] + halves['after'])})\s?$")


def _tells_place(folded: str, begin: int) -> bool:
    """Whether what stands right before a name of the sign says that a part is before or behind it: `after the at
    sign`. What is told so is found in two places (mail_halves.py)."""
    return _places().search(folded, max(0, begin - _LONGEST_PLACE), begin) is not None


def _signs(folded: str, start: int) -> int:
    """The end of the signs and blanks from `start` on, eight at most."""
    window = folded[start : start + 8]
    return start + len(window) - len(window.lstrip(SIGNS)) if window.isascii() else _beyond(folded, start, 1)


def _trailing(folded: str, floor: int, end: int) -> int:
    """How many signs and blanks stand before `end`, eight at most."""
    window = folded[end - 8 if end - floor > 8 else floor : end]
    if window.isascii():
        return len(window) - len(window.rstrip(SIGNS))
    return end - max(floor, _beyond(folded, end - 1, -1) + 1)


def _beyond(folded: str, position: int, step: int) -> int:
    for _ in range(8):
        char = folded[position : position + 1] if position >= 0 else ""
        if not char or char.isalnum() or char in "@$€%":
            break
        position += step
    return position


def _at_sign(text: str, folded: str, begin: int, after: int, last: int) -> Found | None:
    floor = begin - WINDOW if begin - last > WINDOW else last
    while folded[after : after + 1] == "@" and after - begin < _MOST_SIGNS:
        after += 1
    next_char = folded[after : after + 1]
    before = folded[begin - 1] if begin > floor else ""
    if next_char.isalnum() and before.isalnum() and (host := plain_host(text, folded, after)) is not None:
        # Most addresses.
        return as_usual(text, folded, (floor, begin), host) or with_local(text, folded, (floor, begin), host, "plain")
    is_closed = before == ")" or before == "]" or (before == " " and folded[begin - 2 : begin] in _CLOSED)
    if is_closed and next_char.isalnum():
        remark = mail_inserts.REMARK_BEFORE.search(folded, max(floor, begin - 28), begin)
        host = plain_host(text, folded, after) if remark is not None else None
        if remark is not None and host is not None:
            each = with_local(text, folded, (floor, remark.start()), host, "plain")
            return None if each is None else each._replace(method="cleaned")
    if next_char.isalnum() and before not in " \t\r\n([{<*|":
        host = plain_host(text, folded, after) or any_host(text, folded, after, loose=False)
        if host is None or host[2] is GUESSED:
            signed = provider_with_signs(folded, after)
            each = None if signed is None else with_local(text, folded, (floor, begin), signed, "plain")
            if each is not None:
                return each._replace(method="lookalike")
        if host is None:
            host = _before_blank_comma(text, folded, after) or _before_blank(text, folded, after)
        if host is None:
            return backwards(folded, floor, begin, after)
        return with_local(text, folded, (floor, begin), host, "plain")
    if (
        (before == " " or not before)
        and _HANDLE.match(folded, after) is not None
        and folded[after : after + 3] not in mail_patterns.ODD_THREE
        and folded[after : after + _FAR].isascii()
    ):
        return None
    if before in _PAUSES and next_char in _PAUSES and NEXT_BEHIND.match(folded, after) is not None:
        return in_turn(folded, (floor, begin), after)
    if before and before in LOCAL_SIGNS and next_char in " \t\r\n" and folded[after + 1 : after + 2].isalnum():
        host = any_host(text, folded, after + 1, loose=True)
        if host is None:
            return spelled_out(folded, floor, begin, after, " ")
        return with_local(text, folded, (floor, begin), host, "spaced")
    if next_char in ("(", "[") and before and before in LOCAL_SIGNS:
        remark = mail_inserts.REMARK.match(folded, after)
        host = any_host(text, folded, remark.end(), loose=False) if remark is not None else None
        if host is not None:
            return with_local(text, folded, (floor, begin), host, "bracket")
        host = any_host(text, folded, after + 1, loose=False)
        if host is not None and _OPENED_BY.get(folded[host[1] : host[1] + 1]) == next_char:
            return with_local(text, folded, (floor, begin), host, "bracket")
    if next_char in ("_", "-") and before and before in LOCAL_SIGNS:
        insert = mail_inserts.INSERT_BEHIND.match(folded, after)
        host = any_host(text, folded, insert.end(), loose=False) if insert is not None else None
        if host is not None:
            each = with_local(text, folded, (floor, begin), host, "plain")
            return None if each is None else each._replace(method="cleaned")
    right = _signs(folded, after)
    left = begin - _trailing(folded, floor, begin)
    said = mail_remarks.before_sign(folded, floor, left) if folded[left - 3 : left] in LAST_THREE else None
    if said is not None:
        host = any_host(text, folded, right, loose=True)
        return None if host is None else with_remark(folded, (floor, left), said, host, "spaced")
    signs_left, signs_right = folded[left:begin], folded[after:right]
    if signs_left.strip() or signs_right.strip():
        if before == next_char and before in _APART:
            spelled = spelled_out(folded, floor, begin, after, before)
            if spelled is not None:
                return spelled
        if _OPENED_BY.get(signs_left.strip()) == signs_right.strip():
            return _in_own_brackets(text, folded, (floor, left), right)
        if not encloses(signs_left.strip(), signs_right.strip()):
            if signs_left.isascii() and signs_right.isascii():
                return None
            return _beside_pictures(text, folded, (floor, left), (begin, after), right)
        host = any_host(text, folded, right, loose=True)
        return None if host is None else with_local(text, folded, (floor, left), host, "bracket")
    spelled = spelled_out(folded, floor, begin, after, " ")
    if spelled is not None:
        return spelled
    host = any_host(text, folded, right, loose=True) or with_blank_behind_dot(folded, right)
    if host is None or (left < begin and right == after and is_handle(text, folded, (floor, left), host)):
        return None
    whole = as_one_word(folded, floor, left, host, "spaced") if folded[host[1] : host[1] + 4] in NEXT_FOUR else None
    return with_local(text, folded, (floor, left), host, "spaced") if whole is None else whole


_OPENED_BY = {")": "(", "]": "[", "}": "{", ">": "<"}


def _in_own_brackets(text: str, folded: str, before: tuple[int, int], right: int) -> Found | None:
    """The address of which the mailbox and the host stand in brackets each: `(oak_tiles)@(mail.example)`."""
    host = any_host(text, folded, right, loose=True)
    each = None if host is None else with_local(text, folded, before, host, "bracket")
    if host is None or each is None or each.start == 0:
        return None
    opening, closing = folded[each.start - 1], folded[host[1] : host[1] + 1]
    return each if _OPENED_BY.get(closing) == opening else None


def _before_blank(text: str, folded: str, after: int) -> Host | None:
    """A host with a blank before a common ending, at the end of a clause: `jen@example. com`."""
    host = with_blank_before_top(text, folded, after)
    return host if host is not None and mail_guesses.ends(folded, host[1]) else None


def _before_blank_comma(text: str, folded: str, after: int) -> Host | None:
    """A host with blanks around a comma for its dot, at the end of a clause: `jen@example , com`."""
    window = folded[after : after + 64]
    if " ," not in window:
        return None
    host = any_host(text, folded, after, loose=True)
    if host is None or host[2] in (GUESSED, LOST) or not any(dot.strip() == "," for dot in host[2]):
        return None
    return host if mail_guesses.ends(folded, host[1]) else None


def _beside_pictures(
    text: str, folded: str, before: tuple[int, int], sign: tuple[int, int], right: int
) -> Found | None:
    """The address around a sign with pictures behind it, or on both sides: `jen@\u2764mail.example`."""
    begin, after = sign
    if mail_patterns.PICTURES.fullmatch(folded[before[1] : begin] + folded[after:right]) is None:
        return None
    host = any_host(text, folded, right, loose=False)
    if host is None or host[2] in (GUESSED, LOST):
        return None
    each = with_local(text, folded, before, host, "bracket")
    if each is None or folded[each.start - 1 : each.start] == "@":
        # "@oaktiles 👉@👈 site.example"
        return None
    return each if is_sure_of_drawn(each.address.partition("@")[0], host, apart=False) else None


def is_sure_of_drawn(local: str, host: Host, apart: bool) -> bool:
    """Whether a word before a picture is a mailbox: where a blank stands beside the picture, the dot must be drawn too
    or the word look like a name."""
    if local in mail_words.LABELS or local in mail_words.PROSE or sum(char.isalpha() for char in local) < 3:
        return False
    if not apart:
        return True
    if host[0] in COM_WORDS:
        # "oak_tiles 🔴 live.com"
        return False
    return host[2] != PLAIN_DOTS or mail_guesses.is_marked(local) or mail_guesses.is_name(local)
