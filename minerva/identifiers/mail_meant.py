"""Digits of an address that a text says to be letters: `0ak_tiles@mail.example (the zero is really the letter o)`; the
words are those of data/mail_spelled.json.

Linear in the text: what is read behind each word for a digit is bounded.
"""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import hosts, lexicon, mail_words
from minerva.identifiers.mail_unlike import Found
from minerva.identifiers.tables import table

_DATA = table("mail_spelled")
_LETTERS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"}
"""Letters that each digit is drawn for."""
_DIGITS = {mail_words.plain(word): digit for digit, words in _DATA["meant"].items() for word in words}


@cache
def _said() -> re.Pattern[str]:
    """That a digit is a letter; compiled when the first text asks for it."""
    is_, articles = (lexicon.spaced(map(mail_words.plain, _DATA[key])) for key in ("meaning", "meaning_articles"))
    return re.compile(
        rf"(?<![^\W_])(?P<digit>{lexicon.spaced(_DIGITS)}|[{''.join(_LETTERS)}])(?:'?s)?\s?(?:{is_})"
        rf"(?:\s(?:{articles})){{0,5}}\s[\"']?(?P<letter>[a-z])(?:'?s)?(?![^\W_])"
    )


def as_meant(folded: str, found: list[Found]) -> list[Found]:
    """The addresses with letters for the digits that the text says to be such; as they are written they are another
    reading."""
    letters: dict[str, str] = {}
    for match in _said().finditer(folded):
        said, letter = str(match["digit"]), str(match["letter"])
        digit = _DIGITS.get(" ".join(said.split()), said)
        if letter in _LETTERS[digit]:
            letters[digit] = letter
    if not letters:
        return found
    as_letters = str.maketrans(letters)
    meant = []
    for each in found:
        local, _, host = each.address.partition("@")
        local, name = local.translate(as_letters), host.translate(as_letters)
        # A host of digits and letters may be one of its own.
        address = f"{local}@{name if hosts.is_host(name) else host}"
        is_other = address != each.address
        meant.append(each._replace(address=address, method="cleaned", others=(each.address,)) if is_other else each)
    return meant
