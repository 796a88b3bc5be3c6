"""Whether the words right before a mailbox name say that something is to be sent there (data/mail_sent_to.json)."""

from __future__ import annotations

from minerva.identifiers import mail_words
from minerva.identifiers.tables import table

_DATA = table("mail_sent_to")
_TO = frozenset(_DATA["to"])
_SEND = frozenset(_DATA["send"])
"""What is sent and words for sending, besides the labels of an address."""
_OTHERS = frozenset(_DATA["others"])
_SIGNS = ":=>,-–—"
LETTERS_DRAWN = frozenset(
    "\u2709\U0001f4e7\U0001f4e8\U0001f4e9\U0001f48c\U0001f4ea\U0001f4eb\U0001f4ec\U0001f4ed\U0001f4ee\U0001f583"
)
"""Pictures of letters and of boxes for them."""
_KNOWN = frozenset(_DATA["known"])
"""Words that stand before `at gmail` in sentences about mail."""
_LEAST, _LEAST_SURE = 8, 3
_ASKED, _ASKED_ALONE = frozenset(_DATA["asked"]), frozenset(_DATA["asked_alone"])
_ENDINGS = tuple(_DATA["endings"])
"""What names of groups of people and of things that are done end with."""


_STATES = tuple(_DATA["states"])


def is_no_state(local: str) -> bool:
    """Whether a word of letters alone is none of those that tell how a mailbox is: `my gmail is overflowing`."""
    return local.isalpha() and not local.endswith(_STATES) and is_own(local)


def is_own(local: str) -> bool:
    """Whether a word of letters alone is none of those that stand before a provider in sentences about mail."""
    if local.endswith(_ENDINGS) or local in _KNOWN:
        return False
    return not (local in mail_words.PROSE or local in mail_words.LABELS or local in mail_words.ROLES)


def is_sent_to(local: str, folded: str, start: int, is_sure: bool) -> bool:
    """Whether a word of letters alone, which stands at `start`, is told as a mailbox; `is_sure`: its sign is none of a
    sentence."""
    if len(local) < (_LEAST_SURE if is_sure else _LEAST) or not local.isalpha() or not is_own(local):
        return False
    return is_told_before(folded, start, is_sure)


def is_told_before(folded: str, start: int, is_sure: bool) -> bool:
    """Whether the words before `start` say that a mailbox stands there; `is_sure`: what stands there is no prose."""
    before = folded[max(0, start - 48) : start]
    if before.rstrip(" \ufe0f")[-1:] in LETTERS_DRAWN:
        return True
    words = mail_words.WORD.findall(before)[-5:]
    if not words:
        return False
    last, others = words[-1], words[:-1]
    told = before.rstrip(" ")[-1:] in _SIGNS
    labels = mail_words.LABELS
    if last in labels:
        return told or is_sure or _begins(before, last)
    if last in _TO:
        return not (labels.isdisjoint(others) and _SEND.isdisjoint(others))
    if told and last in _SEND:
        return True
    near = others[-3:]
    return (told or last in _OTHERS) and not (labels.isdisjoint(near) and _SEND.isdisjoint(near))


def is_asked_for(folded: str, start: int) -> bool:
    """Whether a word for what is sent and a colon stand before `start`: `Inquiries: jen_4u at mail.example`."""
    before = folded[max(0, start - 24) : start].rstrip(" ")
    words = mail_words.WORD.findall(before)[-1:] if before[-1:] == ":" else []
    return bool(words) and words[0] in _ASKED


def is_asked_at(folded: str, start: int) -> bool:
    """Whether such a word alone stands right before `start`: `questions jenforyou at mail dot example`."""
    words = mail_words.WORD.findall(folded[max(0, start - 24) : start])[-1:]
    return bool(words) and words[0] in _ASKED_ALONE and folded[start - 1 : start] == " "


def _begins(before: str, last: str) -> bool:
    """Whether the last word before a mailbox name begins a clause: `E-mail jenforyou at gmail`."""
    rest = before.rstrip(" ")[: -len(last)].rstrip(" ")
    return not rest or not rest[-1].isalnum()
