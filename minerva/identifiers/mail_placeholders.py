"""Signs of an e-mail address that a text says in words to be put in place of a word or another sign, glued to others or
not: `jenBANANAmail.example where BANANA is the at sign`, `swap the taco for @ and the burrito for a dot`; the words
are those of data/mail_placeholders.json.

Linear in the text: only what stands close before the first few signs is looked at.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from minerva.identifiers import lexicon, mail_words
from minerva.identifiers.spans import Changes
from minerva.identifiers.tables import table

_DATA = table("mail_placeholders")
VERSION: int = _DATA["version"]
_MOST, _FAR, _LEAST_GLUED = 8, 80, 3
"""Signs that are looked at, characters before each, and the shortest word that may be glued to others."""
SIGN_ALONE = re.compile(r"@(?![a-z0-9_.])")
_AT = re.compile("@")
_SAID = re.compile(r"at[ \-]s(?:ign|ymbol)")
_QUOTES = "\"'\u00ab\u201c\u00bb\u201d(\\[)\\]"
_WORD = rf"[{_QUOTES}]{{0,2}}(?P<sign>[^\W_]{{1,16}}|[^\w\s@.,:;!?{_QUOTES}]{{1,3}})[{_QUOTES}]{{0,2}}"


def _any_of(key: str) -> str:
    return rf"(?:{lexicon.spaced(_DATA[key])})"


_ARTICLES = rf"(?:{_any_of('articles')} ){{0,3}}"


def _names(words: frozenset[str]) -> str:
    return lexicon.branches([word for word in words if word.isalpha()])


@cache
def _at_said() -> re.Pattern[str]:
    """The sign, or what it is called; compiled when the first text asks for it, as are the next."""
    names = _names(mail_words.AT_SURE)
    return re.compile(rf"@|= ?[\"']?at(?![^\W_])|(?<![^\W_])(?:{names}|at[ \-](?:sign|symbol))")


@cache
def _for_at() -> tuple[re.Pattern[str], ...]:
    """A word or sign, and what says that it stands for the sign @."""
    usual = r"(?:usual|real|right|proper) (?:at )?(?:sign|symbol)"
    at = rf"(?:@|at[ \-]?(?:sign|symbol)|at(?![^\W_])|{usual}|(?:{_names(mail_words.AT_SURE)})(?![^\W_]))"
    return (
        re.compile(rf"(?<![^\W_]){_ARTICLES}{_WORD},? ?{_any_of('for')} {_ARTICLES}{at} {_any_of('behind')}(?![^\W_])"),
        re.compile(rf"(?<![^\W_]){_any_of('change')} {_ARTICLES}{_WORD},? ?{_any_of('for')} {_ARTICLES}{at}"),
        re.compile(rf"(?<![^\W_]){_WORD} {_any_of('means')} {_ARTICLES}{at}"),
        re.compile(rf"(?P<sign>[^\W_]{{1,3}}|[^\w\s@.]){_DATA['native']}"),
    )


@cache
def _for_dot() -> tuple[re.Pattern[str], ...]:
    """The same of the dot."""
    dot = rf"(?:\.(?![^\W_])|(?:{_names(mail_words.DOT_WORDS)})(?![^\W_]))"
    return (
        re.compile(rf"(?<![^\W_])(?:{_any_of('and')}|,) {_ARTICLES}{_WORD},? ?{_any_of('for')} {_ARTICLES}{dot}"),
        re.compile(rf"(?<![^\W_]){_WORD} {_any_of('means')} {_ARTICLES}{dot}"),
    )


def changes(folded: str, has_name: bool) -> Changes:
    """What stands in a text in place of what says to be a sign, by where that is and with the blanks around it; nothing
    if it says so of none. `has_name`: whether what the sign @ is called may be in it."""
    said = _at(folded, has_name)
    if said is None:
        return {}
    dots = (match for pattern in _for_dot() for match in islice(pattern.finditer(folded), _MOST))
    dot = next((match for match in dots if match["sign"] != said["sign"] and _stands_elsewhere(folded, match)), None)
    spans = [each.span() for each in (said, dot) if each is not None]
    found: Changes = {}
    for each, sign in ((said, "@"), (dot, ".")):
        for match in _place_of(_sign_of(each)).finditer(folded) if each is not None else ():
            if not any(start <= match.start() < end for start, end in spans):
                found[match.span()] = sign
    return found


@cache
def _runs_of_names() -> tuple[frozenset[bytes], tuple[str, ...]]:
    """Runs of letters of ASCII that what the sign is called begins with, and the names in other scripts."""
    named = [word for word in mail_words.AT_SURE if word.isalpha()]
    runs = [mail_words.letters_of(word) for word in named]
    return frozenset(each[0] for each in runs if each), tuple(word for word, each in zip(named, runs) if not each)


def _may_say(folded: str) -> bool:
    """Whether `_at_said` may find something."""
    if "@" in folded or "=" in folded or _SAID.search(folded) is not None:
        return True
    return mail_words.holds_any(folded, mail_words.letters_of(folded), *_runs_of_names())


def _at(folded: str, has_name: bool) -> re.Match[str] | None:
    """The first that says so of the sign @."""
    if not _may_say(folded):
        return None
    for sign in islice((_at_said() if has_name else _AT).finditer(folded), _MOST):
        # What says so ends with the sign.
        start, end = max(0, sign.start() - _FAR), sign.end() + 1
        for pattern in _for_at():
            for match in islice(pattern.finditer(folded, start, end), _MOST):
                if _stands_elsewhere(folded, match):
                    return match
    return None


def _stands_elsewhere(folded: str, said: re.Match[str]) -> bool:
    """Whether a word that is said to stand for a sign is found besides, right between letters or between blanks."""
    sign = _sign_of(said)
    if sign in mail_words.LABELS or sign in mail_words.PROSE - {"a"} or sign in mail_words.AT_SURE:
        return False
    rest = folded[: said.start()] + " " * len(said.group()) + folded[said.end() :]
    return _place_of(sign).search(rest) is not None


NAMED_SIGNS: dict[str, str] = {name: sign for sign, names in _DATA["signs"].items() for name in names}
"""Signs by their names."""


def _sign_of(said: re.Match[str]) -> str:
    """What stands for the sign, itself where it is named: `the star`."""
    sign = str(said["sign"])
    return NAMED_SIGNS.get(sign, sign)


def _place_of(sign: str) -> re.Pattern[str]:
    written = re.escape(sign)
    is_glued = len(sign) >= _LEAST_GLUED or not sign.isalnum()
    glued = rf"|(?<=[a-z0-9._\-]){written}(?=[a-z0-9\-])" if is_glued else ""
    return re.compile(rf"[\[({{<]{written}[\])}}>]|(?<=[a-z0-9]) {written} (?=[a-z0-9]){glued}")
