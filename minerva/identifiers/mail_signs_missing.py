"""E-mail addresses without their signs, of which the text says that they are missing: `jen4u example org (the @ and the
dot are missing)`; the words are those of data/mail_halves.json.

Linear in the text: what is read around each place that says so is bounded.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from minerva.identifiers import hosts, lexicon, mail_guesses, mail_words
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.tables import table

_DATA = table("mail_halves")
_MOST, _NEAR, _BEHIND, _BEFORE = 4, 40, 90, 110
"""Places that say so, characters to the word for the dot, and to the address behind and before."""
_MISSING = frozenset(map(mail_words.plain, _DATA["missing"]))
_KEYS = frozenset(max(phrase.split(), key=len).encode() for phrase in _MISSING if phrase.isascii())
_FOREIGN_KEYS = (*(phrase for phrase in _MISSING if not phrase.isascii()), *_DATA["native"]["missing"])
_PARTS = re.compile(
    r"(?<![\w@.%+\-])(?=(?P<local>[a-z0-9][a-z0-9._%+\-]{1,40}) (?P<host>[a-z0-9\-]{2,40}(?: (?:co|com|org|net))?)"
    r" (?P<top>[a-z]{2,10})(?![\w@\-]))"
)


@cache
def _said() -> re.Pattern[str]:
    """That the sign is missing; compiled when the first text asks for it."""
    signs = rf"(?:@|(?<![^\W_])(?:{lexicon.spaced(set(_DATA['signs']) - {'@', 'at'})})(?![^\W_]))"
    missing = rf"(?:(?<![^\W_])(?:{lexicon.spaced(_MISSING)})(?![^\W_])|{'|'.join(_DATA['native']['missing'])})"
    return re.compile(rf"{signs}[^\n.!?:]{{0,{_NEAR}}}?{missing}|{missing}[^\n.!?:]{{0,{_NEAR}}}?{signs}")


@cache
def _dot() -> re.Pattern[str]:
    glued = "|".join(map(re.escape, mail_words.GLUED_DOTS))
    return re.compile(rf"(?<![^\W_])(?:{lexicon.spaced({*mail_words.DOTS, *_DATA['dots']})})(?![^\W_])|{glued}")


def signs_missing(folded: str, words: frozenset[bytes]) -> tuple[int, int, str] | None:
    """(start, end, address) of the first; `words`: those of the text in letters of ASCII."""
    if not mail_words.holds_any(folded, words, _KEYS, _FOREIGN_KEYS):
        return None
    for match in islice(_said().finditer(folded), _MOST):
        start, end = match.span()
        if _dot().search(folded, max(0, start - _NEAR), end + _NEAR) is None:
            continue
        found = _address(folded, end, end + _BEHIND) or _address(folded, max(0, start - _BEFORE), start)
        if found is not None:
            return found
    return None


def _address(folded: str, first: int, last: int) -> tuple[int, int, str] | None:
    for match in _PARTS.finditer(folded, first, last):
        local, host, top = match.group("local", "host", "top")
        end = match.end("top")
        if " " in host and (top in mail_words.PROSE or not hosts.is_host(f"{host.replace(' ', '.')}.{top}")):
            # "jen4u example org is my e-mail"
            end = match.end("host")
            host, top = host.split(" ")
        name = f"{host.replace(' ', '.')}.{top}"
        if VALID_LOCAL.fullmatch(local) is None or not hosts.is_host(name) or host in mail_words.PROSE:
            continue
        is_known = name in hosts.MAIL_PROVIDERS or len(top) > 2
        if mail_guesses.is_marked(local) or (
            is_known
            and folded[max(0, match.start() - 3) : match.start()].rstrip()[-1:] == ":"
            and local not in mail_words.PROSE
        ):
            return match.start(), end, f"{local}@{name}"
    return None
