"""E-mail addresses of whose mailbox names the text says how they are written: as one word, part by part."""

from __future__ import annotations

import re

from minerva.identifiers import mail_remarks
from minerva.identifiers.mail_boxes import THEN, VALID_LOCAL, said_apart_before, told_in_turn
from minerva.identifiers.mail_hosts import GUESSED, Host, any_host
from minerva.identifiers.mail_remarks import Remark
from minerva.identifiers.mail_unlike import Found
from minerva.identifiers.mail_verdicts import method_of

NEXT_BEHIND = re.compile(rf"[\"']?,? (?:{THEN}) (?:(?:the|that|this|an?|el|la|le|das|der|ein) )?[\"']?")
"""What says right behind a part of an address that another one follows."""
AND_BEHIND = re.compile(r",? (?:and|y|et|und|e|og|och|en|i(?! cloud)|si|и|та|й) (?=[a-z0-9]{2}|[^\x00-\x7f])")
"""The same in one word that stands elsewhere too: `jen, then the at sign and mail.example`."""
_FARTHEST = 90


def _straight(folded: str, start: int) -> tuple[str, list[int]]:
    """What stands behind `start`, with a blank for what says that another part follows, and the places it is from."""
    behind = folded[start : start + _FARTHEST]
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    joined = AND_BEHIND.match(behind) if NEXT_BEHIND.match(behind) is None else None
    if joined is not None:
        last = joined.end()
        pieces.append(" ")
        places.append(start)
    for match in NEXT_BEHIND.finditer(behind, last):
        begin, end = match.span()
        pieces += (behind[last:begin], " ")
        places += (*range(start + last, start + begin), start + begin)
        last = end
    pieces.append(behind[last:])
    places += range(start + last, start + len(behind) + 1)
    return "".join(pieces), places


def in_turn(folded: str, before: tuple[int, int], after: int) -> Found | None:
    """An address of which the parts are told one after another: `jen then 4u then the at sign then mail dot com`. The
    name stands within `before`, the word that another part follows from `after` on."""
    behind, places = _straight(folded, after)
    host = any_host(behind, behind, 1, loose=True) if behind[:1] == " " else None
    host = None if host is None or host[2] == GUESSED else (host[0], places[host[1] - 1] + 1, host[2])
    told = told_in_turn(folded, *before) if host is not None else None
    if host is None or told is None or method_of("sure", host, told[1], folded, told[0], True) is None:
        return None
    return Found(told[0], host[1], f"{told[1]}@{host[0]}", "joined")


def with_remark(folded: str, before: tuple[int, int], remark: Remark, host: Host, kind: str) -> Found | None:
    """The address of a host and a mailbox name of which the text says how it is written; the name ends at
    `before[1]` and begins no sooner than `before[0]`."""
    floor, stop = before
    told = said_apart_before(folded, floor, remark.start) if remark.has_digits else None
    told = mail_remarks.name_before(folded, floor, remark) if told is None else told
    if told is None or len(told[1]) > 64 or VALID_LOCAL.fullmatch(told[1]) is None:
        return None
    start, local = told
    # A remark behind may be one about the host: `oak tiles at oaks dot example (one word)`.
    is_before = remark.start < stop
    if is_before and kind == "word" and remark.has_no_dots and "." in folded[start : remark.start]:
        # "j.e.n.n.y (no dots) at mail.example"
        kind = "sure"
    if is_before and remark.is_one_word and (kind == "word" or kind.startswith("paused")):
        # "oak tiles, all one word, at mail.example"
        kind = "sure"
    if method_of(kind, host, local, folded, start, is_before) is None:
        return None
    return Found(start, host[1], f"{local}@{host[0]}", "joined")


def as_one_word(folded: str, floor: int, stop: int, host: Host, kind: str) -> Found | None:
    """The address of a host and the words that end at `stop`, where the text says behind it that they are one:
    `oak tiles at mail dot example (no spaces)`."""
    if not (mail_remarks.is_one_word_behind(folded, host[1]) or mail_remarks.is_one_word_before(folded, floor, stop)):
        return None
    found = with_remark(folded, (floor, stop), Remark(stop, True, False), host, kind)
    words = folded[found.start : stop].split() if found is not None else []
    # A name that is one word already is read as usual.
    return found._replace(others=(f"{words[-1]}@{host[0]}",)) if found is not None and len(words) > 1 else None


def counted_name(folded: str, counted: tuple[int, str], host: Host, kind: str) -> Found | None:
    """The address of a host and a mailbox name whose digits stand apart (mail_boxes.bracketed_digits)."""
    if method_of(kind, host, counted[1], folded, counted[0], True) is None:
        return None
    return Found(counted[0], host[1], f"{counted[1]}@{host[0]}", "joined")
