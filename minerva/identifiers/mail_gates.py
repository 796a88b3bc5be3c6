"""What tells that a text may hold an address written in rarer ways: looks for a few words and signs in it, before any
reading for one."""

from __future__ import annotations

from minerva.identifiers.mail_words import Words


def may_be_read_out(folded: str, words: Words) -> bool:
    """Whether mail_rewritten.py may find something to read otherwise in a text without addresses."""
    return (
        words is not None or "@" in folded or "<" in folded or " as in " in folded or " dot " in folded
        or ("(" in folded and not folded.isascii())
    )  # fmt: skip


def may_be_drawn(folded: str) -> bool:
    """Whether a name of the dot is written with a digit."""
    return "d0t" in folded or "d07" in folded


def names_a_site(folded: str) -> bool:
    """Whether a provider is named that is not told by one word of letters, or a sign stands behind a colon."""
    return (
        "web.de" in folded or "orange.fr" in folded or "uol.com" in folded or "t-online" in folded or ": @" in folded
        or ("@" in folded and ("@:" in folded or "the @" in folded))
    )  # fmt: skip
