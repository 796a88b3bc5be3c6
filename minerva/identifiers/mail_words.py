"""How people write @ and the dots of an e-mail address, read from data/mail_words.json, as regular expressions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from minerva.identifiers.characters import folded, normalized

_DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "mail_words.json").read_text(encoding="utf-8"))
VERSION: int = _DATA["version"]


def _plain(words: Iterable[str]) -> list[str]:
    return sorted({folded(normalized(word)[0]) for word in words}, key=lambda word: (-len(word), word))


def _alternation(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


AT_WORDS = _plain(_DATA["at"])
AT_TOO = _plain(_DATA["at_too"])
DOT_WORDS = _plain(_DATA["dot"])
LABELS = frozenset(_plain(_DATA["labels"]))
PROSE = frozenset(_plain(_DATA["prose"]))
PLACES = frozenset(_plain(_DATA["hosts"]))

_OPEN, _CLOSE = r"[\[({<*|_~\-]{1,2}", r"[\])}>*|_~\-]{1,2}"
_AT_ANY = _alternation([*AT_WORDS, *AT_TOO])
ANY_DOT_WORD = _alternation(DOT_WORDS)
AT = re.compile(
    rf"(?P<code>&#0*64;|&#x0*40;|&commat;|%40)"
    rf"|(?P<bracket> ?{_OPEN} ?(?:{_AT_ANY}|@) ?{_CLOSE} ?)"
    rf"|(?P<plain>@)"
    rf"|(?P<sure> (?:{_alternation(AT_WORDS)}) )"
    rf"|(?P<word> at )"
)
"""The sign in text in lower case without accents; the groups tell how it is written."""
CORE = re.compile(r"@|at(?![a-z0-9])|a(?= ?[\])}>*|_~\-])|e(?=t ?[\])}>*|_~\-])|%40|&#|&commat;")
"""What every sign without a rare word holds."""
CAPITALS = re.compile(r"(?<=[a-z0-9])AT(?=[a-z0-9])")
BRACKET_DOT = rf" ?[\[({{<*|_~] ?(?:\.|,|{ANY_DOT_WORD}|d) ?[\])}}>*|_~] ?"
WORD_DOT = rf" (?:{ANY_DOT_WORD}) |-(?:{ANY_DOT_WORD})-|_(?:{ANY_DOT_WORD})_"
CODE_DOT = r"&#0*46;|&#x0*2e;|&period;|%2e"
TIGHT_DOT = rf"\.|,(?=com(?![a-z0-9]))|{BRACKET_DOT}|{WORD_DOT}|{CODE_DOT}"
"""A dot as it may stand between labels without blanks around plain ones."""
LOOSE_DOT = rf" \. ?|, ?(?=com\b)|{TIGHT_DOT}"
GATES = ("@", "%40", "&#64;", "&commat;", "&#x40;")
WORD_GATES = frozenset(word.split()[0] for word in AT_WORDS) | {"at"}
BRACKETED_A = re.compile(r"[\[({<*] ?(?:a|et|ad) ?[\])}>*]")
