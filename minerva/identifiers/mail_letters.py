"""Mailbox names of which a text tells the letters: by words that begin with them (`k as in king, z as in zoo`, `kilo
zulu`), with commas between (`k, z, then the word oak`), with dashes before a number that is told apart (`o-a-k then the
number 6`).

Linear in the text: each word is read in one row, and what follows a row is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from minerva.identifiers import lexicon, mail_words
from minerva.identifiers.mail_numbers import number_of
from minerva.identifiers.spans import Changes
from minerva.identifiers.tables import table

_DATA = table("mail_spelled")
VERSION: int = _DATA["version"]
_MOST_SAID = 30
_FEWEST_AS_IN, _FEWEST_WORDS, _FEWEST_BEFORE_SIGN = 2, 4, 3
"""Letters in a row that are a name: said with `as in`, in words of an alphabet alone, and right before the sign."""
_COMMA_ROW = re.compile(r",(?: ?[a-z],){2}")
_COMMAS = re.compile(r"(?<![^\W_])[a-z](?:, ?[a-z]){3,20},?(?= [^\W_]{2})")
_DASHED = re.compile(r"(?<![\w\-.])[a-z](?:-[a-z]){3,30}(?![\w\-])")
_AS_ROW = re.compile(r", [a-z] (?:de|di|wie|comme|como|come|jak|for|like) [a-z]{2}|, ?[a-z] ?\([a-z]")
"""The second letter of a row, behind a comma that the search skips to."""
_TOLD = re.compile(
    r"(?:buchstabiert|soletrando|soletrado|deletreado|deletrea|spelled|spelt|spelling|letter by letter"
    r"|letra (?:por|a) letra|lettre par lettre|epele"
    r"|lettera per lettera|compitato|po literach|literowane|gespeld)"
    r"(?: out)?[:,]? "
    r"(?P<name>[a-z](?:(?:-|, ?| )[a-z0-9]){1,20})(?![^\W_])"
)
"""Letters that are said to be told one by one."""
_DIGITS = {**mail_words.DIGIT_WORDS, "niner": "9", "fife": "5"}
_ONE = re.compile("[a-z0-9]")
_BETWEEN = re.compile(r"[,;.\-]? (?:and )?|-")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|[0-9]{1,4}")
_THEN = re.compile(
    r",? (?:(?:and )?then|followed by|plus|luego|despues|puis|dann|danach|poi|depois|potem|and)"
    r"(?: (?:the|die|das|el|le|la|il|o|a))?"
    r"(?: (?:word|palabra|palavra|mot|wort|parola|(?P<digit>number|digit|ziffer|zahl|numero|chiffre|cifra)))?"
    r" (?P<rest>[^\W_]{1,20})(?![\w@.])"
)
"""The rest of a name behind letters that are said."""


@cache
def _sign_behind() -> re.Pattern[str]:
    """The sign behind such a name, and a remark that it is one word; compiled when the first text asks for it, as are
    the next."""
    names = lexicon.spaced(sorted(word for word in mail_words.AT_SURE if word[0].isalpha()))
    remark = r"(?: ?\([^()\n]{3,24}\))?(?:, (?:tudo|todo|all|alles|tutto|tout) [^\W_]{2,12}(?: [^\W_]{2,6})?)?"
    return re.compile(rf"{remark}[,\s\u2013\u2014\-]{{1,4}}(?:{names}|at|@|\(at\)|\(et\)|\(@\))(?: sign)?,? (?=[^\W_])")


@cache
def _as_in() -> re.Pattern[str]:
    """One letter and a word that begins with it."""
    joins = lexicon.spaced(_DATA["as_in"])
    return re.compile(
        rf"(?<![^\W_])(?P<letter>[a-z])(?:,? (?:{joins}) [\"']?(?P=letter)[a-z]{{1,14}}[\"']?(?![^\W_])"
        r"| ?\((?P=letter)[^\W\d_]{1,14}\))"
    )


@cache
def _alphabets() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{lexicon.branches(_letter_of())})(?![^\W_])")


@cache
def _letter_of() -> dict[str, str]:
    return {word: word[0] for words in _DATA["alphabets"].values() for word in words.split()}


_TWO_WORDS = re.compile(r"(?<![^\W_])([a-z]{2,10})[ \-]([a-z]{2,10})[ \-]$")
_LONGEST_TWO = 24


def is_last_of_row(folded: str, start: int, word: str) -> bool:
    """Whether a word and the two before it are those of an alphabet, so that it is a letter and no name by itself."""
    if word not in _letter_of():
        return False
    before = _TWO_WORDS.search(folded, max(0, start - _LONGEST_TWO), start)
    return before is not None and before[1] in _letter_of() and before[2] in _letter_of()


def may_hold(folded: str) -> bool:
    """Whether letters of a name may be told, in no words of an alphabet."""
    return (
        (" as in " in folded and _as_in().search(folded) is not None)
        or _COMMA_ROW.search(folded) is not None
        or ("@" in folded and _AS_ROW.search(folded) is not None)
    )


def letters(folded: str) -> Changes:
    """The names in place of what tells them, the sign right behind one with it."""
    found: Changes = {}
    told = (
        *_rows(folded, _as_in(), _as_in_at, _FEWEST_AS_IN),
        *[
            row
            for row in _rows(folded, _alphabets(), _word_at, _FEWEST_BEFORE_SIGN)
            if len(row[2]) >= _FEWEST_WORDS or _sign_behind().match(folded, row[1]) is not None
        ],
        *_with_commas(folded),
        *((*match.span("name"), "".join(_ONE.findall(match["name"]))) for match in _TOLD.finditer(folded)),
    )
    for start, end, name in told:
        _add(found, folded, (start, end), name)
    for match in _DASHED.finditer(folded):
        then = _THEN.match(folded, match.end())
        if then is not None and then["digit"]:
            _add(found, folded, match.span(), match[0].replace("-", ""))
    return found


def _add(found: Changes, folded: str, span: tuple[int, int], name: str) -> None:
    start, end = span
    then = _THEN.match(folded, end)
    if then is not None:
        rest, end = then["rest"], then.end()
        name += number_of(rest) or rest if then["digit"] else rest
    sign = _sign_behind().match(folded, end)
    if not any(begin < end and start < last for begin, last in found):
        found[start, end if sign is None else sign.end()] = name + ("" if sign is None else "@")


def _with_commas(folded: str) -> Iterator[tuple[int, int, str]]:
    for match in _COMMAS.finditer(folded):
        written = match[0].rstrip(",")
        yield match.start(), match.start() + len(written), written.replace(",", "").replace(" ", "")


_Said = tuple[str, int]
"""A letter and where what is said for it ends."""


def _as_in_at(folded: str, place: int) -> _Said | None:
    match = _as_in().match(folded, place)
    return None if match is None else (match["letter"], match.end())


def _word_at(folded: str, place: int) -> _Said | None:
    match = _WORD.match(folded, place)
    if match is None:
        return None
    letter = match[0] if match[0].isdigit() else _letter_of().get(match[0]) or _DIGITS.get(match[0])
    return None if letter is None else (letter, match.end())


def _rows(
    folded: str, begins: re.Pattern[str], read: Callable[[str, int], _Said | None], fewest: int
) -> Iterator[tuple[int, int, str]]:
    """Rows of such letters, those of one place each read once."""
    place = 0
    while (first := begins.search(folded, place)) is not None:
        start = end = first.start()
        said: list[str] = []
        at: int | None = start
        while at is not None and len(said) < _MOST_SAID and (one := read(folded, at)) is not None:
            said.append(one[0])
            end = one[1]
            gap = _BETWEEN.match(folded, end)
            at = None if gap is None else gap.end()
        if len(said) >= fewest:
            yield start, end, "".join(said)
        place = max(end, first.end())
